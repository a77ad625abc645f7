"""Words: where a text says that something was said in answer to something, by the words of one language pack."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from sayso.languages import pack
from sayso.languages.replies import GAP, TOPIC, ReplyKind
from sayso.languages.schema import Words
from sayso.text.folding import fold_word
from sayso.text.phrases import Phrases
from sayso.text.span import Span
from sayso.text.tokens import Tokens, tokenize

Way = Literal["cue", "answering", "asked", "commenting"]
_ENDING = 6  # letters of a noun that may end a compound („Betrugsvorwürfe“)
_OWNER = 3  # tokens between a noun for what was said and who said it ("Holt’s latest claim")
_WIDEST = 3  # words that a gap may hold
_FARTHEST = 60  # tokens between the two halves of a phrase around its topic
_PUNCTUATION = re.compile(r"[^\w\s]")


@dataclass(frozen=True, slots=True)
class Hit:
    """Words of reply in a text; `topic` is what they name, None for phrases that name nothing ("in response")."""

    kind: ReplyKind
    way: Way
    words: tuple[Span, ...]
    topic: Span | None = None


@dataclass(frozen=True, slots=True)
class _Phrase:
    way: Way
    before: tuple[tuple[str, ...], ...]
    """Runs of forms before the topic, with a gap between each two."""
    after: tuple[str, ...]
    topic: bool


class ReplyWords:
    """One language's words of reply, ready to be looked up."""

    def __init__(self, words: Words) -> None:
        replies, grammar = words.replies, words.grammar
        self.words = words
        self.weak = Phrases((word, True) for word in replies.weak)
        self.rebutting: Phrases[ReplyKind] = Phrases((word, "rebuts") for word in replies.rebutting)
        forms = ((form, cue.stance) for cue in words.cues for form in cue.forms)
        self.cues: Phrases[str] = Phrases(
            (form, stance) for form, stance in forms if stance in ("denies", "answers", "asks", "declines")
        )
        sayings = _sayings(words)
        self.sayings = Phrases((form, True) for word in sayings for form in _with_prefixes(word, words))
        compounds = words.language.capitals == "nouns"
        self._endings = tuple(fold_word(word) for word in sayings if compounds and len(word) >= _ENDING)
        people = words.people
        listed = (*people.titles, *people.roles, *people.bodies, *people.crowds, *people.articles, *people.particles)
        self.naming = frozenset(form for word in listed for form in tokenize(word).forms)
        """Words that may stand with a name and name nothing more ("the union leader")."""
        self.loose = Phrases((word, True) for word in replies.loose)
        self.towards = frozenset(map(fold_word, replies.towards))
        self.relatives = frozenset(map(fold_word, grammar.relatives))
        self.within = frozenset(map(fold_word, grammar.within))
        self.prepositions = frozenset(map(fold_word, grammar.prepositions)) - self.towards - self.within
        self._negations = Phrases((word, True) for word in words.language.negations)
        self._short_negations = tuple(word for word in words.language.negations if "'" in word)
        self._infinitive = frozenset(form for word in words.complements.infinitive for form in tokenize(word).forms)
        self.clauses = frozenset(tokenize(word).forms[0] for word in (*words.complements.clause, *grammar.auxiliaries))
        """First words of what is told as a clause: complementisers and auxiliaries ("having")."""
        self.passives = frozenset(grammar.passives)
        self._bounds = self.passives.union(grammar.subordinators)
        verbs = (form for cue in words.cues if cue.kind == "verb" for form in cue.forms)
        self._verbs = frozenset(tokenize(form).forms[-1] for form in verbs).difference(grammar.prepositions)
        self._starts: dict[str, list[_Phrase]] = {}
        for way in ("answering", "asked", "commenting"):
            for phrase in getattr(replies, way):
                made = _phrase(phrase, way)
                self._starts.setdefault((made.before or (made.after,))[0][0], []).append(made)

    # Cues

    def cue(self, tokens: Tokens, spans: Iterable[Span]) -> tuple[str, tuple[Span, ...]] | None:
        """(reply kind or "asks", words) of an attribution's cue; None where it is no reply, or a negated one."""
        at = [i for span in spans for i in _within(tokens, span)]
        own = _picked(tokens, at)
        bare = self._bare(own)
        for i in range(len(own)):
            found = next((f for one in (own, bare) if (f := self.rebutting.at(one, i) or self.cues.at(one, i))), None)
            if found is None:
                continue
            end, stance = found
            if stance == "declines" or any(self.weak.at(own, j) for j in range(i, end)):
                return None
            if stance != "asks" and any(self.rebutting.at(own, j) for j in range(i, end)):
                stance = "rebuts"
            if self._reversed(tokens, at[i]) or (stance == "denies" and self._undone(tokens, at[end - 1] + 1)):
                return None
            return stance, tuple(own.span(j, j + 1) for j in range(i, end))
        return None

    def _bare(self, tokens: Tokens) -> Tokens:
        """The tokens, the first of them without a letter that is written together with it («ونفى»)."""
        if not tokens.forms or tokens.forms[0][:1] not in self.words.language.proclitics:
            return tokens
        return replace(tokens, forms=[tokens.forms[0][1:], *tokens.forms[1:]])

    def _reversed(self, tokens: Tokens, i: int) -> bool:
        """True behind a negation or where an infinitive opens ("did not deny", "had to deny")."""
        first = max(0, i - 3)
        before = tokens.span(first, i) if first < i else Span(0, 0)
        return self.negates(tokens, before) or (i > 0 and tokens.forms[i - 1] in self._infinitive)

    def _undone(self, tokens: Tokens, i: int) -> bool:
        """True before a negation that stands with the verb („bestritt nicht“, „bestritt das nicht“)."""
        for j in range(i, min(i + 2, len(tokens))):
            if _PUNCTUATION.fullmatch(tokens.forms[j]) or tokens.forms[j] in self.clauses:
                return False
            if self._negations.at(tokens, j):
                return True
        return False

    # Phrases

    def phrases(self, tokens: Tokens, first: int, last: int) -> Iterator[Hit]:
        """Phrases of reply among the tokens of one sentence, in order, the longest at a place."""
        i = first
        while i < last:
            found = max(
                (hit for p in self._opened_by(tokens.forms[i]) if (hit := _match(p, tokens, i, first, last))),
                key=lambda hit: hit[0],
                default=None,
            )
            if found is None or not self._opens(tokens, i, first, found[1].way):
                i += 1
                continue
            yield found[1]
            i = max(i + 1, bisect_left(tokens.starts, found[1].words[0].end))

    def _opened_by(self, form: str) -> Iterable[_Phrase]:
        yield from self._starts.get(form, ())
        for letter in self.words.language.proclitics:
            if form.startswith(letter):
                yield from self._starts.get(form[len(letter) :], ())

    def _opens(self, tokens: Tokens, i: int, first: int, way: Way) -> bool:
        """True without a negation before it ("did not respond to questions about"), and, where a question was "asked
        about", without a subject right before it: it was put to the speaker."""
        if self.negates(tokens, tokens.span(max(first, i - 4), i) if i > first else Span(0, 0)):
            return False
        if i == first or way != "asked" or tokens.forms[i] not in self._verbs:
            return True
        before = tokens.forms[i - 1]
        return before in self._bounds or bool(_PUNCTUATION.fullmatch(before))

    def negates(self, tokens: Tokens, span: Span) -> bool:
        """True when a negation stands in `span`."""
        text = span.of(tokens.text).lower().replace("’", "'")
        return any(word in text for word in self._short_negations) or any(
            self._negations.at(tokens, i) for i in _within(tokens, span)
        )

    def owned(self, tokens: Tokens, span: Span) -> Span | None:
        """The part of `span` that tells whose words it names: some words around the first noun for what was said, or
        behind a word that leads to a source ("the claims put forward by Kelly")."""
        places = _within(tokens, span)
        noun = next((i for i in places if self.sayings.at(tokens, i)), None)
        if noun is None:
            return None
        by = next((i for i in places if i > noun and tokens.forms[i] in self.within), None)
        last = noun + _OWNER if by is None else by + _OWNER
        return tokens.span(max(places[0], noun - _OWNER), min(places[-1], last) + 1)

    def says(self, tokens: Tokens, span: Span) -> bool:
        """True when `span` holds a noun for what was said ("claims", "remarks"), also as the end of a compound."""
        return any(self.sayings.at(tokens, i) or tokens.forms[i].endswith(self._endings) for i in _within(tokens, span))


