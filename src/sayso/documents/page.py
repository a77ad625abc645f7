"""Page: the article of one HTML page and what the page says about it.

Precision comes first: a lost caption does less harm than an advertisement that is read as the article's.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.documents.decoding import decode
from sayso.errors import InputError, NoArticle
from sayso.text.cleaning import clean
from sayso.text.folding import fold

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from trafilatura.settings import Document

LARGEST_PAGE = 10_000_000
"""Bytes; the largest of 80 real news pages has 0.7 million."""
_FEWEST_CHARACTERS = 80
_BLOCKS = {"p", "head", "item", "list", "quote", "div", "table", "row", "cell", "code", "body"}
# A line end of the source is a space for the reader, but not between two characters of a script without spaces.
_UNSPACED = "\u3000-\u30ff\u3400-\u9fff\uff00-\uffef"
_GAP_UNSPACED = re.compile(rf"(?<=[{_UNSPACED}])\s+(?=[{_UNSPACED}])")
_NO_GUESSES = {"extensive_search": False}
"""htmldate would also guess a day from any text of the page; the day is taken from `documents.dated`."""
_LANG = re.compile(r"[a-zA-Z]{2,3}(?:[-_][a-zA-Z0-9]+)*")

for _name in ("trafilatura", "htmldate", "courlan"):
    # They would print their own lines on stderr, beside the one sentence that the user gets.
    logging.getLogger(_name).addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class Page:
    """The article of a page; fields as in Version."""

    text: str
    title: str | None
    outlet: str | None
    url: str | None
    author: str | None
    published: str | None
    lang_declared: str | None
    encoding: str


def page(body: bytes, url: str | None = None, name: str = "page", charset: str | None = None) -> Page:
    """The article of the HTML page `body`. Raises InputError when there is none or the page is too large.

    `charset`: the encoding that the server told.
    """
    from trafilatura import load_html

    from sayso.documents.dated import dated, iso_of
    from sayso.documents.declared import declared, name_of

    if len(body) > LARGEST_PAGE:
        raise InputError(
            name, f"is a page of {len(body) / 1e6:.0f} MB; pages of up to {LARGEST_PAGE / 1e6:.0f} MB are read"
        )
    html, encoding = decode(body, name, charset)
    tree = load_html(html.replace("\x00", ""))
    found = None if tree is None else _extract(tree, url)
    text = "" if found is None else clean("\n\n".join(_paragraphs(found.body, found.title))).text
    if tree is None or found is None or len(text) < _FEWEST_CHARACTERS * _density(text):
        raise NoArticle(name, "no article text found in this page")
    said = declared(tree)
    return Page(
        text=text,
        title=said.title or found.title,
        outlet=said.outlet or name_of(found.sitename) or found.hostname,
        url=found.url or url,
        author=said.author or found.author,
        published=iso_of(said.published) or dated(tree, found.url or url),
        lang_declared=_language(said.lang),
        encoding=encoding,
    )


def _extract(tree: HtmlElement, url: str | None) -> Document | None:
    from trafilatura import bare_extraction

    found = bare_extraction(
        tree,
        url,
        favor_precision=True,
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        date_extraction_params=_NO_GUESSES,
    )
    return None if isinstance(found, dict) else found


def _density(text: str) -> float:
    """One for scripts with spaces, less for those that say more in fewer characters."""
    return 0.3 if re.search("[\u3040-\u30ff\u3400-\u9fff]", text) else 1.0


def _paragraphs(body: HtmlElement, title: str | None) -> Iterator[str]:
    """The blocks of text in order, without the headline that many pages repeat."""
    first = True
    for block in _blocks(body):
        lines = [_GAP_UNSPACED.sub("", " ".join(line.split())) for line in block.split("\v")]
        paragraph = "\n".join(line for line in lines if line)
        if paragraph and not (first and title and fold(paragraph).text == fold(title).text):
            yield paragraph
        first = first and not paragraph


def _blocks(body: HtmlElement) -> Iterator[str]:
    """Text between the edges of block elements; a line break inside is a vertical tab."""
    from lxml.etree import iterwalk

    parts: list[str] = []
    for event, element in iterwalk(body, events=("start", "end")):
        if element.tag in _BLOCKS:
            yield "".join(parts)
            parts.clear()
        elif event == "start" and element.tag == "lb":
            parts.append("\v")
        parts.append((element.text if event == "start" else element.tail) or "")


def _language(declared: str | None) -> str | None:
    """A BCP 47 code, or None when what is declared is none."""
    return declared.replace("_", "-") if declared and _LANG.fullmatch(declared) else None
