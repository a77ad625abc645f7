"""Voice: words with a point of view, and whose it is."""

from __future__ import annotations

import pytest

from sayso.extraction.read import read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The regime fell.", [("regime", "loaded", "outlet")]),
        ("Holt said that the regime fell.", [("regime", "loaded", 0)]),
        ("Holt claimed that the bridge was safe.", [("claimed", "doubting", "outlet")]),
        (
            "Holt said that Reed had claimed that it was propaganda.",
            [("claimed", "doubting", "outlet"), ("propaganda", "loaded", 1)],
        ),
        ("The bridge was safe.", []),
    ],
)
def test_voice(text: str, expected: list[tuple[str, str, object]]) -> None:
    assert [(one.span.of(text), one.kind, one.holder) for one in read(text, "en").voice] == expected
