"""People: whom an article names, and by which words for roles each of them may be meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from sayso.extraction.names import Names, name_part
from sayso.extraction.vocabulary import Vocabulary
from sayso.languages.cyrillic import nominative
from sayso.languages.gazetteer import Entry, by_name, gazetteer
from sayso.languages.glossary import glossary, heads
from sayso.languages.people import people
from sayso.languages.romanisation import inflected
from sayso.text.folding import fold_word
from sayso.text.phrases import Phrases
from sayso.text.tokens import Tokens, forms_of

_COMMAS = frozenset(",،;؛")
_PHRASE = 8
"""A role and what it is of, in words before or behind the name."""
_LEFT = 3
_PREFIX = 3
_COMPOUND = 5
_LONGEST = 24
"""Words of a name beyond which none is known; the gazetteer's longest has 7."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A person named at token `place`; `roles` that name them, and what those roles are `about`, in folded words.

    `subject`: the name may be one, by its case or since no preposition stands before it. `gender`: m or f, where the
    given name tells.
    """

    place: int
    name: str
    roles: frozenset[str]
    about: frozenset[str]
    subject: bool = True
    gender: str | None = None


def mentions(found: Names) -> list[Mention]:
    """All persons named in full or known, in order, with what stands beside them."""
    code = found.words.words.language.code
    out: list[Mention] = []
    before = 0
    for first, last, name, entry in _named(found, code):
        roles, about = _beside(found.tokens, found.words, first, last, before)
        before = last
        office = _offices(entry.name, code) if entry is not None else (frozenset[str](), frozenset[str]())
        subject = not (is_oblique(found, first, last) or _behind_preposition(found, first))
        if not subject and any(is_kin(found.words, role) for role in roles):
            roles = frozenset()
        roles, about = roles | office[0] & found.words.roles, about | office[1] - found.words.closed
        out.append(Mention(first, name, roles, about, subject, _gender(found, first, last)))
    return out


def is_oblique(found: Names, first: int, last: int) -> bool:
    """Whether a name stands in another case than its basic form."""
    if not found.words.name_endings:
        return False
    name = found.text(first, last)
    return name != nominative(name, found.words.words.language.code) or (
        by_name(name) is None and known(found, name) is not None
    )


def is_kin(words: Vocabulary, form: str) -> bool:
    """Whether a word means a relative of somebody, or may where a name follows."""
    return kin(words, form) is not None


def kin(words: Vocabulary, form: str) -> str | None:
    """What a word for a relative is in English where a name follows; None for other words."""
    code, definite = words.words.language.code, tuple(words.definite)
    table, meaning = glossary(code, definite), _meaning(code, definite, form)
    if table is not None and form in table.relatives:
        return table.relatives[form]
    return meaning if meaning in heads("kin") else None


def _behind_preposition(found: Names, first: int) -> bool:
    """Whether a preposition stands before a name, words for roles between them or not."""
    words, forms = found.words, found.tokens.forms
    i = first - 1
    while i > max(0, first - _PHRASE) and (forms[i] in words.nominal or forms[i] in words.articles):
        i -= 1
    return i >= 0 and forms[i] in words.prepositions


def _gender(found: Names, first: int, last: int) -> str | None:
    code = found.words.words.language.code
    table, name = people(code), found.text(first, last)
    known_name = table.first(nominative(name, code).split()[0]) if table is not None else None
    return known_name.gender if known_name is not None else None


def _named(found: Names, code: str) -> Iterator[tuple[int, int, str, Entry | None]]:
    """(first, last, name, entry) of each person."""
    if not found.words.has_case:
        yield from _named_without_capitals(found, code)
        return
    for low, high in found.runs:
        first, last = name_part(found, low, high)
        if first >= last or (first > 0 and found.tokens.forms[first - 1] in found.words.articles):
            continue
        name = found.text(first, last)
        if name.isascii() and not found.tokens.text.isascii() and found.words.words.language.script != "Latn":
            continue
        entry = known(found, name)
        if entry is not None and entry.kind == "person":
            yield first, last, entry.name, entry
        elif entry is None and found.stem(found.tokens.forms[last - 1]) in found.full:
            yield first, last, found.best(name), None


def _named_without_capitals(found: Names, code: str) -> Iterator[tuple[int, int, str, Entry | None]]:
    """Public figures, and names that given names tell."""
    tokens, names = found.tokens, _known_people(code, tuple(found.words.words.language.proclitics))
    starts, ends = names.starts(), dict(found.runs)
    for i, form in enumerate(tokens.forms):
        match = names.at(tokens, i) if form in starts else None
        if match is not None:
            yield i, match[0], match[1].name, match[1]
        elif i in ends:
            yield i, ends[i], found.text(i, ends[i]), None


@cache
def _known_people(code: str, proclitics: tuple[str, ...]) -> Phrases[Entry]:
    """Names of public figures in one language, also with letters written before them; surnames alone left out."""
    persons = (entry for entry in gazetteer().entries if entry.kind == "person")
    forms = [(form, entry) for entry in persons for form in entry.names.get(code, []) if " " in form]
    return Phrases((letters + form, entry) for letters in ("", *proclitics) for form, entry in forms)


@lru_cache(maxsize=1 << 12)
def _offices(name: str, code: str) -> tuple[frozenset[str], frozenset[str]]:
    """Folded words of a public figure's offices, and of those with what they are of."""
    entry = by_name(name)
    if entry is None:
        return frozenset(), frozenset()
    told = gazetteer()
    titles = _forms(told.roles(entry, code))
    return titles, titles | _forms(word for o in entry.offices if o.of for word in told.place(o.of, code))


