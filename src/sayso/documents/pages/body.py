"""Body: which blocks of a page are its article, from the headline's standfirst to the last paragraph.

trafilatura, or the page's own articleBody, tells where the article is; the page's structure tells what belongs to it:
neighbours of what was found are taken in, labels, teasers and prompts around it are not.
"""

from __future__ import annotations

import re
from collections import Counter

from lxml.html import HtmlElement

from sayso.documents.pages.blocks import Block, ends, key_of

_VOID = 0.25
_MOST_OF = 0.8
_WHOLE = 25
_LABEL = 80
_LINKED = 0.6
_STANDFIRST_REACH, _MOST_LEADS = 15, 6
_CONTINUED, _NEAR = 3, 5
_ALMOST = 70
_HIDDEN, _RUN = "hidden", 5
_LONGEST_HEADING = 200
_ASKING = {"cookie", "cookies", "consent", "gdpr", "dialog", "alertdialog"}
_LOUD = {"b", "strong", "em", "i", "small"}
_LEADS = re.compile(
    r"(?:^|[\s_-])(?:sub-?title|stand-?first|lead|lede|dek|deck|summary|excerpt|intro|preamble|abstract|sub-?head\w*|chapeau)",
    re.IGNORECASE,
)


def body_of(
    found: list[Block], told: str, title: str | None, description: str | None, whole: bool = False
) -> list[Block]:
    """The blocks among `found` that are the article which the text `told` holds, all or in part.

    `whole`: that `told` is all of it, so that nothing but subheadings is taken in beside it.
    """
    text, lines = key_of(told), {key_of(line) for line in told.split("\n")}
    voted = {block for block in found if _in(block, text, lines)}
    prose = [block for block in voted if block.prose]
    if not prose:
        return []
    void = _void(prose, found)
    parents = Counter[HtmlElement]()
    for block in prose:
        parents[block.parent] += round(block.weight)
    own = _own(found, void)
    taken = voted & set(own)
    if not whole:
        taken |= _neighbours(own, taken, set(parents), _region(prose))
    chosen = [block for block in own if block in taken and not _teaser(block)]
    return _standfirst(found, _trimmed(_with_headings(own, chosen), title, found), void, title, description)


def _in(block: Block, text: str, lines: set[str]) -> bool:
    """Whether the block stands in what was told: as a line, or word for word within."""
    key = block.key
    if key in lines or len(key) < _WHOLE:
        return key in lines
    return key in text or (key[:_LABEL] in text and key[-_WHOLE:] in text)


def _void(prose: list[Block], found: list[Block]) -> set[str]:
    """Marks that stand around much of the article itself, so that they say nothing on this page.

    What asks for consent may be all that a page shows: its mark says nothing only if it stands around the headline too.
    """
    marked = Counter[str]()
    for block in prose:
        for mark in block.marks:
            marked[mark] += round(block.weight)
    heads = {mark for block in found if block.home.tag == "h1" for mark in block.marks}
    most = _VOID * sum(block.weight for block in prose)
    return {mark for mark, weight in marked.items() if weight > most and (mark not in _ASKING or mark in heads)}


def _own(found: list[Block], void: set[str]) -> list[Block]:
    """What may be the article's: the unmarked, and a run of paragraphs that is hidden until somebody pays or clicks."""
    kept = Counter(block.parent for block in found if block.prose and _HIDDEN in block.marks)
    return [
        block
        for block in found
        if block.marks <= void or (block.marks <= void | {_HIDDEN} and kept[block.parent] >= _RUN)
    ]


def around(prose: list[Block]) -> HtmlElement:
    """The innermost element around most of what is given, of which there must be some."""
    weights = Counter[HtmlElement]()
    for block in prose:
        element: HtmlElement | None = block.parent
        while element is not None:
            weights[element] += round(block.weight)
            element = element.getparent()
    inner = max(prose, key=lambda block: block.weight).parent
    most = _MOST_OF * sum(block.weight for block in prose)
    while weights[inner] < most and (outer := inner.getparent()) is not None:
        inner = outer
    return inner


def _region(prose: list[Block]) -> HtmlElement:
    """The article around most of what was found, or the innermost element around it."""
    inner = around(prose)
    outer: HtmlElement | None = inner
    while outer is not None and outer.tag not in ("article", "main"):
        outer = outer.getparent()
    return inner if outer is None else outer


def _neighbours(own: list[Block], taken: set[Block], parents: set[HtmlElement], region: HtmlElement) -> set[Block]:
    """Paragraphs that were not found but stand among those that were; behind the last one only if many follow."""
    places = [here for here, block in enumerate(own) if block in taken and block.prose]
    held = Counter(block.parent for block in own if block.prose and block.home.tag == "p" and block not in taken)
    new = [
        here
        for here, block in enumerate(own)
        if block not in taken
        and block.prose
        and not block.heading
        and block.linked <= 0.4
        and (block.parent in parents or (held[block.parent] >= _CONTINUED and _within(block, region)))
    ]
    behind = [here for here in new if here > places[-1]]
    if len(behind) < _CONTINUED:
        new = [here for here in new if here < places[-1]]
    return {own[here] for here in new if here > places[0]}


