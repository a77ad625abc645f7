"""Times: a pack's words of hours, calendars, quarters and ranks, made ready for looking up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sayso.languages.schema import Words
from sayso.languages.times import Times
from sayso.text.folding import fold_word
from sayso.text.phrases import Phrases
from sayso.text.tokens import forms_of

CLOCK: Final = 1 << 20
STRETCH: Final = 1 << 21
FOREIGN: Final = 1 << 22
SHIFTED: Final = 1 << 23
DAYPART: Final = 1 << 24
DIGIT: Final = 1 << 25
"""Roles beside those of the lexicon: bits of the same number."""
TIMED: Final = CLOCK | STRETCH | FOREIGN | SHIFTED | DAYPART | DIGIT
_QUARTERS: Final = {f"{letter}{n}": n for letter in "qt" for n in range(1, 5)}


def _phrases(words: Iterable[str]) -> Phrases[bool]:
    return Phrases((word, True) for word in words)


def _without_marks(times: Times) -> Iterable[tuple[str, int]]:
    """Words behind an hour with the hours they add, without the mark of hours ("Uhr") that opens some of them."""
    marks = [f"{mark} " for mark in times.hour_marks]
    for word, add in times.clock.items():
        mark = next((mark for mark in marks if word.startswith(mark)), "")
        if mark or not any(word.startswith(mark.strip()) for mark in marks):
            yield word.removeprefix(mark), add


class TimeWords:
    """Phrases of one pack's [times] that the lexicon does not hold, by what they do."""

    def __init__(self, times: Times) -> None:
        self.clock_before = Phrases(times.clock_before.items())
        self.oclock = _phrases(times.oclock)
        self.hour_parts = Phrases(times.hour_parts.items())
        self.hour_leads = Phrases(times.hour_leads.items())
        self.lead_openers = _phrases(times.lead_openers)
        self.led_hours = Phrases({**times.hours, **times.led_hours}.items())
        self.led_clock = Phrases(_without_marks(times))
        self.clock = {fold_word(word): add for word, add in times.clock.items()}
        self.hour_openers = _phrases(times.hour_openers)
        self.soon = _phrases(times.soon)
        self.hours = Phrases(times.hours.items())
        self.hour_marks = frozenset(map(fold_word, times.hour_marks))
        self.minute_marks = _phrases(times.minute_marks)
        self.zones = Phrases(times.zones.items())
        self.months = Phrases(
            (word, (str(name), i + 1))
            for name, months in times.calendars.items()
            for i, forms in enumerate(months)
            for word in forms
        )
        self.counting: str | None = next(map(str, times.calendars), None)
        self.eras = Phrases((word, str(name)) for name, forms in times.eras.items() for word in forms)
        self.signs = {fold_word(word): str(name) for name, forms in times.eras.items() for word in forms}
        self.weekends = _phrases(times.weekends)
        self.quarters = _phrases(times.quarters)
        self.halves = _phrases(times.halves)
        self.ranks = Phrases(times.ranks.items())
        self.day_parts = Phrases((word, str(name)) for name, forms in times.day_parts.items() for word in forms)
        self.part_days = Phrases(times.part_days.items())
        self.each = _phrases(times.each)
        self.shifts = Phrases(
            (word, (str(unit), count)) for unit, table in times.shifts.items() for word, count in table.items()
        )
        self.of = _phrases(times.of)
        self.through = _phrases([*times.through, *"-–—~～－"])
        self.day_marks = _phrases(times.day_marks)
        self.decades = _phrases(times.decades)
        self.tails = _phrases(times.tails)
        self.digits = {fold_word(form): str(i % 10) for i, form in enumerate(times.digits)}
        self.quarter_names = _QUARTERS if times.quarters else {}
        self.roles = self._roles()

    def _roles(self) -> dict[str, int]:
        """Folded first form -> bits of the roles it opens."""
        roles: dict[str, int] = dict.fromkeys(self.quarter_names, STRETCH)
        listed = (
            (CLOCK, (self.clock_before, self.oclock, self.hours, self.hour_leads)),
            (STRETCH, (self.weekends, self.quarters, self.halves)),
            (FOREIGN, (self.months, self.eras, self.ranks)),
            (SHIFTED, (self.shifts,)),
            (DAYPART, (self.day_parts, self.part_days, self.each)),
        )
        for bit, group in listed:
            for form in frozenset().union(*(phrases.starts() for phrases in group)):
                roles[form] = roles.get(form, 0) | bit
        for form in self.digits:
            roles[form] = roles.get(form, 0) | DIGIT
        return roles


def vocabulary(times: Times) -> Iterable[str]:
    """Folded forms of the words that a language may write letters onto (Arabic "and", "in")."""
    listed: list[str] = [*times.oclock, *times.hours, *times.weekends, *times.quarters, *times.halves, *times.ranks]
    for months in times.calendars.values():
        listed.extend(word for forms in months for word in forms)
    for table in (times.day_parts, times.eras):
        listed.extend(word for forms in table.values() for word in forms)
    return forms_of(listed)


_kept: dict[str, tuple[Times, TimeWords]] = {}


def time_words(words: Words) -> TimeWords:
    """The time words of `words`, built once per language code (and again for another pack of that code)."""
    found = _kept.get(words.language.code)
    if found is None or found[0] is not words.times:
        found = _kept[words.language.code] = words.times, TimeWords(words.times)
    return found[1]
