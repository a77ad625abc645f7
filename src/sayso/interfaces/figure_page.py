"""Figures as an SVG file or a page, each of which needs nothing else: no script, no font, no network."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import jinja2

import sayso
from sayso.interfaces import figure_drawing, wording
from sayso.interfaces.environment import environment
from sayso.interfaces.figure_drawing import Drawing
from sayso.interfaces.figure_panels import drawn, words
from sayso.interfaces.report import anchor, period, plural
from sayso.interfaces.terminal import isolate, many
from sayso.linking.comparison.nouns import Comparison
from sayso.linking.figures.amounts import amount, counted

_MARGIN, _HEAD, _GAP, _FOOT = 20, 40, 28, 64  # pixels: around all, above a story's drawings, between them, below all
_TITLE, _TITLE_LINE = 18, 22  # a title's letters, with room for bold ones, and its lines
_LINES, _UNCUT = 3, 20  # lines of a title at most, letters of a word that are not parted
_WIDTH = figure_drawing.WIDTH
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML may hold: one such character in a name would keep the whole drawing from being shown."""
_NAME = re.compile(r"--(\w+): (#\w+)")


@dataclass(frozen=True, slots=True)
class Page:
    """A story with its drawings; `outlets`: name -> letter; `left`: tellings that have no place on an axis."""

    comparison: Comparison
    drawings: tuple[Drawing, ...]
    outlets: dict[str, str]
    left: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A story's place in the SVG file; `drawings`: (top, drawing, where its table begins below that)."""

    y: float
    place: int
    title: tuple[str, ...]
    drawings: tuple[tuple[float, Drawing, float], ...]
    note: str
    foot: float


def page(comparisons: Sequence[Comparison]) -> str:
    """One HTML page: per story the drawings, and a table of all tellings."""
    template = _environment().get_template("figures.html.jinja")
    return template.render(pages=[_page(c) for c in comparisons], css=_css())


def svg(comparisons: Sequence[Comparison], *, plain: bool = False) -> str:
    """One SVG file, the drawings below each other, each with its table; dark where the reader's system is.

    `plain`: light always, for programs that know neither variables nor media queries.
    """
    sheets: list[Sheet] = []
    y = float(_MARGIN)
    for place, comparison in enumerate(comparisons):
        sheets.append(_sheet(_page(comparison), y, place))
        y += sheets[-1].foot + _GAP
    template = _environment().get_template("figures.svg.jinja")
    made = template.render(
        sheets=sheets,
        title="Figures: " + "; ".join(c.title for c in comparisons),
        about=_about(comparisons),
        css=_plain(_css()) if plain else _css(),
        width=_WIDTH + 2 * _MARGIN,
        height=round(max(y, 60) + _FOOT),
        margin=_MARGIN,
    )
    return _NO_XML.sub("\ufffd", made)


def _page(comparison: Comparison) -> Page:
    plan = drawn(comparison)
    colours = list(dict.fromkeys(unit for panel in plan.panels for unit in panel.units))
    return Page(comparison, tuple(figure_drawing.drawing(p, colours) for p in plan.panels), plan.outlets, plan.left)


def _sheet(page: Page, y: float, place: int) -> Sheet:
    title = tuple(_headline(page.comparison.title))
    top = float(_HEAD + _TITLE_LINE * (len(title) - 1))
    drawings: list[tuple[float, Drawing, float]] = []
    for one in page.drawings:
        table = one.height + 14
        drawings.append((top, one, table))
        top += table + one.table_height + _GAP
    shown = sum(len(mark.tellings) for one in page.drawings for mark in one.panel.marks)
    rest = sum(len(view.tellings) for view in page.comparison.figures) - shown
    note = f"{many(rest, 'telling')} not drawn: no day, no number, or one value alone." if rest else ""
    return Sheet(y, place, title, tuple(drawings), note, top)


def _headline(title: str) -> Iterator[str]:
    """A title in lines; scripts without spaces are cut anywhere."""
    short = figure_drawing.clipped(" ".join(title.split()), _LINES * (_WIDTH - _TITLE), _TITLE)
    parts = (word[i : i + _UNCUT] for word in short.split() for i in range(0, len(word), _UNCUT))
    yield from figure_drawing.wrapped(list(parts), _WIDTH, _TITLE)


def _about(comparisons: Sequence[Comparison]) -> str:
    count = sum(len(c.figures) for c in comparisons)
    return f"{many(count, 'figure')} of {many(len(comparisons), 'story')}, value by day, with the outlets that tell it."


@cache
def _environment() -> jinja2.Environment:
    made = environment()
    made.filters.update(
        amount=amount,
        anchor=anchor,
        counted=counted,
        direction=wording.direction,
        duration=wording.duration,
        isolate=isolate,
        language=wording.language,
        period=period,
        plural=plural,
        told=words,
    )
    made.globals.update(
        standings=wording.STANDINGS,
        columns=figure_drawing.COLUMNS,
        left=figure_drawing.LEFT,
        right=figure_drawing.RIGHT,
        plot_width=_WIDTH,
        version=sayso.__version__,
    )
    return made


@cache
def _css() -> str:
    """The style of all drawings; ours, and so not escaped."""
    return files("sayso.interfaces").joinpath("templates", "figures.css").read_text(encoding="utf-8").strip()


def _plain(css: str) -> str:
    """The style with light colours in the place of variables, and without what only browsers know."""
    light, _, rest = css.partition("@media")
    colours = dict(_NAME.findall(light))
    return re.sub(r"var\(--(\w+)\)", lambda found: colours[found[1]], rest[rest.index(".plot {") :])
