"""Names: who is meant by the noun phrases of one article: full names by surname, holders of roles, bodies."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from sayso.extraction.vocabulary import Vocabulary
from sayso.languages.countries import country
from sayso.languages.gazetteer import by_name
from sayso.languages.glossary import Glossary, glossary
from sayso.languages.people import people
from sayso.text.folding import fold_word
from sayso.text.span import Span
from sayso.text.tokens import Tokens

_COMMAS = frozenset(",،;؛(")
_HYPHENS = frozenset("-‑'.")
_OPENERS = frozenset(".!?:…\"'«»“”-–—")
_LONGEST = 4
_ACRONYM = 4
_COMPOUND = 12
"""A capitalised word of so many letters before two others is a compound noun („Vorstandsmitglied Tom Reed“)."""
_GENITIVE = 3
"""„Sprecher der Stadt Birkenau“: an article and so many words in all are no name."""
_SHORT = 3
"""A lower-case word of at most this many letters before a name links it to what stands before ("of", "for", «du»)."""


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
    """`openings`: tokens that open a sentence. `plain`: folded words met with a small letter. `given`, `middle`: full
    names by their first words, and by those between the first and the last."""

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
        return " ".join(self.tokens.text[self.tokens.starts[first] : self.tokens.ends[last - 1]].split())

    def learn(self, first: int, last: int) -> None:
        """A full name, rather in its basic form."""
        key = self.stem(self.tokens.forms[last - 1])
        name = self.text(first, last)
        known = self.full.get(key)
        if known is None or (self._is_base(name) and not self._is_base(known)):
            self.full[key] = name
        if name.startswith(self.given.get(self.tokens.forms[first], "")):
            self.given[self.tokens.forms[first]] = name
        for i in range(first + 1, last - 1):
            self.middle.setdefault(self.stem(self.tokens.forms[i]), name)

    def learn_also(self, other: Names) -> None:
        """The names of another text about the same people, where this one has none."""
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
        return found
    found.runs = _runs(tokens, words)
    forms = tokens.forms
    found.openings = frozenset(i for i in range(len(forms)) if tokens.breaks[i] or forms[i - 1] in _OPENERS)
    found.plain = frozenset(f for f, at in zip(forms, tokens.starts, strict=True) if tokens.text[at].islower())
    for first, last in found.runs:
        first, last = name_part(found, first, last)
        if 2 <= last - first <= _LONGEST and _may_be_learnt(found, first, last):
            found.learn(first, last)
    return found


def _may_be_learnt(found: Names, first: int, last: int) -> bool:
    """No body, no acronym, no country: what may be the full name of a person."""
    word = found.tokens.word(last - 1)
    if _holds_noun(found.words, found.tokens.forms[first:last]) or (word.isupper() and 1 < len(word) <= _ACRONYM + 1):
        return False
    text = found.text(first, last)
    return country(text, found.words.words.language.code, bool(found.words.name_endings)) is None


def _holds_noun(words: Vocabulary, forms: list[str]) -> bool:
    """A word for a body or a crowd; the small words inside their names do not count."""
    return any(f in words.bodies | words.crowds and f not in words.particles and f not in words.closed for f in forms)


def _runs(tokens: Tokens, words: Vocabulary) -> list[tuple[int, int]]:
    """Sequences of capitalised words, with particles, hyphens and initials inside."""
    runs: list[tuple[int, int]] = []
    text, starts, forms, breaks = tokens.text, tokens.starts, tokens.forms, tokens.breaks
    size, i = len(starts), 0
    while i < size:
        opens = forms[i] in words.closed or forms[i] in words.articles
        if not text[starts[i]].isupper() or (opens and not (i + 1 < size and forms[i + 1] == ".")):
            i += 1
            continue
        last = i + 1
        j = last
        while j < size and not breaks[j] and j - last <= 2:
            if text[starts[j]].isupper() and forms[j] not in words.closed:
                last = j + 1
            elif not (
                forms[j] in words.particles or forms[j] in "-‑'" or (forms[j] == "." and _initial(tokens, j - 1))
            ):
                break
            j += 1
        runs.append((i, last))
        i = last
    return runs


def _is_acronym(word: str) -> bool:
    return word.isupper() and 1 < len(word) <= _ACRONYM


def _initial(tokens: Tokens, i: int) -> bool:
    """One letter, or two of which the second is small («Дж.»)."""
    word = tokens.word(i)
    return len(word) == 1 or (len(word) == 2 and not word.isupper())


def name_part(found: Names, first: int, last: int) -> tuple[int, int]:
    """The name in a run of capitalised words: without titles, roles, acronyms and what a role is of."""
    tokens, words = found.tokens, found.words
    first = _after_office(words, tokens, _after_titles(words, tokens, first, last), last)
    if words.capital_nouns and last - first > 2 and len(tokens.forms[first]) >= _COMPOUND:
        first += 1
    table = glossary(words.words.language.code, words.definite) if first in found.openings else None
    while table is not None and last - first > 1 and (match := table.at(tokens.forms, first, last)) is not None:
        first = match[0]
    while last - first > 1 and tokens.text[tokens.starts[first]].islower() and tokens.forms[first] in words.particles:
        first += 1
    if words.capital_nouns and tokens.forms[first] in words.articles:
        first = last if last - first <= _GENITIVE else last - 2
    while last - first > 2 and 1 < len(word := tokens.word(first)) <= _ACRONYM and word.isupper():
        first += 1
    return first, last


def _after_titles(words: Vocabulary, tokens: Tokens, first: int, last: int) -> int:
    """Skip everything up to the last title or role in front of a name ("Kremlin Spokesman Dmitry Peskov")."""
    for i in range(last - 2, first - 1, -1):
        form = tokens.forms[i]
        if (form in words.roles or form in words.titles) and form not in words.particles:
            return i + 1 + (tokens.forms[i + 1] == ".")
    return first


def _after_office(words: Vocabulary, tokens: Tokens, first: int, last: int) -> int:
    """Skip what a role is of, where cases do without a preposition («президент России Владимир Путин»)."""
    if not words.name_endings or first == 0 or tokens.forms[first - 1] not in words.nominal:
        return first
    starts = [i for i in range(first, last) if i == first or not {tokens.forms[i], tokens.forms[i - 1]} & _HYPHENS]
    return starts[-2] if len(starts) > 2 else first


def person(found: Names, source: Span) -> tuple[int, int] | None:
    """Tokens of the person's name in a source phrase, or None: a role, a body, a crowd."""
    tokens, words = found.tokens, found.words
    first, last = token_range(tokens, source)
    if not words.has_case:
        return _person_without_capitals(found, first, last)
    best: tuple[int, int] | None = None
    relatives = words.relatives - words.articles
    clauses = [i for i in range(first + 1, last) if tokens.forms[i] in relatives]
    for low, high in _inside(found, first, last):
        if any(i < low and not set(tokens.forms[i:low]) & _COMMAS for i in clauses):
            continue
        part, end = name_part(found, low, high)
        if part >= end or not _may_be(found, part, end, first):
            continue
        if best is not None and _parted(found, best[1], part) and not _is_owner(found, first, best[0], best[1], part):
            break
        best = part, end
    return best