@lru_cache(maxsize=64)
def reply_words(lang: str) -> ReplyWords | None:
    """The words of language `lang`, None where no pack has any."""
    words = pack.find(lang)
    return ReplyWords(words) if words is not None else None


def _sayings(words: Words) -> list[str]:
    nouns = (cue for cue in words.cues if cue.kind == "noun")
    told = (cue for cue in nouns if cue.stance == "asks" or cue.manner in ("doubting", "loaded"))
    listed = (*words.replies.sayings, *(form for cue in told for form in cue.forms))
    return [form for form in listed if form not in words.replies.weak]


def _with_prefixes(word: str, words: Words) -> list[str]:
    """The word, and the word with what is written together with it («بالاتهامات»)."""
    glued = [*words.grammar.attached, *words.grammar.definite]
    if not glued:
        return [word]
    known = [word, *(f"{letters}{word}" for letters in glued)]
    return known + [f"{letter}{form}" for letter in words.language.proclitics for form in known]


def _phrase(written: str, way: Way) -> _Phrase:
    before, _, after = written.partition(TOPIC)
    runs = tuple(tuple(tokenize(part).forms) for part in before.split(GAP) if part.strip())
    return _Phrase(way, runs, tuple(tokenize(after).forms), TOPIC in written)


def _match(phrase: _Phrase, tokens: Tokens, i: int, first: int, last: int) -> tuple[int, Hit] | None:
    """(words that agree, hit) of a phrase that starts at token `i`; its topic ends with the sentence or a comma."""
    if not phrase.before:
        after = i + len(phrase.after)
        if tuple(tokens.forms[i:after]) != phrase.after or after > last or i == first:
            return None
        return len(phrase.after), _hit(phrase, tokens, (i, after), (_clause_start(tokens, first, i), i))
    end = _runs(phrase.before, tokens, i, last)
    if end is None:
        return None
    size = sum(map(len, phrase.before)) + len(phrase.after)
    if not phrase.topic:
        return size, _hit(phrase, tokens, (i, end), None)
    if not phrase.after:
        return (size, _hit(phrase, tokens, (i, end), (end, last))) if end < last else None
    for at in range(end + 1, min(last, end + _FARTHEST)):
        if tuple(tokens.forms[at : at + len(phrase.after)]) == phrase.after:
            hit = _hit(phrase, tokens, (i, end), (end, at))
            tail = tokens.span(at, at + len(phrase.after))
            return size, Hit(hit.kind, hit.way, (*hit.words, tail), hit.topic)
    return None


