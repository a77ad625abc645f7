"""Bounds: a text that holds more than any article does is refused in one sentence, before it takes minutes."""

from __future__ import annotations

import json

import pytest

from sayso.documents.nouns import Capture
from sayso.errors import InputError
from sayso.extraction.annotate import line, readings
from sayso.extraction.cues import hits
from sayso.extraction.figures import read as figures
from sayso.extraction.times import read as times

TEXT = "Mira Holt said on 5 May that 5 boats sank. Tom Reed said on 6 May that 6 boats sank. "
BOUNDS = [
    (hits, "MOST_CUES", 1, "more than 1 words that cite somebody"),
    (figures, "MOST_NUMBERS", 2, "more than 2 numbers"),
    (times, "MOST_NUMBERS", 1, "more than 1 numbers and times"),
]


@pytest.mark.parametrize(("room", "name", "most", "told"), BOUNDS)
def test_a_text_with_too_many_is_refused(
    monkeypatch: pytest.MonkeyPatch, room: object, name: str, most: int, told: str
) -> None:
    capture = Capture("a.txt", (TEXT * 3).encode(), "text/plain", "2026-05-09T00:00:00+00:00")
    (whole,) = readings(capture, None)
    assert not isinstance(whole, InputError)
    monkeypatch.setattr(room, name, most)
    (refused,) = readings(capture, None)
    assert isinstance(refused, InputError)
    assert refused.reason == f"its text holds {told}: split it"
    row, error = line(json.dumps({"id": "a", "text": TEXT * 3, "lang": "en"}))
    assert error == f"text holds {told}: split it"
    assert json.loads(row) == {"id": "a", "text": TEXT * 3, "lang": "en", "error": error}


@pytest.mark.parametrize(("room", "name", "most"), [(hits, "MOST_CUES", 6), (figures, "MOST_NUMBERS", 12)])
def test_as_many_as_allowed_are_read(monkeypatch: pytest.MonkeyPatch, room: object, name: str, most: int) -> None:
    monkeypatch.setattr(room, name, most)
    row, error = line(json.dumps({"id": "a", "text": TEXT * 3, "lang": "en", "published": "2026-05-09"}))
    assert error is None
    found = json.loads(row)
    assert len(found["attributions"]) == len(found["figures"]) == 6
