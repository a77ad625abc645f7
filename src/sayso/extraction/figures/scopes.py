"""Scopes: what stands around a quantity and says what it counts, where, and who says so."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Generic, TypeVar

from sayso.extraction.figures.quantity import Quantity
from sayso.extraction.nouns import Attribution, Qualifier
from sayso.extraction.numbers.view import View
from sayso.extraction.words.lexicon import NUMBER
from sayso.text.span import Span

T = TypeVar("T")
U = TypeVar("U")

ENGAGEMENT: Final = frozenset(
    {"views", "likes", "reposts", "comments", "bookmarks", "followers", "subscribers", "shares", "times"}
)
"""Units counted on platforms."""
STRUCK: Final = frozenset({"deaths", "injured", "hospitalised", "missing", "displaced", "cases"})
"""Counts of those to whom something happened."""
RUNNING: Final = (ENGAGEMENT - {"times"}) | STRUCK
"""Counts that go on rising: without a date of their own they stand as of the published day."""
_ENDS: Final = frozenset(".!?؟。！？…۔")
CLAUSE_ENDS: Final = _ENDS | frozenset(";؛；")
COMMAS: Final = frozenset(",،，、")
_LONGEST: Final = 60
CLAUSE: Final = 12
"""Words that a clause reaches from a number."""
_NEST: Final = 50


def sentence(view: View, first: int, end: int, ends: frozenset[str] = _ENDS) -> tuple[int, int]:
    """Tokens of the sentence (or of the clause) around tokens `first` to `end`, at most 60 either way."""
    left, right = first, end
    while left > 0 and first - left < _LONGEST and not _stops(view, left - 1, ends):
        left -= 1
    while right < len(view.tokens.forms) and right - end < _LONGEST and not _stops(view, right - 1, ends):
        right += 1
    return left, right


def _stops(view: View, i: int, signs: frozenset[str]) -> bool:
    """Whether a sentence ends after token `i`: at a line break, or at a stop that is not inside a word or number.

    A full stop before a small letter only ends an abbreviation («860 тыс. лайков»)."""
    tokens = view.tokens
    if i + 1 >= len(tokens.forms) or tokens.breaks[i + 1]:
        return True
    if tokens.forms[i] not in signs or tokens.starts[i + 1] == tokens.ends[i]:
        return False
    return tokens.forms[i] != "." or not tokens.text[tokens.starts[i + 1]].islower()


def outward(view: View, found: Quantity) -> Iterator[tuple[int, int]]:
    """(distance, token) before and after the quantity as far as the clause and the next number."""
    yield from ahead(view, found)
    yield from behind(view, found)


def ahead(view: View, found: Quantity) -> Iterator[tuple[int, int]]:
    """(distance, token) before the quantity, nearest first."""
    tokens, roles = view.tokens, view.lexicon.roles
    for i in range(found.first - 1, max(-1, found.first - 1 - CLAUSE), -1):
        if _stops(view, i, CLAUSE_ENDS) or (roles[tokens.forms[i]] & NUMBER and tokens.forms[i].isdecimal()):
            break
        yield found.first - i, i


def behind(view: View, found: Quantity) -> Iterator[tuple[int, int]]:
    """(distance, token) behind the quantity as far as the next comma, nearest first."""
    tokens, roles = view.tokens, view.lexicon.roles
    for i in range(found.end, min(len(tokens.forms), found.end + CLAUSE)):
        if (
            _stops(view, i - 1, CLAUSE_ENDS)
            or tokens.forms[i] in COMMAS
            or (roles[tokens.forms[i]] & NUMBER and tokens.forms[i].isdecimal())
        ):
            break
        yield i - found.end + 1, i


def passed(view: View, found: Quantity) -> Qualifier:
    """ "over" where a verb like "exceeded" stands some words before the number, "up to" where it is negated."""
    for _, i in ahead(view, found):
        if view.lexicon.passing.at(view.tokens, i) is not None:
            return "up to" if i > 0 and view.tokens.forms[i - 1] in view.lexicon.negations else "over"
    return "exact"


def segment(view: View, first: int, end: int) -> tuple[int, int]:
    """Tokens around tokens `first` to `end` up to a stop, a semicolon or a word that turns to another scope."""
    left, right = sentence(view, first, end, CLAUSE_ENDS)
    turns = view.lexicon.contrasts
    left = next((i + 1 for i in range(first - 1, left - 1, -1) if turns.at(view.tokens, i) is not None), left)
    right = next((i for i in range(end, right) if turns.at(view.tokens, i) is not None), right)
    return left, right


def platform(view: View, found: Quantity, home: str | None = None) -> str | None:
    """The platform named nearest in the segment, after the figure as far as the next comma; else one named before it
    in the sentence; else `home`; else one behind a coordinator, which may belong to what comes next."""
    tokens, (left, right) = view.tokens, segment(view, found.first, found.end)
    stop = next((i for i in range(found.end, right) if tokens.forms[i] in COMMAS), right)
    joint = next((i for i in range(found.end, stop) if tokens.forms[i] in view.lexicon.coordinators), stop)
    places = [(found.first - i, i) for i in range(left, found.first)]
    places += [(i - found.end, i) for i in range(found.end, joint)]
    before, _ = sentence(view, found.first, found.end)
    return (
        _first_platform(view, [i for _, i in sorted(places)])
        or _first_platform(view, range(left - 1, before - 1, -1))
        or home
        or _first_platform(view, range(joint, stop))
    )


def _first_platform(view: View, places: Iterable[int]) -> str | None:
    return next((name for i in places if (name := platform_at(view, i)) is not None), None)


def platform_at(view: View, i: int) -> str | None:
    """The platform named at token `i`; a single letter must be a capital ("X")."""
    phrase = view.lexicon.platforms.at(view.tokens, i)
    if phrase is None or (phrase[0] == i + 1 and len(view.tokens.forms[i]) == 1 and view.tokens.word(i).islower()):
        return None
    return phrase[1]


def first_platform(view: View) -> tuple[int, str] | None:
    """(token, name) of the platform that the text names first."""
    forms, starts = view.tokens.forms, view.lexicon.platforms.starts()
    return next(((i, name) for i, form in enumerate(forms) if form in starts and (name := platform_at(view, i))), None)


class Spans(Generic[T]):
    """Items with spans in text order, found by place."""

    def __init__(self, items: Sequence[tuple[Span, T]]) -> None:
        self._items = sorted(items, key=lambda item: item[0])
        self._starts = [span.start for span, _ in self._items]

    def around(self, span: Span) -> list[tuple[Span, T]]:
        """Items that start at or before the span's start, nearest first, at most 50."""
        last = bisect_right(self._starts, span.start)
        return self._items[max(0, last - _NEST) : last][::-1]

    def near(self, span: Span) -> list[tuple[Span, T]]:
        """The item before the span's start and all that start inside it: the only ones that can overlap it."""
        return self.around(span)[:1] + self.between(span.start + 1, span.end)

    def between(self, start: int, end: int) -> list[tuple[Span, T]]:
        """Items that start in `[start, end)`."""
        return self._items[bisect_right(self._starts, start - 1) : bisect_right(self._starts, end - 1)]

    def apart_from(self, others: Spans[U]) -> Spans[T]:
        """The items that overlap none of `others`."""
        return Spans(
            [item for item in self._items if not any(item[0].overlap(span) for span, _ in others.near(item[0]))]
        )


def speakers(attributions: Sequence[Attribution]) -> Spans[Attribution]:
    """Contents of attributions by place."""
    return Spans([(span, attribution) for attribution in attributions for span in attribution.content])


def asserted_by(span: Span, contents: Spans[Attribution]) -> str | None:
    """Speaker of the innermost attribution whose content holds the span; one that names nobody is passed over."""
    around = contents.around(span)
    holding = [(content.length, a.speaker) for content, a in around if a.speaker and content.contains(span)]
    return min(holding, key=lambda item: item[0], default=(0, None))[1]
