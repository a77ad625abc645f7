"""Named: where a source phrase names a person, in scripts with capitals and without."""

from __future__ import annotations

from sayso.extraction.people.lone import may_be_alone
from sayso.extraction.people.names import Names, holds_noun, is_acronym, name_part, token_range
from sayso.languages.gazetteer import by_name
from sayso.languages.glossary import Glossary, glossary
from sayso.languages.people import people
from sayso.text.span import Span

_COMMAS = frozenset(",،;؛(")
_LONGEST = 4
_SHORT = 3
"""A lower-case word of at most this many letters before a name links it to what stands before ("of", "for", «du»)."""


def person(found: Names, source: Span) -> tuple[int, int] | None:
    """Tokens of the person's name in a source phrase, or None: a role, a body, a crowd."""
    if source not in found.persons:
        found.persons[source] = _person(found, source)
    return found.persons[source]


def _person(found: Names, source: Span) -> tuple[int, int] | None:
    tokens, words = found.tokens, found.words
    first, last = token_range(tokens, source)
    if not words.has_case:
        return _person_without_capitals(found, first, last)
    best: tuple[int, int] | None = None
    relatives = words.linking
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
    linked = not words.before_names.isdisjoint(forms[start:first]) or forms[first - 1] in words.roles
    between = all(form in _COMMAS or form in words.titles for form in forms[end:part])
    return linked and not words.roles.isdisjoint(forms[start:first]) and between


def _parted(found: Names, first: int, last: int) -> bool:
    """Does a comma or a preposition stand between two names: the second is another's?"""
    between = found.tokens.forms[first:last]
    return not (_COMMAS.isdisjoint(between) and found.words.prepositions.isdisjoint(between))


def _inside(found: Names, first: int, last: int) -> list[tuple[int, int]]:
    return [(max(a, first), min(b, last)) for a, b in found.runs_between(first, last)]


def _may_be(found: Names, first: int, last: int, start: int) -> bool:
    """A full name, or a surname whose full name the article gives, or a lone name that opens the phrase."""
    tokens, words = found.tokens, found.words
    forms = tokens.forms[first:last]
    if (
        holds_noun(words, forms)
        or forms[-1] in words.roles
        or all(map(is_acronym, map(tokens.word, range(first, last))))
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
    if found.stem(forms[-1]) in found.middle and forms[-1] not in words.particles:
        return True
    entry = by_name(found.text(first, last))
    alone = may_be_alone(found, first, last) or forms[-1] in found.given
    return alone and entry is not None and entry.kind == "person"


def _person_without_capitals(found: Names, first: int, last: int) -> tuple[int, int] | None:
    """The name behind a role and its complements («وزير الخارجية مارت هولت»), or before one."""
    tokens, words = found.tokens, found.words
    stop = next((i for i in range(first, last) if tokens.forms[i] in _COMMAS), last)
    if stop - first == 1 and (tokens.forms[first] in found.full or tokens.forms[first] in found.given):
        return first, stop
    if stop - first == 2 and _is_particle(found, first) and tokens.forms[first + 1] in found.full:
        return first + 1, stop
    table = glossary(words.words.language.code, words.definite)
    ahead = _before_role(found, table, first, stop) if table is not None else None
    if table is not None:
        known = next(((a, b) for a, b in found.runs if first <= a and b <= stop), None)
        if known is not None:
            more = bool(words.definite) and known[1] - known[0] <= 2 and _is_strange(found, table, known[1], stop)
            return known[0], known[1] + more
        two = _given_and_unknown(found, table, first, stop) or ahead
        if two is not None:
            return two
        if first < stop and _ends_in_given(found, first, stop):
            return stop - 1, stop
        match = table.at(tokens.forms, first, stop) if first < stop else None
        if match is not None and match[1].kind != "modifiers" and tokens.forms[first] not in words.posts:
            return None
    if first < stop and tokens.forms[first] in words.bodies:
        return None
    i = first
    if first < stop and (tokens.forms[first] in words.nominal or words.is_definite(tokens.forms[first])):
        starts = [k for k in range(first + 1, stop) if _opens_name(found, k)]
        if not starts and stop < last:
            return _person_without_capitals(found, stop + 1, last)
        i = next((k for k in starts if stop - k <= _LONGEST + 1), stop)
    titled = i > first and tokens.forms[i - 1] in words.titles and tokens.forms[i - 1] not in words.roles
    if table is not None and table.table and not titled and not _sounds_known(found, table, i, first, stop):
        return None
    end = next((k for k in range(i + 1, stop) if tokens.forms[k] in words.noun_ends), stop)
    alone = end - i == 1 and (titled or found.stem(tokens.forms[i]) in found.full or tokens.forms[i] in found.given)
    return (i, end) if alone or 1 < end - i <= _LONGEST + 1 else None


def _is_particle(found: Names, i: int) -> bool:
    """A small word that begins a family name («دو روجي»)."""
    table = people(found.words.words.language.code)
    known = table.first(found.tokens.word(i)) if table is not None else None
    return known is not None and known.latin.islower()


def _before_role(found: Names, table: Glossary, first: int, stop: int) -> tuple[int, int] | None:
    """Two or three strange words with a role behind them are a name («إقليدس تساكالوتوس وزير المالية»)."""
    end = first
    while end < min(stop, first + _LONGEST) and _is_strange(found, table, end, stop):
        end += 1
    return (
        (first, end)
        if 2 <= end - first < _LONGEST and end < stop and found.tokens.forms[end] in found.words.posts
        else None
    )


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
    return before and not words.is_definite(forms[k]) and forms[k] not in words.nominal and forms[k] not in words.closed
