"""What a person sees on stderr while a command works, and that a pipe sees nothing of it."""

from __future__ import annotations

import io
import json
import re
import sys

import pytest
import typer
from rich.text import Text

from sayso.interfaces.streams import bar, console, finish, say, show_json
from sayso.interfaces.terminal import table
from sayso.interfaces.visible import json_of


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


HOSTILE = "Mole\x1b]0;owned\x07 \x1b[2Jopen\x9b31m"


def test_words_from_outside_steer_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    screen, errors = Screen(), Screen()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setattr(sys, "stderr", errors)
    made = table("title", "outlet")
    made.add_row(HOSTILE, "Gazette")
    console().print(made)
    console().print(Text(HOSTILE, style="bold"))
    say(HOSTILE)
    show_json({"title": HOSTILE})
    with pytest.raises(typer.Exit):
        finish([HOSTILE])
    shown = re.sub(r"\x1b\[[\d;]*m", "", screen.getvalue() + errors.getvalue())
    assert shown.count("owned") == 5
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", shown)


def test_json_says_the_same_though_it_steers_no_terminal() -> None:
    assert json.loads(json_of({"title": HOSTILE})) == {"title": HOSTILE}
