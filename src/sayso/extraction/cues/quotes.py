"""Quotes: what stands between quotation marks, outermost pairs only.

News practice decides the hard cases: a quote that its paragraph never closes runs to the paragraph's end (and is opened
anew in the next one), marks of different pairs may close each other (“…»), an apostrophe is no quotation mark.
"""

from __future__ import annotations

from typing import NamedTuple

from sayso.extraction.words.vocabulary import Vocabulary
from sayso.text.tokens import Tokens

_OPENERS = frozenset("“«„‟「『〝‘‹‚")
_CLOSERS = frozenset("”»」』〞’›")
_SINGLES = frozenset("'‘’‚‹›`´‛ʼ")
_FORMS = frozenset("\"'")


_DEEPEST = 8


class Quote(NamedTuple):
    """Tokens `first` (the opening mark) to `last` (the closing mark, excluded bound is `last + 1`)."""

    first: int
    last: int
    closed: bool
    part: bool = False
    """What stands before or behind an inset of the narrator: a mark of its own is missing on that side."""


class _Mark(NamedTuple):
    token: int
    raw: str
    single: bool


def quotes(tokens: Tokens, words: Vocabulary) -> list[Quote]:
    """The outermost quotes in order; they never overlap."""
    found: list[Quote] = []
    stack: list[_Mark] = []
    inward = _inward(tokens.text, words)
    breaks, forms = tokens.breaks, tokens.forms
    previous = 0
    for i, form in enumerate(forms):
        if breaks[i]:
            _leave(stack, tokens, previous, i - 1, found)
            previous = i
        if form in _FORMS and not (i and _is_second(tokens, i)):
            _meet(stack, tokens, i, inward, found)
    if forms:
        _leave(stack, tokens, previous, len(forms) - 1, found)
    return found


def _inward(text: str, words: Vocabulary) -> bool:
    """Whether » opens and « closes: as the pack says; without one, as the text's first such mark does."""
    pairs = words.words.quotes.pairs
    if words.starts:
        return ("»", "«") in pairs and ("«", "»") not in pairs
    return 0 <= text.find("»") < text.find("«")


def _meet(stack: list[_Mark], tokens: Tokens, i: int, inward: bool, found: list[Quote]) -> None:
    """One mark: opens, closes, or is an apostrophe."""
    raw, last = tokens.text[tokens.starts[i]], i
    if raw in "'`’" and i + 1 < len(tokens) and _is_second(tokens, i + 1):
        raw, last = '"', i + 1
    single = raw in _SINGLES
    before = tokens.text[tokens.starts[i] - 1 : tokens.starts[i]]
    after = tokens.text[tokens.ends[last] : tokens.ends[last] + 1]
    if _is_apostrophe(raw, single, before, after):
        return
    top = _open_mark(stack, single)
    if _opens(raw, before, after, stack, inward):
        if len(stack) < _DEEPEST:
            stack.append(_Mark(i, raw, single))
    elif top is not None:
        opened = stack[top]
        del stack[top:]
        if not any(not mark.single for mark in stack):
            _add(found, Quote(opened.token, last, closed=True))


def _is_second(tokens: Tokens, i: int) -> bool:
    """The second of two single marks that stand for a double one ('' or ``)."""
    pair = tokens.text[tokens.starts[i] - 1 : tokens.ends[i]]
    return pair in ("''", "``", "’’") and tokens.ends[i - 1] == tokens.starts[i] and not _run_of_three(tokens, i)


def _run_of_three(tokens: Tokens, i: int) -> bool:
    start = tokens.starts[i]
    return tokens.text[max(0, start - 2) : start - 1] == tokens.text[start]


def _add(found: list[Quote], quote: Quote) -> None:
    """Keep `quote`, and drop those that lie inside it (an open single mark may turn out to be none)."""
    while found and found[-1].first > quote.first:
        found.pop()
    found.append(quote)


def _is_apostrophe(raw: str, single: bool, before: str, after: str) -> bool:
    """A mark between two letters, or a single one that cannot close anything."""
    if raw in "“«„「『”»」』":
        return False
    letters = before.isalpha() and after.isalpha()
    return letters and (single or (before < "\u0590" and after < "\u0590"))


def _opens(raw: str, before: str, after: str, stack: list[_Mark], inward: bool) -> bool:
    if inward and raw in "»«":
        return raw == "»"
    if raw == "“":
        return not any(mark.raw == "„" for mark in stack)
    if raw == "”":
        return not stack and (not before or before.isspace()) and after.isalnum()
    if raw in _OPENERS:
        return True
    if raw in _CLOSERS:
        return False
    if _open_mark(stack, raw in _SINGLES) is None:
        return raw not in _SINGLES or ((not before or not before.isalnum()) and after.isalnum())
    return (not before or before.isspace() or before in "([") and after.isalnum() and stack[-1].raw != raw


def _open_mark(stack: list[_Mark], single: bool) -> int | None:
    """Position in the stack of the mark that one of this sort would close."""
    for at in range(len(stack) - 1, -1, -1):
        if stack[at].single == single:
            return at
    return None


def _leave(stack: list[_Mark], tokens: Tokens, first: int, last: int, found: list[Quote]) -> None:
    """End of a paragraph: an open double mark runs to it, when it was one (not inches, not a lost mark)."""
    for mark in stack:
        if mark.single or (mark.raw in '"＂' and not _leads(tokens, mark.token, first)):
            continue
        if mark.token < last:
            while found and found[-1].first > mark.token:
                found.pop()
            found.append(Quote(mark.token, last, closed=False))
        break
    stack.clear()


def _leads(tokens: Tokens, i: int, first: int) -> bool:
    """True when the mark opens its paragraph or follows a sign that announces speech."""
    return i == first or tokens.forms[i - 1] in (":", ",", "-", "–", "—", "•", "*")
