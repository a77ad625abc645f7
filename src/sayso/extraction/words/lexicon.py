"""Lexicon: one pack's words of quantity and time, made ready for looking up once per language.

Every distinct word form is analysed once; after that a token costs one dict lookup.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from sayso.extraction.words.glued import BEFORE, bare, folded
from sayso.extraction.words.numerals import Numerals
from sayso.extraction.words.places import places
from sayso.extraction.words.written import Written
from sayso.languages.figures import Qualifiers, Units
from sayso.languages.measures import measures
from sayso.languages.schema import Words
from sayso.text.folding import fold_word
from sayso.text.phrases import Phrases
from sayso.text.tokens import forms_of

MONTH: Final = 1
WEEKDAY: Final = 2
UNIT: Final = 4
OFFSET: Final = 8
PART: Final = 16
VAGUE: Final = 32
EVERY: Final = 64
SEVERAL: Final = 128
NUMBER: Final = 256
MONEY: Final = 512
ERA: Final = 1024
OPENING: Final = 2048
"""Beside NUMBER: no number by itself, it only opens phrases of several words ("a" of "a dozen")."""
TIMELY: Final = ERA | MONTH | PART | WEEKDAY | UNIT | OFFSET | VAGUE | EVERY | SEVERAL | NUMBER

_MEMORY: Final = 1 << 17
_SIGNED: Final = {sign: unicodedata.numeric(sign) for sign in "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"}
"""Fractions of one character."""


class _Roles(dict[str, int]):
    """Folded form -> bits of the roles it can open; unknown forms are analysed when first asked for."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon

    def __missing__(self, form: str) -> int:
        if len(self) > _MEMORY:
            self.clear()
        bits = self[form] = self._lexicon.analyse(form)
        return bits


def _phrases(words: Iterable[str]) -> Phrases[object]:
    return Phrases((word, True) for word in words)


def _named(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(word, name) for name, forms in table.items() for word in forms]