def _is_owner(found: Names, start: int, first: int, end: int, part: int) -> bool:
    """The first name tells whose role it is, the second, behind a comma, who has it ("the lawyer of X, Y")."""
    forms, words = found.tokens.forms, found.words
    linked = bool(set(forms[start:first]) & (words.prepositions | words.particles)) or forms[first - 1] in words.roles
    return linked and bool(set(forms[start:first]) & words.roles) and bool(set(forms[end:part]) <= _COMMAS)


def _parted(found: Names, first: int, last: int) -> bool:
    """Does a comma or a preposition stand between two names: the second is another's?"""
    between = set(found.tokens.forms[first:last])
    return bool(between & _COMMAS or between & found.words.prepositions)


def _inside(found: Names, first: int, last: int) -> list[tuple[int, int]]:
    return [(max(a, first), min(b, last)) for a, b in found.runs_between(first, last)]


def _may_be(found: Names, first: int, last: int, start: int) -> bool:
    """A full name, or a surname whose full name the article gives, or a lone name that opens the phrase."""
    tokens, words = found.tokens, found.words
    forms = tokens.forms[first:last]
    if (
        _holds_noun(words, forms)
        or forms[-1] in words.roles
        or all(map(_is_acronym, map(tokens.word, range(first, last))))
    ):
        return False
    before = tokens.word(first - 1) if first > start else ""
    before_form = tokens.forms[first - 1] if before else ""
    if before and before.isalpha() and before[0].islower() and len(before) <= _SHORT and before not in words.articles:
        return False
    if before_form in words.articles and first - 2 >= start and tokens.forms[first - 2] in words.nominal:
        return False
    titled = first > 0 and tokens.forms[first - 1] in words.titles
    if last - first >= 2 or titled or found.stem(forms[-1]) in found.full:
        return True
    entry = by_name(found.text(first, last))
    return entry is not None and entry.kind == "person"


