"""Standing: speech that no cue took: it goes on after an attributed one, or stands behind a name and a colon."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from itertools import pairwise

from sayso.extraction.cues.frames import Frame, Opener, trimmed
from sayso.extraction.cues.hits import Hit
from sayso.extraction.cues.quotes import Quote
from sayso.extraction.cues.scene import STOPS, Scene
from sayso.extraction.cues.sources import Edge
from sayso.extraction.nouns import Spans
from sayso.extraction.rules.found import Found
from sayso.extraction.rules.wordless import marked, named, signed
from sayso.extraction.words.vocabulary import Hint

_BACK = 6
_FAR = 800
_NAME = 7
_BULLETS = frozenset("-–—•*·")
_SPEECH = 5
"""A quote of fewer words that no cue takes is a title, an irony or a single term."""


def standing(scene: Scene, found: list[Found]) -> list[Found]:
    """`found` and what stands without a cue."""
    used = {number for one in found for number in one.quotes}
    found = found + transcript(scene, used)
    out = sorted(found, key=lambda one: one.content[-1].end)
    extra: list[Found] = []
    for number, quote in enumerate(scene.quotes):
        if number not in used and quote.part and (at := _other_part(out, number)) is not None:
            _go_on(scene, out, at, number)
            continue
        if number in used or scene.inside[quote.first] != number or quote.last - quote.first - 1 < _SPEECH:
            continue
        told = signed(scene, quote) or named(scene, quote) or (None if scene.words.starts else marked(scene, quote))
        if told is not None:
            span = trimmed(scene, quote.first, quote.last + 1)
            empty = _empty(scene, told.rule, quote.first, span, number)
            extra.append(replace(empty, source=told.source, cue=told.cue))
            continue
        if _is_heading(scene, quote):
            continue
        if not _stands_alone(scene, number):
            item = _item(scene, number, out) or _at_edge(scene, number)
            if item is not None:
                extra.append(item)
            continue
        host = _host(scene, out, number)
        if host is not None:
            _go_on(scene, out, host, number)
        else:
            span = trimmed(scene, quote.first, quote.last + 1)
            extra.append(_empty(scene, "standing", quote.first, span, number))
    return out + extra


def _go_on(scene: Scene, found: list[Found], host: int, number: int) -> None:
    """The quote as a further part of what the attribution at `host` tells."""
    one, quote = found[host], scene.quotes[number]
    span = trimmed(scene, quote.first, quote.last + 1)
    found[host] = replace(one, content=one.content + span, quotes=(*one.quotes, number))


def _other_part(found: list[Found], number: int) -> int | None:
    """The attribution that tells what stands before the narrator's inset."""
    return next((at for at in range(len(found) - 1, -1, -1) if number - 1 in found[at].quotes), None)


def transcript(scene: Scene, used: set[int]) -> list[Found]:
    """HOLT: The bridge … — a name and a colon at the start of a paragraph."""
    tokens = scene.tokens
    found: list[Found] = []
    bounds = [i for i, new in enumerate(tokens.breaks) if new] + [len(tokens)]
    for first, last in pairwise(bounds):
        begin = first + (scene.inside[first] >= 0 or tokens.forms[first] == '"')
        at = next((i for i in range(begin, min(begin + _NAME, last)) if tokens.forms[i] in ":："), None)
        if at is None or at + 2 >= last or not _names_someone(scene, begin, at):
            continue
        numbers = {scene.inside[i] for i in range(first, last)} - {-1}
        if used & numbers:
            continue
        used |= numbers
        source, content = scene.span(begin, at), trimmed(scene, at + 1, last)
        if source is not None and content:
            empty = _empty(scene, "transcript", begin, content, -1)
            cue = (tokens.span(at, at + 1),)
            found.append(replace(empty, source=(source,), cue=cue, quotes=tuple(sorted(numbers))))
    return found


