"""Terminal: what the command line shows people. Machines ask for --json."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sayso.answers import Found, Said, StorySummary
from sayso.interfaces import wording
from sayso.linking.comparison.nouns import (
    Comparison,
    ConflictView,
    ExchangeView,
    FigureTelling,
    FigureView,
    Passage,
    Saying,
    Side,
    SpeakerView,
    Telling,
)
from sayso.linking.figures.amounts import amount, quantity

_NARROW = 100  # columns below which tables become lists
_FIRST_STRONG, _POP = "\u2068", "\u2069"  # Unicode isolates


def isolate(words: str) -> str:
    """Right-to-left words kept to themselves, so that they do not reorder the line around them."""
    right_to_left = any(unicodedata.bidirectional(char) in ("R", "AL") for char in words)
    return f"{_FIRST_STRONG}{words}{_POP}" if right_to_left else words


def many(count: int, thing: str) -> str:
    """ "1 article", "2 articles", "3 copies"."""
    return (
        f"{count} {thing}" if count == 1 else f"{count} {thing.removesuffix('y')}{'ies' if thing[-1] == 'y' else 's'}"
    )


def table(*columns: str) -> Table:
    """A plain table without frames; the last column takes the room that is left."""
    made = Table(box=None, show_edge=False, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for i, name in enumerate(columns):
        made.add_column(name, ratio=1 if i == len(columns) - 1 else None, no_wrap=i == 0, overflow="fold")
    return made


def stories(console: Console, summaries: Sequence[StorySummary]) -> None:
    """One line per story; two where the terminal is narrow."""
    if console.width < _NARROW:
        for s in summaries:
            console.print(Text(isolate(s.title), style="bold"))
            about = f"{s.id} · {many(s.articles, 'article')} · {' '.join(s.languages)} · {s.first or 'no date'}"
            console.print(
                Text(f"  {about}" + (f" · {many(s.conflicts, 'conflict')}" if s.conflicts else ""), style="dim")
            )
        return
    made = table("id", "articles", "outlets", "languages", "from", "to", "conflicts", "title")
    for s in summaries:
        made.add_row(
            s.id,
            str(s.articles),
            str(s.outlets),
            " ".join(s.languages),
            s.first or "?",
            s.last or "?",
            str(s.conflicts or "–"),
            isolate(s.title),
        )
    console.print(made)


def story(console: Console, comparison: Comparison, ids: bool = False) -> None:
    """One story side by side; with `ids` each telling has the ARTICLE@PLACE by which it can be judged."""
    console.print(Text(isolate(comparison.title), style="bold"))
    console.print(Text(_extent(comparison), style="dim"))
    for line in comparison.judged:
        console.print(Text(line, style="dim"))
    _section(console, "Who said what", (_speaker(s, ids) for s in comparison.speakers))
    _section(console, "Who answers whom", (_exchange(e) for e in comparison.exchanges))
    _section(console, "Figures", [_figures(comparison.figures, ids)] if comparison.figures else [])
    _section(console, "What differs", (_conflict(c) for c in comparison.conflicts))
    _section(console, "Sources", [_sources(comparison)])


def said(console: Console, statements: Sequence[Said]) -> None:
    """Statements of one speaker, earliest first."""
    made = table("day", "outlet", "lang", "how", "words")
    for s in statements:
        made.add_row(
            (s.published or "?")[:10],
            isolate(s.outlet),
            s.lang,
            f"{wording.TYPES[s.type]}, {s.stance}",
            isolate(s.words),
        )
    console.print(made)


def found(console: Console, hits: Sequence[Found]) -> None:
    """Search results with the words that matched in bold."""
    for hit in hits:
        head = f"{isolate(hit.outlet)} · {hit.lang} · {(hit.published or 'no date')[:10]} · {hit.id} · by {hit.by}"
        console.print(Text(head, style="dim"))
        snippet = Text(hit.snippet.replace("\n", " "))
        for start, end in hit.marks:
            snippet.stylize("bold", start, end)
        console.print(Padding(snippet, (0, 0, 1, 2)))


def _extent(c: Comparison) -> str:
    days = sorted(s.published[:10] for s in c.sources if s.published)
    copies = sum(len(s.copies) for s in c.sources)
    parts = [
        f"story {c.id}",
        many(len(c.sources), "article") + (f" and {many(copies, 'copy')}" if copies else ""),
        many(len(c.outlets), "outlet"),
        " ".join(sorted({s.lang for s in c.sources})),
        f"{days[0]} to {days[-1]}" if days else "no dates",
    ]
    return " · ".join(parts)


def _section(console: Console, title: str, parts: Iterable[RenderableType]) -> None:
    shown = list(parts)
    if shown:
        console.print()
        console.print(Text(title.upper(), style="bold cyan"))
        console.print(Group(*shown))


def _speaker(speaker: SpeakerView, ids: bool) -> RenderableType:
    names = " · ".join(isolate(n) for _, written in speaker.written for n in written if n != speaker.name)
    head = Text(isolate(speaker.name) if speaker.name else "Unnamed", style="bold")
    if names:
        head.append(f"  {names}", style="dim")
    return Padding(Group(head, *(_saying(s, ids) for s in speaker.sayings)), (1, 0, 0, 0))


def _saying(saying: Saying, ids: bool) -> RenderableType:
    made = table("", "", "", "")
    made.show_header = False
    for telling in saying.tellings:
        words = Text(isolate(" … ".join(telling.passage.words)))
        note = "; ".join(filter(None, [_note(telling), place(telling.passage) if ids else ""]))
        if note:
            words.append(f"  ({note})", style="dim")
        made.add_row(isolate(telling.passage.outlet), telling.passage.lang, _relation(telling), words)
    for fact in saying.facts:
        words = Text(isolate(" … ".join(fact.passage.words)))
        words.append(f"  (in the outlet’s own voice; elsewhere {isolate(fact.source)} says it)", style="dim")
        made.add_row(isolate(fact.passage.outlet), fact.passage.lang, Text("differs", style="yellow"), words)
    about = [saying.thread, *saying.judged] if saying.thread else []
    return Padding(Group(made, *(Text(line, style="dim") for line in about)), (0, 0, 0, 2))


def place(passage: Passage) -> str:
    """By what a telling can be judged: ARTICLE@PLACE."""
    return f"{passage.article}@{passage.spans[0].start}" if passage.spans else passage.article


def _relation(telling: Telling) -> Text:
    if telling.relation is None:
        return Text("once", style="dim")
    return Text(wording.RELATIONS[telling.relation], style="yellow" if telling.relation == "changed" else "green")


def _note(telling: Telling) -> str:
    through = f"through {' ‹ '.join(map(isolate, telling.through))}" if telling.through else ""
    stance = telling.stance if telling.stance != "asserts" else ""
    sides = f"“{isolate(telling.here)}” against “{isolate(telling.there)}”" if telling.here or telling.there else ""
    why = "" if telling.relation and telling.changed == wording.RELATIONS[telling.relation] else telling.changed
    return "; ".join(filter(None, [stance, through, why, sides, "earliest here" if telling.earliest else ""]))


def _figures(views: Sequence[FigureView], ids: bool) -> RenderableType:
    made = table("what", "outlet", "value", "window", "as of", "standing", "words")
    for view in views:
        what = quantity(replace(view, scope=isolate(view.scope) if view.scope else None))
        for i, telling in enumerate(view.tellings):
            made.add_row(what if i == 0 else "", *_figure(telling, ids))
        for line in (view.thread, *view.judged) if view.thread and len(view.tellings) > 1 else ():
            made.add_row(*[""] * 6, Text(line, style="dim"))
    return made


def _standing(telling: FigureTelling) -> str:
    dropped = f"on nobody’s word, elsewhere {isolate(telling.dropped)} says it" if telling.dropped else ""
    parts = [wording.STANDINGS[telling.standing], dropped, "earliest here" if telling.earliest else ""]
    return ", ".join(filter(None, parts))


def _figure(telling: FigureTelling, ids: bool) -> list[RenderableType]:
    style = "yellow" if telling.standing == "different" else ""
    return [
        isolate(telling.passage.outlet),
        amount(telling),
        wording.duration(telling.window),
        telling.as_of or "",
        Text(_standing(telling), style=style),
        isolate(" … ".join(telling.passage.words)) + (f"  ({place(telling.passage)})" if ids else ""),
    ]


def _conflict(conflict: ConflictView) -> RenderableType:
    lines = [Text(conflict.why, style="yellow")]
    lines += [Text(f"  {isolate(p.outlet)}: {isolate(p.sentence)}") for p in conflict.sides]
    lines += [Text(f"  {line}", style="dim") for line in (f"c{conflict.thread}", *conflict.judged)]
    return Padding(Group(*lines), (0, 0, 1, 0))


def _exchange(exchange: ExchangeView) -> RenderableType:
    """A small dialogue: who and what, who answers and what, and the words that make it an exchange in bold."""
    lines: list[Text] = []
    if exchange.statement is not None:
        lines += _side(exchange.statement, "")
    elif exchange.topic is not None:
        lines.append(Text(f"on: {isolate(' … '.join(exchange.topic.words))}"))
    lines += [Text("  ") + line for line in _side(exchange.reply, f" {wording.REPLIES[exchange.kind]}")]
    lines += [_marked(exchange.words), *(Text(f"    {line}", style="dim") for line in (exchange.id, *exchange.judged))]
    return Padding(Group(*lines), (0, 0, 1, 0))


def _marked(passage: Passage) -> Text:
    """The sentence with the passage's words in bold; right-to-left ones kept to themselves as a whole."""
    isolated = isolate(passage.sentence) != passage.sentence
    shown = Text("    " + _FIRST_STRONG * isolated, style="dim")
    for piece, marked in passage.marked():
        shown.append(piece, style="bold not dim" if marked else "")
    return shown.append(_POP * isolated)


def _side(side: Side, does: str) -> list[Text]:
    head = Text(isolate(side.speaker or side.source or "Unnamed"), style="bold")
    head.append(does, style="yellow")
    head.append(f"  {isolate(side.passage.outlet)} · {side.passage.lang}", style="dim")
    return [head, Text(f"  {isolate(' … '.join(side.passage.words))}")]


def _sources(c: Comparison) -> RenderableType:
    made = table("outlet", "lang", "day", "date from", "copies", "id", "title")
    for s in c.sources:
        day = (s.published or "?")[:10]
        copies = ", ".join(copy.outlet for copy in s.copies)
        date_from = wording.DATES.get(s.published_from or "", "")
        made.add_row(isolate(s.outlet), s.lang, day, date_from, copies, s.article, isolate(s.title or ""))
    return made
