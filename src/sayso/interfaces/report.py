"""Report: stories side by side as one HTML file that needs nothing else, neither network nor scripts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import jinja2

import sayso
from sayso.documents.address import parts_of
from sayso.interfaces import wording
from sayso.interfaces.environment import environment
from sayso.interfaces.plot import HEIGHT, LEFT, WIDTH, plot
from sayso.linking.comparison.nouns import Comparison, FigureTelling, SpeakerView, Telling, TimeView
from sayso.linking.figures.amounts import amount, counted

_MANY = 10  # speakers of whom an overview can show each
Told = TypeVar("Told", Telling, FigureTelling)

_PLAIN = re.compile(r"[A-Za-z0-9_.:-]+")


@dataclass(frozen=True, slots=True)
class Row:
    """A speaker's line of the overview: how many statements each outlet tells."""

    name: str
    counts: tuple[int, ...]


def report(comparisons: Sequence[Comparison], made: str | None = None) -> str:
    """The whole page, with `comparisons` in their order; `made` is the date that it bears."""
    template = _environment().get_template("report.html.jinja")
    return template.render(stories=comparisons, made=made, version=sayso.__version__)


@cache
def _environment() -> jinja2.Environment:
    made = environment()
    made.filters.update(
        amount=amount,
        anchor=anchor,
        counted=counted,
        days=days,
        by_article=by_article,
        direction=wording.direction,
        duration=wording.duration,
        language=wording.language,
        href=href,
        plot=plot,
        told_once=told_once,
        given_once=given_once,
        overview=overview,
        period=period,
        plural=plural,
    )
    made.globals.update(
        relations=wording.RELATIONS,
        standings=wording.STANDINGS,
        types=wording.TYPES,
        replies=wording.REPLIES,
        dates=wording.DATES,
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
    )
    return made


def href(url: str | None) -> str | None:
    """The address when it is one of the web; anything else (`javascript:` …) is no link."""
    return url if parts_of(url).scheme in ("http", "https") else None


def anchor(id: str) -> str:
    """An id of ours or of the input as one that HTML can link to."""
    return id if _PLAIN.fullmatch(id) else "x" + hashlib.sha256(id.encode()).hexdigest()[:12]


def told_once(speaker: SpeakerView) -> list[list[Telling]]:
    """The statements of a speaker that one article alone tells, article by article."""
    return by_article([s.tellings[0] for s in speaker.sayings if len(s.tellings) == 1 and not s.facts])


def given_once(comparison: Comparison) -> list[list[FigureTelling]]:
    """The figures that one article alone gives, article by article."""
    return by_article([view.tellings[0] for view in comparison.figures if len(view.tellings) == 1])


def by_article(tellings: Sequence[Told]) -> list[list[Told]]:
    """Tellings in groups of one article each, both in the order given."""
    groups: dict[str, list[Told]] = {}
    for telling in tellings:
        groups.setdefault(telling.passage.article, []).append(telling)
    return list(groups.values())


def days(comparison: Comparison) -> list[TimeView]:
    """The times that name a day, month or year; lengths of time and vague words are left out."""
    return [time for time in comparison.times if time.value[:1].isdecimal()]


def overview(comparison: Comparison) -> list[Row]:
    """Named speakers by outlet, in the order of the comparison; of many speakers only those with two statements."""
    rows: list[Row] = []
    for speaker in comparison.speakers:
        if speaker.name is not None:
            outlets = [t.passage.outlet for saying in speaker.sayings for t in saying.tellings]
            rows.append(Row(speaker.name, tuple(outlets.count(outlet) for outlet in comparison.outlets)))
    return rows if len(rows) <= _MANY else [row for row in rows if sum(row.counts) > 1]


def period(comparison: Comparison) -> str:
    """First and last day of publication; "" when no article has a date."""
    days = sorted({source.published[:10] for source in comparison.sources if source.published})
    return " – ".join(dict.fromkeys((days[0], days[-1]))) if days else ""


def plural(count: int, one: str, many: str | None = None) -> str:
    """Count and noun: "1 article", "2 articles"."""
    return f"{count} {one if count == 1 else many or one + 's'}"
