"""Glued: letters that a language writes onto the next word (Arabic "and"), taken off where a known word remains."""

from __future__ import annotations

from typing import Final

from sayso.extraction.words.times import vocabulary
from sayso.languages.schema import Words
from sayso.text.tokens import forms_of

_SHORTEST: Final = 3
"""Letters that must remain when glued ones are taken off."""
_MEMORY: Final = 1 << 17
BEFORE: Final = ("over", "about", "at_least", "nearly", "up_to", "under")
"""Qualifiers that stand before a number."""


class Bare(dict[str, str]):
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


def bare(words: Words) -> Bare:
    """The forms of one language without glued letters."""
    glued = tuple(folded(words.numbers.glued))
    return Bare(_known(words) if glued else frozenset(), glued)


def _known(words: Words) -> frozenset[str]:
    """Folded forms of every word the lexicon knows."""
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
    for name in (*BEFORE, "after_over", "after_about", "after_at_least", "passing"):
        listed.extend(getattr(words.qualifiers, name))
    listed.extend(word for pair in (*words.numbers.ranges, *words.times.since) for word in pair)
    listed.extend(
        word for table in (words.units.acts, words.units.objects) for forms in table.values() for word in forms
    )
    listed.extend(word for group in words.times.seasons for word in group)
    listed.extend(words.times.deadlines)
    listed.extend((*words.times.lasting, *words.times.centuries, *words.times.plurals))
    listed.extend((*words.scopes.contrasts, *words.scopes.within, *words.units.per, *words.units.bearing))
    listed.extend((*words.times.early_late, *words.times.ages, *words.times.clock, *words.units.of))
    listed.extend(word for forms in (*words.units.duals.values(), *words.times.every.values()) for word in forms)
    listed.extend((*words.times.offsets, *words.times.vague, *words.times.parts, *words.times.past))
    listed.extend((*words.times.last, *words.times.this, *words.times.next, *words.times.ago, *words.times.ahead))
    listed.extend((*words.times.first, *words.times.prepositions, *words.times.several, *words.numbers.joiners))
    return frozenset(forms_of(listed)).union(vocabulary(words.times))


def folded(letters: list[str]) -> list[str]:
    """The forms of these words, longest first, so that "and the" is taken off before "and"."""
    return sorted(forms_of(letters), key=len, reverse=True)
