"""Page: the article of one HTML page and what the page says about it.

Precision comes first: a lost caption does less harm than an advertisement that is read as the article's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.documents.pages.markup import LARGEST_PAGE, tree_of
from sayso.errors import NoArticle
from sayso.text.cleaning import clean

__all__ = ["LARGEST_PAGE", "Page", "page"]

_LANG = re.compile(r"[a-zA-Z]{2,3}(?:[-_][a-zA-Z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Page:
    """The article of a page; fields as in Version."""

    text: str
    title: str | None
    outlet: str | None
    url: str | None
    """The address that the article keeps: the canonical one if the page gives one, else the one it was fetched from."""
    author: str | None
    published: str | None
    lang_declared: str | None
    encoding: str
    modified: str | None = None
    canonical: str | None = None
    """What the page itself gives as its lasting address: http or https, of the same site, no front page."""
    step: str = "precise"
    """Which step found the text (`documents.pages.article`)."""


def page(
    body: bytes, url: str | None = None, name: str = "page", charset: str | None = None, captured: str | None = None
) -> Page:
    """The article of the HTML page `body`, fetched from `url` at the ISO date-time `captured`.

    `charset`: the encoding that the server told. Raises NoArticle when the page holds none, another InputError when it
    is too large or no text.
    """
    from sayso.documents.dated import dated, later
    from sayso.documents.pages.article import article_of
    from sayso.documents.pages.declared import declared
    from sayso.documents.pages.holding import nothing_held

    tree, encoding = tree_of(body, name, charset)
    if tree is None:
        raise NoArticle(name, "no article text found in this page: it is empty")
    said = declared(tree, url)
    article = article_of(tree, said, url, name)
    text = clean("\n\n".join(article.paragraphs)).text
    if reason := nothing_held(tree, said, article, url):
        raise NoArticle(name, f"no article text found in this page: {reason}")
    address = said.canonical or url
    published = dated(tree, said.published, article.beside(), address, captured)
    return Page(
        text=text,
        title=said.title,
        outlet=said.outlet,
        url=address,
        author=said.author,
        published=published,
        lang_declared=_language(said.lang),
        encoding=encoding,
        modified=later(published, said.modified, captured),
        canonical=said.canonical,
        step=article.step,
    )


def _language(declared: str | None) -> str | None:
    """A BCP 47 code, or None when what is declared is none."""
    return declared.replace("_", "-") if declared and _LANG.fullmatch(declared) else None