class Lexicon:
    """Phrases of one pack by what they do."""

    def __init__(self, words: Words) -> None:
        times, units = words.times, words.units
        self.words = words
        self.numerals = Numerals(words)
        self.months = Phrases((w, i + 1) for i, forms in enumerate(times.months) for w in forms)
        self.weekdays = Phrases((w, i) for i, forms in enumerate(times.weekdays) for w in forms)
        self.units: Phrases[str] = Phrases((w, str(unit)) for unit, forms in times.units.items() for w in forms)
        self.offsets = Phrases(times.offsets.items())
        self.every: Phrases[str] = Phrases((w, str(unit)) for unit, forms in times.every.items() for w in forms)
        self.vague = Phrases(times.vague.items())
        self.plurals = frozenset(folded(times.plurals))
        self.seasons = Phrases((w, i) for i, forms in enumerate(times.seasons) for w in forms)
        self.clock = Phrases(times.clock.items())
        self.platforms = Phrases(_named(words.scopes.platforms))
        self.contrasts = _phrases(words.scopes.contrasts)
        self.within = _phrases(words.scopes.within)
        self.articles = _phrases(words.people.articles)
        listed = (*units.of, *words.people.articles, *times.prepositions, *words.scopes.within)
        self.elided = frozenset(fold_word(word[:-1]) for word in listed if len(word) > 1 and word[-1] in "'’")
        self.openers = _phrases(words.complements.clause)
        self.shares = _phrases(words.numbers.shares)
        self.ratios = _phrases(words.numbers.ratios)
        self._qualifying(words.qualifiers)
        self._counting(units)
        self.cent_joiners = self.numerals.joiners | frozenset(
            folded([*words.grammar.coordinators, *words.numbers.mixed])
        )
        self._arithmetic(words)
        self.places = Phrases(places(words))
        for name in _TIME_PHRASES:
            setattr(self, name, _phrases(getattr(times, name)))
        self.prepositions = _phrases(times.prepositions)
        self.linking = frozenset(folded(words.grammar.prepositions))
        self.negations = frozenset(folded(words.language.negations))
        self.coordinators = frozenset(folded(words.grammar.coordinators))
        self.turning = _phrases((*words.grammar.coordinators, *words.grammar.subordinators, *words.scopes.contrasts))
        self.ordinals = frozenset(words.numbers.ordinals)
        self.modals = frozenset(folded(words.language.modals))
        self.later_endings = tuple(map(fold_word, times.later_endings))
        self.past_endings = tuple(map(fold_word, times.past_endings))
        self.numbering = _phrases(words.numbers.numbering)
        self.glued_words = frozenset(folded(words.numbers.glued))
        self.decades = frozenset(folded(times.decades))
        self.ranges = [(_phrases([a]) if a else None, _phrases([b])) for a, b in words.numbers.ranges]
        self.since = [(_phrases([a]) if a else None, _phrases([b]) if b else None) for a, b in times.since]
        self.roles: dict[str, int] = _Roles(self)
        self._openers = self._opening()
        self.bare = bare(words)

    parts: Phrases[object]
    last: Phrases[object]
    this: Phrases[object]
    next: Phrases[object]
    ago: Phrases[object]
    ahead: Phrases[object]
    first: Phrases[object]
    during: Phrases[object]
    during_after: Phrases[object]
    past: Phrases[object]
    early_late: Phrases[object]
    several: Phrases[object]
    ages: Phrases[object]
    lasting: Phrases[object]
    centuries: Phrases[object]
    later: Phrases[object]
    elsewhere: Phrases[object]
    deadlines: Phrases[object]

    def _counting(self, units: Units) -> None:
        """What is counted and measured."""
        self.things = Phrases(_named(units.things))
        self.money = Phrases(_named(units.money))
        self.counted = Phrases(_named(units.verbs))
        self.states = Phrases(_named(units.states))
        self.bearing = _phrases(units.bearing)
        self.acts = Phrases(_named(units.acts))
        self.objects = Phrases(_named(units.objects))
        self.per = _phrases(units.per)
        self.leading = Phrases(_named(units.leading))
        self.signs = Written(_named(measures().measures))
        self.codes = Written([*_named(measures().currencies), *((code, code) for code in measures().codes)])
        self.cents = Phrases(_named(units.cents))
        self.tenths = _phrases(units.tenths)
        self.across = _phrases(units.across)
        self.coins = Phrases((word, (money, Decimal(str(part)))) for word, (money, part) in units.coins.items())
        self.of = _phrases(units.of)

    def _qualifying(self, qualifiers: Qualifiers) -> None:
        """What makes a figure a bound or an estimate, a change or a level."""
        self.changes = _phrases(qualifiers.changes)
        self.levels = _phrases(qualifiers.levels)
        self.moving = _phrases(qualifiers.moving)
        self.moves = [(_phrases([a]) if a else None, _phrases([b])) for a, b in qualifiers.moves]
        self.after_changes = _phrases(qualifiers.after_changes)
        self.qualifiers: Phrases[str] = Phrases(
            [(w, name.replace("_", " ")) for name in BEFORE for w in getattr(qualifiers, name)]
        )
        self.after_qualifiers: Phrases[str] = Phrases(
            [(w, "over") for w in qualifiers.after_over]
            + [(w, "about") for w in qualifiers.after_about]
            + [(w, "at least") for w in qualifiers.after_at_least]
        )
        self.passing = _phrases(qualifiers.passing)

    def _arithmetic(self, words: Words) -> None:
        """What only a text of numbers needs: signs, decimals and fractions in words."""
        numbers = words.numbers
        self.minus = _phrases(numbers.minus)
        self.points = _phrases(numbers.points)
        self.spoken_points = _phrases(word for word in numbers.points if word not in numbers.mixed)
        self.overs = _phrases(numbers.overs)
        self.divided = _phrases(numbers.divided)
        self.mixed = _phrases(numbers.mixed)
        self.ones = frozenset(folded(numbers.ones))
        self.halves = Phrases((w, Decimal(str(value))) for w, value in (*numbers.fractions.items(), *_SIGNED.items()))
        self.divisors = {fold_word(word): Decimal(value) for word, value in numbers.parts.items()}
        self.part_endings = sorted(map(fold_word, numbers.part_endings), key=len, reverse=True)
        groups = (numbers.minus, numbers.points, numbers.overs, numbers.divided, numbers.mixed, numbers.ones)
        listed = (*(word for group in groups for word in group), *numbers.joiners)
        self.arithmetic = frozenset(forms_of((*listed, *numbers.fractions)))

    def analyse(self, form: str) -> int:
        """Bits of all roles that a token of this form can open."""
        bits = self._openers.get(form, 0)
        if form[:1].isdecimal() or self.numerals[form] is not None or form in _SIGNED:
            return bits | NUMBER
        return bits | OPENING if bits & NUMBER and form[0].isalpha() else bits

    def _opening(self) -> dict[str, int]:
        openers: dict[str, int] = {}
        roles = (
            (MONTH, self.months),
            (WEEKDAY, self.weekdays),
            (UNIT, self.units),
            (OFFSET, self.offsets),
            (PART, self.parts),
            (VAGUE, self.vague),
            (EVERY, self.every),
            (SEVERAL, self.several),
            (NUMBER, self.numerals.phrases),
            (MONEY, self.money),
            (ERA, self.seasons),
            (ERA, self.centuries),
        )
        for bit, phrases in roles:
            for form in phrases.starts():
                openers[form] = openers.get(form, 0) | bit
        return openers


_TIME_PHRASES: Final = (
    *("parts", "last", "this", "next", "ago", "ahead", "first", "past", "early_late", "several", "ages"),
    *("during", "during_after", "lasting", "centuries", "later", "elsewhere", "deadlines"),
)


_kept: dict[str, Lexicon] = {}


def lexicon(words: Words) -> Lexicon:
    """The lexicon of `words`, built once per language code (and again when another pack of that code is given)."""
    found = _kept.get(words.language.code)
    if found is None or found.words is not words:
        found = _kept[words.language.code] = Lexicon(words)
    return found
