"""Lexicon: one pack's words of quantity and time, made ready for looking up once per language.

Every distinct word form is analysed once; after that a token costs one dict lookup.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeVar

from sayso.extraction.codes import apart
from sayso.extraction.numerals import Numerals
from sayso.extraction.timewords import vocabulary
from sayso.extraction.written import Written
from sayso.languages.figures import Qualifiers
from sayso.languages.gazetteer import gazetteer
from sayso.languages.measures import measures
from sayso.languages.schema import Words
from sayso.text.folding import fold_word
from sayso.text.phrases import Phrases
from sayso.text.tokens import Tokens, forms_of

if TYPE_CHECKING:
    from sayso.extraction.numbers import Number

T = TypeVar("T")

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

_SHORTEST: Final = 3
"""Letters that must remain when glued ones are taken off."""
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


class _Bare(dict[str, str]):
    """Folded form -> the form without letters that a language writes onto the next word."""

    def __init__(self, vocabulary: frozenset[str], glued: tuple[str, ...]) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self._glued = glued

    def __missing__(self, form: str) -> str:
        if len(self) > _MEMORY:
            self.clear()
        bare = self[form] = self._strip(form)
        return bare

    def _strip(self, form: str) -> str:
        if form in self._vocabulary:
            return form
        for letters in self._glued:
            rest = form[len(letters) :]
            if not form.startswith(letters) or not rest:
                continue
            if (len(rest) >= _SHORTEST and rest in self._vocabulary) or (rest.isascii() and rest.isdecimal()):
                return rest
        return form


@dataclass(frozen=True, slots=True)
class View:
    """Tokens as this room reads them: `tokens.forms` without glued letters; `glued(i)` tells where there were some."""

    tokens: Tokens
    written: list[str]
    lexicon: Lexicon
    numbers: dict[int, Number | None] = field(default_factory=dict)
    """The numbers read so far by their first tokens: several rules ask for each."""

    def glued(self, i: int) -> bool:
        """Whether letters of another word were written onto token `i` (Arabic "and")."""
        return self.written[i] != self.tokens.forms[i]

    def opens_number(self, i: int) -> bool:
        """Whether a number may start at token `i`."""
        bits = self.lexicon.roles[self.tokens.forms[i]]
        if bits & OPENING:
            return self.lexicon.numerals.phrases.at(self.tokens, i) is not None
        return bool(bits & NUMBER)

    def adjacent(self, i: int) -> bool:
        """Whether nothing stands between token i-1 and token i."""
        return 0 < i < len(self.written) and self.tokens.starts[i] == self.tokens.ends[i - 1]

    def before(self, i: int, phrases: Phrases[T], longest: int = 4) -> int | None:
        """Start of the longest phrase that ends where token `i` starts, or None."""
        return phrases.before(self.tokens, i, longest)

    def after(self, i: int, phrases: Phrases[T]) -> int | None:
        """End of the longest phrase that starts at token `i`, or None."""
        found = phrases.at(self.tokens, i) if i < len(self.written) else None
        return found[0] if found is not None else None


def _phrases(words: Iterable[str]) -> Phrases[object]:
    return Phrases((word, True) for word in words)


def _places(words: Words) -> list[tuple[str, str]]:
    """(name in any of its cases, canonical name) of the gazetteer's places."""
    listed = gazetteer().places.items()
    return [
        (case, name)
        for name, names in listed
        for form in names.get(words.language.code, [])
        for case in _cases(form, words.scopes.endings)
    ]


