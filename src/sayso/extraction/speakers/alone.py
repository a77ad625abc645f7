"""Alone: who speaks in a quotation without a cue: the one whom the words around it bring in."""

from __future__ import annotations

from collections import Counter

from sayso.extraction.nouns import Attribution
from sayso.extraction.people.names import token_range
from sayso.extraction.people.talk import Talk
from sayso.text.tokens import Tokens

_OPENING = 3
_BULLETS = frozenset("-–—•*·")
_QUOTES = frozenset('"«»“”„‟「『-–—')
_COLONS = frozenset(":：")
_NEAR = 60


def is_item(tokens: Tokens, one: Attribution) -> bool:
    """Whether it opens a paragraph, but for the mark of a list before it."""
    first = token_range(tokens, one.content[0])[0]
    return first > 0 and tokens.breaks[first - 1] and tokens.forms[first - 1] in _BULLETS


def chief(talk: Talk, speaker: dict[int, str | None]) -> str | None:
    """The one who speaks most of all persons; where none is named, the one whose name opens the text."""
    people = {mention.name for mention in talk.people}
    said = Counter(name for name in speaker.values() if name in people).most_common(1)
    opening = next((mention.name for mention in talk.people if 0 <= mention.place < _OPENING), None)
    return said[0][0] if said and said[0][0] is not None else opening


def introduced(tokens: Tokens, one: Attribution, talk: Talk) -> str | None:
    """The person named since the last speaker where a colon stands right before the quotation."""
    first = token_range(tokens, one.content[0])[0]
    colon = first - 1
    while colon > 0 and tokens.forms[colon] in _QUOTES:
        colon -= 1
    if colon < 0 or tokens.forms[colon] not in _COLONS:
        return None
    last = next(talk.before(colon), None)
    return talk.one(last.name) if last is not None and last.place > max(talk.place, colon - _NEAR) else None


def named_behind(tokens: Tokens, one: Attribution, limit: int, talk: Talk) -> str | None:
    """The first person named behind the quotation in its paragraph, before token `limit`."""
    end = token_range(tokens, one.content[-1])[1]
    stop = next((i for i in range(end, min(limit, len(tokens))) if tokens.breaks[i]), limit)
    first = talk.mentioned(end)
    near = first < len(talk.people) and talk.people[first].place < min(stop, end + _NEAR)
    return talk.people[first].name if near else None


def presented(tokens: Tokens, one: Attribution, talk: Talk) -> str | None:
    """The person last named with a role before the quotation."""
    first = token_range(tokens, one.content[0])[0]
    return next((mention.name for mention in talk.before(first) if mention.roles), None)
