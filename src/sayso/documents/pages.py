"""Pages: the Version of a capture that is one page, as it came or as it was saved, and the address that names it."""

from __future__ import annotations

import re

from sayso.documents.address import host_of
from sayso.documents.mhtml import saved_from, unpacked
from sayso.documents.nouns import Capture, Version, id_of, normal
from sayso.documents.page import Page, page
from sayso.documents.payload import charset_of

_SHOWN_BY = re.compile(r"^(?:www|m|mobile|amp)\.")


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

    Pages that were moved or copied name addresses of others, and templates name the front page for every page.
    """
    if canonical is None or normal(canonical) is None:
        return url
    return canonical if url is None or _host(canonical) == _host(url) else url


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
