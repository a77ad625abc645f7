"""Lean: a copy of a page's tree that has only what leads to lines of text, without lists of links.

What searches a page for its article asks every element many times; most elements of a page of news lead elsewhere.
"""

from __future__ import annotations

from copy import deepcopy

from lxml.etree import strip_elements
from lxml.html import HtmlElement

from sayso.documents.pages.blocks import Block, edge
from sayso.documents.pages.body import around

_LINKED = 0.5
_OUT = "out"


def lean(tree: HtmlElement, found: list[Block]) -> HtmlElement:
    """A copy of the page `tree`, whose blocks are `found`: the region of its prose whole, of the rest what is text."""
    prose = [block for block in found if block.prose]
    if not prose:
        return tree
    copied = deepcopy(tree)
    body = tree.find("body")
    _mark(body, copied.find("body"), _leading(body, found), around(prose))
    # Not one by one: lxml would look at the text behind each, and refuse characters that pages do hold.
    strip_elements(copied, _OUT, with_tail=False)
    return copied


def _leading(body: HtmlElement, found: list[Block]) -> set[HtmlElement]:
    """The elements around lines that are no links."""
    kept = {body}
    for block in found:
        if block.linked < _LINKED or block.prose:
            element: HtmlElement | None = block.home
            while element is not None and element not in kept:
                kept.add(element)
                element = element.getparent()
    return kept


def _mark(element: HtmlElement, copied: HtmlElement, kept: set[HtmlElement], region: HtmlElement) -> None:
    """Mark in the copy of an element the blocks that lead to nothing which is kept."""
    if element is region:
        return
    for child, twin in zip(element, copied, strict=True):
        if child in kept:
            _mark(child, twin, kept, region)
        elif edge(child.tag):
            twin.tag = _OUT
