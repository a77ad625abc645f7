"""Chained: whom a report cites says it inside the report ("Reuters, citing two officials, reported …")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sayso.extraction.attributions.kinds import kind_of
from sayso.extraction.attributions.tagged import touch
from sayso.extraction.cues.behind import right_source
from sayso.extraction.cues.citable import is_citable, reporter
from sayso.extraction.cues.scene import Scene
from sayso.extraction.cues.sources import clause_edge, strip_lead
from sayso.extraction.nouns import Attribution, Spans
from sayso.extraction.people.names import token_range
from sayso.text.span import Span

CITED = "cited"
_SCORE = 0.8
"""At most so sure is what is made here of two phrases."""
_LONGEST = 24
"""Words from a verb that hands on another's words to those of saying ("quoted the mayor of Ely … as saying")."""
Range = tuple[int, int]
Key = tuple[Spans, Spans]
"""By what an attribution is known: its source and cue."""


def key_of(one: Attribution) -> Key:
    """By what an attribution is known while others are added."""
    return one.source, one.cue


@dataclass(slots=True)
class _Chain:
    """The attributions of a text while chains are made; `reports`: a cited statement -> its report, by their places."""

    laid: Scene
    found: list[Attribution]
    reports: dict[int, int] = field(default_factory=dict)

    def ranges(self, spans: Spans) -> list[Range]:
        """Tokens of spans."""
        return [token_range(self.laid.tokens, span) for span in spans]

    def with_cue(self, place: Range) -> int | None:
        """The attribution whose cue has a word at a place."""
        return next((n for n, one in enumerate(self.found) if touch([place], self.ranges(one.cue))), None)

    def join(self, report: int, cited: int | None, one: Attribution) -> None:
        """Set what is cited, new or in the place of another, below its report."""
        if cited is None:
            self.found.append(one)
        else:
            self.found[cited] = one
        self.reports[len(self.found) - 1 if cited is None else cited] = report

    def keyed(self) -> dict[Key, Key]:
        """The reports by the keys of the attributions as they are in the end."""
        return {key_of(self.found[cited]): key_of(self.found[report]) for cited, report in self.reports.items()}


def chained(laid: Scene, found: Sequence[Attribution]) -> tuple[list[Attribution], dict[Key, Key]]:
    """The attributions with those of whom reports cite; and each such one -> the report that holds it, by their keys.

    Who is cited says what the report tells: both have the same content, or the report's holds the other's words.
    """
    chain = _Chain(laid, list(found))
    citing, relaying = laid.words.citing, laid.words.relaying
    starts = laid.words.handing_on
    if starts.isdisjoint(laid.counts):
        return chain.found, {}
    for i in [i for i, form in enumerate(laid.tokens.forms) if form in starts]:
        if laid.inside[i] >= 0:
            continue
        if (match := citing.at(laid.tokens, i)) is not None:
            _cite(chain, (i, match[0]))
        if (relay := relaying.at(laid.tokens, i)) is not None:
            _relay(chain, (i, relay[0]), relay[1])
    return chain.found, chain.keyed()


def _cite(chain: _Chain, phrase: Range) -> None:
    """A phrase that cites beside a report's verb ("citing two officials", «со ссылкой на полицию»)."""
    laid, cited = chain.laid, chain.with_cue(phrase)
    report = _nearest(chain, phrase, cited)
    if report is None:
        return
    said = chain.found[report]
    verb = chain.ranges(said.cue)[0]
    limit = verb[0] if verb[0] > phrase[0] else laid.sentences[laid.sentence_of(phrase[0])][1]
    source, after = right_source(laid, phrase[1], limit, tag=False)
    known = chain.found[cited] if cited is not None and _is_before(laid, phrase) else None
    if not source or not (known is not None or is_citable(laid, *chain.ranges(source)[0])):
        return
    content = _without(laid, said.content, (phrase[0], after)) if verb[0] < phrase[0] else said.content
    if not content or (known is not None and not _is_same(chain, known, content, verb)):
        return
    subject = reporter(laid, phrase[1], verb[0]) if verb[0] == after and laid.words.name_endings else None
    if subject is not None:
        source = (laid.tokens.span(phrase[1], subject),)
        teller: Spans = (laid.tokens.span(subject, verb[0]),)
    else:
        teller = _apart(chain, said.source, (phrase[0], after))
    chain.found[report] = said = replace(said, source=teller, content=content, type=kind_of(laid, content))
    cue = (laid.tokens.span(*phrase),)
    chain.join(report, cited, _made(chain, said, Attribution(source, cue, content, said.type), known))


def _nearest(chain: _Chain, phrase: Range, cited: int | None) -> int | None:
    """The report of the phrase's sentence whose verb, or phrase ("according to"), stands next to it."""
    first, last = chain.laid.sentences[chain.laid.sentence_of(phrase[0])]
    near: list[tuple[int, int]] = []
    for n, one in enumerate(chain.found):
        if n == cited or not one.cue or not one.content or n in chain.reports:
            continue
        verb = chain.ranges(one.cue)[0]
        cites = chain.laid.words.citing.at(chain.laid.tokens, verb[0]) is not None
        if first <= verb[0] < last and not touch([verb], [phrase]) and not cites:
            near.append((abs(verb[0] - phrase[0]), n))
    return min(near)[1] if near else None


def _is_before(laid: Scene, phrase: Range) -> bool:
    """Whether a phrase always names who says something («со ссылкой на»), as "citing" does not."""
    match = laid.words.hints.at(laid.tokens, phrase[0])
    return match is not None and match[1].role == "before"


