"""Remarks: one article's statements in the order in which it tells them, with what each of them is about."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import lru_cache, reduce
from operator import or_

from sayso.extraction.nouns import Attribution
from sayso.languages import gazetteer, pack
from sayso.languages.people import people
from sayso.languages.schema import Words
from sayso.linking.article import Annotated
from sayso.linking.replies.words import ReplyWords, reply_words
from sayso.linking.speakers.join import Mention
from sayso.linking.speakers.names import same_name
from sayso.text.folding import fold_word
from sayso.text.segments import paragraphs, sentences
from sayso.text.span import Span, hull
from sayso.text.tokens import Tokens, tokenize

_STEM, _SHORT_STEM = 5, 4  # letters by which words are compared, so that endings don't matter
_COMMON, _FEW = 0.4, 8
"""A word in this share of an article's statements, if it has so many, is what all of it is about and joins nothing."""
_NAME = 0.89  # names this much alike point to a speaker
_SPEAKERS = 60  # speakers of one article whose names are looked for
_CJK, _LONGEST = "\u3400", 8


@dataclass(frozen=True, slots=True)
class Matter:
    """What words are about: stems of the words that carry meaning; `marked` are the names and numbers among them."""

    stems: frozenset[str] = frozenset()
    marked: frozenset[str] = frozenset()

    def __or__(self, other: Matter) -> Matter:
        return Matter(self.stems | other.stems, self.marked | other.marked)

    def without(self, stems: Set[str]) -> Matter:
        """What is left without `stems`."""
        return Matter(self.stems - stems, self.marked - stems)


@dataclass(frozen=True, slots=True)
class Remark:
    """One statement in its place."""

    index: int
    attribution: Attribution
    who: str | None
    """The speaker's one name in all articles, else the source as written."""
    span: Span
    """From the first to the last of source, cue and content."""
    begins: int
    """Number of the sentence in which it begins."""
    ends: int
    matter: Matter

    @property
    def head(self) -> Span:
        """Where the statement is made: the beginning of its cue, else of its source, else of its content."""
        return (self.attribution.cue or self.attribution.source or self.attribution.content)[0]


@dataclass(frozen=True)
class Page:
    """An article whose text is here, cut once."""

    article: Annotated
    reply: ReplyWords
    tokens: Tokens
    sentences: list[Span]
    lines: list[int]
    """Where each paragraph starts."""
    remarks: list[Remark]
    """In the order of the text."""
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Speaker -> words that name them here."""
    counts: Counter[str] = field(default_factory=Counter)
    """How many statements have each stem."""

    def stems(self, who: str) -> frozenset[str]:
        """The words that name a speaker, as `Matter` has them."""
        code = self.reply.words.language.code
        return frozenset(
            _stem(fold_word(word), code) for name in (who, *self.names.get(who, ())) for word in name.split()
        )

    def within(self, span: Span) -> range:
        """The tokens that start in `span`."""
        return range(bisect_left(self.tokens.starts, span.start), bisect_left(self.tokens.starts, span.end))

    def sentence(self, at: int) -> int:
        """Number of the sentence that holds position `at`."""
        return max(0, bisect_right(self.sentences, at, key=lambda s: s.start) - 1)

    def line(self, at: int) -> int:
        """Number of the paragraph that holds position `at`."""
        return bisect_right(self.lines, at)

    def matter(self, span: Span) -> Matter:
        """What the words in `span` are about."""
        return _matter(self.tokens, self.within(span), self.reply.words)

    @property
    def lang(self) -> str:
        """The language's primary code."""
        return self.reply.words.language.code

    def negates(self, remark: Remark) -> bool:
        """True when a negation stands in the remark's content."""
        return any(self.reply.negates(self.tokens, span) for span in remark.attribution.content)

    def written(self, spans: Iterable[Span], stems: Set[str]) -> list[str]:
        """The words of these stems as `spans` write them, each stem once."""
        found: dict[str, str] = {}
        for i in (i for span in spans for i in self.within(span)):
            form = self.tokens.forms[i]
            stem = form if form[0].isdecimal() else _stem(form, self.lang)
            if stem in stems:
                found.setdefault(stem, self.tokens.word(i))
        return list(found.values())

    def named(self, span: Span, names: Mapping[str, Sequence[str]] | None = None) -> set[str]:
        """The speakers, of the article or of `names`, whose names stand in `span`."""
        cased = self.reply.words.language.capitals != "none"
        text = span.of(self.tokens.text)
        written = {self.tokens.word(i) for i in self.within(span)}
        written = {word for word in written if len(word) > 1 and (word[0].isupper() or not cased)}
        return {
            who
            for who, forms in (self.names if names is None else names).items()
            if any(form in text if form[0] >= _CJK else any(_same(word, form) for word in written) for form in forms)
        }

    def only_names(self, span: Span, forms: Sequence[str]) -> bool:
        """True when `span` holds names of these forms, given names, titles and roles, and nothing that happened."""
        known = people(self.lang)
        told = (i for i in self.within(span) if self.tokens.forms[i] not in self.reply.naming)
        words = [word for i in told if (word := self.tokens.word(i))[0].isalnum()]
        return all(
            any(_is_called(word, name) for name in forms) or (known is not None and known.first(word) is not None)
            for word in words
        )


def _is_called(word: str, form: str) -> bool:
    return word in form if form[0] >= _CJK else _same(word, form)


