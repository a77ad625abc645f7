"""Unattributed: what some articles tell on a source's word and others tell as a fact, in nearly the same words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rapidfuzz.distance import LCSseq

from sayso.extraction.nouns import Attribution, Spans
from sayso.languages import pack
from sayso.linking.article import Annotated
from sayso.linking.changes import differs
from sayso.linking.nouns import Unattributed
from sayso.linking.telling import Telling, forms, telling
from sayso.text.characters import DOUBLE_QUOTES
from sayso.text.segments import paragraphs, sentences
from sayso.text.span import Span, hull

_SHORTEST = 7  # words of a statement that two articles don't share by chance
_SAID, _TOLD = 0.85, 0.65  # shares of the statement's and of the sentence's words that must be the same, in order
_RUN = 3
_NAME = 4  # letters of a word that names a source: a sentence that has it attributes in its own way
_COMMON = 50
"""Runs of words that more sentences have are no sign of one statement."""

Run = tuple[str, ...]


class Bare:
    """The sentences of a story's articles that nobody is said to say, found by the runs of three words in them."""

    def __init__(self, articles: Iterable[Annotated]) -> None:
        self._told = [one for article in articles for one in _sentences(article)]
        self._having: dict[Run, list[int]] = defaultdict(list)
        for i, one in enumerate(self._told):
            for run in _runs(one):
                self._having[run].append(i)

    def of(self, thread: Sequence[Telling], speaker: str | None) -> tuple[Unattributed, ...]:
        """Articles without a telling in `thread` that tell it as a fact, one sentence each; at most one an article."""
        taken = {one.article.id for one in thread}
        found: dict[str, Unattributed] = {}
        for one in thread:
            source = speaker or _source(one)
            names = {form for form in (*forms(source), *forms(_source(one))) if len(form) >= _NAME}
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
        yield from (self._told[i] for i, count in sorted(counts.items()) if 2 * count >= len(runs))


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
