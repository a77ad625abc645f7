"""Cards: small parts of a page that tell of other articles: each with a link to one and some text beside it."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement

from sayso.documents.address import NONE, joined, parts_of
from sayso.documents.pages.blocks import Block

_FEWEST = 3
_LEVELS = 3
_LARGEST = 700
_SHORTEST_LINK = 10


def in_cards(found: list[Block], chosen: list[Block], url: str | None) -> set[Block]:
    """Those among `chosen` that stand in cards, of which a page has at least three; `url` is its own address."""
    small = {block: _small_around(block.home) for block in chosen}
    near = {element for around in small.values() for element in around}
    linking = _linking(found, near, url)
    cards: dict[HtmlElement, list[Block]] = {}
    for block, around in small.items():
        if (card := next((element for element in around if element in linking), None)) is not None:
            cards.setdefault(card, []).append(block)
    return {block for inside in cards.values() for block in inside} if len(cards) >= _FEWEST else set()


def _small_around(home: HtmlElement) -> list[HtmlElement]:
    """The small elements around a line, itself first."""
    small = []
    for element in _around(home):
        if len(element.text_content()) > _LARGEST:
            break
        small.append(element)
    return small


def _linking(found: list[Block], near: set[HtmlElement], url: str | None) -> set[HtmlElement]:
    """Those of the elements `near` around lines that are links to other pages of the same site."""
    linking = set[HtmlElement]()
    for block in found:
        if block.links and block.linked > 0.9 and block.weight >= _SHORTEST_LINK:
            around = near.intersection(_around(block.home))
            if around - linking and any(_leads_on(link.get("href"), url) for link in _links(block.home)):
                linking |= around
    return linking


def _around(home: HtmlElement) -> Iterator[HtmlElement]:
    """An element and some that it stands in."""
    element: HtmlElement | None = home
    for _ in range(_LEVELS + 1):
        if element is None or element.tag in ("body", "main"):
            return
        yield element
        element = element.getparent()


def _links(home: HtmlElement) -> list[HtmlElement]:
    """Links in an element, or around it."""
    inside = list(home.iter("a"))
    above = home.getparent()
    while not inside and above is not None:
        inside = [above] if above.tag == "a" else []
        above = above.getparent()
    return inside


def _leads_on(address: str | None, url: str | None) -> bool:
    if not address or address.startswith("#"):
        return False
    whole = address if address.startswith(("http://", "https://")) else joined(url, address)
    there, here = parts_of(whole), parts_of(url)
    if there == NONE or there.scheme not in ("http", "https", ""):
        return False
    same_site = not there.netloc or not here.netloc or there.netloc.split(".")[-2:] == here.netloc.split(".")[-2:]
    return same_site and (there.path, there.query) != (here.path, here.query)
