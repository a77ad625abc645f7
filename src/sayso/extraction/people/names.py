"""Names: who is meant by the noun phrases of one article: full names by surname, holders of roles, bodies."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from sayso.extraction.people.dated import is_in_date, months
from sayso.extraction.words.vocabulary import Vocabulary
from sayso.languages.countries import country
from sayso.languages.glossary import glossary
from sayso.languages.people import people
from sayso.languages.romanisation import tables
from sayso.text.folding import fold_word
from sayso.text.span import Span
from sayso.text.tokens import Tokens

_HYPHENS = frozenset("-‑'.")
_OPENERS = frozenset(".!?:…\"'«»“”-–—")
_LONGEST = 4
_ACRONYM = 4
_COMPOUND = 12
"""A capitalised word of so many letters before two others is a compound noun („Vorstandsmitglied Tom Reed“)."""
_GENITIVE = 3
"""„Sprecher der Stadt Birkenau“: an article and so many words in all are no name."""


@dataclass(slots=True)
class Names:
    """What an article calls its people. Keys are stems of surnames."""

    tokens: Tokens
    words: Vocabulary
    full: dict[str, str] = field(default_factory=dict)
    runs: list[tuple[int, int]] = field(default_factory=list)
    openings: frozenset[int] = frozenset()
    plain: frozenset[str] = frozenset()
    given: dict[str, str] = field(default_factory=dict)
    middle: dict[str, str] = field(default_factory=dict)
    pointed: frozenset[str] = frozenset()
    titled: frozenset[str] = frozenset()
    parts: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    persons: dict[Span, tuple[int, int] | None] = field(default_factory=dict)
    """`openings`: tokens that open a sentence. `plain`: folded words met with a small letter. `given`, `middle`: full
    names by their first words, and by those between the first and the last. `pointed`: folded words met behind one
    for "this" or "a", which are nouns (in scripts without capitals). `titled`: stems of names of one word behind a
    title or a role. `parts`: what `name_part` found so far.
    `persons`: what `named.person` found since the last name was learnt."""

    def stem(self, word: str) -> str:
        """A surname without its case ending, where the language has some (Пескова, Песковым -> песков)."""
        for ending in self.words.name_endings:
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                return word[: -len(ending)]
        return word

    def runs_between(self, first: int, last: int) -> list[tuple[int, int]]:
        """Runs of capitalised words that overlap tokens `[first, last)`."""
        low = bisect_right(self.runs, first, key=lambda run: run[1])
        high = bisect_left(self.runs, last, key=lambda run: run[0])
        return self.runs[low:high]

    def text(self, first: int, last: int) -> str:
        """The words of a name with single spaces."""
        written = self.tokens.text[self.tokens.starts[first] : self.tokens.ends[last - 1]]
        return written if last == first + 1 else " ".join(written.split())

    def learn(self, first: int, last: int) -> None:
        """A full name, rather in its basic form."""
        self.persons.clear()
        key = self.stem(self.tokens.forms[last - 1])
        name = self.text(first, last)
        known = self.full.get(key)
        if known is None or (self._is_base(name) and not self._is_base(known)):
            self.full[key] = name
        if name.startswith(self.given.get(self.tokens.forms[first], "")):
            self.given[self.tokens.forms[first]] = name
        for i in range(first + 1, last - 1):
            self.middle.setdefault(self.stem(self.tokens.forms[i]), name)

    def learn_alone(self, i: int, name: str) -> None:
        """The full name of somebody whom token `i` alone names, where none was learnt for it."""
        self.persons.clear()
        self.full.setdefault(self.stem(self.tokens.forms[i]), name)

    def learn_also(self, other: Names) -> None:
        """The names of another text about the same people, where this one has none."""
        self.persons.clear()
        self.full = other.full | self.full
        self.given = other.given | self.given
        self.middle = other.middle | self.middle

    def _is_base(self, name: str) -> bool:
        """No case ending on the last word."""
        last = name.rsplit(" ", 1)[-1].casefold()
        return self.stem(last) == last

    def best(self, name: str) -> str:
        """The full name of the article for a surname or an inflected name; else the name itself."""
        last = fold_word(name.rsplit(" ", 1)[-1])
        full = self.full.get(self.stem(last)) or self.middle.get(self.stem(last))
        if full is None or full == name:
            full = self.given.get(fold_word(name.split()[0]))
            return full if full is not None and full.startswith(name + " ") else name
        words = name.split()
        return (
            full
            if len(words) == 1
            or full.endswith(" " + name)
            or self.stem(full.split()[0].casefold())[:3] == words[0].casefold()[:3]
            else name
        )


def names(tokens: Tokens, words: Vocabulary) -> Names:
    """Read the names of an article (languages with capitals; elsewhere they are learnt from sources)."""
    found = Names(tokens, words)
    if not words.has_case:
        found.pointed = _pointed_at(tokens, words)
        return found
    found.runs = _runs(tokens, words)
    forms = tokens.forms
    text, breaks = tokens.text, tokens.breaks
    found.openings = frozenset([i for i in range(len(forms)) if breaks[i] or forms[i - 1] in _OPENERS])
    found.plain = frozenset([form for form, at in zip(forms, tokens.starts, strict=True) if text[at].islower()])
    titled: set[str] = set()
    for first, last in found.runs:
        first, last = name_part(found, first, last)
        if 2 <= last - first <= _LONGEST and _may_be_learnt(found, first, last):
            found.learn(first, last)
        elif last - first == 1 and _is_titled(found, first):
            titled.add(found.stem(forms[first]))
    found.titled = frozenset(titled)
    return found


def _is_titled(found: Names, i: int) -> bool:
    """Whether a word for a post or a title stands right before a name ("Mrs. May")."""
    forms, before = found.tokens.forms, i - 1
    while before > 0 and forms[before] == ".":
        before -= 1
    return before >= 0 and not found.tokens.breaks[i] and forms[before] in found.words.posts


def _is_genitive(found: Names, first: int, last: int) -> bool:
    """Where nouns have capitals: one with another's article behind it („Sicht der Opposition“, not „von der Heide“)."""
    tokens, words = found.tokens, found.words
    inner = range(first + 1, last - 1) if words.capital_nouns else range(0)
    return any(tokens.forms[i] in words.articles and tokens.word(i - 1)[0].isupper() for i in inner)


