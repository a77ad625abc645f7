"""Cards: small parts of a page that tell of other articles: each with a link to one and some text beside it."""

from __future__ import annotations

from lxml.html import HtmlElement

from sayso.documents.address import NONE, joined, parts_of
from sayso.documents.blocks import Block

_FEWEST = 3
_LEVELS = 3
_LARGEST = 700
_SHORTEST_LINK = 10


def in_cards(found: list[Block], chosen: list[Block], url: str | None) -> set[Block]:
    """Those among `chosen` that stand in cards, of which a page has at least three; `url` is its own address."""
    linking = _linking(found, url)
    if len(linking) < _FEWEST:
        return set()
    homes: dict[HtmlElement, int] = {}
    for home in linking:
        element: HtmlElement | None = home
        for _ in range(_LEVELS + 1):
            if element is None or element.tag in ("body", "main"):
                break
            homes[element] = homes.get(element, 0) + 1
            element = element.getparent()
    cards: dict[HtmlElement, list[Block]] = {}
    for block in chosen:
        if (card := _card(block, homes)) is not None:
            cards.setdefault(card, []).append(block)
    return {block for inside in cards.values() for block in inside} if len(cards) >= _FEWEST else set()


def _linking(found: list[Block], url: str | None) -> list[HtmlElement]:
    """The homes of lines that are links to other pages of the same site."""
    homes = [block.home for block in found if block.links and block.linked > 0.9 and block.weight >= _SHORTEST_LINK]
    return [home for home in homes if any(_leads_on(link.get("href"), url) for link in _links(home))]


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


def _card(block: Block, homes: dict[HtmlElement, int]) -> HtmlElement | None:
    """The small element around the block and a link line."""
    element: HtmlElement | None = block.home
    for _ in range(_LEVELS + 1):
        if element is None or element.tag in ("body", "main") or len(element.text_content()) > _LARGEST:
            return None
        if element in homes:
            return element
        element = element.getparent()
    return None
