"""Declared: what a page says about itself, judged: title, outlet, authors, dates, its lasting address and its kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from sayso.documents.address import host_of, joined, parts_of
from sayso.documents.dated import stated
from sayso.documents.named import letters, outlet_of, people, text_of, title_of
from sayso.documents.pages.items import Items, items

_AUTHORS: tuple[str, ...] = (
    "author",
    "parsely-author",
    "sailthru.author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "byl",
)
_AUTHORS += ("cxenseparse:author", "article:author_name")
_TITLES = ("headline", "og:title", "parsely-title", "sailthru.title", "twitter:title", "dc.title", "title")
_DESCRIPTIONS = ("og:description", "description", "twitter:description", "dc.description")
_SITES = ("og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher", "publisher")
_LONGEST, _LONGEST_BODY = 2_000, 500_000


@dataclass(frozen=True, slots=True)
class Declared:
    """The page's own word; None where it says nothing."""

    title: str | None
    outlet: str | None
    author: str | None
    published: tuple[str, ...]
    """The dates of publication that its data state, as it writes them, the surest first."""
    modified: tuple[str, ...]
    lang: str | None
    description: str | None
    body: str | None
    """articleBody of JSON-LD."""
    canonical: str | None
    """The lasting address that the page gives for itself: http or https, of the same site, no front page."""
    kinds: frozenset[str]
    """schema.org types and the Open Graph type."""
    scripts: int
    """How many scripts it runs."""


def declared(tree: HtmlElement, url: str | None = None) -> Declared:
    """What the page of `tree`, fetched from `url`, declares; data of an article first, then meta elements."""
    said = items(tree)
    article, meta, micro = said.article, said.meta, said.microdata
    canonical = next(_canonical(tree, said, url), None)
    host = host_of(canonical or url) or None
    heads = [text for head in list(tree.iter("h1"))[:20] if (text := text_of(head.text_content()[:_LONGEST]))]
    titles = [text_of(article.get("headline")), text_of(micro.get("headline")), *(meta.get(name) for name in _TITLES)]
    whole = [one for one in (*titles, _title_element(tree)) if one]
    outlet = outlet_of(_names(said), [meta.get("og:title"), _title_element(tree)], heads + whole[:1], host)
    known = [outlet, *(name for name, _ in _names(said)), host]
    return Declared(
        title=title_of(whole, heads, [name for name in known if name]),
        outlet=outlet,
        author=people(article.get("author") or article.get("creator"))
        or next(filter(None, (people(meta.get(name)) for name in _AUTHORS)), people(micro.get("author"))),
        published=tuple(_published(tree, said)),
        modified=tuple(_modified(said)),
        lang=text_of(tree.get("lang")) or text_of(article.get("inLanguage")) or meta.get("og:locale"),
        description=text_of(article.get("description")) or next(filter(None, map(meta.get, _DESCRIPTIONS)), None),
        body=_body(article.get("articleBody")),
        canonical=canonical,
        kinds=frozenset(said.kinds | ({meta["og:type"].lower()} if "og:type" in meta else set())),
        scripts=sum(1 for _ in tree.iter("script")),
    )


def _body(told: object) -> str | None:
    return told if isinstance(told, str) and len(told) <= _LONGEST_BODY else None


def _names(said: Items) -> list[tuple[str, float]]:
    """Names that may be the outlet's, each with how much speaks for it by where it stands."""
    publisher = said.article.get("publisher") or said.microdata.get("publisher")
    name = publisher.get("name") if isinstance(publisher, dict) else publisher
    found = [(said.meta.get(_SITES[0]), 4.0), (text_of(name), 3.0), (said.named.get("WebSite"), 2.5)]
    found += [(said.named.get("NewsMediaOrganization"), 2.0)]
    found += [(said.meta.get(site), 1.25) for site in _SITES[1:]]
    return [(name, weight) for name, weight in found if name and letters(name) and "://" not in name]


def _title_element(tree: HtmlElement) -> str | None:
    title = tree.find(".//title")
    return None if title is None else text_of((title.text or "")[:_LONGEST])


def _published(tree: HtmlElement, said: Items) -> Iterator[str]:
    names = (text_of(said.article.get("datePublished")), said.meta.get("article:published_time"))
    yield from (value for value in (*names, said.microdata.get("datePublished")) if value)
    yield from stated(tree)


def _modified(said: Items) -> Iterator[str]:
    names = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "date.modified")
    for value in (
        text_of(said.article.get("dateModified")),
        *map(said.meta.get, names),
        said.microdata.get("dateModified"),
    ):
        if value:
            yield value


def _canonical(tree: HtmlElement, said: Items, url: str | None) -> Iterator[str]:
    """Addresses that may stand for the page, the surest first."""
    given = [link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    main = said.article.get("mainEntityOfPage")
    given += [said.meta.get("og:url"), main.get("@id") if isinstance(main, dict) else main, said.article.get("url")]
    for one in given:
        if isinstance(one, str) and one.strip() and (whole := _lasting(one.strip(), url)):
            yield whole


def _lasting(address: str, url: str | None) -> str | None:
    """The address, resolved against `url`, if it can be that of an article of the same site."""
    whole = joined(url, address) or ""
    parts, host, base = parts_of(whole), host_of(whole), host_of(url or whole)
    if parts.scheme not in ("http", "https") or not host or len(whole) > _LONGEST or any(c.isspace() for c in whole):
        return None
    article = parts.path.strip("/") or parts.query
    return whole if article and (not base or _site(host) == _site(base)) else None


def _site(host: str) -> str:
    """The part of a host's name that its owner registered, as far as its form tells."""
    labels = host.lower().split(".")
    return ".".join(labels[-3:] if len(labels) > 2 and len(labels[-2]) <= 3 and len(labels[-1]) == 2 else labels[-2:])