def _names_someone(scene: Scene, first: int, last: int) -> bool:
    """Capitalised words only, in full capitals or met again in the text."""
    tokens, words = scene.tokens, scene.words
    if first >= last or not words.has_case or any(first <= head < last for head in scene.heads):
        return False
    for i in range(first, last):
        if not (tokens.word(i)[0].isupper() or tokens.forms[i] in words.particles or tokens.forms[i] in ".-'"):
            return False
    name = tokens.word(last - 1)
    return (len(name) > 2 and name.isupper()) or scene.counts[tokens.forms[last - 1]] > 1


def _is_heading(scene: Scene, quote: Quote) -> bool:
    """A short paragraph in single marks ('Legend in the Fields')."""
    tokens = scene.tokens
    alone = tokens.breaks[quote.first] and (quote.last + 1 >= len(tokens) or tokens.breaks[quote.last + 1])
    return alone and tokens.forms[quote.first] == "'" and tokens.forms[quote.first + 1] != "'" and _is_short(quote)


def _is_short(quote: Quote) -> bool:
    return quote.last - quote.first < 2 * _SPEECH


def _stands_alone(scene: Scene, number: int) -> bool:
    """A quote that is its sentence (or several), not a part of one."""
    quote = scene.quotes[number]
    tokens = scene.tokens
    opens = tokens.breaks[quote.first] or quote.first in scene.starts_set
    inner = tokens.forms[quote.last - (1 if quote.closed else 0)]
    after = quote.last + 1
    closes = inner in STOPS or after >= len(tokens) or tokens.breaks[after] or tokens.forms[after] in STOPS
    return opens and closes


def _at_edge(scene: Scene, number: int) -> Found | None:
    """Without a word of the language: a quote that opens or closes its sentence is said by somebody."""
    quote, tokens = scene.quotes[number], scene.tokens
    after = quote.last + 1
    opens = tokens.breaks[quote.first] or quote.first in scene.starts_set
    closes = after >= len(tokens) or tokens.breaks[after] or tokens.forms[after] in STOPS
    if scene.words.starts or not (opens or closes):
        return None
    return _empty(scene, "marked", quote.first, trimmed(scene, quote.first, after), number)


def _item(scene: Scene, number: int, found: list[Found]) -> Found | None:
    """A sentence of a list that holds a quote and no cue ("- The road is "in a very bad state" again.")."""
    first, last = scene.sentences[scene.sentence_of(scene.quotes[number].first)]
    paragraph = first
    while not scene.tokens.breaks[paragraph]:
        paragraph -= 1
    used = scene.used(first, last)
    if scene.tokens.forms[paragraph] not in _BULLETS or used[0] != number or first - paragraph > _FAR:
        return None
    if any(one.frame.first == first for one in found) or scene.hits_between(first, last):
        return None
    content = trimmed(scene, first, last)
    return replace(_empty(scene, "item", first, content, number), quotes=used) if content else None


def _host(scene: Scene, found: list[Found], number: int) -> int | None:
    """The attribution that this quote goes on with: the last before it, in the same paragraph or left unclosed."""
    first = scene.quotes[number].first
    start = scene.tokens.starts[first]
    low = bisect_right(found, start, key=lambda one: one.content[-1].end)
    for at in range(low - 1, max(-1, low - 1 - _BACK), -1):
        one = found[at]
        if one.content[-1].end > start or not one.quotes or one.quotes[-1] < 0:
            continue
        previous = max(one.quotes)
        if previous + 1 == number and not scene.quotes[previous].closed:
            return at
        head = one.frame.hit.head
        same = first - head < _FAR and not any(scene.tokens.breaks[head + 1 : first + 1])
        return at if same and one.rule in ("quote_before", "quote_after") else None
    return None


def _empty(scene: Scene, rule: str, at: int, span: Spans, number: int) -> Found:
    first, last = scene.sentences[scene.sentence_of(at)]
    hit = Hit(at, at, at, Hint("hearsay"), (), False, False, False)
    return Found(rule, Frame(hit, first, last, first, Edge(first, "start"), Opener("none", at)), (), span, (number,))
