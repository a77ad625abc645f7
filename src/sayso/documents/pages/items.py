"""Items: what a page says in structured data: JSON-LD and microdata (schema.org), meta elements; each read once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

from sayso.documents.named import text_of

_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report|Review)$")
_OTHER = re.compile(r"(?:VideoObject|AudioObject|ImageGallery|MediaGallery|CollectionPage|SearchResultsPage|ItemList)$")
_WRAPPED = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$")
_STRAY_COMMA = re.compile(r",(?=\s*[}\]])")
_MOST_OBJECTS = 10_000
_MOST_SCRIPTS = 200


@dataclass(frozen=True, slots=True)
class Items:
    """The page's own word, unjudged."""

    article: dict[str, Any]
    """The JSON-LD object of the article, with its fields as they stand; empty when there is none."""
    microdata: dict[str, str]
    """Fields of the first microdata item of an article type."""
    named: dict[str, str]
    """Names of other objects of the page by their type: "WebSite", "NewsMediaOrganization", …"""
    kinds: set[str]
    """The types of all that stands at the top of the page's data."""
    meta: dict[str, str]
    """Contents of meta elements by property, name or itemprop in lower case; the first that says anything."""


def items(tree: HtmlElement) -> Items:
    """What the page of `tree` says in structured data; what is broken or too much is passed over."""
    meta: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = text_of(element.get("content"))
        for key in ("property", "name", "itemprop"):
            if content and (name := element.get(key)):
                meta.setdefault(name.strip().lower(), content)
    top, named = _json_ld(tree)
    kinds = {kind for one in top for kind in _kinds(one)}
    articles = [one for one in top if any(_ARTICLE.search(kind) for kind in _kinds(one))]
    telling = [one for one in articles if "headline" in one or "datePublished" in one]
    microdata = _microdata(tree)
    kinds |= {microdata["@type"]} if microdata else set()
    return Items(_merged(telling) if telling else {}, microdata, named, kinds, meta)


def _merged(telling: list[dict[str, Any]]) -> dict[str, Any]:
    """The first object, with what it lacks from others of the same headline."""
    first = telling[0]
    merged: dict[str, Any] = {}
    for one in reversed(telling):
        if one is first or text_of(one.get("headline")) == text_of(first.get("headline")):
            merged |= {key: value for key, value in one.items() if value}
    return merged


def _kinds(one: dict[str, Any]) -> list[str]:
    kinds = one.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _json_ld(tree: HtmlElement) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The objects at the top of all scripts, references among them resolved, and the names of all objects by type."""
    top: list[dict[str, Any]] = []
    by_id: dict[str, dict[str, Any]] = {}
    named: dict[str, str] = {}
    for count, script in enumerate(tree.iter("script")):
        if count < _MOST_SCRIPTS and "ld+json" in (script.get("type") or ""):
            whole = _loaded(script.text or "")
            top += _top(whole)
            for one in _objects(whole):
                name, reference = text_of(one.get("name")), one.get("@id")
                if name and isinstance(reference, str):
                    by_id.setdefault(reference, one)
                for kind in _kinds(one) if name else ():
                    named.setdefault(kind, name or "")
    for one in top:
        for key in ("author", "publisher", "creator"):
            values = one.get(key)
            if isinstance(values, list):
                one[key] = [_resolved(value, by_id) for value in values]
            elif values is not None:
                one[key] = _resolved(values, by_id)
    return top, named


def _resolved(value: object, by_id: dict[str, dict[str, Any]]) -> object:
    if isinstance(value, dict) and not value.get("name") and isinstance(value.get("@id"), str):
        return by_id.get(value["@id"], value)
    return value


def _loaded(source: str) -> object:
    """What a script of JSON-LD holds; None when it is not valid, also without its wrapping and stray commas."""
    source = _WRAPPED.sub("", source)
    for tried in (source, _STRAY_COMMA.sub("", source)):
        try:
            return json.loads(tried, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _top(whole: object) -> Iterator[dict[str, Any]]:
    """The objects that are of the page itself, not those within others."""
    waiting = [whole]
    for _ in range(_MOST_OBJECTS):
        if not waiting:
            return
        one = waiting.pop()
        if isinstance(one, list):
            waiting += reversed(one[:_MOST_OBJECTS])
        elif isinstance(one, dict):
            yield one
            waiting += (one[key] for key in ("mainEntity", "@graph") if isinstance(one.get(key), list | dict))


def _objects(whole: object) -> Iterator[dict[str, Any]]:
    """All objects of one script, outer ones first."""
    waiting: list[Any] = [whole]
    at = 0
    while at < len(waiting) and at < _MOST_OBJECTS:
        one = waiting[at]
        at += 1
        if isinstance(one, list):
            waiting += one[:_MOST_OBJECTS]
        elif isinstance(one, dict):
            yield one
            waiting += [value for value in one.values() if isinstance(value, list | dict)]


def _microdata(tree: HtmlElement) -> dict[str, str]:
    """The fields of the first item of an article type, those of items within it left out but for their names."""
    for scope in tree.iterfind(".//*[@itemscope]"):
        kind = (scope.get("itemtype") or "").rstrip("/").rpartition("/")[2]
        if _ARTICLE.search(kind):
            return {"@type": kind} | _fields(scope)
    return {}


def _fields(scope: HtmlElement) -> dict[str, str]:
    fields: dict[str, str] = {}
    for element in scope.iterfind(".//*[@itemprop]"):
        names = (element.get("itemprop") or "").split()
        if not {"headline", "datePublished", "dateModified", "author", "publisher"} & set(names):
            continue
        inner = element.find(".//*[@itemprop='name']")
        value = element.get("content") or element.get("datetime")
        if value is None:
            within = element if inner is None else inner
            value = within.get("content") or within.text_content()[:300]
        for name in names:
            fields.setdefault(name, value)
    return fields