def _person_without_capitals(found: Names, first: int, last: int) -> tuple[int, int] | None:
    """The name behind a role and its complements («وزير الخارجية مارت هولت»), or before one."""
    tokens, words = found.tokens, found.words
    stop = next((i for i in range(first, last) if tokens.forms[i] in _COMMAS), last)
    if stop - first == 1 and (tokens.forms[first] in found.full or tokens.forms[first] in found.given):
        return first, stop
    table = glossary(words.words.language.code, words.definite)
    if table is not None:
        known = next(((a, b) for a, b in found.runs if first <= a and b <= stop), None)
        if known is not None:
            more = bool(words.definite) and known[1] - known[0] <= 2 and _is_strange(found, table, known[1], stop)
            return known[0], known[1] + more
        two = _given_and_unknown(found, table, first, stop)
        if two is not None:
            return two
        if first < stop and _ends_in_given(found, first, stop):
            return stop - 1, stop
        match = table.at(tokens.forms, first, stop) if first < stop else None
        if match is not None and match[1].kind != "modifiers" and tokens.forms[first] not in words.roles | words.titles:
            return None
    if first < stop and tokens.forms[first] in words.bodies:
        return None
    i = first
    if first < stop and (tokens.forms[first] in words.nominal or words.is_definite(tokens.forms[first])):
        starts = [k for k in range(first + 1, stop) if _opens_name(found, k)]
        if not starts and stop < last:
            return _person_without_capitals(found, stop + 1, last)
        i = next((k for k in starts if stop - k <= _LONGEST + 1), stop)
    if table is not None and table.table and not _sounds_known(found, table, i, first, stop):
        return None
    closed = words.nominal | words.relatives | words.prepositions
    end = next((k for k in range(i + 1, stop) if tokens.forms[k] in closed - words.particles), stop)
    alone = end - i == 1 and (found.stem(tokens.forms[i]) in found.full or tokens.forms[i] in found.given)
    return (i, end) if alone or 1 < end - i <= _LONGEST + 1 else None


def _given_and_unknown(found: Names, table: Glossary, first: int, stop: int) -> tuple[int, int] | None:
    """A given name with one more word whose meaning is not known («عبدالله بترجي»)."""
    known, forms = people(found.words.words.language.code), found.tokens.forms
    for k in range(first, stop - 1):
        given = known.first(found.tokens.word(k)) if known is not None else None
        if given is None or given.gender is None or (k > first and forms[k - 1] in found.words.prepositions):
            continue
        if _is_strange(found, table, k + 1, stop):
            return k, k + 2
    return None


def _is_strange(found: Names, table: Glossary, k: int, stop: int) -> bool:
    """An indefinite word that means nothing known, which may go on with a name."""
    if k >= stop or not found.tokens.word(k)[:1].isalpha():
        return False
    words, form = found.words, found.tokens.forms[k]
    common = form in words.nominal or form in words.closed or form in words.verb_starts or words.is_definite(form)
    return not common and table.at(found.tokens.forms, k, stop) is None


def _sounds_known(found: Names, table: Glossary, i: int, first: int, stop: int) -> bool:
    """Whether what begins at `i` may be a name: no word of known meaning, but a known name or a role before it."""
    known, tokens = people(found.words.words.language.code), found.tokens
    if any(table.at(tokens.forms, k, stop) is not None for k in range(i, stop)):
        return False
    named = known is not None and any(known.knows(tokens.word(k)) for k in range(i, stop))
    return named or (i > first and bool(found.words.definite)) or stop - i == 1


def _ends_in_given(found: Names, first: int, stop: int) -> bool:
    """A given name alone behind a role or a definite word, or alone («الفنانة أحلام»)."""
    table, forms = people(found.words.words.language.code), found.tokens.forms
    known = table.first(found.tokens.word(stop - 1)) if table is not None else None
    behind = stop - first == 1 or forms[first] in found.words.nominal or found.words.is_definite(forms[first])
    return known is not None and known.gender is not None and behind


def _opens_name(found: Names, k: int) -> bool:
    """An indefinite word behind a definite one or a role: a given name."""
    words, forms = found.words, found.tokens.forms
    before = words.is_definite(forms[k - 1]) or forms[k - 1] in words.nominal
    return before and not words.is_definite(forms[k]) and forms[k] not in words.nominal | words.closed


def token_range(tokens: Tokens, span: Span) -> tuple[int, int]:
    """Tokens that overlap a span."""
    return bisect_right(tokens.ends, span.start), bisect_left(tokens.starts, span.end)
