"""Holding: whether a page holds an article at all, and what it is when it holds none; by structure, not by words."""

from __future__ import annotations

from urllib.parse import urlsplit

from lxml.html import HtmlElement

from sayso.documents.article import Article
from sayso.documents.blocks import Block
from sayso.documents.declared import Declared

_FEWEST, _FEW, _SHORT = 80, 200, 700
_ARTICLES = ("Article", "BlogPosting", "Report", "LiveBlogPosting", "article")
_MEDIA = ("VideoObject", "AudioObject", "ImageGallery", "MediaGallery", "video.other", "video.movie", "video.episode")
_CARD = 3
_SCRIPTS = 2
_CARD_LARGEST = 700
_LINK_TITLE = 15


def nothing_held(tree: HtmlElement, said: Declared, article: Article, url: str | None) -> str | None:
    """Why the page holds no article; None when it holds one."""
    letters = sum(block.weight for block in article.chosen) or float(sum(map(len, article.paragraphs)))
    told = any(kind.endswith(_ARTICLES) for kind in said.kinds)
    if not letters:
        return "it shows its text by scripts" if said.scripts > _SCRIPTS else "nothing in it reads like one"
    if article.step == "undisplayed":
        return None
    if letters < _FEWEST:
        return "it holds no more than a line"
    if _carded(article.chosen, url or said.canonical) > 0.5:
        return "it is a list of other articles"
    if not told and letters < _FEW:
        return "it holds a few words and does not say that it is an article"
    if not told and letters < _SHORT and any(kind in _MEDIA for kind in said.kinds):
        return "it shows pictures or sound, not text"
    if not told and letters < _SHORT and tree.find(".//input[@type='password']") is not None:
        return "it asks to log in"
    if not told and _front(url):
        return "it is the front page of a site"
    return None


def _front(url: str | None) -> bool:
    return bool(url) and not urlsplit(url or "").path.strip("/")


def _carded(chosen: list[Block], url: str | None) -> float:
    """The share of the text that stands in cards: small parts whose headings lead to other pages."""
    whole = sum(block.weight for block in chosen)
    return sum(block.weight for block in chosen if _in_card(block, url)) / whole if whole else 0.0


def _in_card(block: Block, url: str | None) -> bool:
    element: HtmlElement | None = block.parent
    for _ in range(_CARD):
        if element is None or element.tag in ("body", "main") or len(element.text_content()) > _CARD_LARGEST:
            return False
        if any(_leads_away(link, url) for link in element.iter("a")):
            return True
        element = element.getparent()
    return False


def _leads_away(link: HtmlElement, url: str | None) -> bool:
    """Whether a link in or around a heading leads to another page."""
    heading = {"h1", "h2", "h3", "h4", "h5", "h6"}
    parent = link.getparent()
    headed = (parent is not None and parent.tag in heading) or any(one.tag in heading for one in link.iter())
    address = (link.get("href") or "").split("#")[0]
    return headed and bool(address) and address != url and len(link.text_content().strip()) >= _LINK_TITLE