def _forms(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(form for form in forms_of(phrases) if form.isalnum())


def _beside(
    tokens: Tokens, words: Vocabulary, first: int, last: int, before: int
) -> tuple[frozenset[str], frozenset[str]]:
    """Roles, and what they are about, in front of the name at `[first, last)` or between commas behind it.

    `before`: where the name before it ends; what stands before that is not this one's.
    """
    return _in_front(tokens, words, first, before) or _behind(tokens, words, last)


def _in_front(
    tokens: Tokens, words: Vocabulary, first: int, before: int
) -> tuple[frozenset[str], frozenset[str]] | None:
    """The role in front of a name at `first` and what it is about; None where none stands there."""
    forms, breaks = tokens.forms, tokens.breaks
    begin, low = first, max(0, before, first - _PHRASE)
    if first > 0 and words.has_case and forms[first - 1] in words.before_names:
        low = first
    while begin > low and not breaks[begin] and _in_phrase(words, forms[begin - 1], begin == first):
        begin -= 1
    roles = _role_heads(words)
    head = next((i for i in range(first - 1, begin - 1, -1) if _as_role(words, forms[i], roles)), None)
    if head is None:
        return None
    while head > begin and forms[head - 1] in words.roles:
        head -= 1
    low = head
    while low > max(begin, head - _LEFT) and forms[low - 1] not in words.closed:
        low -= 1
    role = _as_role(words, forms[head], roles) or forms[head]
    return frozenset((role,)), _content(words, forms[low:first])


def _behind(tokens: Tokens, words: Vocabulary, last: int) -> tuple[frozenset[str], frozenset[str]]:
    """Roles behind a name that ends at `last`, between commas or right there, and what they are about."""
    forms, breaks, roles = tokens.forms, tokens.breaks, _role_heads(words)
    apposed = last < len(forms) and not words.has_case and forms[last] in roles
    if last >= len(forms) or not (apposed or forms[last] in _COMMAS):
        return frozenset(), frozenset()
    start = end = last + (not apposed)
    while end < min(len(forms), start + _PHRASE) and not breaks[end] and _in_phrase(words, forms[end], False):
        end += 1
    if end == start or forms[start] in words.linking:
        return frozenset(), frozenset()
    return frozenset(forms[start : min(end, start + 1 + _LEFT)]) & roles, _content(words, forms[start:end])


def _as_role(words: Vocabulary, form: str, roles: frozenset[str]) -> str | None:
    """The word for a role that a form is, also behind a preposition written together with it («لرئيس»)."""
    table = glossary(words.words.language.code, words.definite)
    starts = table.definite if table is not None and words.definite else ()
    if form in roles:
        return form
    rests = (form[len(letters) :] for letters in starts if form.startswith(letters))
    return next((rest for rest in rests if rest in roles), None)


@cache
def _role_heads(words: Vocabulary) -> frozenset[str]:
    """Words for roles, without those that only tell what a role is of («کشور» in «وزیر کشور»)."""
    table = glossary(words.words.language.code, words.definite)
    roles = words.roles - words.articles - words.closed - words.particles
    if not words.has_case and words.words.language.script == "Arab":
        roles &= {fold_word(role.split()[0]) for role in words.words.people.roles}
    if table is None:
        return roles
    alone = {fold_word(role) for role in words.words.people.roles if " " not in role}
    matches = ((form, table.at([form], 0, 1)) for form in roles - alone)
    return roles - {form for form, match in matches if match is not None and match[1].kind == "modifiers"}


def _in_phrase(words: Vocabulary, form: str, at_name: bool) -> bool:
    """A word of a role phrase: no verb of saying, no mark but the comma right before the name."""
    if form in _COMMAS:
        return at_name
    return (form[:1].isalnum() or form in "-'.") and (
        form not in words.verb_starts or form in words.nominal or form in words.prepositions
    )


def _content(words: Vocabulary, forms: list[str]) -> frozenset[str]:
    return frozenset(form for form in forms if form[:1].isalpha() and len(form) > 1 and form not in words.closed)


def fits(words: Vocabulary, mention: Mention, roles: frozenset[str], about: frozenset[str]) -> bool:
    """Whether a phrase with these roles, of these other words, may mean this person."""
    if not mention.roles or not any(_same_role(words, a, b) for a in roles for b in mention.roles):
        return False
    return not about or any(_kin(_bare(words, a), _bare(words, b)) for a in about for b in mention.about)


def _bare(words: Vocabulary, form: str) -> str:
    """The word without an article written together with it."""
    return next((form[len(d) :] for d in words.definite if form.startswith(d) and len(form) > len(d) + 2), form)


def _same_role(words: Vocabulary, a: str, b: str) -> bool:
    """One word in any case, or of one meaning, or the other's last part in compounds (Kremlsprecher, Sprecher)."""
    short, long = sorted((a, b), key=len)
    if a == b or (words.capital_nouns and len(short) > _COMPOUND and long.endswith(short)):
        return True
    if words.name_endings and inflected(a, b):
        return True
    code = words.words.language.code
    meaning = _meaning(code, tuple(words.definite), a)
    return meaning is not None and meaning == _meaning(code, tuple(words.definite), b)


@lru_cache(maxsize=1 << 12)
def _meaning(code: str, definite: tuple[str, ...], form: str) -> str | None:
    """What a word for a role is in English."""
    table = glossary(code, definite)
    match = table.at([form], 0, 1) if table is not None else None
    return match[1].english if match is not None and match[1].kind == "heads" else None


def _kin(a: str, b: str) -> bool:
    """Words with one beginning ("Russian", "Russia"; «Кремля», «Кремль»)."""
    size = max(_PREFIX, min(len(a), len(b)) - 2)
    return a[:size] == b[:size]


def known(found: Names, name: str) -> Entry | None:
    """The gazetteer's entry for a name, also behind case endings and behind words that are no part of it."""
    return _known(name, found.words.words.language.code if found.words.name_endings else None)


@lru_cache(maxsize=1 << 14)
def _known(name: str, code: str | None) -> Entry | None:
    """`known` in a language; None for one without case endings."""
    parts = name.split()
    for first in range(max(0, len(parts) - _LONGEST), max(1, len(parts) - 1)):
        entry = by_name(" ".join(parts[first:]))
        if entry is None and code is not None:
            entry = _in_case(code, tuple(map(fold_word, parts[first:])))
        if entry is not None and (not first or entry.kind == "person"):
            return entry
    return None


@lru_cache(maxsize=1 << 14)
def _in_case(code: str, parts: tuple[str, ...]) -> Entry | None:
    """The one entry whose name in this language these words are, in some case; a surname may stand alone."""
    fitting = {
        entry.name: entry
        for names, entry in _by_beginning(code).get(parts[-1][:_PREFIX], ())
        if len(names) == len(parts) and all(a == b or inflected(a, b) for a, b in zip(names, parts, strict=True))
    }
    return next(iter(fitting.values())) if len(fitting) == 1 else None


@cache
def _by_beginning(code: str) -> dict[str, list[tuple[tuple[str, ...], Entry]]]:
    """First letters of the last word -> names (folded words) that end in it."""
    out: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    for entry in gazetteer().entries:
        for form in entry.names.get(code, []):
            words = tuple(map(fold_word, form.split()))
            shapes = {words, words[-1:]} if entry.kind == "person" and entry.short == "last" else {words}
            for shape in shapes:
                out.setdefault(shape[-1][:_PREFIX], []).append((shape, entry))
    return out