def _runs(runs: tuple[tuple[str, ...], ...], tokens: Tokens, i: int, last: int) -> int | None:
    """Where the runs of forms end that start at token `i` with gaps between them; the first may have a proclitic."""
    end = i + len(runs[0])
    if tuple(tokens.forms[i + 1 : end]) != runs[0][1:]:
        return None
    for run in runs[1:]:
        places = range(end + 1, end + _WIDEST + 1)
        ends = [p + len(run) for p in places if tuple(tokens.forms[p : p + len(run)]) == run]
        if not ends:
            return None
        end = ends[0]
    return end if end <= last else None


def _hit(phrase: _Phrase, tokens: Tokens, words: tuple[int, int], topic: tuple[int, int] | None) -> Hit:
    kind: ReplyKind = "comments" if phrase.way == "commenting" else "answers"
    told = tokens.span(*topic) if topic is not None and topic[0] < topic[1] else None
    return Hit(kind, phrase.way, (tokens.span(*words),), told)


def _clause_start(tokens: Tokens, first: int, i: int) -> int:
    """Behind the last comma or the like before token `i`."""
    return next((j + 1 for j in range(i - 2, first - 1, -1) if tokens.forms[j] in ",،;:؛"), first)


def _within(tokens: Tokens, span: Span) -> range:
    return range(bisect_left(tokens.starts, span.start), bisect_left(tokens.starts, span.end))


def _picked(tokens: Tokens, at: list[int]) -> Tokens:
    """Only these tokens, as if they stood together ("hat … bestritten")."""
    starts, ends = [tokens.starts[i] for i in at], [tokens.ends[i] for i in at]
    return Tokens(tokens.text, starts, ends, [tokens.forms[i] for i in at], [False] * len(at))
