"""Markup: the answer written into the text, as tests, native examples and explanations show it.

    {s1|Dmitry Peskov} {c1|said} {q1|the talks had failed}

A label is a kind (`s` source, `c` cue, `q` content, `f` figure, `t` time, `v` voice, …) and a number that ties the
parts of one answer together; braces nest: `{q1|that {s2|Kirby} {c2|denies} {q2|it}}`. A brace or a backslash of the
text itself is written with a backslash before it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sayso.text.span import Span

_PIECE = re.compile(r"\\([\\{}])|\{([a-z]+)(\d*)\||\}")
_LITERAL = re.compile(r"[\\{}]")


class Mark(NamedTuple):
    """One labelled span of the plain text."""

    kind: str
    number: int
    span: Span


def in_order(mark: Mark) -> tuple[int, int]:
    """Sort key: by start, the longer one first."""
    return mark.span.start, -mark.span.end


def parse(marked: str) -> tuple[str, list[Mark]]:
    """Plain text and its marks, in order of their starts. Raises ValueError on unbalanced braces."""
    plain: list[str] = []
    marks: list[Mark] = []
    open_marks: list[int] = []
    length = previous = 0
    for piece in _PIECE.finditer(marked):
        plain += marked[previous : piece.start()], piece[1] or ""
        length += piece.start() - previous + len(plain[-1])
        previous = piece.end()
        if piece[2]:
            open_marks.append(len(marks))
            marks.append(Mark(piece[2], int(piece[3] or 1), Span(length, length)))
        elif not piece[1] and not open_marks:
            raise ValueError(f"a closing brace without an opening one at {piece.start()} in {marked!r}")
        elif not piece[1]:
            i = open_marks.pop()
            marks[i] = marks[i]._replace(span=Span(marks[i].span.start, length))
    if open_marks:
        raise ValueError(f"{len(open_marks)} opening brace(s) never closed in {marked!r}")
    return "".join([*plain, marked[previous:]]), sorted(marks, key=in_order)


def render(text: str, marks: list[Mark]) -> str:
    """The inverse of `parse` for marks that nest (crossing marks are closed in order of their ends)."""
    opening: dict[int, list[str]] = {}
    closing: dict[int, int] = {}
    for mark in sorted(marks, key=in_order):
        label = f"{{{mark.kind}{mark.number}|"
        if mark.span.length:
            closing[mark.span.end] = closing.get(mark.span.end, 0) + 1
        opening.setdefault(mark.span.start, []).append(label if mark.span.length else label + "}")
    out: list[str] = []
    for i in range(len(text) + 1):
        out.append("}" * closing.get(i, 0))
        out += opening.get(i, ())
        out.append(_LITERAL.sub(r"\\\g<0>", text[i : i + 1]))
    return "".join(out)
