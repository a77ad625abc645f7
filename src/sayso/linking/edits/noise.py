"""Noise: lines of a text that may differ without an edit, by named rules; notes of correction stand in `notes`.

The words are those of `languages/noise.toml`, the calendar and clock of the language's pack; lines are taken whole, so
that a share price is no invitation to share.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from sayso.languages import pack
from sayso.languages.noise import NUMBER, Noise, noise
from sayso.linking.edits.notes import Notes, any_of, escaped, folded, notes
from sayso.text.tokens import forms

Rule = Literal["time line", "update line", "counter", "invitation", "link elsewhere"]
LONGEST: Final = 200
"""Characters of a line that may be noise."""

_APART = re.compile(r"\s*[|·•∙]\s*|\s+[–—-]\s+")
_AFTER = r"\s*(?:[:\-–—|›»>→].*|$)"
_COUNT = r"\d[\d.,'\s]*[km]?\+?"
_EDGES = "()[]{}.,:;!*→›»>-–—# "
_POINTER = re.compile(r"^\s*»\s+|\s+»\s*$")  # no quotation mark, which stands at a word
_DIGITS = re.compile(r"\d+")
_CLOCK = re.compile(r"(?<![\d.])\d{1,2}[:h]\d\d(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?:1[34]|20)\d\d(?!\d)")


@dataclass(frozen=True)
class Lines:
    """The rules of one language: whole lines by `named`, times by their labels and words, corrections by `notes`."""

    named: tuple[tuple[Rule, re.Pattern[str]], ...]
    exact: re.Pattern[str]
    """Invitations and links without what may follow them."""
    labels: re.Pattern[str]
    updated: re.Pattern[str]
    now: re.Pattern[str]
    calendar: frozenset[str]
    ago: frozenset[str]
    units: frozenset[str]
    notes: Notes

    def rule(self, line: str) -> Rule | None:
        """By which rule a line is noise, as a whole or each of its parts; None for a line of the article."""
        if len(line) > LONGEST:
            return None
        plain = folded(_POINTER.sub("", line))
        found = self._of(plain)
        if found is not None:
            return found
        parts = [self._of(part) for part in _APART.split(plain) if part]
        return parts[0] if len(parts) > 1 and all(parts) else None

    def is_exact(self, line: str) -> bool:
        """Whether a line is noise, each part of it, and holds no words but those of the table or of a time."""
        plain = folded(_POINTER.sub("", line[: LONGEST + 1]))
        parts = [part for part in _APART.split(plain) if part.strip(_EDGES)]
        return len(line) <= LONGEST and (self._is_exact(plain) or (bool(parts) and all(map(self._is_exact, parts))))

    def _is_exact(self, part: str) -> bool:
        return self.exact.fullmatch(part.strip(_EDGES)) is not None or self._of(part) in ("time line", "counter")

    def _of(self, line: str) -> Rule | None:
        if not any(char.isalnum() for char in line):
            return None
        for rule, pattern in self.named:
            if pattern.fullmatch(line) or pattern.fullmatch(line.strip(_EDGES)):
                return rule
        return self._time(line.strip(_EDGES))

    def _time(self, line: str) -> Rule | None:
        """A time with a label or counted back from now, or day and clock time at once, and no other word.

        A clock time alone heads a paragraph of a live report.
        """
        updated, label = self.updated.match(line), self.labels.match(line)
        rest = line[max(found.end() if found else 0 for found in (updated, label)) :]
        if self.now.fullmatch(rest.strip(_EDGES)):
            return "time line"
        words = forms(_DIGITS.sub(" ", rest))
        if not all(word in self.calendar or not _is_word(word) for word in words):
            return None
        has_time = any(map(str.isdecimal, rest))
        if self.ago & set(words) and (has_time or self.units & set(words)):
            return "time line"
        if updated and has_time:
            return "update line"
        is_whole = _CLOCK.search(rest) and _YEAR.search(rest)
        return "time line" if has_time and (label or is_whole) else None


@lru_cache(maxsize=32)
def lines(lang: str) -> Lines | None:
    """The rules of a language; None where there are none."""
    code = lang.split("-")[0].lower()
    table, words = noise(code), pack.find(code)
    if table is None or words is None:
        return None
    times = words.times
    ago = {form for word in times.ago for form in forms(word)}
    near = [
        *times.ago,
        *times.parts,
        *times.offsets,
        *times.prepositions,
        *times.clock,
        *times.clock_before,
        *times.several,
    ]
    marks = [*times.hour_marks, *times.minute_marks, *times.oclock, *times.hour_openers, *times.zones, *times.day_marks]
    named = [word for names in (*times.months, *times.weekdays, *times.units.values()) for word in names]
    named += [month for calendar in times.calendars.values() for names in calendar for month in names]
    calendar = {form for word in (*near, *marks, *named, *table.around) for form in forms(word)}
    return Lines(
        named=tuple(_named(table)),
        exact=any_of(escaped(phrase.rstrip("…: ")) for phrase in (*table.invites, *table.walls, *table.also)),
        labels=_labels(table.published),
        updated=_labels(table.updated),
        now=any_of(map(escaped, table.now)),
        calendar=frozenset(calendar),
        ago=frozenset(ago),
        units=frozenset(form for names in times.units.values() for word in names for form in forms(word)),
        notes=notes(table, frozenset(calendar)),
    )


def _named(table: Noise) -> Iterator[tuple[Rule, re.Pattern[str]]]:
    yield "counter", any_of(_counter(phrase) for phrase in table.counters)
    yield "invitation", any_of(_opening(phrase) for phrase in (*table.invites, *table.walls))
    yield "link elsewhere", any_of(_opening(phrase) for phrase in table.also)


def _labels(phrases: Iterable[str]) -> re.Pattern[str]:
    """A label before a time, the longest first; in scripts with spaces it ends where its word does."""
    longest_first = sorted(map(escaped, phrases), key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"(?:{'|'.join(longest_first)})(?:\s*:|(?![a-z\u00df-\u07ff]))")


def _opening(phrase: str) -> str:
    """… at the end: more may follow; : a colon or dash, or nothing, must; else the phrase is all."""
    words = escaped(phrase.rstrip("…: "))
    if phrase.endswith(" …"):
        return words + r"(?!\w).*"
    return words + (".*" if phrase.endswith("…") else _AFTER if phrase.endswith(":") else "")


def _counter(phrase: str) -> str:
    """The number stands with or without brackets or a colon."""
    parts = [escaped(part.strip()) for part in phrase.split(NUMBER)]
    return rf"[\s:]*[(\[]?\s*{_COUNT}\s*[)\]]?\s*".join(parts)


def _is_word(form: str) -> bool:
    return any(char.isalpha() for char in form)
