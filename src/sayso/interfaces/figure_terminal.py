"""Figures in the terminal: a line on each figure of many stories, or the tellings of one story and their plots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sayso.interfaces import wording
from sayso.interfaces.figure_panels import Drawn, drawn
from sayso.interfaces.figure_sketch import sketch
from sayso.interfaces.terminal import isolate, many, table
from sayso.linking.comparison.nouns import Comparison, FigureTelling, FigureView
from sayso.linking.figures.amounts import amount, quantity

_NARROW = 100  # columns below which the words of a telling stand under it
_WIDEST = 100  # columns of a plot


def show(console: Console, comparisons: Sequence[Comparison], *, whole: bool) -> None:
    """Stories `whole`, with all tellings and plots, or a line on each figure."""
    if not whole:
        overview(console, comparisons)
        console.print(Text("`sayso figures STORY` shows the tellings of a story and draws them.", style="dim"))
    for comparison in comparisons if whole else ():
        story(console, comparison)


def overview(console: Console, comparisons: Sequence[Comparison]) -> None:
    """Per story a line on each figure: lowest and highest value, by how many told, of which days."""
    for comparison in comparisons:
        _head(console, comparison)
        wide = console.width >= _NARROW
        made = table("what", "values", "told", *(["day"] if wide else []), "")
        made.columns[0].no_wrap, made.columns[1].no_wrap = False, True
        for view in comparison.figures:
            days = [_days(view)] if wide else []
            made.add_row(_what(view), _extent(view), f"{len(view.tellings)}×", *days, _compared(view))
        console.print(Padding(made, (0, 0, 1, 2)))


def story(console: Console, comparison: Comparison) -> None:
    """One story: each telling of each figure, then value against day."""
    plan = drawn(comparison)
    _head(console, comparison)
    for view in comparison.figures:
        head = Text(_what(view), style="bold").append(f"  {many(len(view.tellings), 'telling')}", style="dim")
        if view.conflict:
            head.append("  different figures", style="yellow")
        console.print(head)
        made = _tabled(view, plan) if console.width >= _NARROW else _listed(view, plan)
        console.print(Padding(made, (0, 0, 1, 2)))
    _plots(console, plan)


def _head(console: Console, comparison: Comparison) -> None:
    console.print(Text(isolate(comparison.title), style="bold cyan"))
    days = sorted(s.published[:10] for s in comparison.sources if s.published)
    about = [f"story {comparison.id}", many(len(comparison.sources), "article")]
    about += [f"{days[0]} to {days[-1]}" if days[0] != days[-1] else days[0]] if days else ["no dates"]
    console.print(Text(" · ".join(about), style="dim"))
    console.print()


def _what(view: FigureView) -> str:
    unit, scope = (isolate(word) if word else None for word in (view.unit, view.scope))
    return quantity(replace(view, unit=unit, scope=scope))


def _extent(view: FigureView) -> str:
    """The lowest value, and the highest where it is another."""
    told = sorted((t for t in view.tellings if t.value is not None), key=lambda t: (t.value or 0, t.value_high or 0))
    ends = list(dict.fromkeys(amount(t) for t in (*told[:1], *told[-1:])))
    return " … ".join(ends) or amount(view.tellings[0])


def _days(view: FigureView) -> str:
    days = sorted({t.day for t in view.tellings if t.day})
    return " … ".join(dict.fromkeys((days[0], days[-1]))) if days else "no day"


def _compared(view: FigureView) -> Text:
    if view.conflict:
        return Text("different figures", style="yellow")
    return Text("" if len(view.tellings) > 1 else wording.STANDINGS["only"], style="dim")


def _tabled(view: FigureView, plan: Drawn) -> Table:
    """A row on each telling."""
    made = table("", "value", "day", "within", "outlet", "compared", "words")
    for telling in view.tellings:
        made.add_row(*_row(telling, plan), _standing(telling), _words(telling))
    return made


def _listed(view: FigureView, plan: Drawn) -> Table:
    """For a narrow terminal: the letter, and what is known of the telling, its words on a line of their own."""
    made = table("", "")
    made.show_header = False
    for telling in view.tellings:
        letter, value, day, window, outlet = _row(telling, plan)
        about = " · ".join(filter(None, [day, f"within {window}" if window else "", outlet]))
        told = Text(value, style="bold").append(f"  {about} · ", style="").append_text(_standing(telling))
        if telling.passage.words:
            told.append(f"\n{_words(telling)}", style="dim")
        made.add_row(letter, told)
    return made


def _row(telling: FigureTelling, plan: Drawn) -> list[str]:
    says = f", says {isolate(telling.asserted_by)}" if telling.asserted_by else ""
    return [
        plan.outlets[telling.passage.outlet],
        amount(telling),
        _day(telling),
        wording.duration(telling.window),
        isolate(telling.passage.outlet) + says,
    ]


def _day(telling: FigureTelling) -> str:
    """The day that a figure is of, else when it was published."""
    return f"as of {telling.as_of}" if telling.as_of else f"published {telling.day}" if telling.day else ""


def _words(telling: FigureTelling) -> str:
    return f"“{isolate(' … '.join(telling.passage.words))}”" if telling.passage.words else ""


def _standing(telling: FigureTelling) -> Text:
    style = "yellow" if telling.standing == "different" else ""
    earliest = ", earliest in this archive" if telling.earliest else ""
    dropped = f", on nobody’s word here; elsewhere {isolate(telling.dropped)} says it" if telling.dropped else ""
    return Text(wording.STANDINGS[telling.standing] + dropped + earliest, style=style)


def _plots(console: Console, plan: Drawn) -> None:
    """Only what has two values or more; the table tells the rest."""
    panels = [panel for panel in plan.panels if panel.several]
    for panel in panels:
        for line in sketch(panel, min(console.width, _WIDEST), ascii_only=console.options.ascii_only):
            console.print(line, no_wrap=True, crop=True)
        console.print()
    console.print(Text("\n".join(_notes(plan, bool(panels))), style="dim"))


def _notes(plan: Drawn, any_drawn: bool) -> Iterator[str]:
    if not any_drawn:
        yield "Nothing to draw: no figure has two values on known days."
    elif plan.left:
        yield f"{many(plan.left, 'telling')} without a number or a day: in the table alone."
    if any_drawn:
        yield "Letters stand for outlets, as in the table; a figure of no stated day stands on that of publication."
        yield "“Earliest in this archive” doesn’t mean first."
