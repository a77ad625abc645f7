"""Blocks: the paragraphs, headings and other lines of a page in order, each with where it stands and what around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from lxml.etree import iterwalk
from lxml.html import HtmlElement

_SKIPPED = {"script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "select", "textarea"}
_SKIPPED |= {"canvas", "audio", "video", "map", "picture", "head", "title", "rt", "rp", "input", "option", "datalist"}
_EDGES = {
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
}
_EDGES |= {"dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"}
_EDGES |= {
    "hgroup",
    "hr",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
}
_EDGES |= {"td", "tfoot", "th", "thead", "tr", "ul", "button"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
# Parts that are rarely the article's own text, told by their element …
_PARTS = {"nav", "aside", "footer", "figure", "figcaption", "caption", "table", "form", "dialog", "button", "label"}
_ROLES = {"navigation", "complementary", "contentinfo", "banner", "search", "dialog", "alertdialog", "alert", "menu"}
# … or by the names that authors of pages give to parts in class and id, whatever the language of the text.
_NAMED = re.compile(
    r"(?:^|[\s_-])(nav|navigation|navbar|menu|breadcrumbs?|sidebar|footer|toolbar|pagination|pager|related|recommend\w*"
    r"|teasers?|promos?|promotion|newsletters?|subscri\w+|signup|social|shar(?:e|ing)|comments?|cookies?|consent|gdpr"
    r"|advert\w*|ads?|sponsor\w*|outbrain|taboola|popular|trending|byline|authors?|authorprofile|captions?|credits?"
    r"|copyright|tags?|taglist|keywords|timestamp|meta|login|register|modal|popup|overlay|tooltip|hidden|sr|poll|quiz"
    r"|player|gallery|bio|disclaimer|cards?|widget|most-?read|read-?(?:more|next|also)|more-?(?:stories|on)|up-?next)"
    r"(?=$|[\s_-])"
)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_DIGIT = re.compile(r"\d")
_UNSEEN = re.compile(r"display:\s*none|visibility:\s*hidden")
_NOT_LETTERS = re.compile(r"[\W_]+")
_UNSPACED = "\u3000-\u30ff\u3400-\u9fff\uff00-\uffef"
# A line end of the source is a space for the reader, but not between two characters of a script without spaces.
_GAP_UNSPACED = re.compile(rf"(?<=[{_UNSPACED}]) +(?=[{_UNSPACED}])")
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ENDS = re.compile(r"[.!?…。！？؟۔।։።:][\"'”’»«“›‹)\]」』）]*$")
_COMMAS = re.compile("[,;،、，；]")
_SENTENCE, _LONG = 40, 140


@dataclass(slots=True, eq=False)
class Block:
    """One block of text; lines in it are those that the page breaks."""

    text: str
    key: str
    """Its letters and digits alone, in lower case: what blocks are compared by."""
    home: HtmlElement
    """The innermost block element around it."""
    marks: frozenset[str]
    """What speaks against its being the article's own: names of the parts that it stands in."""
    linked: float
    """Share of its characters that stand in links."""
    links: int
    """How many links those are."""

    weight: float = field(init=False)
    """Letters; those of scripts that say more in fewer characters count more."""
    prose: bool = field(init=False)
    """Whether it reads like sentences and not like a label or a list of links."""

    def __post_init__(self) -> None:
        self.weight = len(self.key) + (0 if self.key.isascii() else 1.5 * len(_DENSE.findall(self.key)))
        self.prose = _prose(self)

    @property
    def heading(self) -> bool:
        """Whether it is a heading by its element."""
        return self.home.tag in _HEADINGS

    @property
    def parent(self) -> HtmlElement:
        """The element that holds it and its neighbours."""
        above = self.home.getparent()
        return self.home if above is None or self.home.tag in ("div", "section", "article", "body", "td") else above


