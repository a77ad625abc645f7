"""What changed in articles as one HTML page that needs nothing else, neither network nor scripts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Final

import jinja2

import sayso
from sayso.interfaces import changes_words, wording
from sayso.interfaces.environment import environment
from sayso.interfaces.report import anchor, href, plural
from sayso.linking.edits.history import History, Moment, Turn
from sayso.linking.edits.nouns import Edit, Op
from sayso.text.span import Span

WIDTH: Final = 720
HEIGHT: Final = 64
_EDGE: Final = 16
_GAP: Final = 18  # pixels between captures where there is room


@dataclass(frozen=True, slots=True)
class Mark:
    """One capture on the strip; `turn` numbers the change that it is the first to show, `label` is the version.

    `part`: it holds only the beginning.
    """

    x: float
    title: str
    label: str
    turn: int | None
    part: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """The captures in the order of time, to scale where they do not meet; the same in words."""

    marks: tuple[Mark, ...]
    first: str
    last: str
    text: str


def page(histories: Sequence[History], noise: bool = False, left: Sequence[History] = ()) -> str:
    """The whole page, articles in their order; with `noise` what was left out as noise stands open.

    `left`: articles of which only a count is told.
    """
    template = _environment().get_template("changes.html.jinja")
    told = changes_words.left_out(left)
    return template.render(histories=histories, noise=noise, left=told, version=sayso.__version__)


def strip(history: History) -> Strip:
    """Where each capture stands between the first and the last."""
    marks: list[Mark] = []
    captures = changes_words.captured(history)
    for (moment, turn, is_same, held), x in zip(captures, _places(history.moments), strict=True):
        label = "" if is_same else f"{moment.version + 1}"
        title = f"{changes_words.moment(moment.at)}: version {moment.version + 1}{', as before' if is_same else ''}"
        title += f", {changes_words.beginning(held)}" if held else ""
        marks.append(Mark(x, title, label, None if turn is None else turn + 1, held is not None))
    ends = changes_words.moment(history.moments[0].at), changes_words.moment(history.moments[-1].at)
    return Strip(tuple(marks), *ends, "; ".join(mark.title for mark in marks) + ".")


def _places(moments: Sequence[Moment]) -> list[float]:
    """To scale, but no two nearer than they can be told apart."""
    times = [_time(moment.at) for moment in moments]
    room = WIDTH - 2 * _EDGE
    gap = min(_GAP, room / max(1, len(times) - 1))
    length = (times[-1] - times[0]) or 1.0
    places: list[float] = []
    for time in times:
        x = _EDGE + room * (time - times[0]) / length
        places.append(max(x, places[-1] + gap) if places else x)
    for k in range(len(places)):
        places[-1 - k] = min(places[-1 - k], WIDTH - _EDGE - k * gap)
    return [round(place, 1) for place in places]


def _time(at: str) -> float:
    moment = datetime.fromisoformat(at)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def pieces(history: History, turn: Turn, edit: Edit) -> list[tuple[Op, str, str]]:
    """The words of an edit, piece by piece, and the white space behind each."""
    texts = history.versions[turn.before].text, history.versions[turn.after].text
    shown = [(piece.op, piece.span.of(texts[piece.op != "removed"])) for piece in edit.pieces]
    return [(op, words.rstrip(), words[len(words.rstrip()) :]) for op, words in shown]


def cut(history: History, place: int, span: Span | None) -> str:
    """Words of one version; "" where there are none."""
    return span.of(history.versions[place].text) if span else ""


@cache
def _environment() -> jinja2.Environment:
    made = environment()
    made.filters.update(
        anchor=anchor,
        direction=wording.direction,
        href=href,
        language=wording.language,
        moment=changes_words.moment,
        plural=plural,
        strip=strip,
    )
    made.globals.update(words=changes_words, pieces=pieces, cut=cut, width=WIDTH, height=HEIGHT)
    return made
