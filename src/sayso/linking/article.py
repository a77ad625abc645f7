"""Annotated: one article as linking sees it, made from a row of `sayso annotate` (text may be missing)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from sayso.errors import InputError
from sayso.extraction.day import day
from sayso.extraction.nouns import Attribution, Figure, Qualifier, Spans, Type
from sayso.text.span import Span

_LATE = "9999"


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
    return article.published or _LATE, article.id


def from_row(row: dict[str, Any]) -> Annotated:
    """One row of `sayso annotate`. Raises InputError naming the row and the field that is wrong."""
    name = str(row.get("id", "a row without id"))
    if not isinstance(row.get("id"), str | int):
        raise InputError(name, "needs an id")
    text = row.get("text")
    if text is not None and not isinstance(text, str):
        raise InputError(name, "text must be a string or null")
    try:
        attributions = tuple(_attribution(a) for a in row.get("attributions") or ())
        figures = tuple(_figure(f) for f in row.get("figures") or ())
        published = day(row["published"], str(row.get("lang") or "und")) if row.get("published") else None
    except (TypeError, ValueError, KeyError, IndexError) as error:
        raise InputError(name, f"a record is not as CONTRACTS demands: {error}") from None
    return Annotated(
        id=name,
        text=text,
        lang=str(row.get("lang") or "und"),
        published=published,
        title=row.get("title"),
        outlet=row.get("outlet"),
        url=row.get("url"),
        attributions=attributions,
        figures=figures,
        attribution_ids=tuple(a.get("id", i) for i, a in enumerate(row.get("attributions") or ())),
        figure_ids=tuple(f.get("id", i) for i, f in enumerate(row.get("figures") or ())),
        gists=tuple(_gist(a) for a in row.get("attributions") or ()),
    )


def _spans(value: object) -> Spans:
    if not isinstance(value, list):
        return ()
    return tuple(Span(int(start), int(end)) for start, end in value)


def _gist(row: dict[str, Any]) -> str | None:
    content = row.get("content")
    return content if isinstance(content, str) else row.get("gist")


def _attribution(row: dict[str, Any]) -> Attribution:
    kind: Type = next((t for t in get_args(Type) if t == row.get("type")), "indirect")
    return Attribution(
        source=_spans(row.get("source")),
        cue=_spans(row.get("cue")),
        content=_spans(row.get("content")),
        type=kind,
        speaker=row.get("speaker"),
        nested_in=row.get("nested_in"),
        stance=row.get("stance") or "asserts",
        score=float(row.get("score") or 0.5),
        rule=row.get("rule") or "",
    )


def _figure(row: dict[str, Any]) -> Figure:
    qualifier: Qualifier = next((q for q in get_args(Qualifier) if q == row.get("qualifier")), "exact")
    start, end = row.get("span") or (0, 0)
    return Figure(
        span=Span(int(start), int(end)),
        value=_number(row.get("value")),
        unit=row.get("unit"),
        qualifier=qualifier,
        value_high=_number(row.get("value_high")),
        scope=row.get("scope"),
        window=row.get("window"),
        as_of=row.get("as_of"),
        asserted_by=row.get("asserted_by"),
    )


def _number(value: object) -> int | float | None:
    if value is None or isinstance(value, bool):
        return None
    if not isinstance(value, int | float):
        raise TypeError(f"{value!r} is not a number")
    return value
