"""Roles: words for roles and relatives, and which of them stand beside a name."""

from __future__ import annotations

from functools import cache, lru_cache

from sayso.extraction.words.vocabulary import Vocabulary
from sayso.languages.callings import may_be_one
from sayso.languages.glossary import glossary, heads
from sayso.languages.romanisation import inflected
from sayso.text.folding import fold_word
from sayso.text.tokens import Tokens

_COMMAS = frozenset(",،;؛")
_PHRASE = 8
"""A role and what it is of, in words before or behind the name."""
_LEFT = 3
_COMPOUND = 5


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


def beside(
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


def around(tokens: Tokens, words: Vocabulary, first: int, last: int, before: int) -> frozenset[str]:
    """All words for posts and titles in the phrases in front of the name at `[first, last)` and behind it."""
    forms, breaks, size = tokens.forms, tokens.breaks, len(tokens.forms)
    begin, low = first, max(0, before, first - _PHRASE)
    while begin > low and not breaks[begin] and _in_phrase(words, forms[begin - 1], begin == first):
        begin -= 1
    end = start = min(size, last + (last < size and forms[last] in _COMMAS))
    while (
        start > last and end < min(size, start + _PHRASE) and not breaks[end] and _in_phrase(words, forms[end], False)
    ):
        end += 1
    said = (form for form in (*forms[begin:first], *forms[start:end]))
    return frozenset(role for form in said if (role := _as_role(words, form, words.posts)) is not None)


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


def same_role(words: Vocabulary, a: str, b: str) -> bool:
    """One word in any case, or of one meaning, or the other's last part in compounds (Kremlsprecher, Sprecher)."""
    short, long = sorted((a, b), key=len)
    if a == b or (words.capital_nouns and len(short) > _COMPOUND and long.endswith(short)):
        return True
    if words.name_endings and inflected(a, b):
        return True
    code = words.words.language.code
    meaning = _meaning(code, tuple(words.definite), a)
    return meaning is not None and meaning == _meaning(code, tuple(words.definite), b)


def callings(words: Vocabulary, forms: frozenset[str]) -> frozenset[str]:
    """What the words for roles among `forms` are in English; themselves where no glossary tells."""
    code, definite = words.words.language.code, tuple(words.definite)
    roles = forms & words.posts
    if not has_meanings(words):
        return roles
    return frozenset(meaning for form in roles if (meaning := _meaning(code, definite, form)) is not None)


def has_meanings(words: Vocabulary) -> bool:
    """Whether a glossary tells what words for roles are in English."""
    table = glossary(words.words.language.code, words.definite)
    return table is not None and bool(table.table)


def are_of_one(words: Vocabulary, told: frozenset[str], asked: frozenset[str], calling: frozenset[str]) -> bool:
    """Whether one person may have the roles `told` of somebody and those `asked`, which are `calling` in English.

    What is not known in English contradicts nothing.
    """
    if not calling or any(same_role(words, a, b) for a in asked for b in told):
        return True
    return any(may_be_one(a, b) for a in callings(words, told) for b in calling)


@lru_cache(maxsize=1 << 12)
def _meaning(code: str, definite: tuple[str, ...], form: str) -> str | None:
    """What a word for a role is in English."""
    table = glossary(code, definite)
    match = table.at([form], 0, 1) if table is not None else None
    return match[1].english if match is not None and match[1].kind == "heads" else None
