"""Pages: the Version of a capture that is one page, as it came or as it was saved, and the address that names it."""

from __future__ import annotations

import re
from itertools import zip_longest
from urllib.parse import unquote

from sayso.documents.address import host_of, parts_of
from sayso.documents.nouns import Capture, Version, id_of, normal
from sayso.documents.pages.mhtml import saved_from, unpacked
from sayso.documents.pages.page import Page, page
from sayso.documents.payload import charset_of

_SHOWN_BY = re.compile(r"^(?:www|m|mobile|amp)\.")
_SHOWN_AS = ("amp", "print")
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2})?", re.IGNORECASE)
_SEPARATORS = re.compile(r"[-_+ ]+(?=[^\W_])")
_DIGITS = re.compile(r"\d{3}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_WORDS, _LONG = 2, 20


def of_page(capture: Capture) -> Version:
    """The article of an HTML page. Raises InputError when there is none."""
    url = capture.url or saved_from(capture.body)
    found = page(capture.body, url, capture.name, charset_of(capture), capture.captured)
    return _version(capture, found, url)


def of_mhtml(capture: Capture) -> Version:
    """The article of a page that a browser saved with its pictures. Raises InputError when there is none."""
    saved = unpacked(capture)
    url = saved.url or capture.url
    found = page(saved.html, url, capture.name, saved.charset, saved.saved or capture.captured)
    return _version(capture, found, url)


def address(canonical: str | None, url: str | None) -> str | None:
    """The address that names an article: the one that its page calls canonical if that can be trusted, else its own.

    Pages that were moved or copied name addresses of others, and templates name the front page or a section for every
    page: two articles would be versions of one. One that has two names does less harm.
    """
    if canonical is None or normal(canonical) is None:
        return url
    if url is None or normal(canonical) == normal(url):
        return canonical
    is_like = _is_telling(canonical) or _is_same_end(canonical, url)
    is_own = _host(canonical) == _host(url) and is_like and not _is_of_another(canonical, url)
    return canonical if is_own else url


def _is_telling(address: str) -> bool:
    """Whether an address ends like that of one article (a number, a headline), not like that of a section."""
    *_, last = [part for part in _segments(address) if not _LANGUAGE.fullmatch(part)] or [""]
    stem = last.rpartition(".")[0] or last
    if "?" in (normal(address) or "") or len(stem) >= _LONG or len(_SEPARATORS.findall(stem)) >= _WORDS:
        return True
    return bool(_DIGITS.search(stem)) and not _YEAR.fullmatch(stem)


def _is_same_end(canonical: str, url: str) -> bool:
    """Whether both paths end alike, but for what says how the page is shown, and no question is left out."""
    one, other = _segments(canonical), [part for part in _segments(url) if part not in _SHOWN_AS]
    return "?" not in (normal(url) or "") and one[-1:] == other[-1:]


def _is_of_another(canonical: str, url: str) -> bool:
    """Whether an address is of a part of the site in which `url` is an article, or of the same in another language."""
    one, other = _segments(canonical), _segments(url)
    if len(one) < len(other) and other[: len(one)] == one and _is_telling(url):
        return True
    differing = [pair for pair in zip_longest(one, other, fillvalue="") if pair[0] != pair[1]]
    return len(differing) == 1 and all(map(_LANGUAGE.fullmatch, differing[0]))


def _segments(address: str) -> list[str]:
    return [unquote(part) for part in parts_of(address).path.split("/") if part]


def _host(url: str) -> str:
    return _SHOWN_BY.sub("", host_of(url))


def _version(capture: Capture, found: Page, url: str | None) -> Version:
    named = address(found.canonical, url)
    return Version(
        id=id_of(capture, named),
        text=found.text,
        lang="und",
        digest=capture.digest,
        title=found.title,
        outlet=found.outlet,
        url=named,
        author=found.author,
        published=found.published,
        published_from="metadata" if found.published else None,
        modified=found.modified,
        lang_declared=found.lang_declared,
        encoding=found.encoding,
    )
