"""Fragment: the text of a piece of HTML that is an article already, such as an entry of a feed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING

from sayso.documents.plain import unwrapped
from sayso.text.cleaning import clean

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset"),
    *("footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section"),
    *("summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
}
_UNREAD = {
    *("applet", "audio", "button", "canvas", "embed", "figure", "footer", "form", "head", "iframe", "input", "map"),
    *("math", "nav", "noscript", "object", "script", "select", "style", "svg", "template", "textarea", "video"),
}
_UNSPACED = "\u3000-\u30ff\u3400-\u9fff\uff00-\uffef"
_GAP_UNSPACED = re.compile(rf"(?<=[{_UNSPACED}])\s+(?=[{_UNSPACED}])")
_INLINE = {
    *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "del", "em", "figcaption", "font", "i"),
    *("img", "ins", "kbd", "mark", "picture", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup"),
    *("time", "tt", "u", "var", "wbr"),
}
_TAG = re.compile(rf"</?(?:{'|'.join(sorted(_BLOCKS | _UNREAD | _INLINE))})(?:[\s/][^<>]*)?>|<!--", re.IGNORECASE)
_LEADING_ON = 1 / 3


def fragment(source: str, is_html: bool, own: str | None = None) -> str:
    """The cleaned text of `source`, an empty line between paragraphs; "" when there is none.

    A block that is to a good part a link to `own`, the article's address, is left out: it leads on and tells nothing.
    """
    if not is_html:
        return unwrapped(clean(source).text)
    if not _TAG.search(source):
        return unwrapped(clean(unescape(source)).text)
    tree = _tree(source)
    return "" if tree is None else clean("\n\n".join(_paragraphs(tree, own))).text


def line(source: str | None, is_html: bool) -> str | None:
    """A title or a name as one line; None when there is nothing in it."""
    return " ".join(fragment(source or "", is_html).split()) or None


def _tree(source: str) -> HtmlElement | None:
    from lxml.etree import LxmlError
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        return document_fromstring(source.replace("\x00", "").encode("utf-8", "replace"), parser=parser)
    except LxmlError:
        # Nothing but comments, or nothing at all: there is no text in it.
        return None


def _paragraphs(tree: HtmlElement, own: str | None) -> Iterator[str]:
    for text, linked, leads_on in _blocks(tree, own):
        lines = [_GAP_UNSPACED.sub("", " ".join(part.split())) for part in text.split("\v")]
        paragraph = "\n".join(part for part in lines if part)
        if paragraph and not (leads_on and linked > _LEADING_ON * len(paragraph)):
            yield paragraph


def _blocks(tree: HtmlElement, own: str | None) -> Iterator[tuple[str, int, bool]]:
    """Text between the edges of block elements (a line break is a vertical tab), how much of it is linked, and
    whether one of its links leads to `own`."""
    from lxml.etree import iterwalk

    parts: list[str] = []
    linked, leads_on, links, unread = 0, False, 0, 0
    for event, element in iterwalk(tree, events=("start", "end")):
        begins, tag = event == "start", element.tag
        if tag in _BLOCKS and not unread:
            yield "".join(parts), linked, leads_on
            parts, linked, leads_on = [], 0, False
        unread += (tag in _UNREAD) * (1 if begins else -1)
        if tag == "a":
            links += 1 if begins else -1
            leads_on = leads_on or (begins and own is not None and element.get("href", "").split("#")[0] == own)
        elif tag == "br" and begins:
            parts.append("\v")
        said = "" if unread else (element.text if begins else element.tail) or ""
        linked += len(said) if links else 0
        parts.append(said)
    yield "".join(parts), linked, leads_on
