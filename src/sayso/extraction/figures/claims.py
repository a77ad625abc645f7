"""Claims: the rules that tell figures from numbers that claim nothing about the world."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sayso.extraction.figures.counted import refine
from sayso.extraction.figures.places import place_at
from sayso.extraction.figures.quantities import SHARE
from sayso.extraction.figures.quantity import Quantity
from sayso.extraction.figures.scopes import Spans
from sayso.extraction.nouns import Time
from sayso.extraction.numbers.units import WEIGHED
from sayso.extraction.numbers.view import View
from sayso.extraction.words.lexicon import NUMBER
from sayso.extraction.words.vocabulary import vocabulary
from sayso.languages.measures import kind
from sayso.text.characters import DOUBLE_QUOTES
from sayso.text.folding import fold_word

_YEARS: Final = (1900, 2050)
_ONE: Final = 1
_NAMED_BELOW: Final = 1000
_ORDINAL: Final = 100
_DOZEN: Final = 12
_ROUGH: Final = 0.01
_OLDEST: Final = 120
_DASHES: Final = frozenset("-‐‑–—−")
_COMMAS: Final = frozenset(",،")
_CLOSING: Final = frozenset(",،);.")
_TEN: Final = 10
_FEW: Final = 3
_CALENDAR: Final = frozenset({"days", "months", "years"})


@dataclass(frozen=True, slots=True)
class Case:
    """One quantity before the rules that say whether it is a figure."""

    view: View
    found: Quantity
    times: Spans[Time]


def claimed(case: Case) -> bool:
    """Whether a quantity is a claim about the world; `NOT_FIGURES` are the rules that say no."""
    return not any(rule(case) for rule in NOT_FIGURES)


def in_time(case: Case) -> bool:
    """Inside a date or a window; a plain period ("14 days") is both a time and a figure."""
    span = case.view.tokens.span(case.found.number.first, case.found.number.end)
    whole = case.view.tokens.span(case.found.first, case.found.end)
    holding = [item for item in case.times.between(whole.start, whole.end) if item[0].overlap(span)]
    holding += [item for item in case.times.around(whole)[:2] if item[0].overlap(span)]
    return any(not (time.value.startswith("P") and whole.contains(place)) for place, time in holding)


def year(case: Case) -> bool:
    """Four digits that read as a year, with nothing that says otherwise."""
    return case.found.bare and _written_plain(case.found) and _YEARS[0] <= (case.found.low or 0) < _YEARS[1]


def day(case: Case) -> bool:
    """ "9 February", "February 9": the day of a month, also where no published day tells the year."""
    view, found = case.view, case.found
    if not found.bare:
        return False
    at = found.number.end
    while at < len(view.tokens.forms) and (
        view.tokens.forms[at] == "." or view.lexicon.of.at(view.tokens, at) is not None
    ):
        at += 1
    return view.after(at, view.lexicon.months) is not None or view.before(found.first, view.lexicon.months) is not None


def small_word(case: Case) -> bool:
    """ "two", "three" without a known noun: "the two sides", "one of them"; "thousands" of nothing known."""
    found = case.found
    vague = found.low is None and found.unit is None
    if found.number.part or not found.bare or not found.number.spelled:
        return vague
    low = found.low or 0
    return low == round(low) and (0 <= low <= _DOZEN or (low > 0 and not _followed(case)))


def part(case: Case) -> bool:
    """ "half" or "1/8" of nothing that is named; "two thirds" and "¾" are told for something."""
    found, number = case.found, case.found.number
    if not number.part or found.high is not None or _alone(case) or found.unit not in (None, SHARE):
        return False
    if found.end > number.end or case.view.after(number.end, case.view.lexicon.of) is not None or _sign(case):
        return False
    if _definite(case.view, number.end):
        return False
    below = 1 / float(found.low or 1)
    several = abs(below - round(below)) > _ROUGH
    return not (several and (number.end > number.first + 1 or _followed(case)))


def _definite(view: View, at: int) -> bool:
    """Whether a noun with its article written onto it stands there, a part of which is told (Arabic)."""
    articles = tuple(map(fold_word, view.lexicon.words.grammar.definite))
    near = articles and at < len(view.tokens.forms) and not view.tokens.breaks[at]
    return bool(near) and view.tokens.forms[at].startswith(articles)


def _sign(case: Case) -> bool:
    """ "¾"."""
    number = case.found.number
    return number.end == number.first + 1 and case.view.tokens.forms[number.first].isnumeric()


def _followed(case: Case) -> bool:
    """Whether a word that may be what is counted stands right behind the number."""
    tokens, at = case.view.tokens, case.found.number.end
    follows = at < len(tokens.forms) and not tokens.breaks[at] and tokens.text[tokens.starts[at]].isalpha()
    return follows and tokens.forms[at] not in vocabulary(case.view.lexicon.words).connectors


def _alone(case: Case) -> bool:
    """Whether the quantity fills its line: nothing is told in passing there."""
    tokens, found = case.view.tokens, case.found
    ends = found.end == len(tokens.forms) or tokens.breaks[found.end]
    return ends and (found.first == 0 or tokens.breaks[found.first])


def small_digit(case: Case) -> bool:
    """ "5" with nothing around it that says what is counted, nor a place."""
    found, view = case.found, case.view
    small = found.bare and 0 <= (found.low or 0) < _TEN and found.low == round(found.low or 0) and not _alone(case)
    return small and refine(view, found) is None and place_at(view, found.end) is None


def few(case: Case) -> bool:
    """ "two men", "three people" to whom nothing happened that is counted: characters rather than a count."""
    found = case.found
    small = found.unit == "people" and found.number.spelled and found.qualifier is None and found.high is None
    small = small and 0 <= (found.low or 0) <= _FEW and not _alone(case)
    return small and refine(case.view, found) == "people"


def round_time(case: Case) -> bool:
    """ "two weeks", "ten years" in words: how long something took or takes, told in passing; not "a two-week ban"."""
    found = case.found
    if found.number.unit is not None or "-" in case.view.tokens.forms[found.number.end : found.end]:
        return False
    told = found.duration and found.unit in _CALENDAR and found.qualifier is None
    return told and found.number.spelled and found.high is None and not _alone(case)


def share(case: Case) -> bool:
    """ "Five of seven": the second number of what is no share itself."""
    view, first = case.view, case.found.number.first
    if not 0 < (case.found.low or 0) <= _TEN:
        return False
    start = view.before(first, view.lexicon.shares)
    return start is not None and start > 0 and bool(view.lexicon.roles[view.tokens.forms[start - 1]] & NUMBER)


def compound(case: Case) -> bool:
    """ "30-something", «30-летие»."""
    return case.found.compound


def ordinal(case: Case) -> bool:
    """ "30. Geburtstag": a small bare number, the sign of an ordinal, and the sentence goes on."""
    tokens, at = case.view.tokens, case.found.number.end
    if not case.found.bare or (case.found.low or 0) > _ORDINAL or at + 1 >= len(tokens.forms):
        return False
    return tokens.forms[at] in case.view.lexicon.ordinals and case.view.adjacent(at) and not tokens.breaks[at + 1]


def one(case: Case) -> bool:
    """ "one day", "a person": an article rather than a count, unless it is bounded."""
    return (
        case.found.low == _ONE
        and case.found.number.spelled
        and case.found.number.scale == 1
        and case.found.qualifier is None
        and case.found.unit not in case.view.lexicon.words.units.money
        and case.found.unit not in case.view.lexicon.words.units.cents
        and kind(case.found.unit) not in WEIGHED
    )


def age(case: Case) -> bool:
    """ "41 years old", "aged 41", «41-летний»."""
    view, found = case.view, case.found
    ages = view.lexicon.ages
    joined = [
        at for at in (found.end, found.number.end) if at < len(view.tokens.forms) and view.tokens.forms[at] == "-"
    ]
    if any(view.after(at + 1, ages) is not None for at in joined) or view.after(found.end, ages) is not None:
        return True
    return view.before(found.first, ages, 6) is not None or _between_commas(view, found)


def _between_commas(view: View, found: Quantity) -> bool:
    """ "Holt, 65, has": a bare number or years between commas behind a word."""
    if found.unit not in (None, "years") or found.qualifier or not 0 < (found.low or 0) < _OLDEST or found.first < 2:
        return False
    forms = view.tokens.forms
    opened = forms[found.first - 1] in _COMMAS and forms[found.first - 2][:1].isalpha()
    return opened and found.end < len(forms) and forms[found.end] in _CLOSING


def score(case: Case) -> bool:
    """ "8-7", "220666-6": one of two bare numbers joined by a dash that make no range."""
    text, number = case.view.tokens.text, case.found.number
    if not case.found.bare:
        return False
    span = case.view.tokens.span(number.first, number.end)
    before, after = text[max(0, span.start - 2) : span.start], text[span.end : span.end + 2]
    return (len(after) == 2 and after[0] in _DASHES and after[1].isdecimal()) or (
        len(before) == 2 and before[1] in _DASHES and before[0].isdecimal()
    )


def clock(case: Case) -> bool:
    """ "8 p.m."."""
    return case.found.unit is None and case.view.after(case.found.number.end, case.view.lexicon.clock) is not None


def marker(case: Case) -> bool:
    """A number that opens a list item: "1. ", "2) "."""
    tokens, at = case.view.tokens, case.found.number.end
    opens = tokens.breaks[case.found.first] and case.found.first == case.found.number.first
    return bool(
        case.found.bare
        and opens
        and at < len(tokens.forms)
        and tokens.forms[at] in ".):"
        and case.found.low
        and case.found.low < 100
    )


def sign(case: Case) -> bool:
    """ "No. 5", "#12", "§ 3", "number 24"."""
    view, first = case.view, case.found.first
    if first > 0 and view.tokens.forms[first - 1] in _NUMBERING:
        return True
    return case.found.bare and view.before(first, view.lexicon.numbering) is not None


def uncounted(case: Case) -> bool:
    """ "The crew numbered 24." — a small whole number that no noun follows, and nothing around says what is counted."""
    found, view = case.found, case.view
    if not found.bare or not 0 <= (found.low or 0) < _NAMED_BELOW or found.low != round(found.low or 0) or _alone(case):
        return False
    if _followed(case):
        return False
    return refine(view, found) is None and place_at(view, found.number.end) is None


def named(case: Case) -> bool:
    """ "Article 5", "Boeing 737": a small bare number right behind a capitalised word, where capitals mean names."""
    i = case.found.first
    if (
        not case.found.bare
        or i == 0
        or case.view.lexicon.words.language.capitals != "names"
        or case.view.tokens.breaks[i]
    ):
        return False
    opens = i == 1 or case.view.tokens.breaks[i - 1] or case.view.tokens.forms[i - 2] in ".!?" or _opens_quotation(case)
    return case.view.tokens.word(i - 1)[0].isupper() and not opens and (case.found.low or 0) < _NAMED_BELOW


def _opens_quotation(case: Case) -> bool:
    """Whether a quotation begins with the word before the number, and goes on behind it: no name in quotation marks."""
    forms, end = case.view.tokens.forms, case.found.number.end
    return forms[case.found.first - 2] in DOUBLE_QUOTES and end < len(forms) and forms[end] not in DOUBLE_QUOTES


_NUMBERING: Final = frozenset("#№§")
NOT_FIGURES: Final = (
    in_time,
    year,
    day,
    small_word,
    part,
    small_digit,
    few,
    round_time,
    share,
    compound,
    ordinal,
    one,
    age,
    score,
    clock,
    marker,
    sign,
    uncounted,
    named,
)


def _written_plain(found: Quantity) -> bool:
    return not found.number.grouped and not found.number.spelled and found.number.first == found.number.end - 1