def page(article: Annotated, names: Mapping[Mention, str]) -> Page | None:
    """The article's statements in order; None where there is no text, no statement, or no words of its language."""
    reply = reply_words(article.lang)
    if reply is None or article.text is None or not article.attributions:
        return None
    tokens = tokenize(article.text)
    cut = sentences(article.text, reply.words.language.abbreviations)
    made = Page(article, reply, tokens, cut, [line.start for line in paragraphs(article.text)], [])
    found = [one for i in range(len(article.attributions)) if (one := _remark(made, i, names)) is not None]
    made.remarks.extend(_without_common(sorted(found, key=lambda r: (r.span.start, r.span.end, r.index))))
    made.names.update(_names(made))
    made.counts.update(stem for remark in made.remarks for stem in remark.matter.stems)
    return made


def _remark(page: Page, index: int, names: Mapping[Mention, str]) -> Remark | None:
    attribution = page.article.attributions[index]
    spans = (*attribution.source, *attribution.cue, *attribution.content)
    if not attribution.content or max(span.end for span in spans) > len(page.tokens.text):
        return None
    whole = hull(spans)
    source = " ".join(span.of(page.tokens.text) for span in attribution.source).casefold()
    matter = reduce(or_, (page.matter(span) for span in attribution.content), Matter())
    who = names.get((page.article.id, index)) or attribution.speaker or source or None
    last = page.sentence(max(whole.start, whole.end - 1))
    return Remark(index, attribution, who, whole, page.sentence(whole.start), last, matter)


def _without_common(remarks: list[Remark]) -> list[Remark]:
    """Remarks without the words that so many of them share that they tell nothing."""
    if len(remarks) < _FEW:
        return remarks
    counts = Counter(stem for remark in remarks for stem in remark.matter.stems)
    common = {stem for stem, count in counts.items() if count > _COMMON * len(remarks)}
    return [replace(remark, matter=remark.matter.without(common)) for remark in remarks]


def _names(page: Page) -> dict[str, tuple[str, ...]]:
    """The words by which the article names each of its speakers: of people the last name, as it writes it."""
    found: dict[str, dict[str, None]] = {}
    for remark in page.remarks:
        if remark.attribution.speaker is None or remark.who is None:
            continue
        if remark.who not in found and len(found) >= _SPEAKERS:
            break
        forms = found.setdefault(remark.who, dict.fromkeys(_known(remark.who, page.article.lang)))
        for span in remark.attribution.source:
            forms.update(dict.fromkeys(_written(page, span, remark.who)))
    return {who: tuple(forms) for who, forms in found.items() if forms}


def _written(page: Page, source: Span, who: str) -> list[str]:
    """The words of a source that are the last name of `who`; in a script without spaces a source that is no longer."""
    text = source.of(page.tokens.text)
    if text[:1] >= _CJK:
        return [text] if source.length <= _LONGEST else []
    return [word for i in page.within(source) if _same(word := page.tokens.word(i), _last(who))]


def _known(who: str, lang: str) -> list[str]:
    """Names of one word from the gazetteer, else the last name of somebody with a full name."""
    entry = gazetteer.by_name(who)
    if entry is not None:
        listed = entry.names.get(lang.split("-")[0].lower(), ())
        return [_last(name) for name in listed if entry.kind == "person" or len(name.split()) == 1]
    full = who.split()
    return full[-1:] if len(full) > 1 and all(word[0].isupper() for word in full) else []


def _last(name: str) -> str:
    return (name.replace("·", " ").split() or [name])[-1]


@lru_cache(maxsize=1 << 16)
def _same(word: str, form: str) -> bool:
    return len(word) > 2 and same_name(word, form) >= _NAME


# What words are about


def _matter(tokens: Tokens, places: Sequence[int], words: Words) -> Matter:
    code, named = words.language.code, words.language.capitals == "names"
    stems: set[str] = set()
    marked: set[str] = set()
    for i in places:
        form = tokens.forms[i]
        if form[0].isdecimal():
            marked.add(form)
        elif form[0] >= _CJK:
            following = tokens.forms[i + 1] if i + 1 in places else ""
            stems.update([form + following] if following[:1] >= _CJK else ())
        elif len(form) > 2 and form[0].isalpha() and form not in _empty(code):
            stem = _stem(form, code)
            (marked if named and i > places[0] and tokens.word(i)[0].isupper() else stems).add(stem)
    return Matter(frozenset(stems | marked), frozenset(marked))


@lru_cache(maxsize=1 << 16)
def _stem(form: str, code: str) -> str:
    words = pack.load(code)
    for glued in sorted((*words.grammar.attached, *words.grammar.definite), key=len, reverse=True):
        if form.startswith(glued) and len(form) - len(glued) > 2:
            return form[len(glued) :][:_SHORT_STEM]
    return form[:_STEM]


@lru_cache(maxsize=64)
def _empty(code: str) -> frozenset[str]:
    """Folded words that tell nothing about a statement's matter: grammar, cues, nouns for saying, roles."""
    words = pack.load(code)
    grammar, people = words.grammar, words.people
    listed = [
        *(form for cue in words.cues for form in cue.forms),
        *(*words.complements.clause, *words.complements.infinitive, *words.replies.sayings),
        *(*words.language.negations, *words.language.modals, *words.according.before, *words.according.after),
        *(*grammar.auxiliaries, *grammar.passives, *grammar.prepositions, *grammar.coordinators),
        *(*grammar.subordinators, *grammar.relatives, *grammar.interrogatives, *grammar.adverbs, *grammar.insiders),
        *(*words.qualifiers.levels, *words.times.prepositions, *words.scopes.within),
        *(*people.titles, *people.roles, *people.articles, *(pronoun.form for pronoun in words.pronouns)),
    ]
    return frozenset(form for word in listed for form in tokenize(word).forms)
