"""Tagged: the attributions that the tagger finds, told with the words, the quotation marks and the rules' finds."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sayso.extraction.attributions.signs import Table, anchor_of, parts, signs
from sayso.extraction.cues.scene import Scene
from sayso.extraction.nouns import Attribution, Spans
from sayso.extraction.people.names import token_range
from sayso.models.tagger import States, Tagger
from sayso.models.weights import Floats
from sayso.models.windows import Window, windows

CUE, CONTENT = 1, 2
"""Kinds of anchors: where a cue begins, or where a content without a cue begins."""
NONE, SOURCE, SAYS, SAID = range(4)
"""Roles as the tagger numbers them: none, source, cue, content."""
STANCES = ("asserts", "denies", "declines", "asks", "expects")
LOOK = 0.25
"""Anchors less probable than this are not looked at, unless a rule found something there."""
Runs = list[tuple[int, int]]
_GAP = 0.2
_FEW = 0.5
"""Share of a quotation below which the tagger has only touched it."""
MOST_WORK = 3_000
"""Anchors that are looked at in one text, each window counting as _READING of them; news takes 5 a thousand letters."""
_READING = 8
_ENDLESS = 96
"""Sub-words of one word, half a window, that no word has: digits or letters without end, packed data."""
_STOPS = frozenset(".!?؟。！？।")
_MOST = 0.8
_ENDS = 2


@dataclass(frozen=True, slots=True)
class Draft:
    """One attribution as tagged, before it is judged: tokens of each role, and what speaks for it."""

    anchor: int
    kind: int
    source: Runs
    cue: Runs
    content: Runs
    stance: str
    found: float
    """Probability of the anchor."""
    sure: tuple[float, float]
    """Mean probability of the chosen role over the tokens of the content, and of the source (1 where it is empty)."""
    rule: Attribution | None
    agrees: tuple[float, float]
    """How far the rule's content and source are the same words (intersection over union); 0 where no rule found it."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A window on the text's tokens `[first, last)`: token first + k has the sub-words `[lows[k], highs[k])`."""

    window: Window
    first: int
    lows: NDArray[np.int64]
    highs: NDArray[np.int64]

    def by_token(self, values: Floats) -> Floats:
        """Means over the sub-words of each token; `values` (…, sub-words, n). A token without sub-words has zeros."""
        sums = np.zeros((*values.shape[:-2], values.shape[-2] + 1, values.shape[-1]), np.float32)
        np.cumsum(values, axis=-2, out=sums[..., 1:, :])
        counts = np.maximum(self.highs - self.lows, 1)[:, None]
        highs = np.maximum(self.highs, self.lows)
        return np.asarray((sums[..., highs, :] - sums[..., self.lows, :]) / counts, np.float32)


def drafts(laid: Scene, found: Sequence[Attribution], tagger: Tagger) -> tuple[list[Draft], NDArray[np.bool_]]:
    """All that the tagger holds possible, and (tokens) which ones it did not read, where the rules alone stand.

    `found` is what the rules found. It reads no window most of which is one endless word, and so many windows and
    anchors of one text as take some seconds.
    """
    table = signs(laid, found)
    by_rule = {anchor: one for one in found if (anchor := anchor_of(laid, one)) is not None}
    sentences = [laid.tokens.starts[first] for first in laid.starts]
    out: list[Draft] = []
    unread = np.zeros(len(laid.tokens), bool)
    work = 0
    for window in windows(tagger.tokenizer, laid.tokens.text, sentences):
        here = lay(laid, window)
        if work > MOST_WORK:
            unread[here.first :] = True
            break
        if (here.highs - here.lows).max(initial=0) > _ENDLESS:
            unread[here.first : here.first + len(here.lows)] = True
            continue
        anchors, made = _in_window(laid, here, table, by_rule, tagger)
        out += made
        work += _READING + anchors
    return out, unread


def lay(laid: Scene, window: Window) -> Laid:
    """Which sub-words of the window belong to which tokens of the text."""
    starts, ends = np.array(window.starts[1:-1]), np.array(window.ends[1:-1])
    first = bisect_right(laid.tokens.ends, window.starts[1])
    last = bisect_left(laid.tokens.starts, window.ends[-2])
    lows = np.searchsorted(ends, laid.tokens.starts[first:last], side="right") + 1
    highs = np.searchsorted(starts, laid.tokens.ends[first:last], side="left") + 1
    return Laid(window, first, lows, highs)


def words_of(laid: Scene, window: Window) -> NDArray[np.int64]:
    """The text's token of each sub-word."""
    # Only tokens near the window are looked at: a text has many windows.
    low, high = (bisect_right(laid.tokens.starts, window.starts[at]) for at in (0, -1))
    near = laid.tokens.starts[max(low - 1, 0) : high]
    return np.maximum(np.searchsorted(near, window.starts, side="right") + max(low - 1, 0) - 1, 0)


def _in_window(
    laid: Scene, here: Laid, table: Table, by_rule: dict[int, Attribution], tagger: Tagger
) -> tuple[int, list[Draft]]:
    """How many anchors were looked at in a window, and what was made of them."""
    words = words_of(laid, here.window)
    seen = table[words]
    seen[[0, -1]] = 0
    states = tagger.read(here.window, seen)
    chosen = _anchors(here, states, by_rule)
    if not chosen:
        return 0, []
    rules = [by_rule.get(int(words[at])) for at, _ in chosen]
    told = [parts(laid, rule, words) for rule in rules]
    tagged = tagger.parts(states, [at for at, _ in chosen], [kind for _, kind in chosen], told)
    roles, stances = here.by_token(tagged.roles), tagged.stance.argmax(axis=1)
    made: list[Draft] = []
    labels = roles.argmax(axis=2)
    for i, ((at, kind), rule) in enumerate(zip(chosen, rules, strict=True)):
        found = float(1 - states.anchors[at, NONE])
        draft = _draft(laid, here, int(words[at]), kind, found, (roles[i], labels[i], int(stances[i])), rule)
        if draft.content:
            made.append(draft)
    return len(chosen), made


