"""Annotated: one article as linking sees it, made from a row of `sayso annotate` (text may be missing)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar, get_args

from sayso.errors import InputError
from sayso.extraction.dates.day import day
from sayso.extraction.nouns import Attribution, Figure, Qualifier, Spans, Time, Type
from sayso.text.span import Span

Row = dict[str, Any]
R = TypeVar("R")

LATE = "9999"
"""Stands for the date of an article without one."""
_HYPHENS = re.compile(r"\d{4}-\d\d-\d\d")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LARGEST = 1e300


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article with what was read from it. The ids are the records' own, else their index."""

    id: str
    text: str | None
    lang: str = "und"
    published: str | None = None
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    attributions: tuple[Attribution, ...] = ()
    figures: tuple[Figure, ...] = ()
    attribution_ids: tuple[int | str, ...] = ()
    figure_ids: tuple[int | str, ...] = ()
    gists: tuple[str | None, ...] = ()
    """Per attribution, its content in words where the row says it itself (records without text)."""
    times: tuple[Time, ...] = ()

    def said(self, i: int) -> str:
        """The content of attribution `i` in the article's words; "" when neither text nor gist is there."""
        if self.text is not None and self.attributions[i].content:
            return " … ".join(span.of(self.text) for span in self.attributions[i].content)
        return (self.gists[i] if self.gists else None) or ""

    def day(self) -> date | None:
        """The day of publication, None when unknown."""
        return date.fromisoformat(self.published[:10]) if self.published else None


def early(article: Annotated) -> tuple[str, str]:
    """Sorts articles by date (undated last), then by id."""
    return article.published or LATE, article.id


def from_row(row: object) -> Annotated:
    """One row of `sayso annotate`. Raises InputError naming the row; its reason is what is wrong, in one sentence."""
    if not isinstance(row, dict):
        raise InputError("a row", "not an object with id and text")
    if row.get("error"):
        raise InputError(str(row.get("id", "a row")), str(row["error"]))
    if not isinstance(row.get("id"), str | int):
        raise InputError("a row", "needs an id")
    try:
        return _article(row)
    except ValueError as error:
        raise InputError(str(row["id"]), str(error)) from None


def _article(row: Row) -> Annotated:
    lang = _words(row, "lang") or "und"
    attributions, figures = _records(row, "attributions"), _records(row, "figures")
    text = _words(row, "text")
    _all_inside(text, attributions)
    return Annotated(
        id=str(row["id"]),
        text=text,
        lang=lang,
        published=_published(_words(row, "published"), lang),
        title=_words(row, "title"),
        outlet=_words(row, "outlet"),
        url=_words(row, "url"),
        attributions=_each("attributions", attributions, _attribution),
        figures=_each("figures", figures, _figure),
        attribution_ids=_ids("attributions", attributions),
        figure_ids=_ids("figures", figures),
        gists=tuple(_gist(a) for a in attributions),
        times=_each("times", _records(row, "times"), _time),
    )


def _all_inside(text: str | None, attributions: list[Row]) -> None:
    """Raises ValueError when an attribution has a place behind the end of the text."""
    for i, one in enumerate(attributions):
        for name in ("source", "cue", "content") if text is not None else ():
            if any(span.end > len(text or "") for span in _spans(one, name)):
                raise ValueError(f"in attributions[{i}] {name} ends behind the text")


def _records(row: Row, name: str) -> list[Row]:
    given = row.get(name) or []
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise ValueError(f"{name} must be a list of objects")
    return given


def _ids(name: str, records: list[Row]) -> tuple[int | str, ...]:
    """The records' own ids, else their places."""
    ids = [record["id"] if record.get("id") is not None else i for i, record in enumerate(records)]
    for i, id in enumerate(ids):
        if isinstance(id, bool) or not isinstance(id, int | str):
            raise ValueError(f"in {name}[{i}] id must be a number or a string")
    return tuple(ids)


def _each(name: str, records: list[Row], make: Callable[[Row], R]) -> tuple[R, ...]:
    """What `make` makes of each record; an error names the record."""
    made: list[R] = []
    for i, one in enumerate(records):
        try:
            made.append(make(one))
        except ValueError as error:
            raise ValueError(f"in {name}[{i}] {error}") from None
    return tuple(made)


def _published(given: str | None, lang: str) -> str | None:
    """An ISO date or date-time with hyphens; None when no day can be read."""
    told = day(given, lang) if given else None
    return told if told is None or _HYPHENS.match(told) else datetime.fromisoformat(told).date().isoformat()


def _words(row: Row, name: str) -> str | None:
    value = row.get(name)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{name} must be a string or null")
    return value


def _number(row: Row, name: str) -> int | float | None:
    value = row.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not -_LARGEST < value < _LARGEST:
        raise ValueError(f"{name} must be a number or null")
    return value


def _spans(row: Row, name: str) -> Spans:
    """A list of [start, end); a record without text may have words in its place."""
    value = row.get(name)
    spans = [_span(one, name) for one in value] if isinstance(value, list) else []
    return tuple(span for span in spans if span.length)


def _span(pair: object, name: str) -> Span:
    if not isinstance(pair, list) or len(pair) != 2 or not all(isinstance(end, int) for end in pair):
        raise ValueError(f"{name} must give each place as [start, end]")
    if not 0 <= pair[0] <= pair[1]:
        raise ValueError(f"{name} has a place that ends before it starts: {pair}")
    return Span(*pair)


def _gist(row: Row) -> str | None:
    content = row.get("content")
    return content if isinstance(content, str) else _words(row, "gist")


def _attribution(row: Row) -> Attribution:
    kind: Type = next((t for t in get_args(Type) if t == row.get("type")), "indirect")
    return Attribution(
        source=_spans(row, "source"),
        cue=_spans(row, "cue"),
        content=_spans(row, "content"),
        type=kind,
        speaker=_name(row, "speaker"),
        nested_in=_place(row, "nested_in"),
        stance=_words(row, "stance") or "asserts",
        score=float(_number(row, "score") or 0.5),
        rule=_words(row, "rule") or "",
        model=_words(row, "model") or "",
    )


def _name(row: Row, name: str) -> str | None:
    """A name; None for one without a letter or digit."""
    value = _words(row, name)
    return value if value and any(char.isalnum() for char in value) else None


def _place(row: Row, name: str) -> int | None:
    value = row.get(name)
    if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
        raise ValueError(f"{name} must be an index or null")
    return value


def _time(row: Row) -> Time:
    value = _words(row, "value") or ""
    if _DAY.fullmatch(value):
        date.fromisoformat(value)
    return Time(_span(row.get("span") or [0, 0], "span"), value)


def _figure(row: Row) -> Figure:
    qualifier: Qualifier = next((q for q in get_args(Qualifier) if q == row.get("qualifier")), "exact")
    return Figure(
        span=_span(row.get("span") or [0, 0], "span"),
        value=_number(row, "value"),
        unit=_words(row, "unit"),
        qualifier=qualifier,
        value_high=_number(row, "value_high"),
        scope=_words(row, "scope"),
        window=_words(row, "window"),
        as_of=_words(row, "as_of"),
        asserted_by=_words(row, "asserted_by"),
        change=row.get("change") is True,
        least=_number(row, "least"),
    )
