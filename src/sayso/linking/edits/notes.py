"""Notes: how a page tells that its own article was corrected, withdrawn or otherwise changed, by `noise.toml`.

A note begins a sentence; words of the article itself about a correction stand elsewhere, or in quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sayso.languages.noise import ARTICLE, Noise
from sayso.text.folding import fold
from sayso.text.tokens import forms

_OPENING: Final = 40  # characters of a sentence in which a note begins
_SENTENCE, _NOTE = 300, 600  # characters that are looked at: of a sentence, and of a note with what follows in its line
_DATE: Final = 40  # characters of a date between a label and its colon
_GAP: Final = ".{0,60}?"  # what … stands for within a phrase
_DRESS = re.compile(r"^[\s*(\[【〔_#•·▪●■►▶◆★|\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]+")
_MARK = re.compile(r"[:–—|›»>→\])】〕]+[\s:*–—-]*|\s-+\s*|-+\s|[.\s*_]*$")
"""What ends a label: no hyphen within a word, which makes another word of it."""
_LETTER: Final = r"[^\W\d_\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]"  # of scripts with spaces
_DIGITS = re.compile(r"\d+")
_PARTS = re.compile(rf"({re.escape(ARTICLE)}|…)")


@dataclass(frozen=True)
class Notes:
    """The words of one language; labels stand before a colon or dash, with or without a date."""

    labels: re.Pattern[str]
    openings: re.Pattern[str]
    editors: re.Pattern[str]
    update_labels: re.Pattern[str]
    updates: re.Pattern[str]
    corrected: re.Pattern[str]
    mistakes: re.Pattern[str]
    calendar: frozenset[str]
    starts: frozenset[str]
    """First words of all: a cheap test."""

    def is_note(self, sentence: str, rest: str = "") -> bool:
        """Whether a sentence begins a note of correction or withdrawal; `rest`: what follows in its line."""
        words = self._begun(sentence)
        if words is None:
            return False
        if self._corrects(words):
            return True
        for label, signs in ((self.editors, (self.corrected, self.mistakes)), (self.update_labels, (self.corrected,))):
            said = self._behind(words, label)
            if said is not None:
                whole = f"{said} {folded(rest)}"[:_NOTE]
                return self._corrects(said) or any(sign.search(whole) for sign in signs)
        return False

    def tells(self, sentence: str) -> bool:
        """Whether a sentence says of its article that it was changed, in a note of correction or else."""
        words = self._begun(sentence)
        if words is None:
            return False
        said = self._behind(words, self.editors)
        updated = self._behind(words, self.update_labels) is not None
        return updated or self.is_note(sentence) or self.updates.match(said or words) is not None

    def is_heading(self, line: str) -> bool:
        """Whether a line is a label of a note of correction, with or without a date, and nothing else."""
        words = self._begun(line)
        return words is not None and self._behind(words, self.labels) == ""

    def _begun(self, sentence: str) -> str | None:
        """The sentence folded, without what dresses its beginning; None where no note can begin."""
        plain = _DRESS.sub("", sentence[:_SENTENCE])
        return folded(plain) if self.starts.intersection(forms(plain[:_OPENING])[:1]) else None

    def _corrects(self, words: str) -> bool:
        return self.openings.match(words) is not None or self._behind(words, self.labels) is not None

    def _behind(self, words: str, labels: re.Pattern[str]) -> str | None:
        """What stands behind a label, its date and its colon or dash; None where they do not stand there."""
        label = labels.match(words)
        if label is None:
            return None
        near = (mark for mark in _MARK.finditer(words, label.end()) if mark.start() <= label.end() + _DATE)
        ends = [mark.end() for mark in near if self._is_date(words[label.end() : mark.start()])]
        return words[ends[-1] :] if ends else None

    def _is_date(self, between: str) -> bool:
        """Whether words between a label and its colon are a date, or none."""
        named = [form for form in forms(_DIGITS.sub(" ", between)) if any(map(str.isalpha, form))]
        dated = any(map(str.isdecimal, between))
        return all(form in self.calendar for form in named) and (dated or not named)


def notes(table: Noise, calendar: frozenset[str]) -> Notes:
    """The notes of a language; `calendar`: the words of its dates and times, folded."""
    said = [*table.notes, *table.updates, *table.editors]
    spelled = [form for phrase in said for form in _first(phrase, table)]
    return Notes(
        labels=_labels(table.notes),
        openings=_openings(table.notes, table),
        editors=_labels(table.editors),
        update_labels=_labels(table.updates),
        updates=_openings(table.updates, table),
        corrected=_within(table.corrected, table),
        mistakes=_within(table.mistakes, table),
        calendar=calendar,
        starts=frozenset(spelled),
    )


def folded(words: str) -> str:
    """Words for comparison, with one space between them."""
    return " ".join(fold(words).text.split())


def escaped(phrase: str) -> str:
    """A pattern for a phrase in folded text, however it is spaced."""
    return r"\s*".join(map(re.escape, folded(phrase).split()))


def _first(phrase: str, table: Noise) -> list[str]:
    """The first words with which a phrase may begin."""
    begun = table.article if phrase.startswith(ARTICLE) else [phrase]
    return [forms(one)[0] for one in begun]


def _labels(phrases: Iterable[str]) -> re.Pattern[str]:
    """The phrases that end with a colon, the longest first; they end where their last word does."""
    found = (escaped(phrase.rstrip(": ")) for phrase in phrases if phrase.endswith(":"))
    longest_first = sorted(found, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"(?:{'|'.join(longest_first)})(?!{_LETTER})")


def _openings(phrases: Iterable[str], table: Noise) -> re.Pattern[str]:
    """The phrases that end with …; those that begin with the article have it once, or it would take long to compile."""
    found = [phrase for phrase in phrases if phrase.endswith("…")]
    behind = [_phrase(phrase.removeprefix(ARTICLE), table) for phrase in found if phrase.startswith(ARTICLE)]
    others = [_phrase(phrase, table) for phrase in found if not phrase.startswith(ARTICLE)]
    return any_of([f"{_article(table)}(?:{'|'.join(behind)})", *others] if behind else others)


def _article(table: Noise) -> str:
    return f"(?:{'|'.join(map(escaped, table.article))})"


def _within(phrases: Iterable[str], table: Noise) -> re.Pattern[str]:
    """Phrases anywhere in a note, at the beginning of a word in scripts with spaces; their last word may go on."""
    return re.compile(rf"(?<!{_LETTER})(?:{'|'.join(_phrase(phrase, table) for phrase in phrases)})", re.DOTALL)


def _phrase(phrase: str, table: Noise) -> str:
    """… within stands for some words, or for the rest of one where no space parts them; at the end all may follow."""
    made = ""
    for part in _PARTS.split(phrase):
        if part == "…":
            made += _GAP
        elif part == ARTICLE:
            made += _article(table)
        elif part.strip():
            made += rf"{_edge(part[0])}\s*{escaped(part)}\s*{_edge(part[-1])}"
        elif part:
            made += r"(?!\w)\s*"
    return made.removesuffix(_GAP) if phrase.endswith("…") else made


def _edge(char: str) -> str:
    """A space in a phrase parts words."""
    return r"\b" if char.isspace() else ""


def any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of some; . stands for line breaks, too."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.DOTALL)
