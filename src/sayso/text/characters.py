"""Characters: classes of code points that several files of this room need, written as bodies of regex classes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_BLOCKS_WITH_MARKS = [(0x0300, 0x1E00), (0x20D0, 0x2100), (0x302A, 0x309B), (0xA66F, 0xABF0), (0xFE20, 0xFE30)]


def _class(codes: Iterable[int]) -> str:
    """Ascending code points as ranges."""
    runs: list[list[int]] = []
    for code in codes:
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in runs)


MARKS = _class(
    code
    for first, end in _BLOCKS_WITH_MARKS
    for code in range(first, end)
    if unicodedata.category(chr(code)).startswith("M")
)
"""Combining marks of the scripts that news is written in: part of the word they stand on."""

JOINERS = "\u200c\u200d"
"""Zero-width non-joiner and joiner: they shape Persian, Urdu and Indic words and build emoji."""

INVISIBLE = "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
"""Soft hyphen, direction marks, zero-width spaces: no reader sees them."""

CONTROLS = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
"""Control characters other than white space and line ends."""

DOUBLE_QUOTES = '"“”„‟«»″‶＂「」『』｢｣〝〞〟﹁﹂﹃﹄❝❞״❠'
SINGLE_QUOTES = "'‘’‚‛‹›′‵`´ʼʹ＇❛❜׳❟"
