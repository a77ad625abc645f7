"""Markup: the answer written into the text, as tests, native examples and explanations show it.

    {s1|Dmitry Peskov} {c1|said} {q1|the talks had failed}

A label is a kind (`s` source, `c` cue, `q` content, `f` figure, `t` time, `v` voice, …) and a number that ties the
parts of one answer together; braces nest: `{q1|that {s2|Kirby} {c2|denies} {q2|it}}`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sayso.text.span import Span

_PIECE = re.compile(r"\{([a-z]+)(\d*)\||\}")


class Mark(NamedTuple):
    """One labelled span of the plain text."""

    kind: str
    number: int
    span: Span


def parse(marked: str) -> tuple[str, list[Mark]]:
    """Plain text and its marks, in order of their starts. Raises ValueError on unbalanced braces."""
    plain: list[str] = []
    marks: list[Mark] = []
    open_marks: list[tuple[str, int, int]] = []
    length = previous = 0
    for piece in _PIECE.finditer(marked):
        plain.append(marked[previous : piece.start()])
        length += piece.start() - previous
        previous = piece.end()
        if piece.group(1):
            open_marks.append((piece.group(1), int(piece.group(2) or 1), length))
        elif open_marks:
            kind, number, start = open_marks.pop()
            marks.append(Mark(kind, number, Span(start, length)))
        else:
            raise ValueError(f"a closing brace without an opening one at {piece.start()} in {marked!r}")
    if open_marks:
        raise ValueError(f"{len(open_marks)} opening brace(s) never closed in {marked!r}")
    return "".join([*plain, marked[previous:]]), sorted(marks, key=lambda m: (m.span.start, -m.span.end))


def render(text: str, marks: list[Mark]) -> str:
    """The inverse of `parse` for marks that nest (crossing marks are closed in order of their ends)."""
    opening: dict[int, list[Mark]] = {}
    closing: dict[int, int] = {}
    for mark in sorted(marks, key=lambda m: (m.span.start, -m.span.end)):
        opening.setdefault(mark.span.start, []).append(mark)
        closing[mark.span.end] = closing.get(mark.span.end, 0) + 1
    out: list[str] = []
    for i in range(len(text) + 1):
        out.append("}" * closing.get(i, 0))
        out.extend(f"{{{mark.kind}{mark.number}|" for mark in opening.get(i, ()))
        out.append(text[i : i + 1])
    return "".join(out)
