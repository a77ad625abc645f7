"""Changes: what keeps two tellings of one statement from saying the same, with the words of both."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from rapidfuzz.distance import LCSseq

from sayso.extraction.nouns import Figure, Time
from sayso.languages.measures import is_measure
from sayso.linking.figures.amounts import amount, number
from sayso.linking.figures.bounds import bounds, digits_moved
from sayso.linking.figures.homes import scope_key
from sayso.linking.nouns import Change
from sayso.linking.telling import Telling, forms
from sayso.linking.threads.marks import Kind, lost, moved

_NEAR = 0.7  # share of the words that must agree before numbers without a unit are compared
_DAY, _YEAR = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}")
_BARE_YEAR = re.compile(r"(?<!\d)(?:1\d|20)\d\d(?!\d)")  # a number without a unit that may be one
_FEWEST = 2  # digits of which an order can be told
_CALENDARS = 1  # days by which two languages' calendars may disagree


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs, the words of the telling and of the one it is held against, and why in words."""

    change: Change
    words: str
    against: str
    why: str


def differs(a: Telling, b: Telling) -> Difference | None:
    """How `a` changes what `b` tells; None when nothing was found.

    Numbers and dates are compared in any languages; negations and modal verbs only where the other words agree.
    """
    return (
        _numbers(a, b)
        or _counts(a, b)
        or _dates(a, b)
        or _mark(a, b, "negation")
        or _moved(a, b)
        or _mark(a, b, "modality")
    )


def _mark(a: Telling, b: Telling, kind: Kind) -> Difference | None:
    found = lost(a, b, kind)
    return found and Difference(kind, found.words, found.against, f"“{found.mark}” stands in one of the two only")


def _moved(a: Telling, b: Telling) -> Difference | None:
    found = moved(a, b)
    return found and Difference("negation", found.words, found.against, f"“{found.mark}” is said of other words")


def _numbers(a: Telling, b: Telling) -> Difference | None:
    """Figures of one unit, both levels or both changes: all but one agree, and that one does not."""
    ours, theirs = _by_kind(a), _by_kind(b)
    for kind in sorted(ours.keys() & theirs.keys()):
        left = [f for f in ours[kind] if not any(_agree(f, other) for other in theirs[kind])]
        right = [f for f in theirs[kind] if not any(_agree(f, other) for other in ours[kind])]
        comparable = len(ours[kind]) == len(theirs[kind]) and len(left) == len(right) == 1
        if comparable and not _of_two(left[0], right[0]) and (kind[0] or _is_near(a, b)):
            return _number(a, b, left[0], right[0], kind[0])
    return None


def _counts(a: Telling, b: Telling) -> Difference | None:
    """The one thing that each counts, across languages: what most things are called is known in neither, or in one."""
    ours, theirs = _counted(a), _counted(b)
    if a.lang == b.lang or len(ours) != 1 or len(theirs) != 1:
        return None
    left, right = ours[0], theirs[0]
    may_be_one = not (left.unit and right.unit) and left.change == right.change and not _of_two(left, right)
    if not may_be_one or _agree(left, right) or _says(a, right) or _says(b, left):
        return None
    return _number(a, b, left, right, left.unit or right.unit or "")


def _counted(telling: Telling) -> list[Figure]:
    """Figures of no measure; what may be a year is none of them."""
    return [
        figure
        for figure in telling.figures
        if not is_measure(figure.unit) and (figure.unit or not _BARE_YEAR.search(_words_of(telling, figure)))
    ]


def _says(telling: Telling, figure: Figure) -> bool:
    """Whether the value stands among the words, where no figure was read."""
    return figure.value is not None and set(forms(number(figure.value))) <= set(telling.forms)


def _number(a: Telling, b: Telling, left: Figure, right: Figure, unit: str) -> Difference:
    why = f"{amount(left)} against {amount(right)} {unit}".rstrip()
    x, y = float(left.value or 0), float(right.value or 0)
    if digits_moved(x, y, _FEWEST):
        why += "; the digits are the same in another order"
    elif x and y and max(x, y) / min(x, y) in (1e3, 1e6, 1e9):
        why += "; the same digits on another scale"
    return Difference("number", _words_of(a, left), _words_of(b, right), why)


def _words_of(telling: Telling, figure: Figure) -> str:
    text = telling.article.text
    return figure.span.of(text) if text is not None else amount(figure)


def _by_kind(telling: Telling) -> dict[tuple[str, bool], list[Figure]]:
    kinds: dict[tuple[str, bool], list[Figure]] = defaultdict(list)
    for figure in telling.figures:
        kinds[figure.unit or "", figure.change].append(figure)
    return kinds


def _agree(a: Figure, b: Figure) -> bool:
    """True when both can be one quantity, or when one of them has no number."""
    left, right = bounds(a), bounds(b)
    return left is None or right is None or a.window != b.window or left.meets(right)


def _of_two(a: Figure, b: Figure) -> bool:
    """Both say where they count, and not in one place."""
    return bool(a.scope and b.scope and scope_key(a.scope) != scope_key(b.scope))


def _dates(a: Telling, b: Telling) -> Difference | None:
    """The one day, or the one year, that both name in figures."""
    for kind in (_DAY, _YEAR):
        left, right = _named(a, kind), _named(b, kind)
        if len(left) == len(right) == 1 and _is_other_day(left[0], right[0], alike=a.lang == b.lang):
            ours, theirs = left[0].span.of(a.article.text or ""), right[0].span.of(b.article.text or "")
            return Difference("number", ours, theirs, f"“{ours}” against “{theirs}”")
    return None


def _named(telling: Telling, kind: re.Pattern[str]) -> list[Time]:
    """Times told by number; a day needs its month in words, for 3/4 is two days."""
    found = [(time, time.span.of(telling.article.text or "")) for time in telling.times if kind.fullmatch(time.value)]
    return [
        time
        for time, words in found
        if any(char.isdecimal() for char in words) and (kind is _YEAR or any(char.isalpha() for char in words))
    ]


def _is_other_day(a: Time, b: Time, *, alike: bool) -> bool:
    if len(a.value) == 4:
        return a.value != b.value
    apart = abs((date.fromisoformat(a.value) - date.fromisoformat(b.value)).days)
    return a.value[5:] != b.value[5:] and (alike or apart > _CALENDARS)


def _is_near(a: Telling, b: Telling) -> bool:
    return a.lang == b.lang and LCSseq.normalized_similarity(a.forms, b.forms) >= _NEAR
