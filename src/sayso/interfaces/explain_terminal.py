"""Explain in the terminal: the text with signs around what was found, and under each paragraph a line on each find.

    {s1|Dmitry Peskov} {c1|said} {q1|the talks had failed}
      1  Dmitry Peskov · asserts · reported · found by clause, score 0.79

The signs are those of `text.markup`, so that nothing depends on colour; `{s1,3|…}` is shared by attributions 1 and 3,
`|q1}` closes content 1 where another mark that began later is still open, `{q1|…` goes on from the paragraph before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

from sayso.interfaces.explain import Article, Mark, Note, Paragraph, direction
from sayso.interfaces.terminal import isolate, many
from sayso.text.span import Span

_STYLES = {"s": "bold cyan", "c": "bold magenta", "q": "green", "": ""}
_LEFT, _RIGHT, _POP = "\u2066", "\u2067", "\u2069"  # Unicode isolates
_LITERAL = re.compile(r"([\\{}])")
_INDENT, _NARROWEST = 6, 20  # columns
_LEGEND = (("s", "source"), ("c", "cue"), ("q", "content"))


class Piece(NamedTuple):
    """A stretch of the text, or a sign put into it; `kind` is that of the innermost mark around it, or ""."""

    words: str
    kind: str
    start: int
    sign: bool = False


def show(console: Console, articles: Iterable[Article]) -> None:
    """Each article, paragraph by paragraph, under a legend."""
    for i, article in enumerate(articles):
        console.print(_legend() if i == 0 else "")
        _head(console, article)
        for paragraph in article.paragraphs:
            console.print()
            console.print(_styled(article, paragraph), crop=False)  # a line too long by a joiner is still whole
            for note in paragraph.notes:
                _noted(console, note)


def pieces(article: Article, paragraph: Paragraph) -> list[Piece]:
    """A paragraph as words and signs in turn; without the signs it is its text."""
    cuts = sorted({*paragraph.span, *(edge for _, part in paragraph.marks for edge in part)})
    opened: list[tuple[Mark, Span]] = []
    made: list[Piece] = []
    for i, start in enumerate(cuts):
        for one in [one for one in reversed(opened) if one[1].end == start]:
            made.append(Piece(_closing(one, last=one == opened[-1]), one[0].kind, start, True))
            opened.remove(one)
        for one in paragraph.marks:
            if one[1].start == start:
                opened.append(one)
                made.append(Piece(_opening(one), one[0].kind, start, True))
        if i + 1 < len(cuts):
            made += _words(article.text, Span(start, cuts[i + 1]), opened[-1][0].kind if opened else "")
    return _isolated(made, paragraph.span.of(article.text))


def _opening(one: tuple[Mark, Span]) -> str:
    mark, part = one
    return f"{{{mark.label}|" + ("" if mark.span.start == part.start else "…")


def _closing(one: tuple[Mark, Span], last: bool) -> str:
    """A brace, with the label where it closes another mark than the one that began last."""
    mark, part = one
    return ("" if mark.span.end == part.end else "…") + ("}" if last else f"|{mark.label}}}")


def _words(text: str, span: Span, kind: str) -> Iterator[Piece]:
    """A stretch of the text, a backslash before what might be taken for a sign."""
    start = span.start
    for words in _LITERAL.split(span.of(text)):
        if _LITERAL.match(words):
            yield Piece("\\", kind, start, True)
        if words:
            yield Piece(words, kind, start)
        start += len(words)


def _isolated(made: list[Piece], words: str) -> list[Piece]:
    """In a paragraph with right-to-left letters signs are kept to themselves, so that they reorder nothing."""
    if isolate(words) == words:
        return made
    isolates = _RIGHT if direction(words) == "rtl" else _LEFT
    return [p._replace(words=f"{isolates}{p.words}{_POP}") if p.sign else p for p in made]


def _styled(article: Article, paragraph: Paragraph) -> Text:
    """The pieces in their colours; figures and times underlined, where the terminal can."""
    shown = Text()
    for piece in pieces(article, paragraph):
        at = len(shown)
        shown.append(piece.words, _style(piece.kind, piece.sign))
        if not piece.sign:
            whole = Span(piece.start, piece.start + len(piece.words))
            for light in (span for span, _ in paragraph.light if span.overlap(whole)):
                first = max(light.start, whole.start) - whole.start
                shown.stylize("underline", at + first, at + first + light.overlap(whole))
    return shown


def _style(kind: str, sign: bool) -> str:
    """Words in the colour of their kind, signs in a faint one."""
    return f"dim {_STYLES[kind].removeprefix('bold ')}" if sign else _STYLES[kind]


def _legend() -> Text:
    shown = Text()
    for kind, name in _LEGEND:
        shown.append(f"{{{kind}1|", _style(kind, True)).append(name, _STYLES[kind]).append("}  ", _style(kind, True))
    return shown.append("The number tells which attribution a part belongs to.", "dim")


def _head(console: Console, article: Article) -> None:
    """Title and facts."""
    console.print(Text(isolate(article.title), style="bold"))
    facts = [
        article.id if article.id != article.title else "",
        article.outlet or "",
        article.lang,
        (article.published or "no date")[:10],
        many(article.count, "attribution"),
    ]
    console.print(Text(" · ".join(isolate(fact) for fact in facts if fact), style="dim"))


def _noted(console: Console, note: Note) -> None:
    """One line, or more where the terminal is narrow."""
    for i, line in enumerate(_note(note).wrap(console, max(_NARROWEST, console.width - _INDENT))):
        number = str(note.number) if i == 0 else ""
        console.print(Text().append(f"{number:>{_INDENT - 2}}  ", "bold").append_text(line))


def _note(note: Note) -> Text:
    inside = f" · inside {note.inside}" if note.inside is not None else ""
    said = Text(isolate(note.speaker) if note.speaker else "Unnamed", style="" if note.speaker else "italic")
    return said.append(f" · {note.about}{inside}").append(f" · {note.found}", "dim")
