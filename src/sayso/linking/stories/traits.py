"""Traits: what an article offers for telling whether another one tells the same story."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sayso.languages.romanisation import bare, romanise, skeleton
from sayso.linking.article import Annotated
from sayso.linking.figures.bounds import significant
from sayso.linking.likeness.rarity import name_rarity, rarity
from sayso.text.tokens import Tokens, tokenize

_TITLE, _LEAD, _READ = 120, 700, 3000  # characters: of a title, of an opening, and how far names are looked for
_HEAD = 300  # characters behind the title within which an article says whom and where it is about
_CENTRAL, _OFTEN = 5, 2  # so many names are central, each said so often
_UNIT, _THING = 0.5, 1.5  # weights of a unit alone, and of a scope or a value with its unit
_FEW = 5  # capitals: a foreign word or two
_CONSONANTS = 5  # what comes behind them is mostly an ending
_DIGITS = re.compile(r"\d+(?:[.,٫٬]\d+)*")
_LONGEST = 30  # digits that are looked at
_MONTH, _YEARS = 31, range(1900, 2101)  # plain numbers up to a month's days and years say little


@dataclass(frozen=True, slots=True)
class Traits:
    """What is compared of one article."""

    title: str
    """The title, or the first words of an article without one."""
    lead: str
    """Title and first words; the statements' gists where there is no text."""
    names: dict[str, float]
    """Sound keys of names -> weight; 1 in all."""
    early: dict[str, float]
    """The same for those names alone that title and first lines give."""
    heard: frozenset[str]
    """Sound keys of all words: where another article's names are looked for."""
    words: Counter[str]
    """Folded words, for scripts without capitals."""
    opening: Counter[str]
    """Folded words of the lead."""
    central: dict[str, float]
    """Sound keys of the names that come up most -> weight; 1 in all."""
    shown: dict[str, str]
    """Sound key -> the name as written."""
    records: dict[str, float]
    """Speakers, units with scopes, and values -> weight: what records without text have in common."""
    figures: dict[str, str]
    """Large or exact figures and numbers of the text: what they are told from each other by -> as written."""
    when: int | None
    """Day of publication, else one that its figures are told as of, counted from year 1."""
    capitals: bool
    """Shows names by capitals."""
    wordless: bool
    silent: bool
    """Written in a script that names cannot be sounded out from (Chinese, …)."""


def traits(article: Annotated) -> Traits:
    """What the article offers for comparison."""
    title, text = (article.title or "").strip(), (article.text or "").strip()
    said = "\n".join(filter(None, (article.said(i) for i in range(len(article.attributions))))) if not text else ""
    body = text[len(title) :] if title and text.startswith(title) else text or said
    tokens = tokenize(f"{title}\n{body[:_READ]}")
    counts, shown = _names(tokens)
    for word in sorted({word for a in article.attributions for word in (a.speaker or "").split() if len(word) > 2}):
        if key := sound_key(word):
            counts[key] += 1
            shown.setdefault(key, word)
    lead = f"{title}\n{body[:_LEAD]}".strip()
    head = set(map(sound_key, tokenize(f"{title}\n{body.strip()[:_HEAD]}").forms))
    weights = {key: math.log1p(n) * name_rarity(shown[key]) for key, n in counts.items()}
    return Traits(
        title=title or body.strip().split("\n")[0][:_TITLE],
        lead=lead,
        names=_shares(weights),
        early=_shares({key: weight for key, weight in weights.items() if key in head}),
        heard=frozenset(map(sound_key, filter(_nameable, map(tokens.word, range(len(tokens)))))) | counts.keys(),
        words=_counted(tokens),
        opening=_counted(tokenize(lead)),
        central=_central(counts, shown),
        shown=shown,
        records=_records(article),
        figures=_figures(article) | _numbers(tokens.text),
        when=_when(article),
        capitals=sum(char.isupper() for char in lead) >= _FEW,
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


def _figures(article: Annotated) -> dict[str, str]:
    return {
        f"{float(f.value)!r} {f.unit}": f"{_written(float(f.value))} {f.unit}"
        for f in article.figures
        if f.value is not None and f.unit and _telling(f.value)
    }


def _numbers(text: str) -> dict[str, str]:
    """Numbers written with digits, whatever parts their groups: round ones, years and days of a month left out."""
    found: dict[str, str] = {}
    for match in _DIGITS.finditer(text):
        digits = "".join(str(int(char)) for char in match[0] if char.isdecimal())
        if len(digits.strip("0")) > 1 and int(digits[:_LONGEST]) > _MONTH and int(digits[:_LONGEST]) not in _YEARS:
            found.setdefault(f"#{digits}", match[0])
    return found


def _shares(weights: Mapping[str, float]) -> dict[str, float]:
    total = math.fsum(weights.values())
    return {key: weight / total for key, weight in weights.items()}


def _central(counts: Mapping[str, int], shown: Mapping[str, str]) -> dict[str, float]:
    often = {key: n * name_rarity(shown[key]) for key, n in counts.items() if n >= _OFTEN}
    best = sorted(often, key=lambda key: (-often[key], key))[:_CENTRAL]
    return _shares({key: often[key] for key in best})


@lru_cache(maxsize=1 << 16)
def sound_key(word: str) -> str:
    """What a word is looked up by across scripts and cases: its first consonants, or its sounds when it has few."""
    consonants = skeleton(bare(word))
    return consonants[:_CONSONANTS] if len(consonants) > 2 else bare(word)


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


def _records(article: Annotated) -> dict[str, float]:
    """Names of speakers, and units, scopes and values of figures, each with its weight."""
    found: dict[str, float] = {}
    for word in {word for a in article.attributions for word in (a.speaker or "").split() if len(word) > 2}:
        found[f"name {sound_key(word)}"] = name_rarity(word)
    for figure in article.figures:
        scope = (figure.scope or "").casefold()
        found[f"unit {figure.unit}"] = _UNIT
        found[f"{figure.unit} {scope}"] = _THING
        if figure.value is not None and _telling(figure.value):
            found[f"{figure.value} {figure.unit}"] = _THING
        found |= {f"scope {word}": rarity(word) for word in tokenize(scope).forms if len(word) > 2}
    return found


def _telling(value: float) -> bool:
    """Too large or too exact to be two quantities by chance."""
    return abs(value) >= 1000 or significant(value) >= 3


def _when(article: Annotated) -> int | None:
    """Day of publication, else the middle one of the days that the figures are told as of."""
    day = article.day()
    if day is not None:
        return day.toordinal()
    told = sorted(filter(None, (_ordinal(figure.as_of or "") for figure in article.figures)))
    return told[len(told) // 2] if told else None


def _ordinal(day: str) -> int | None:
    try:
        return date.fromisoformat(day[:10]).toordinal()
    except ValueError:
        return None
