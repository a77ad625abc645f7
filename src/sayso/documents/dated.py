"""Dated: when a page says that it was published and changed: in its data, its <time> elements, beside its headline, in
its address; no guesses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

from lxml.html import HtmlElement

from sayso.documents.rows import iso

_META = {
    *("article:published_time", "og:article:published_time", "og:published_time", "article:published", "datepublished"),
    *("date", "dc.date", "dc.date.issued", "dc.date.created", "dcterms.date", "dcterms.created", "dcterms.issued"),
    *("pubdate", "publishdate", "publish-date", "publish_date", "published_time", "parsely-pub-date", "sailthru.date"),
    *(
        "publication_date",
        "cxenseparse:recs:publishtime",
        "cxenseparse:publishtime",
        "article.published",
        "date.published",
    ),
    *(
        "originalpublicationdate",
        "date.created",
        "content:publishdate",
        "publisheddate",
        "release_date",
        "published_at",
    ),
    *("datecreated", "srf.date", "uploaddate", "article_date_original", "pub_date", "og:pubdate", "publication-date"),
}
_NUMERIC = re.compile(r"\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_SPACED = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?(?:\.\d+)?)\s*(Z|[+-]\d\d:?\d\d)?\s*(?:\[[\w/]+\]|UTC|GMT)?$"
)
_EPOCH = re.compile(r"(\d{10})(?:\d{3})?$")
# Days as a line below the headline shows them: the year last, or in the order of East Asia.
_SHOWN = re.compile(r"(?<![\d.])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d\d)(?![\d.])")
_SHOWN_FIRST = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[-/.]|年\s*|년\s*)(\d{1,2})(?:[-/.]|月\s*|월\s*)(\d{1,2})(?!\d)")
_IN_URL = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/-]|$)")
_DAY = 10
_FIRST = "1990-01-01"
_LINE = 120


def dated(
    tree: HtmlElement, said: Iterable[str], shown: Iterable[str], url: str | None, captured: str | None = None
) -> str | None:
    """The ISO date or date-time of publication: as `said` in the page's data, else of a <time> element of `tree`.

    Else the day in one of the lines `shown` beside the headline, or in the page's address `url`. What is before 1990 or
    after the day of capture is taken only if two sources give that day.
    """
    lists: list[Callable[[], Iterable[str | None]]] = [
        lambda: map(iso_of, said),
        lambda: [_of_times(tree)],
        lambda: map(_of_line, shown),
        lambda: [_of_url(url)],
    ]
    latest = _day_after(captured)
    doubtful: list[str] = []
    for found in (one for source in lists for one in source() if one):
        if _FIRST <= found[:_DAY] <= latest or any(found[:_DAY] == one[:_DAY] for one in doubtful):
            return found
        doubtful.append(found)
    return None


def later(published: str | None, said: Iterable[str], captured: str | None = None) -> str | None:
    """The ISO date or date-time of the last change: the first `said` that is neither before `published` nor to come."""
    latest = _day_after(captured)
    for found in map(iso_of, said):
        if found and _FIRST <= found[:_DAY] <= latest and not (published and _before(found, published)):
            return found
    return None


def _before(one: str, other: str) -> bool:
    """Whether a moment is before another: to the second where both have a zone, else to the day."""
    first, second = datetime.fromisoformat(one), datetime.fromisoformat(other)
    if first.tzinfo and second.tzinfo:
        return first < second
    return one[:_DAY] < other[:_DAY]


def _day_after(captured: str | None) -> str:
    """The day after the capture: somewhere it has begun."""
    known = iso(captured[:_DAY]) if captured else None
    day = date.fromisoformat(known) if known else datetime.now(UTC).date()
    return (day + timedelta(days=1)).isoformat()


def iso_of(moment: str | None) -> str | None:
    """ISO 8601 of a date as pages write it: ISO, in numbers, in seconds, or as in mail; a year alone is none."""
    if not moment or (found := iso(moment.strip())):
        return found if moment else None
    moment = moment.strip()
    if spaced := _SPACED.match(moment):
        return iso(f"{spaced[1]}T{spaced[2]}{spaced[3] or ''}")
    if epoch := _EPOCH.match(moment):
        return datetime.fromtimestamp(int(epoch[1]), UTC).isoformat()
    if numeric := _NUMERIC.match(moment):
        return _day(numeric[1], numeric[2], numeric[3])
    try:
        return parsedate_to_datetime(moment).isoformat()
    except ValueError:
        return _of_line(moment)


def _day(year: str, month: str, day: str) -> str | None:
    return iso(f"{year}-{int(month):02d}-{int(day):02d}")


def _of_line(line: str) -> str | None:
    """The first day that a short line shows in numbers; none where day and month could be either."""
    if len(line) > _LINE:
        return None
    if first := _SHOWN_FIRST.search(line):
        return _day(first[1], first[2], first[3])
    for one in _SHOWN.finditer(line):
        year = one[4] if len(one[4]) == 4 else f"20{one[4]}"
        if one[2] == "." or int(one[1]) > 12 or one[1] == one[3]:
            return _day(year, one[3], one[1])
        if int(one[3]) > 12:
            return _day(year, one[1], one[3])
    return None


def stated(tree: HtmlElement) -> Iterator[str]:
    """Dates of publication in the page's meta elements and in elements marked as such, as it writes them."""
    for meta in tree.iter("meta"):
        names = (meta.get("property"), meta.get("name"), meta.get("itemprop"))
        if any(name and name.lower() in _META for name in names):
            yield meta.get("content") or ""
    for one in tree.iterfind(".//*[@itemprop='datePublished']"):
        yield one.get("datetime") or one.get("content") or ""
    for one in tree.iterfind(".//time[@pubdate]"):
        yield one.get("datetime") or ""


def _of_times(tree: HtmlElement) -> str | None:
    """The first <time> of the article; outside of one only where all agree, since lists of links have them too."""
    own = [iso_of(one.get("datetime")) for one in tree.iterfind(".//article//time[@datetime]")]
    first = next((one for one in own if one), None)
    if first:
        return first
    found = [one for time in tree.iterfind(".//time[@datetime]") if (one := iso_of(time.get("datetime")))]
    return found[0] if len({one[:_DAY] for one in found}) == 1 else None


def _of_url(url: str | None) -> str | None:
    found = _IN_URL.search(url) if url else None
    return _day(found[1], found[2], found[3]) if found else None
