"""Unattributed: statements and figures that some articles give on a source's word and others as a fact."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rapidfuzz.distance import LCSseq

from sayso.extraction.nouns import Attribution, Figure, Spans
from sayso.languages import pack
from sayso.languages.measures import kind
from sayso.linking.article import Annotated
from sayso.linking.figures.bounds import Amount, one_value
from sayso.linking.nouns import Unattributed
from sayso.linking.telling import Telling, forms, telling
from sayso.linking.threads.changes import differs
from sayso.text.characters import DOUBLE_QUOTES
from sayso.text.segments import paragraphs, sentences
from sayso.text.span import Span, hull

_SHORTEST = 7  # words of a statement that two articles don't share by chance
_SAID, _TOLD = 0.85, 0.65  # shares of the statement's and of the sentence's words that must be the same, in order
_RUN = 3
_NAME = 4  # letters of a word that tells a name
_COMMON = 50
"""Runs of words that more sentences have, the same ones counted once, are no sign of one statement."""

Run = tuple[str, ...]


class Bare:
    """The sentences of a story's articles that nobody is said to say, found by the runs of three words in them."""

    def __init__(self, articles: Iterable[Annotated]) -> None:
        told: dict[tuple[str, ...], list[Telling]] = defaultdict(list)
        for article in articles:
            for one in _sentences(article):
                told[one.forms].append(one)
        self._told = list(told.values())
        self._having: dict[Run, list[int]] = defaultdict(list)
        for i, alike in enumerate(self._told):
            for run in _runs(alike[0]):
                self._having[run].append(i)

    def of(self, thread: Sequence[Telling], speaker: str | None) -> tuple[Unattributed, ...]:
        """Articles without a telling in `thread` that tell it as a fact, one sentence each; at most one an article."""
        taken = {one.article.id for one in thread}
        found: dict[str, Unattributed] = {}
        for one in thread:
            source = speaker or _source(one)
            names = _named(source, _source(one))
            for sentence in self._near(one) if source and _is_told(one) else ():
                id = sentence.article.id
                if id not in taken and id not in found and not names & {*sentence.forms} and _is_same(one, sentence):
                    said = sentence.attribution.content
                    why = f"told in the outlet's own voice; elsewhere {source} says it"
                    found[id] = Unattributed(id, said, sentence.words, source, why)
        return tuple(found.values())

    def _near(self, one: Telling) -> Iterator[Telling]:
        """Sentences with half of the runs of words, in the order of the articles."""
        runs = _runs(one)
        counts = Counter(i for run in runs if len(having := self._having.get(run, ())) <= _COMMON for i in having)
        yield from (one for i, count in sorted(counts.items()) if 2 * count >= len(runs) for one in self._told[i])


def _is_told(one: Telling) -> bool:
    """Reported: a quotation that stands elsewhere without its marks is nobody's own voice."""
    return one.attribution.type == "indirect" and len(one.forms) >= _SHORTEST


def _runs(one: Telling) -> set[Run]:
    return {one.forms[at : at + _RUN] for at in range(len(one.forms) - _RUN + 1)}


def _source(one: Telling) -> str:
    text, source = one.article.text, one.attribution.source
    return " … ".join(span.of(text) for span in source) if text is not None else ""


def _is_same(said: Telling, sentence: Telling) -> bool:
    """Nearly the same words in the same order, and no changed number, negation or modality."""
    if said.lang != sentence.lang:
        return False
    shared = LCSseq.similarity(said.forms, sentence.forms)
    near = shared >= _SAID * len(said.forms) and shared >= _TOLD * len(sentence.forms)
    return near and differs(sentence, said) is None


def _sentences(article: Annotated) -> Iterator[Telling]:
    """Sentences in paragraphs that attribute nothing, without quotation marks; no headings."""
    text = article.text
    if text is None or not article.attributions:
        return
    words = pack.find(article.lang)
    taken = sorted(hull(spans) for spans in map(_whole, article.attributions) if spans)
    free = [part for part in paragraphs(text) if not any(part.overlap(span) for span in taken)]
    abbreviations = words.language.abbreviations if words else ()
    for part in free:
        for cut in sentences(part.of(text), abbreviations):
            span = cut.shift(part.start)
            said = span.of(text)
            if said.strip() != (article.title or "").strip() and not any(mark in said for mark in DOUBLE_QUOTES):
                yield _as_telling(article, span)


def _whole(attribution: Attribution) -> Spans:
    return (*attribution.source, *attribution.cue, *attribution.content)


def _as_telling(article: Annotated, span: Span) -> Telling:
    """The sentence as if it were said, so that it can be held against what is."""
    alone = replace(article, attributions=(Attribution((), (), (span,), "indirect"),), attribution_ids=(), gists=())
    return telling(alone, 0, None)


def dropped_sources(told: Sequence[tuple[Annotated, Figure]]) -> list[str | None]:
    """For each telling of one quantity: who asserts its value elsewhere, where this article gives it on nobody's word.

    None where the article names a source for it anywhere, or attributes something in the same sentence; where fewer
    articles name a source than don't, since it is no source's news then; for lengths of time, and what has no unit.
    """
    by_amount: dict[Amount, list[tuple[str, str | None]]] = defaultdict(list)
    for article, figure in told:
        by_amount[_amount(figure)].append((article.id, figure.asserted_by))
    sources = {
        one: _dropped(x for other in by_amount if one_value(one, other) for x in by_amount[other]) for one in by_amount
    }
    found: list[str | None] = []
    for article, figure in told:
        source, silent = sources[_amount(figure)]
        counts = figure.unit is not None and kind(figure.unit) != "time"
        is_dropped = counts and source and article.id in silent and _is_bare(article, figure, source)
        found.append(source if is_dropped else None)
    return found


def _dropped(alike: Iterable[tuple[str, str | None]]) -> tuple[str | None, set[str]]:
    """The first source of a value, and the articles that give it on nobody's word, unless these are more."""
    told = list(alike)
    named = {id for id, source in told if source}
    unnamed = {id for id, _ in told} - named
    source = next((source for _, source in told if source), None)
    return (source, unnamed) if len(named) >= len(unnamed) else (None, set())


def _amount(figure: Figure) -> Amount:
    return figure.value, figure.value_high, figure.least


def _is_bare(article: Annotated, figure: Figure, source: str) -> bool:
    """The figure's sentence attributes nothing and doesn't name the source; records without text have no sentence."""
    text = article.text
    if text is None or not figure.span.length:
        return True
    words = pack.find(article.lang)
    cuts = sentences(text, words.language.abbreviations if words else ())
    around = next((cut for cut in cuts if cut.overlap(figure.span)), figure.span)
    attributed = any(span.overlap(around) for one in article.attributions for span in _whole(one))
    return not attributed and not _named(source) & {*forms(around.of(text))}


def _named(*names: str) -> set[str]:
    """The words that tell a source: a sentence that has one of them attributes in its own way."""
    return {form for name in names for form in forms(name) if len(form) >= _NAME}
