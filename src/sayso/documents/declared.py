"""Declared: what a page says about itself in JSON-LD (schema.org) and in its meta elements."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from lxml.html import HtmlElement

_ARTICLE = re.compile(r"(?:Article|BlogPosting|LiveBlogPosting|Report)$")
_TRAILING = re.compile(r"\s+[-–—|·:]\s+([^-–—|·]+)$")
_MOST_OBJECTS = 10_000


@dataclass(frozen=True, slots=True)
class Declared:
    """The page's own word; None where it says nothing."""

    title: str | None
    outlet: str | None
    author: str | None
    published: str | None
    lang: str | None


def declared(tree: HtmlElement) -> Declared:
    """What the page of `tree` declares; JSON-LD of an article first, then meta elements."""
    article = next(_articles(tree), {})
    outlet = name_of(_meta(tree, "og:site_name")) or name_of(article.get("publisher"))
    return Declared(
        title=_without_outlet(_text(article.get("headline")) or _meta(tree, "og:title"), outlet),
        outlet=outlet,
        author=_names(article.get("author")) or None,
        published=_text(article.get("datePublished")) or _meta(tree, "article:published_time"),
        lang=_text(tree.get("lang")) or _text(article.get("inLanguage")) or _meta(tree, "og:locale"),
    )


def _articles(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            for found in _objects(script.text or ""):
                kinds = found.get("@type")
                if any(
                    isinstance(k, str) and _ARTICLE.search(k) for k in (kinds if isinstance(kinds, list) else [kinds])
                ):
                    yield found


def _objects(source: str) -> Iterator[dict[str, Any]]:
    """All objects of one JSON-LD script, outer ones first; none when it is not valid."""
    try:
        waiting: list[Any] = [json.loads(source, strict=False)]
    except (ValueError, RecursionError):
        return
    for _ in range(_MOST_OBJECTS):
        if not waiting:
            return
        one = waiting.pop(0)
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            yield one
            waiting += [value for value in one.values() if isinstance(value, list | dict)]


def _meta(tree: HtmlElement, name: str) -> str | None:
    """Content of the first meta element of that property or name."""
    for meta in tree.iter("meta"):
        if name in (meta.get("property"), meta.get("name")):
            return _text(meta.get("content"))
    return None


def _text(value: object) -> str | None:
    """A string without markup entities and outer white space; None for anything else and for nothing."""
    return " ".join(unescape(value).split()) or None if isinstance(value, str) else None


def name_of(value: object) -> str | None:
    """A name as such or as an object's; an address in its place is none."""
    name = _text(value.get("name")) if isinstance(value, dict) else _text(value)
    return None if name and ("://" in name or name.startswith("@")) else name


def _names(value: object) -> str:
    """Names of one or several persons, joined by "; "."""
    names = [name_of(one) for one in (value if isinstance(value, list) else [value])]
    return "; ".join(dict.fromkeys(name for name in names if name))


def _without_outlet(title: str | None, outlet: str | None) -> str | None:
    """The title without "… - The Outlet" at its end."""
    tail = _TRAILING.search(title) if title else None
    if title and tail and outlet and _letters(tail[1]) in (_letters(outlet), _letters(outlet.split(".")[0])):
        return title[: tail.start()]
    return title


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))