def _pointed_at(tokens: Tokens, words: Vocabulary) -> frozenset[str]:
    """Words that stand behind a word for "this" or "a"."""
    table = glossary(words.words.language.code, words.definite)
    pointers = words.articles | (table.same if table is not None else frozenset())
    return frozenset(form for before, form in pairwise(tokens.forms) if before in pointers)


def _may_be_learnt(found: Names, first: int, last: int) -> bool:
    """No body, no acronym, no country: what may be the full name of a person."""
    word = found.tokens.word(last - 1)
    if (
        _is_genitive(found, first, last)
        or holds_noun(found.words, found.tokens.forms[first:last])
        or _is_day(found, first, last)
        or (word.isupper() and 1 < len(word) <= _ACRONYM + 1)
    ):
        return False
    text = found.text(first, last)
    return country(text, found.words.words.language.code, bool(found.words.name_endings)) is None


def _is_day(found: Names, first: int, last: int) -> bool:
    """A day or a year with a name ("Labour Day"), no person by a given name that is known."""
    people_of = people(found.words.words.language.code)
    given = people_of is not None and people_of.first(found.tokens.word(first)) is not None
    return found.tokens.forms[last - 1] in found.words.time_units and not given


def holds_noun(words: Vocabulary, forms: list[str]) -> bool:
    """A word for a body or a crowd; the small words inside their names do not count."""
    return any(
        (f in words.bodies or f in words.crowds) and f not in words.particles and f not in words.closed for f in forms
    )


def is_name_word(found: Names, i: int) -> bool:
    """A capitalised word that is no small word of the language."""
    return found.tokens.word(i)[:1].isupper() and found.tokens.forms[i] not in found.words.closed


