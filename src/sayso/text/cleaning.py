"""Cleaning: a raw text without what no reader sees, and with the way back to every character.

Runs of spaces become one space and all kinds of spaces the plain one: HTML shows them so, and no statement differs by
them; the offsets still lead to what was there. An empty line is kept as one empty line, since it parts paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.text.characters import CONTROLS, INVISIBLE, MARKS
from sayso.text.offsets import Mapped, edited

_SPACES = " \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_LINE_ENDS = "\n\r\v\f\u0085\u2028\u2029"
_JOINING_SCRIPTS = "\u0620-\u08ff\u0900-\u109f\u1780-\u17ff"
_EMOJI = "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
_DROPPED = (
    rf"[{INVISIBLE}{CONTROLS}]|(?<![{_JOINING_SCRIPTS}{MARKS}])\u200c|(?<![{_JOINING_SCRIPTS}{MARKS}{_EMOJI}])\u200d"
)
_HIDDEN = rf"[{_SPACES}{_LINE_ENDS}]|{_DROPPED}"
_FINE = rf"(?: |\n\n?)(?!{_HIDDEN})"
_RUN = re.compile(rf"(?!(?<!\A){_FINE}.)(?:{_HIDDEN})+|[\u2010\u2011]|[\ud800-\udfff]+", re.DOTALL)
_LINE_END = re.compile(rf"\r\n|[{_LINE_ENDS}]")
_SPACE = re.compile(rf"[{_SPACES}]")
_NO_BREAK = {"\u2010": "-", "\u2011": "-"}


def clean(raw: str) -> Mapped:
    """`raw` with `\\n` line ends, single spaces, at most one empty line, nothing invisible; no space at any edge.

    Zero-width joiners stay where they shape a word or an emoji; half a surrogate pair becomes U+FFFD.
    """
    return edited(raw, _edits(raw))


def _edits(raw: str) -> Iterator[tuple[int, int, str]]:
    for found in _RUN.finditer(raw):
        shown = _shown(found.group())
        if found.start() == 0 or found.end() == len(raw):
            shown = shown.strip()
        if shown != found.group():
            yield found.start(), found.end(), shown


def _shown(run: str) -> str:
    """What a reader sees of one run of white space and invisible characters (or of one odd character)."""
    if run in _NO_BREAK:
        return _NO_BREAK[run]
    if "\ud800" <= run[0] <= "\udfff":
        return "\ufffd" * len(run)
    line_ends = len(_LINE_END.findall(run))
    return "\n" * min(line_ends, 2) if line_ends else " " if _SPACE.search(run) else ""