def _prose(block: Block) -> bool:
    if block.weight < _SENTENCE:
        return False
    listed = block.links > 3 and len(_COMMAS.findall(block.text)) >= block.links - 1
    return (block.linked < 0.5 or listed) and (block.weight >= _LONG or ends(block.text))


def key_of(text: str) -> str:
    """Letters and digits of `text` alone, in lower case."""
    return _NOT_LETTERS.sub("", text.casefold())


def ends(text: str) -> bool:
    """Whether `text` ends as a sentence does."""
    return _ENDS.search(text) is not None


def edge(tag: str) -> bool:
    """Whether an element of that name begins and ends a block."""
    return tag in _EDGES or "-" in tag


def blocks(body: HtmlElement) -> Iterator[Block]:
    """All blocks of text under `body` in order, without the parts that never hold any."""
    around: list[tuple[HtmlElement, frozenset[str]]] = [(body, frozenset())]
    line = _Line()
    skipped = False
    walker = iterwalk(body, events=("start", "end"))
    for event, element in walker:
        tag, starts = element.tag, event == "start"
        if skipped:
            # The walk comes back with the end of what it did not enter.
            skipped = False
            line.add(element.tail)
        elif starts and (tag in _SKIPPED or _unseen(element, tag)):
            skipped = True
            walker.skip_subtree()
        elif edge(tag):
            if line.pieces:
                yield from line.block(*around[-1])
            if starts:
                around.append((element, around[-1][1] | (_marks(element) if element is not body else frozenset())))
            elif len(around) > 1:
                around.pop()
            line.add(element.text if starts else element.tail)
        elif tag == "br" and not starts:
            if line.broken:
                yield from line.block(*around[-1])
            else:
                line.pieces.append("\v")
            line.add(element.tail)
        else:
            if tag == "a":
                line.inside += 1 if starts else -1
                line.links += starts
            line.add(element.text if starts else element.tail)
    yield from line.block(*around[-1])


class _Line:
    """The text gathered since the last edge of a block."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.linked = 0
        self.inside = 0
        self.links = 0

    def add(self, text: str | None) -> None:
        if text and (self.pieces or not text.isspace()):
            self.pieces.append(text)
            if self.inside:
                self.linked += len("".join(text.split()))

    @property
    def broken(self) -> bool:
        """Whether it ends in a line break: another one ends the paragraph."""
        return next((piece == "\v" for piece in reversed(self.pieces) if piece == "\v" or not piece.isspace()), False)

    def block(self, home: HtmlElement, marks: frozenset[str]) -> list[Block]:
        """The block gathered, if any letter is in it; then nothing is gathered."""
        text, linked, links = "".join(self.pieces), self.linked, self.links
        self.pieces, self.linked, self.links = [], 0, 0
        key = key_of(text)
        if not key:
            return []
        lines = (" ".join(line.split()) for line in text.split("\v"))
        whole = "\n".join(line for line in lines if line)
        if not whole.isascii():
            whole = _GAP_UNSPACED.sub("", whole)
        return [Block(whole, key, home, marks, linked / len("".join(whole.split())) if linked else 0.0, links)]


def _unseen(element: HtmlElement, tag: str) -> bool:
    """Whether readers do not see it; what only screen readers skip counts within a line alone (a tooltip)."""
    style = element.get("style")
    if element.get("hidden") is not None or (style is not None and _UNSEEN.search(style) is not None):
        return True
    return tag == "span" and element.get("aria-hidden") == "true"


def _marks(element: HtmlElement) -> frozenset[str]:
    marks = _marks_named(element.get("class") or "", element.get("id") or "")
    if element.tag in _PARTS:
        marks |= {element.tag}
    role = element.get("role")
    return marks | {role} if role in _ROLES else marks


@lru_cache(maxsize=20_000)
def _marks_named(classes: str, name: str) -> frozenset[str]:
    # An id with a digit in it is a number and names no part.
    named = classes[:500] if _DIGIT.search(name) else f"{classes[:500]} {name[:200]}"
    return frozenset(_NAMED.findall(_HUMP.sub("-", named).lower()))