def _within(block: Block, region: HtmlElement) -> bool:
    """Whether the block stands in the region, and not in an article of its own there."""
    element: HtmlElement | None = block.parent
    while element is not None and element is not region:
        if element.tag in ("article", "li"):
            return False
        element = element.getparent()
    return element is not None


def _teaser(block: Block) -> bool:
    """A line that is a link to something else, with or without a word before it."""
    if block.prose and block.linked < 0.8:
        return False
    return block.linked >= (0.8 if ends(block.text) else _LINKED)


def _with_headings(own: list[Block], chosen: list[Block]) -> list[Block]:
    """The headings among them that stand before what was chosen, and no others."""
    kept: list[Block] = []
    picked = set(chosen)
    parents = {block.parent for block in chosen if block.prose}
    for here, block in enumerate(own):
        beside = block.parent in parents or block.parent.getparent() in parents
        if block.heading and beside and kept and block.linked < _LINKED and len(block.key) < _LONGEST_HEADING:
            follows = next(
                (one for one in own[here + 1 : here + _NEAR] if one.heading or one.prose or one in picked), None
            )
            if follows in picked and follows is not None and not follows.heading:
                kept.append(block)
        elif block in picked:
            kept.append(block)
    return kept


def _trimmed(chosen: list[Block], title: str | None, found: list[Block]) -> list[Block]:
    """Without the headline, what stands more than once, and labels before the first and behind the last sentence."""
    repeated = Counter(block.key for block in found if block.linked < _LINKED)
    seen: set[str] = set()
    kept: list[Block] = []
    for block in chosen:
        often = repeated[block.key] > 1 and block.weight < _LABEL and not ends(block.text)
        if block.key not in seen and not often and not (not kept and _headline(block, title)):
            kept.append(block)
            seen.add(block.key)
    first = next((at for at, block in enumerate(kept) if _sentence(block)), len(kept))
    last = next((at for at in range(len(kept) - 1, -1, -1) if _sentence(kept[at]) or _item(kept[at])), -1)
    return kept[first : last + 1]


def _sentence(block: Block) -> bool:
    """Whether it is more than a label, and no prompt: a line all in bold or italics with a link in it."""
    if block.heading or (block.links and _loud(block.home)):
        return False
    return block.prose or block.weight >= _ALMOST or (ends(block.text) and len(block.text.split()) > 3)


def _loud(home: HtmlElement) -> bool:
    only = list(home)
    return (
        len(only) == 1 and only[0].tag in _LOUD and not (home.text or "").strip() and not (only[0].tail or "").strip()
    )


def _item(block: Block) -> bool:
    return block.home.tag == "li" and len(block.key) >= _WHOLE


def _headline(block: Block, title: str | None) -> bool:
    """The title, in a heading also with a word before it or behind it."""
    key = key_of(title or "")
    within = block.heading and bool(key) and key in block.key and len(block.key) < 1.6 * len(key)
    return block.home.tag == "h1" or block.key == key or within


def _standfirst(
    found: list[Block], chosen: list[Block], void: set[str], title: str | None, description: str | None
) -> list[Block]:
    """With the standfirst before it: what the page gives as its description, or sentences below the headline."""
    if not chosen:
        return []
    told, text = key_of(description or ""), "".join(block.key for block in chosen)
    before = found[: found.index(chosen[0])]
    before = [one for one in before if one.marks <= void or _headline(one, title) or _same(one.key, told)]
    before = before[-_STANDFIRST_REACH:]
    below = next((here for here, one in enumerate(before) if _headline(one, title)), len(before))
    lead = [
        block
        for here, block in enumerate(before)
        if block.linked < 0.2
        and not _headline(block, title)
        and block.key not in text
        and (_same(block.key, told) or (here > below and block.marks <= void and _leads(block)))
    ]
    return list({block.key: block for block in lead[-_MOST_LEADS:]}.values()) + chosen


def _leads(block: Block) -> bool:
    """Whether a block below the headline reads or is named like a standfirst."""
    named = block.weight >= _WHOLE and _LEADS.search(f"{block.home.get('class')} {block.parent.get('class')}")
    return bool(named) or (block.prose and ends(block.text))


def _same(key: str, told: str) -> bool:
    """Whether one is the beginning of the other."""
    shared = min(len(key), len(told), _LABEL)
    return shared >= _WHOLE and key[:shared] == told[:shared]
