"""Asked: phrases by which a speaker was asked ("asked about the ferry, Holt said …"): they name a matter, no source."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.extraction.cues.scene import STOPS
from sayso.extraction.cues.sources import COMMAS
from sayso.extraction.words.vocabulary import Vocabulary
from sayso.text.tokens import Tokens

_BACK = 3
"""Words of such a phrase before the one that is marked as its cue."""
_ASKER = 4
"""Words between "asked by" and the matter."""
_TOPIC = 30


@dataclass(frozen=True, slots=True)
class Question:
    """A phrase `[first, end)`; whoever asked is named behind it or not at all.

    `sure`: it opens a sentence or follows a conjunction, so no subject stands before it.
    """

    first: int
    end: int
    names_asker: bool
    sure: bool


def question(tokens: Tokens, words: Vocabulary, first: int, last: int) -> Question | None:
    """The phrase that holds the first word of the cue `[first, last)`, None where somebody asks ("Holt asked")."""
    for i in range(max(0, first - _BACK), min(first + 1, last)):
        found = at(tokens, words, i)
        if found is not None and found.end > first:
            return found
    return None


def at(tokens: Tokens, words: Vocabulary, i: int) -> Question | None:
    """The phrase that begins at token `i` and is no active verb behind its subject ("Holt asked about the ferry")."""
    match = words.asked.at(tokens, i) if tokens.forms[i] in words.asked.starts() else None
    if match is None:
        return None
    before = tokens.forms[i - 1] if i and not tokens.breaks[i] else "."
    sure = before in STOPS or before in words.passives
    sure = sure or (
        before not in words.coordinators and (before in words.subordinators or before in words.prepositions)
    )
    return Question(i, match[0], match[1], sure) if sure or not before[0].isalnum() else None


def is_asker(found: Question, first: int, last: int) -> bool:
    """Whether the phrase says that the words `[first, last)` ask ("asked by Holt about the ferry")."""
    return found.names_asker and found.end <= first and last <= found.end + _ASKER


def topic_end(tokens: Tokens, found: Question) -> int:
    """The comma that closes what was asked; the phrase's end where none does."""
    limit = min(len(tokens), found.end + _TOPIC)
    for i in range(found.end, limit):
        if tokens.breaks[i]:
            break
        if tokens.forms[i] in COMMAS:
            return i
    return found.end