def _runs(tokens: Tokens, words: Vocabulary) -> list[tuple[int, int]]:
    """Sequences of capitalised words, with particles, hyphens and initials inside."""
    runs: list[tuple[int, int]] = []
    text, starts, forms, breaks = tokens.text, tokens.starts, tokens.forms, tokens.breaks
    size, i, calendar = len(starts), 0, months(words)
    while i < size:
        dated = forms[i] in calendar and is_in_date(tokens, words, i)
        opens = dated or forms[i] in words.closed or forms[i] in words.articles
        initial = i + 1 < size and forms[i + 1] == "." and not dated
        if not text[starts[i]].isupper() or (opens and not initial):
            i += 1
            continue
        last = i + 1
        j = last
        while j < size and not breaks[j] and j - last <= 2:
            if text[starts[j]].isupper() and (forms[j] not in words.closed or forms[j] in words.time_units):
                last = j + 1
            elif not (
                forms[j] in words.particles or forms[j] in "-‑'" or (forms[j] == "." and _initial(tokens, j - 1))
            ):
                break
            j += 1
        runs.append((i, last))
        i = last
    return runs


def is_acronym(word: str) -> bool:
    """A few capitals."""
    return word.isupper() and 1 < len(word) <= _ACRONYM


def _initial(tokens: Tokens, i: int) -> bool:
    """One letter, or two of which the second is small («Дж.»)."""
    word = tokens.word(i)
    return len(word) == 1 or (len(word) == 2 and not word.isupper())


def name_part(found: Names, first: int, last: int) -> tuple[int, int]:
    """The name in a run of capitalised words: without titles, roles, acronyms and what a role is of."""
    known = found.parts.get((first, last))
    if known is None:
        known = found.parts[first, last] = _name_part(found, first, last)
    return known


def _name_part(found: Names, first: int, last: int) -> tuple[int, int]:
    tokens, words = found.tokens, found.words
    first = _after_office(words, tokens, _after_titles(words, tokens, first, last), last)
    if words.capital_nouns and last - first > 2 and len(tokens.forms[first]) >= _COMPOUND:
        first += 1
    table = glossary(words.words.language.code, words.definite) if first in found.openings else None
    while table is not None and last - first > 1 and (match := table.at(tokens.forms, first, last)) is not None:
        first = match[0]
    if first in found.openings and _opens_with_cue(found, first, last):
        first += 1
    while last - first > 1 and tokens.text[tokens.starts[first]].islower() and tokens.forms[first] in words.particles:
        first += 1
    if words.capital_nouns and tokens.forms[first] in words.articles:
        first = last if last - first <= _GENITIVE else last - 2
    while last - first > 2 and 1 < len(word := tokens.word(first)) <= _ACRONYM and word.isupper():
        first += 1
    return first, last


def _opens_with_cue(found: Names, first: int, last: int) -> bool:
    """Whether the capital is that of a sentence that begins with a cue («Заявила Ольга Смирнова»)."""
    words, form = found.words, found.tokens.forms[first]
    if last - first < 2 or form in words.particles:
        return False
    table = people(words.words.language.code)
    given = table is not None and table.first(found.tokens.word(first)) is not None
    if given or form in words.starts:
        return not given
    named = table is not None and table.first(found.tokens.word(first + 1)) is not None
    return last - first > 2 and (named or form in found.plain)


def _after_titles(words: Vocabulary, tokens: Tokens, first: int, last: int) -> int:
    """Skip everything up to the last title or role in front of a name ("Kremlin Spokesman Dmitry Peskov")."""
    for i in range(last - 2, first - 1, -1):
        form = tokens.forms[i]
        if (form in words.roles or form in words.titles) and form not in words.particles:
            after = i + 1 + (tokens.forms[i + 1] == ".")
            return after + (last - after == 2 and bool(words.name_endings) and tokens.forms[after].endswith(epithets()))
    return first


@cache
def epithets() -> tuple[str, ...]:
    """Endings of words between a title and a name that tell where the office is («патриарх Московский Кирилл»)."""
    return tuple(tables("news")["epithets"]["endings"])


def _after_office(words: Vocabulary, tokens: Tokens, first: int, last: int) -> int:
    """Skip what a role is of, where cases do without a preposition («президент России Владимир Путин»)."""
    if not words.name_endings or first == 0 or tokens.forms[first - 1] not in words.nominal:
        return first
    starts = [i for i in range(first, last) if i == first or not {tokens.forms[i], tokens.forms[i - 1]} & _HYPHENS]
    return starts[-2] if len(starts) > 2 else first


def token_range(tokens: Tokens, span: Span) -> tuple[int, int]:
    """Tokens that overlap a span."""
    return bisect_right(tokens.ends, span.start), bisect_left(tokens.starts, span.end)
