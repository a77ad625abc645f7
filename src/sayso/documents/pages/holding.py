"""Holding: whether a page holds an article at all, and what it is when it holds none; by structure, not by words."""

from __future__ import annotations

from lxml.html import HtmlElement

from sayso.documents.address import parts_of
from sayso.documents.nouns import normal
from sayso.documents.pages.article import Article
from sayso.documents.pages.declared import Declared

_FEWEST, _FEW, _SHORT = 60, 200, 700
_ARTICLES = ("Article", "BlogPosting", "Report", "LiveBlogPosting", "article")
_MEDIA = ("VideoObject", "AudioObject", "ImageGallery", "MediaGallery", "video.other", "video.movie", "video.episode")
_SCRIPTS, _ALONE = 2, 2


def nothing_held(tree: HtmlElement, said: Declared, article: Article, url: str | None) -> str | None:
    """Why the page holds no article; None when it holds one."""
    letters = sum(block.weight for block in article.chosen) or float(sum(map(len, article.paragraphs)))
    # Cards of other articles are marked so, too: of many such elements none says it of the page.
    told = any(kind.endswith(_ARTICLES) for kind in said.kinds) or len(tree.findall(".//article")) == 1
    alone = len(article.chosen) < _ALONE or letters < _FEW
    if article.cards and (letters < _FEWEST or (not told and alone and article.cards > letters)):
        return "it is a list of other articles"
    if not letters:
        return "it shows its text by scripts" if said.scripts > _SCRIPTS else "nothing in it reads like one"
    if article.step == "undisplayed":
        return None
    if letters < _FEWEST:
        return "it holds no more than a line"
    if told:
        return None
    if parts_of(url).netloc and normal(url or "") is None:
        return "it is the front page of a site"
    if letters < _FEW:
        return "it holds a few words and does not say that it is an article"
    if letters < _SHORT and any(kind in _MEDIA for kind in said.kinds):
        return "it shows pictures or sound, not text"
    if letters < _SHORT and tree.find(".//input[@type='password']") is not None:
        return "it asks to log in"
    return None
