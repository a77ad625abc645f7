"""Dated: the day that a page states itself: in its meta elements, its <time> elements or its address; no guesses."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
        "article.published",
        "date.published",
        "originalpublicationdate",
    ),
}
_NUMERIC = re.compile(r"\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_IN_URL = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/-]|$)")
_DAY = 10


def dated(tree: HtmlElement, url: str | None) -> str | None:
    """The first ISO date or date-time that the page of `tree` states, else the day in its address `url`."""
    stated = (iso_of(value) for value in _stated(tree))
    return next((one for one in stated if one), None) or _of_times(tree) or _of_url(url)


def iso_of(moment: str | None) -> str | None:
    """ISO 8601 of a date as pages write it: ISO, numbers with the year first, or as in mail; a year alone is none."""
    if not moment or (found := iso(moment.strip())):
        return found if moment else None
    numeric = _NUMERIC.match(moment)
    if numeric:
        return _day(numeric)
    try:
        return parsedate_to_datetime(moment).isoformat()
    except ValueError:
        return None


def _day(found: re.Match[str]) -> str | None:
    return iso(f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}")


def _stated(tree: HtmlElement) -> Iterator[str]:
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
    return _day(found) if found else None
