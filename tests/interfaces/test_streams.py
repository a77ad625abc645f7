"""What a person sees on stderr while a command works, and that a pipe sees nothing of it."""

from __future__ import annotations

import io
import sys

import pytest

from sayso.interfaces.streams import bar


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_a_sign_of_life_before_any_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", screen)
    with bar() as progress:
        assert "starting" in screen.getvalue()
        progress("reading", 3, None)
        progress("linking", 1, 2)
    assert "linking" in screen.getvalue()


def test_a_pipe_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = io.StringIO()
    monkeypatch.setattr(sys, "stderr", pipe)
    with bar() as progress:
        progress("reading", 3, None)
    assert not pipe.getvalue()
