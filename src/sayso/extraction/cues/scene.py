"""Scene: one text laid out for the rules: its quotes, sentences (a quote is one piece of its sentence) and cue hits."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, replace

from sayso.extraction.cues.hits import Hit, hits
from sayso.extraction.cues.insets import without_insets
from sayso.extraction.cues.quotes import Quote, quotes
from sayso.extraction.words.vocabulary import Vocabulary
from sayso.text.span import Span
from sayso.text.tokens import Tokens

STOPS = frozenset(".!?…؟。！？۔।։")
_EAGER = frozenset("!?…؟！？,،，")
_TAIL = frozenset(")]\"'")
_LONGEST = 400
"""A sentence of more words is no sentence (a list, a table, noise): it is cut, which also keeps the time linear."""
_TAG = 9
"""A cue at most this many words after a quote that ends in ! or ? still belongs to it."""


@dataclass(frozen=True, slots=True)
class Scene:
    """`sentences[k]` = (first, last) tokens, last excluded; `inside[i]` = quote of token i or -1."""

    tokens: Tokens
    words: Vocabulary
    quotes: list[Quote]
    inside: list[int]
    hits: list[Hit]
    sentences: list[tuple[int, int]]
    starts: list[int]
    starts_set: frozenset[int]
    counts: Counter[str]
    """How often each form stands in the text."""
    order: list[int]
    heads: frozenset[int]
    ends: frozenset[int]
    """`order`: first tokens of the hints. `heads`: those of all but nouns. `ends`: the tokens after hints."""
    verb_ends: frozenset[int]

    def sentence_of(self, i: int) -> int:
        """Number of the sentence that holds token `i`."""
        return bisect_right(self.starts, i) - 1

    def hits_between(self, first: int, last: int) -> list[Hit]:
        """Cue hits whose head lies in `[first, last)`."""
        return self.hits[bisect_left(self.order, first) : bisect_left(self.order, last)]

    def used(self, first: int, last: int) -> tuple[int, ...]:
        """Numbers of the quotes that stand in tokens `[first, last)`, names in marks left out."""
        low = bisect_left(self.quotes, first, key=lambda quote: quote.last)
        high = bisect_left(self.quotes, last, key=lambda quote: quote.first)
        return tuple(n for n in range(low, high) if self.inside[self.quotes[n].first] == n)

    def quotes_in(self, span: Span) -> list[Quote]:
        """Quotes that overlap a span of the text."""
        starts = self.tokens.starts
        low = bisect_left(self.quotes, span.start, key=lambda quote: self.tokens.ends[quote.last])
        high = bisect_left(self.quotes, span.end, key=lambda quote: starts[quote.first])
        return self.quotes[low:high]

    def span(self, first: int, last: int) -> Span | None:
        """Span of tokens without marks and white space at its edges; None when nothing is left."""
        first, last = self.trim(first, last)
        return self.tokens.span(first, last) if first < last else None

    def trim(self, first: int, last: int) -> tuple[int, int]:
        """Drop separators at both edges; quotation marks and brackets stay."""
        forms = self.tokens.forms
        while first < last and forms[first] in _EDGE:
            first += 1
        while last > first and forms[last - 1] in _EDGE:
            last -= 1
        return first, last


_EDGE = frozenset(".,;:-–—…،؛!?؟•*|/\\。，、；：।։")


_PARTING = frozenset(",،，-–—")
_DIGIT_MARKS = frozenset(",.:،")
_IN_NUMBER = "·"
"""What rules see in place of a mark between two digits: it parts no clauses."""


def scene(tokens: Tokens, words: Vocabulary) -> Scene:
    """Lay out a text."""
    tokens = _whole_numbers(tokens)
    found = without_insets(tokens, words, quotes(tokens, words))
    inside = [-1] * len(tokens.forms)
    for number, quote in enumerate(found):
        if is_name(tokens, quote) and not _is_said(tokens, words, quote):
            continue
        inside[quote.first : quote.last + 1] = [number] * (quote.last + 1 - quote.first)
    cue_hits = hits(tokens, words, inside)
    order = [hit.head for hit in cue_hits]
    heads = frozenset(hit.head for hit in cue_hits if hit.cue is None or hit.cue.kind != "noun")
    sentences = _sentences(tokens, words, found, inside, order)
    starts = [first for first, _ in sentences]
    ends = frozenset(hit.last for hit in cue_hits)
    verbs = frozenset(hit.last for hit in cue_hits if hit.cue is not None and hit.cue.kind == "verb")
    return Scene(
        tokens,
        words,
        found,
        inside,
        cue_hits,
        sentences,
        starts,
        frozenset(starts),
        Counter(tokens.forms),
        order,
        heads,
        ends,
        verbs,
    )


def _whole_numbers(tokens: Tokens) -> Tokens:
    """`tokens` in which no rule takes a decimal comma, a point or a colon inside a number for one of the sentence."""
    text, last = tokens.text, len(tokens.text) - 1
    inner = [
        i
        for i, form in enumerate(tokens.forms)
        if form in _DIGIT_MARKS
        and 0 < tokens.starts[i] < last
        and text[tokens.starts[i] - 1].isdecimal()
        and text[tokens.ends[i]].isdecimal()
    ]
    if not inner:
        return tokens
    forms = tokens.forms.copy()
    for i in inner:
        forms[i] = _IN_NUMBER
    return replace(tokens, forms=forms)


def is_name(tokens: Tokens, quote: Quote) -> bool:
    """A title or a name in marks (ООО «Заря», صحيفة «الغد»): short, and without a mark inside."""
    length = quote.last - quote.first - 1
    if length > 3 or quote.part or not quote.closed or tokens.breaks[quote.first]:
        return False
    if tokens.text[tokens.starts[quote.first + 1]].islower() and _closes_sentence(tokens, quote):
        return False
    inner = tokens.forms[quote.first + 1 : quote.last]
    return not any(form in STOPS or form in _EAGER for form in inner)


def _is_said(tokens: Tokens, words: Vocabulary, quote: Quote) -> bool:
    """Short as it is, the quote opens its sentence and a verb of saying follows a mark («Это ложь», — ответил мэр)."""
    if quote.first and tokens.forms[quote.first - 1] not in STOPS:
        return False
    at = quote.last + 1
    while at < len(tokens.forms) and tokens.forms[at] in _PARTING:
        at += 1
    return quote.last + 1 < at < len(tokens.forms) and tokens.forms[at] in words.verb_starts


def _closes_sentence(tokens: Tokens, quote: Quote) -> bool:
    """What a word in small letters, with which a sentence ends, is called („nannte den Plan „unanständig“.“)."""
    after = quote.last + 1
    return after < len(tokens.forms) and tokens.forms[after] in STOPS


def _sentences(
    tokens: Tokens, words: Vocabulary, found: list[Quote], inside: list[int], heads: list[int]
) -> list[tuple[int, int]]:
    bounds: list[tuple[int, int]] = []
    forms, breaks = tokens.forms, tokens.breaks
    first = i = 0
    size = len(forms)
    while i < size:
        if breaks[i] and i > first:
            bounds.append((first, i))
            first = i
        if i - first >= _LONGEST:
            bounds.append((first, i))
            first = i
        if inside[i] >= 0:
            quote = found[inside[i]]
            i = quote.last + 1
            if _quote_ends(tokens, quote, heads):
                bounds.append((first, i))
                first = i
            continue
        if forms[i] in STOPS and _ends(tokens, words, i):
            while i + 1 < size and forms[i + 1] in _TAIL and inside[i + 1] < 0 and _is_tight(tokens, i + 1):
                i += 1
            bounds.append((first, i + 1))
            first = i + 1
        i += 1
    if first < size:
        bounds.append((first, size))
    return bounds


def _is_tight(tokens: Tokens, i: int) -> bool:
    """Is token `i` written together with the one before it?"""
    return tokens.starts[i] == tokens.ends[i - 1]


def _ends(tokens: Tokens, words: Vocabulary, i: int) -> bool:
    """Does the stop at token `i` end its sentence?"""
    if i + 1 >= len(tokens.forms) or tokens.breaks[i + 1]:
        return True
    if (
        tokens.starts[i + 1] == tokens.ends[i]
        and tokens.text[tokens.ends[i]].isalnum()
        and tokens.forms[i] not in "。！？"
    ):
        return False
    if tokens.text[tokens.starts[i + 1]].islower() or tokens.forms[i + 1] in STOPS or tokens.forms[i + 1] in ",،;":
        return False
    if tokens.forms[i] != "." or not i:
        return True
    before = tokens.forms[i - 1]
    initial = len(before) == 1 and before.isalpha() and tokens.text[tokens.starts[i - 1]].isupper()
    return not (initial or before in words.abbreviations)


def _quote_ends(tokens: Tokens, quote: Quote, heads: list[int]) -> bool:
    """Does a sentence end with this quote (its final stop stands inside the marks)?"""
    after = quote.last + 1
    if after >= len(tokens.forms) or tokens.breaks[after]:
        return False
    inner = tokens.forms[quote.last - 1]
    if inner not in STOPS or tokens.text[tokens.starts[after]].islower() or not tokens.word(after)[0].isalnum():
        return False
    if inner == ".":
        return True
    at = bisect_left(heads, after)
    stop = next(
        (j for j in range(after, min(after + _TAG, len(tokens.forms))) if tokens.forms[j] in STOPS), after + _TAG
    )
    return not (at < len(heads) and heads[at] < min(after + _TAG, stop))
