"""Touching: what digits touch tells numbers from parts of dates, addresses, phone numbers, tables and names."""

from __future__ import annotations

from typing import Final

from sayso.extraction.numbers.digits import read_digits
from sayso.extraction.numbers.view import View
from sayso.extraction.words.numerals import LONGEST

_DUMP: Final = 40
_TOUCHING: Final = frozenset("/:_@=&#\\^~+-‐‑–—−'.,*")
_BEFORE_MINUS: Final = frozenset("([{«“\"'%$€£")


def whole(view: View, first: int, end: int) -> bool:
    """False for parts of dates, addresses, phone numbers, scores, versions and names ("10/12", "3:2", "Covid-19")."""
    tokens, text = view.tokens, view.tokens.text
    left, right = tokens.starts[first], tokens.ends[end - 1]
    before, after = text[left - 1 : left], text[right : right + 1]
    if before in _TOUCHING and before and not _opening(text, left - 1) and not _elided(view, first):
        return False
    if before == "." or (before == "+" and " " in text[left:right]):
        return False
    if after in _TOUCHING and after and text[right + 1 : right + 2].isdecimal():
        return after in "-‐‑–—−" and not _chain(text, left, right)
    return True


def _elided(view: View, first: int) -> bool:
    """Whether an article or a preposition that lost its vowel stands before the number ("l'8,1%", "dell'11%")."""
    forms = view.tokens.forms
    return first > 1 and forms[first - 1] == "'" and forms[first - 2] in view.lexicon.elided and view.adjacent(first)


def _opening(text: str, at: int) -> bool:
    """Whether the sign at `at` only stands before a number (after a space, or between two numbers as a range)."""
    before = text[at - 1 : at]
    if text[at] in "-‐‑–—−":
        return not before or before.isspace() or before.isdecimal() or before in _BEFORE_MINUS
    return not before or before.isspace() or before in "([{«“\"'"


def _chain(text: str, left: int, right: int) -> bool:
    """Digits joined by more than one hyphen: a phone number, a date, an ISBN."""
    at, joints = right, 0
    while at < len(text) and at - right <= 2 * LONGEST and (text[at].isdecimal() or text[at] in "-‐‑–—−"):
        joints += not text[at].isdecimal()
        at += 1
    at = left - 1
    while at >= 0 and left - at <= 2 * LONGEST and (text[at].isdecimal() or text[at] in "-‐‑–—−"):
        joints += not text[at].isdecimal() and text[at - 1 : at].isdecimal()
        at -= 1
    return joints > 1


def skip_at(view: View, i: int) -> int:
    """Token after the digits and signs that touch each other at `i`, whatever they say (i + 1 without digits)."""
    if not view.tokens.forms[i].isdecimal():
        return i + 1
    end = read_digits(view.tokens, i, view.lexicon.numerals).end
    while view.adjacent(end) and (view.tokens.forms[end] in _TOUCHING or view.tokens.forms[end].isdecimal()):
        end += 1
    return end


def dump_end(view: View, i: int) -> int | None:
    """Token of the next word when more than 40 tokens from `i` on hold none: a table or a dump, not prose."""
    tokens, end = view.tokens, i
    while end < len(tokens.forms) and not tokens.forms[end][:1].isalpha():
        end += 1
        if end - i > _DUMP:
            break
    else:
        return None
    while end < len(tokens.forms) and not tokens.forms[end][:1].isalpha():
        end += 1
    return end
