"""Bounds: of one text no more is read than takes some seconds."""

from __future__ import annotations

import pytest

from sayso.extraction.cues import hits
from sayso.extraction.figures import read as figures
from sayso.extraction.read import read
from sayso.extraction.times import read as times

TEXT = "Mira Holt said on 5 May that 5 boats sank. Tom Reed said on 6 May that 6 boats sank. "


@pytest.mark.parametrize(
    ("room", "name", "most", "counts"),
    [
        (hits, "MOST_CUES", 1, (1, 2, 2)),
        (figures, "MOST_NUMBERS", 2, (2, 1, 2)),
        (times, "MOST_NUMBERS", 1, (2, 2, 1)),
        (times, "MOST_NUMBERS", 100, (2, 2, 2)),
    ],
)
def test_what_comes_after_the_most_is_not_read(
    monkeypatch: pytest.MonkeyPatch, room: object, name: str, most: int, counts: tuple[int, int, int]
) -> None:
    monkeypatch.setattr(room, name, most)
    found = read(TEXT, "en", "2026-05-09", tagger=None)
    assert (len(found.attributions), len(found.figures), len(found.times)) == counts