def _cases(name: str, endings: list[str]) -> list[str]:
    """A name of one or two words with every ending in place of its own; as it is where it has none of them."""
    cases = [""]
    for word in name.split():
        own = next((e for e in sorted(endings, key=len, reverse=True) if word.endswith(e) and word[: -len(e)]), "")
        stem = word.removesuffix(own)
        short = len(stem) < _SHORTEST or name.count(" ") > 1
        inflected = [word] if short else [word, *(stem + ending for ending in endings)]
        cases = [f"{front} {form}".strip() for front in cases for form in inflected]
    return cases


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
        self.plurals = frozenset(_folded(times.plurals))
        self.seasons = Phrases((w, i) for i, forms in enumerate(times.seasons) for w in forms)
        self.clock = Phrases(times.clock.items())
        self.things = Phrases(_named(units.things))
        self.money = Phrases(_named(units.money))
        self.counted = Phrases(_named(units.verbs))
        self.states = Phrases(_named(units.states))
        self.acts = Phrases(_named(units.acts))
        self.objects = Phrases(_named(units.objects))
        self.per = _phrases(units.per)
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
        self.leading = Phrases(_named(units.leading))
        self.signs = Written(_named(measures().measures))
        self.codes = Written([*_named(measures().currencies), *((code, code) for code in measures().codes)])
        self.cents = Phrases(_named(units.cents))
        self.tenths = _phrases(units.tenths)
        self.across = _phrases(units.across)
        self.coins = Phrases((word, (money, Decimal(str(part)))) for word, (money, part) in units.coins.items())
        self.cent_joiners = self.numerals.joiners | frozenset(
            _folded([*words.grammar.coordinators, *words.numbers.mixed])
        )
        self._arithmetic(words)
        self.places = Phrases(_places(words))
        for name in _TIME_PHRASES:
            setattr(self, name, _phrases(getattr(times, name)))
        self.prepositions = _phrases(times.prepositions)
        self.linking = frozenset(_folded(words.grammar.prepositions))
        self.of = _phrases(units.of)
        self.negations = frozenset(_folded(words.language.negations))
        self.coordinators = frozenset(_folded(words.grammar.coordinators))
        self.turning = _phrases((*words.grammar.coordinators, *words.grammar.subordinators, *words.scopes.contrasts))
        self.ordinals = frozenset(words.numbers.ordinals)
        self.modals = frozenset(_folded(words.language.modals))
        self.later_endings = tuple(map(fold_word, times.later_endings))
        self.past_endings = tuple(map(fold_word, times.past_endings))
        self.numbering = _phrases(words.numbers.numbering)
        self.glued_words = frozenset(_folded(words.numbers.glued))
        self.decades = frozenset(_folded(times.decades))
        self.ranges = [(_phrases([a]) if a else None, _phrases([b])) for a, b in words.numbers.ranges]
        self.since = [(_phrases([a]) if a else None, _phrases([b]) if b else None) for a, b in times.since]
        self.roles: dict[str, int] = _Roles(self)
        self._openers = self._opening()
        self._seen: tuple[Tokens, View] | None = None
        glued = tuple(_folded(words.numbers.glued))
        self._bare: dict[str, str] = _Bare(self._vocabulary() if glued else frozenset(), glued)

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

    def _qualifying(self, qualifiers: Qualifiers) -> None:
        """What makes a figure a bound or an estimate, a change or a level."""
        self.changes = _phrases(qualifiers.changes)
        self.levels = _phrases(qualifiers.levels)
        self.moving = _phrases(qualifiers.moving)
        self.moves = [(_phrases([a]) if a else None, _phrases([b])) for a, b in qualifiers.moves]
        self.after_changes = _phrases(qualifiers.after_changes)
        self.qualifiers: Phrases[str] = Phrases(
            [(w, name.replace("_", " ")) for name in _BEFORE for w in getattr(qualifiers, name)]
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
        self.ones = frozenset(_folded(numbers.ones))
        self.halves = Phrases((w, Decimal(str(value))) for w, value in (*numbers.fractions.items(), *_SIGNED.items()))
        self.divisors = {fold_word(word): Decimal(value) for word, value in numbers.parts.items()}
        self.part_endings = sorted(map(fold_word, numbers.part_endings), key=len, reverse=True)
        groups = (numbers.minus, numbers.points, numbers.overs, numbers.divided, numbers.mixed, numbers.ones)
        listed = (*(word for group in groups for word in group), *numbers.joiners)
        self.arithmetic = frozenset(forms_of((*listed, *numbers.fractions)))

    def view(self, tokens: Tokens) -> View:
        """`tokens` with glued letters taken off where a known word or a number remains, and codes off their digits.

        The last view is kept, since times and figures are read of the same tokens.
        """
        seen = self._seen
        if seen is None or seen[0] is not tokens:
            seen = self._seen = (tokens, self._view(tokens))
        return seen[1]

    def _view(self, tokens: Tokens) -> View:
        tokens = apart(tokens)
        if not self.words.numbers.glued:
            return View(tokens, tokens.forms, self)
        bare = self._bare
        forms = [bare[form] for form in tokens.forms]
        return View(Tokens(tokens.text, tokens.starts, tokens.ends, forms, tokens.breaks), tokens.forms, self)

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

    def _vocabulary(self) -> frozenset[str]:
        """Folded forms of every word this room knows."""
        words = self.words
        listed: list[str] = []
        for table in (words.numbers.words, words.numbers.scales, words.numbers.fractions, words.numbers.vague):
            listed.extend(table)
        for names in (
            words.units.things,
            words.units.money,
            words.units.verbs,
            words.units.states,
            words.scopes.platforms,
        ):
            listed.extend(word for forms in names.values() for word in forms)
        for group in (*words.times.months, *words.times.weekdays, *words.times.units.values()):
            listed.extend(group)
        for name in (*_BEFORE, "after_over", "after_about", "after_at_least", "passing"):
            listed.extend(getattr(words.qualifiers, name))
        listed.extend(word for pair in (*words.numbers.ranges, *words.times.since) for word in pair)
        listed.extend(
            word for table in (words.units.acts, words.units.objects) for forms in table.values() for word in forms
        )
        listed.extend(word for group in words.times.seasons for word in group)
        listed.extend(words.times.deadlines)
        listed.extend((*words.times.lasting, *words.times.centuries, *words.times.plurals))
        listed.extend((*words.scopes.contrasts, *words.scopes.within, *words.units.per))
        listed.extend((*words.times.early_late, *words.times.ages, *words.times.clock, *words.units.of))
        listed.extend(word for forms in (*words.units.duals.values(), *words.times.every.values()) for word in forms)
        listed.extend((*words.times.offsets, *words.times.vague, *words.times.parts, *words.times.past))
        listed.extend((*words.times.last, *words.times.this, *words.times.next, *words.times.ago, *words.times.ahead))
        listed.extend((*words.times.first, *words.times.prepositions, *words.times.several, *words.numbers.joiners))
        return frozenset(forms_of(listed)).union(vocabulary(words.times))


_TIME_PHRASES: Final = (
    *("parts", "last", "this", "next", "ago", "ahead", "first", "past", "early_late", "several", "ages"),
    *("during", "during_after", "lasting", "centuries", "later", "elsewhere", "deadlines"),
)
_BEFORE: Final = ("over", "about", "at_least", "nearly", "up_to", "under")


def _folded(letters: list[str]) -> list[str]:
    """Longest first, so that "and the" is taken off before "and"."""
    return sorted(forms_of(letters), key=len, reverse=True)


_kept: dict[str, Lexicon] = {}


def lexicon(words: Words) -> Lexicon:
    """The lexicon of `words`, built once per language code (and again when another pack of that code is given)."""
    found = _kept.get(words.language.code)
    if found is None or found.words is not words:
        found = _kept[words.language.code] = Lexicon(words)
    return found
