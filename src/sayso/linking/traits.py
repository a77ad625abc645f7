"""Traits: what an article offers for telling whether another one tells the same story."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sayso.languages.romanisation import bare, romanise, skeleton
from sayso.linking.article import Annotated
from sayso.linking.bounds import significant
from sayso.text.tokens import Tokens, tokenize

_LEAD, _READ = 500, 3000  # characters: what an opening is, and how far names are looked for
_CENTRAL, _OFTEN = 5, 3  # so many names are central, each said so often


@dataclass(frozen=True, slots=True)
class Traits:
    """What is compared of one article."""

    lead: str
    """Title and first words; the statements' gists where there is no text."""
    names: dict[str, float]
    """Sound keys of names -> weight."""
    heard: frozenset[str]
    """Sound keys of all words: where another article's names are looked for."""
    words: Counter[str]
    """Folded words, for scripts without capitals."""
    opening: Counter[str]
    """Folded words of the lead."""
    central: frozenset[str]
    """Sound keys of the names that come up most."""
    shown: dict[str, str]
    """Sound key -> the name as written."""
    records: Counter[str]
    """Speakers, units with scopes, and values: what records without text have in common."""
    figures: dict[str, str]
    """Large or exact figures: what they are told from each other by -> as a reader would write them."""
    wordless: bool
    silent: bool
    """Written in a script that names cannot be sounded out from (Chinese, …)."""


def traits(article: Annotated) -> Traits:
    """What the article offers for comparison."""
    title, text = article.title or "", article.text or ""
    said = "\n".join(filter(None, (article.said(i) for i in range(len(article.attributions))))) if not text else ""
    body = text[len(title) :] if title and text.startswith(title) else text or said
    tokens = tokenize(f"{title}\n{body[:_READ]}")
    counts, shown = _names(tokens)
    for word in sorted({word for a in article.attributions for word in (a.speaker or "").split() if len(word) > 2}):
        if key := sound_key(word):
            counts[key] += 1
            shown.setdefault(key, word)
    lead = f"{title}\n{body[:_LEAD]}".strip()
    return Traits(
        lead=lead,
        names=_shares(counts),
        heard=frozenset(map(sound_key, filter(_nameable, map(tokens.word, range(len(tokens)))))) | counts.keys(),
        words=_counted(tokens),
        opening=_counted(tokenize(lead)),
        central=_central(counts),
        shown=shown,
        records=_records(article),
        figures={
            f"{float(f.value)!r} {f.unit}": f"{_written(float(f.value))} {f.unit}"
            for f in article.figures
            if f.value is not None and f.unit and (abs(f.value) >= 1000 or significant(f.value) >= 3)
        },
        wordless=not (title or body),
        silent=_silent(title + body[:_LEAD]),
    )


def _counted(tokens: Tokens) -> Counter[str]:
    return Counter(form for form in tokens.forms if len(form) > 1)


def _written(value: float) -> str:
    return str(int(value)) if value.is_integer() else f"{value:,}"


def _silent(text: str) -> bool:
    letters = [char for char in romanise(text) if char.isalpha()]
    return sum(not char.isascii() for char in letters) * 2 > len(letters)


def _shares(counts: Mapping[str, int]) -> dict[str, float]:
    total = sum(math.log1p(n) for n in counts.values())
    return {key: math.log1p(n) / total for key, n in counts.items()}


def _central(counts: Mapping[str, int]) -> frozenset[str]:
    often = sorted((-n, key) for key, n in counts.items() if n >= _OFTEN)
    return frozenset(key for _, key in often[:_CENTRAL])


@lru_cache(maxsize=1 << 16)
def sound_key(word: str) -> str:
    """What a word is looked up by across scripts: its consonants, or its sounds when it has few."""
    consonants = skeleton(bare(word))
    return consonants if len(consonants) > 2 else bare(word)


def _nameable(word: str) -> bool:
    return len(word) > 2 and word[0].isalpha()


def _names(tokens: Tokens) -> tuple[Counter[str], dict[str, str]]:
    """Words with a capital that the text never writes small; not those that only begin sentences."""
    counts: Counter[str] = Counter()
    shown: dict[str, str] = {}
    words = [tokens.word(i) for i in range(len(tokens))]
    small = {word for word in words if word[:1].islower()}
    for i, word in enumerate(words):
        if not _nameable(word) or not word[0].isupper() or word.lower() in small or tokens.breaks[i]:
            continue
        key = sound_key(word)
        if key:
            counts[key] += words[i - 1] not in (".", "!", "?")
            shown.setdefault(key, word)
    return +counts, shown


def _records(article: Annotated) -> Counter[str]:
    keys = {romanise(word) for a in article.attributions for word in (a.speaker or "").split() if len(word) > 3}
    for figure in article.figures:
        keys |= {f"{figure.unit} {(figure.scope or '').casefold()}", f"{figure.unit} {figure.value}"}
        keys |= {part.casefold() for part in (figure.scope or "").split("+") if len(part) > 2}
    return Counter(keys)