def _anchors(here: Laid, states: States, by_rule: dict[int, Attribution]) -> list[tuple[int, int]]:
    """(sub-word, kind) of what may be an anchor: probable by itself, or found by a rule."""
    likely = 1 - states.anchors[:, NONE]
    likely[[0, -1]] = 0
    chosen = {
        int(at): CUE if states.anchors[at, CUE] >= states.anchors[at, CONTENT] else CONTENT
        for at in np.nonzero(likely > LOOK)[0]
    }
    for k, low in enumerate(here.lows):
        rule = by_rule.get(here.first + k)
        if rule is not None and low < here.highs[k]:
            chosen.setdefault(int(low), CUE if rule.cue else CONTENT)
    return sorted(chosen.items())


def _draft(
    laid: Scene,
    here: Laid,
    anchor: int,
    kind: int,
    found: float,
    tagged: tuple[Floats, NDArray[np.int64], int],
    rule: Attribution | None,
) -> Draft:
    """The draft of one anchor; `tagged`: (tokens, 4) probabilities of roles, the most probable ones, and the stance."""
    roles, labels, stance = tagged
    if kind == CUE:
        labels[anchor - here.first] = SAYS
    labels = _without_scraps(laid, here.first, anchor, _whole(laid, here.first, labels, roles))
    source, cue, content = (
        [(a + here.first, b + here.first) for a, b in _runs(labels == role)] for role in (SOURCE, SAYS, SAID)
    )
    sure = _sure(here.first, roles[:, SAID], content), _sure(here.first, roles[:, SOURCE], source)
    agrees = _agreement(laid, rule, (content, source))
    return Draft(anchor, kind, source, cue, content, STANCES[stance], found, sure, rule, agrees)


def _sure(first: int, chances: Floats, runs: Runs) -> float:
    """Mean over the tokens of runs; 1 where there is none."""
    size = sum(high - low for low, high in runs)
    return float(sum(chances[low - first : high - first].sum() for low, high in runs)) / size if size else 1.0


def _agreement(laid: Scene, rule: Attribution | None, runs: tuple[Runs, Runs]) -> tuple[float, float]:
    if rule is None:
        return 0.0, 0.0
    content, source = (
        overlap(own, [token_range(laid.tokens, span) for span in given])
        for own, given in zip(runs, (rule.content, rule.source), strict=True)
    )
    return content, source


def touch(a: Iterable[tuple[int, int]], b: Runs) -> bool:
    """Whether runs share a token."""
    return any(x < v and u < y for x, y in a for u, v in b)


def overlap(a: Iterable[tuple[int, int]], b: Iterable[tuple[int, int]]) -> float:
    """Tokens of both, over tokens of either (intersection over union)."""
    left, right = ({i for first, last in runs for i in range(first, last)} for runs in (a, b))
    return len(left & right) / len(left | right) if left or right else 1.0


def _whole(laid: Scene, first: int, labels: NDArray[np.int64], roles: Floats) -> NDArray[np.int64]:
    """Labels with small gaps in a content closed, and quotations that are nearly covered taken whole."""
    said = labels == SAID
    for low, high in _runs(~said):
        if low > 0 and high < len(labels) and high - low <= _ENDS and not labels[low:high].any():
            marks = not any(laid.tokens.forms[first + i][:1].isalnum() for i in range(low, high))
            if marks or roles[low:high, SAID].min() > _GAP:
                labels[low:high] = SAID
    said = labels == SAID
    numbers = {laid.inside[first + int(i)] for i in np.nonzero(said)[0]} - {-1}
    for number in numbers:
        quote = laid.quotes[number]
        low, high = max(quote.first - first, 0), min(quote.last + 1 - first, len(labels))
        if said[low:high].mean() >= _MOST:
            labels[low:high] = np.where(labels[low:high] == NONE, SAID, labels[low:high])
    return labels


def _without_scraps(laid: Scene, first: int, anchor: int, labels: NDArray[np.int64]) -> NDArray[np.int64]:
    """Labels without a few words of a quotation that is a sentence of its own behind what is told without quotes."""
    said = labels == SAID
    for number in {laid.inside[first + int(i)] for i in np.nonzero(said)[0]} - {-1}:
        quote = laid.quotes[number]
        low, high = max(quote.first - first, 0), min(quote.last + 1 - first, len(labels))
        before = np.nonzero(said[:low])[0]
        told = len(before) > 0 and all(laid.inside[first + int(i)] < 0 for i in before)
        apart = told and laid.tokens.forms[first + low - 1] in _STOPS
        if apart and not quote.first <= anchor <= quote.last and said[low:high].mean() < _FEW:
            labels[low:high] = np.where(labels[low:high] == SAID, NONE, labels[low:high])
    return labels


def _runs(chosen: NDArray[np.bool_]) -> Runs:
    """`[start, end)` of the stretches that are True."""
    padded = np.zeros(len(chosen) + 2, bool)
    padded[1:-1] = chosen
    edges = np.flatnonzero(padded[1:] != padded[:-1]).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))


def spans(laid: Scene, runs: Runs) -> Spans:
    """Spans of runs of tokens, without marks at their edges; runs of marks alone fall away."""
    trimmed = (laid.span(first, last) for first, last in runs)
    return tuple(span for span in trimmed if span is not None and any(map(str.isalnum, span.of(laid.tokens.text))))
