"""Lean: a copy of a page's tree that has only what leads to lines of text, without lists of links.

What searches a page for its article asks every element many times; most elements of a page of news lead elsewhere.
"""

from __future__ import annotations

from copy import deepcopy

from lxml.html import HtmlElement

from sayso.documents.pages.blocks import Block, edge
from sayso.documents.pages.body import around

_LINKED = 0.5


def lean(tree: HtmlElement, found: list[Block]) -> HtmlElement:
    """A copy of the page `tree`, whose blocks are `found`: the region of its prose whole, of the rest what is text."""
    prose = [block for block in found if block.prose]
    if not prose:
        return tree
    copied = deepcopy(tree)
    body = tree.find("body")
    _pare(body, copied.find("body"), _leading(body, found), around(prose))
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


def _pare(element: HtmlElement, copied: HtmlElement, kept: set[HtmlElement], region: HtmlElement) -> None:
    """Take out of the copy of an element the blocks that lead to nothing which is kept."""
    if element is region:
        return
    for child, twin in zip(element, list(copied), strict=True):
        if child in kept:
            _pare(child, twin, kept, region)
        elif edge(child.tag):
            twin.drop_tree()