def _is_same(chain: _Chain, known: Attribution, content: Spans, verb: Range) -> bool:
    """Whether what was found for the phrase is what the report tells, perhaps with the report's own verb."""
    had, told = chain.ranges(known.content), chain.ranges(content)
    return touch(had, told) and (had == told or touch(had, [verb]) or had[-1][1] == told[-1][1])


def _without(laid: Scene, content: Spans, phrase: Range) -> Spans:
    """Contents without a phrase that stands in them."""
    out: list[Span] = []
    for span in content:
        first, last = token_range(laid.tokens, span)
        if phrase[1] <= first or last <= phrase[0]:
            out.append(span)
            continue
        parts = (laid.span(first, phrase[0]), laid.span(phrase[1], last))
        out += [part for part in parts if part is not None and any(map(str.isalnum, part.of(laid.tokens.text)))]
    return tuple(out)


def _apart(chain: _Chain, source: Spans, phrase: Range) -> Spans:
    """The parts of a source that do not stand in a phrase, and of one that runs into it the words before."""
    parts = [(first, min(last, phrase[0])) for first, last in chain.ranges(source) if first < phrase[0]]
    parts += [(first, last) for first, last in chain.ranges(source) if first >= phrase[1]]
    return tuple(span for part in parts if (span := chain.laid.span(*part)) is not None)


def _made(chain: _Chain, report: Attribution, one: Attribution, known: Attribution | None) -> Attribution:
    """What is cited, as surely as the report is found and no surer than such phrases are right.

    What the tagger found of it keeps its own source where that touches the phrase, without the report's.
    """
    if known is None:
        score = min(report.score, _SCORE)
        return replace(one, score=score, rule=CITED, model=report.model)
    tellers = chain.ranges(report.source)
    own = _apart(chain, known.source, (tellers[0][0], tellers[-1][1])) if tellers else known.source
    touches = touch(chain.ranges(own), chain.ranges(one.source))
    return replace(known, source=own if touches else one.source, cue=one.cue, content=one.content, type=one.type)


def _relay(chain: _Chain, verb: Range, closings: Sequence[Sequence[str]]) -> None:
    """A verb that hands on another's words ("Tass quoted Holt as saying that …")."""
    laid = chain.laid
    close = _closing(laid, verb[1], closings)
    if close is None:
        return
    first = max((i + 1 for i in range(verb[1], close[0]) if laid.tokens.forms[i] in laid.words.cited), default=verb[1])
    source = laid.span(first, close[0])
    report = chain.with_cue(verb)
    cited = next((n for n in (chain.with_cue(close),) if n != report), None)
    if source is None:
        return
    if verb[0] > 0 and laid.tokens.forms[verb[0] - 1] in laid.words.passives:
        _quoted(chain, verb, cited)
        return
    if report is None and cited is not None:
        report = _report(chain, verb, cited)
    if report is not None and is_citable(laid, *token_range(laid.tokens, source), alone=True):
        _hand_on(chain, report, cited, source, (first, *close))


def _hand_on(chain: _Chain, report: int, cited: int | None, source: Span, place: tuple[int, int, int]) -> None:
    """Set whom a verb hands on below its report; `place`: his first word, and where the words of saying are."""
    laid, said, known = chain.laid, chain.found[report], chain.found[cited] if cited is not None else None
    told = chain.ranges(said.content)
    own = known is not None and touch(chain.ranges(known.content), told)
    content = _without(laid, known.content if known is not None and own else said.content, (place[0], place[2]))
    if not content:
        return
    if place[0] <= told[0][0] < place[2]:
        own_words = (Span(source.start, said.content[0].end), *said.content[1:])
        told_so = content if laid.words.cited else own_words
        said = replace(said, content=told_so, type=kind_of(laid, told_so))
    chain.found[report] = said = replace(said, source=_apart(chain, said.source, (place[0], place[2])))
    words = laid.tokens.forms[place[1]][0].isalnum()
    cue = known.cue if known is not None else (laid.tokens.span(*place[1:]),) if words else said.cue
    one = Attribution((source,), cue, content, kind_of(laid, content))
    chain.join(report, cited, _made(chain, said, one, known))


def _closing(laid: Scene, first: int, closings: Sequence[Sequence[str]]) -> Range | None:
    """The words of saying behind the one who is cited, in the same sentence and outside of quotation marks."""
    forms = laid.tokens.forms
    limit = laid.sentences[laid.sentence_of(first)][1] if first < len(forms) else 0
    for i in range(first + 1, min(limit, first + _LONGEST)):
        if laid.inside[i] >= 0:
            return None
        size = next((len(words) for words in closings if forms[i : i + len(words)] == list(words)), None)
        if size is not None:
            return i, i + size
    return None


def _report(chain: _Chain, verb: Range, cited: int) -> int | None:
    """The report made of the words before the verb, where only what it cites was found."""
    laid, one = chain.laid, chain.found[cited]
    source = _subject(laid, verb[0])
    if source is None:
        return None
    start = min(laid.tokens.starts[verb[1]], one.content[0].start)
    content = (Span(start, one.content[-1].end),)
    chain.found.append(replace(one, source=(source,), cue=(laid.tokens.span(*verb),), content=content, rule=CITED))
    return len(chain.found) - 1


def _quoted(chain: _Chain, verb: Range, cited: int | None) -> None:
    """The subject of a verb in the passive is cited ("Holt was quoted as saying that …")."""
    source = _subject(chain.laid, verb[0] - 1) if cited is not None else None
    if cited is not None and source is not None:
        chain.found[cited] = replace(chain.found[cited], source=(source,))


def _subject(laid: Scene, stop: int) -> Span | None:
    """The noun phrase that ends before a verb."""
    edge = clause_edge(laid, stop, laid.sentences[laid.sentence_of(stop)][0])
    return laid.span(strip_lead(laid, edge.begin, stop), stop)
