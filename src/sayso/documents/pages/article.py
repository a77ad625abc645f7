"""Article: the paragraphs of a page's article, found in steps; each is tried where the one before finds too little.

    declared     the page's own articleBody (JSON-LD) tells which blocks are the article, if it is all of it
    precise      trafilatura tells where the article is, in its precise mode
    wide         trafilatura tells it in the mode that takes in more
    neighbours   the sentences that stand together under the element with most of them
    undisplayed  the text of articleBody itself, where the page shows far less of it

Trafilatura's own last resort (jusText) is left out: its time grows with the square of the number of paragraphs.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

from lxml.etree import strip_elements
from lxml.html import HtmlElement

from sayso.documents.limits import LONGEST_TEXT
from sayso.documents.pages.blocks import Block, blocks, key_of
from sayso.documents.pages.body import body_of
from sayso.documents.pages.cards import in_cards
from sayso.documents.pages.declared import Declared
from sayso.documents.pages.lean import lean
from sayso.errors import InputError

ENOUGH = 400
"""Letters from which the first step is believed unless the page's own word is against it."""
_LITTLE, _MUCH = 0.3, 0.8
_BEFORE, _BEHIND = 12, 6
_TEXTLESS = (
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "iframe",
    "nav",
    "select",
    "button",
    "object",
    "embed",
    "canvas",
)
_MARKUP = re.compile(r"<[^<>]{1,500}>")
_LINES = re.compile(r"\s*\n\s*")

for _name in ("trafilatura", "htmldate", "courlan"):
    # They would print their own lines on stderr, beside the one sentence that the user gets.
    logging.getLogger(_name).addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class Article:
    """What the steps found."""

    paragraphs: list[str]
    chosen: list[Block]
    """The blocks that the paragraphs are; none where the page does not display them."""
    found: list[Block]
    """All blocks of the page."""
    cards: float
    """Letters that tell of other articles and were left out."""
    step: str
    """The step that found it, by its name above."""

    def beside(self) -> list[str]:
        """The lines around the headline, in order: the last before the first paragraph, and the next ones."""
        at = self.found.index(self.chosen[0]) if self.chosen else 0
        return [block.text for block in self.found[max(0, at - _BEFORE) : at + _BEHIND]]


def article_of(tree: HtmlElement, said: Declared, url: str | None = None, name: str = "page") -> Article:
    """The article of the page `tree` at `url`, which says `said` of itself; no paragraphs when nothing reads like one.

    Parts of the tree that never hold text are taken out of it. Raises InputError when there is too much text.
    """
    found = _found(tree, name)
    own = _declared(found, said)
    if own and _weight(own) >= _MUCH * _weight([block for block in found if block.prose]):
        return Article([block.text for block in own], own, found, 0.0, "declared")
    declared = len(key_of(said.body or ""))
    chosen, step = _chosen(tree, found, said, declared)
    if own and _weight(own) >= _MUCH * _weight(chosen):
        return Article([block.text for block in own], own, found, 0.0, "declared")
    if _weight(chosen) < _LITTLE * declared:
        lines = _LINES.split(_MARKUP.sub(" ", unescape(said.body or "")).strip())
        return Article([" ".join(line.split()) for line in lines if line], [], found, 0.0, "undisplayed")
    cards = in_cards(found, chosen, said.canonical or url)
    chosen = [block for block in chosen if block not in cards]
    return Article([block.text for block in chosen], chosen, found, sum(block.weight for block in cards), step)


def _found(tree: HtmlElement, name: str) -> list[Block]:
    strip_elements(tree, *_TEXTLESS, with_tail=False)
    body = tree.find("body")
    found = [] if body is None else list(blocks(body))
    if (letters := sum(len(block.key) for block in found)) > LONGEST_TEXT:
        raise InputError(name, f"is a page of {letters:,} letters; pages of up to {LONGEST_TEXT:,} are read")
    return found


def _chosen(tree: HtmlElement, found: list[Block], said: Declared, declared: int) -> tuple[list[Block], str]:
    """The article's blocks by the first step that finds enough, and that step; `declared`: letters of articleBody."""
    enough = max(ENOUGH, _LITTLE * declared)
    chosen, step = list[Block](), "precise"
    steps: dict[str, Callable[[], str]] = {
        "precise": lambda: _told(lean(tree, found)),
        "wide": lambda: _told(tree, wide=True),
        "neighbours": lambda: _together(found),
    }
    for name, told in steps.items():
        if _weight(chosen) < enough:
            again = body_of(found, told(), said.title, said.description)
            if _weight(again) > _weight(chosen):
                chosen, step = again, name
    return chosen, step


def _told(tree: HtmlElement, wide: bool = False) -> str:
    from trafilatura import bare_extraction

    found = bare_extraction(
        tree,
        fast=True,
        favor_precision=not wide,
        favor_recall=wide,
        include_comments=False,
        include_tables=False,
        with_metadata=False,
    )
    return "" if found is None or isinstance(found, dict) else found.text or ""


def _together(found: list[Block]) -> str:
    """The unmarked sentences under the element that holds most of them."""
    held = Counter[HtmlElement]()
    for block in found:
        if block.prose and not block.marks and not block.heading:
            held[block.parent] += round(block.weight)
    most = max(held, key=lambda parent: held[parent], default=None)
    return "\n".join(block.text for block in found if block.parent is most and block.prose and not block.marks)


def _weight(chosen: list[Block]) -> float:
    return sum(block.weight for block in chosen)


def _declared(found: list[Block], said: Declared) -> list[Block]:
    """The blocks that articleBody holds, where the page displays it."""
    if not said.body:
        return []
    body = _MARKUP.sub(" ", unescape(said.body))
    own = body_of(found, body, said.title, said.description, whole=True)
    return own if _weight(own) >= _MUCH * len(key_of(body)) else []
