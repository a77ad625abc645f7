"""Evidence: what speaks for and against two articles telling one story, as matrices over all pairs of a set.

All values are worth the same in every pair of languages; `score` adds them up. The constants were chosen on English
news clusters and on multilingual stories (benchmarks/linking.py), with precision first.
"""

from __future__ import annotations

import math
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sayso.languages.romanisation import bare, romanise, skeleton
from sayso.linking.article import Annotated
from sayso.linking.bounds import significant
from sayso.models.encoder import Encoder
from sayso.models.margin import margins
from sayso.models.weights import Floats
from sayso.text.tokens import Tokens, tokenize

THRESHOLD = 0.03
_LEAD = 500
_READ = 3000
_ACROSS = 0.06  # margins between languages lie lower than within one
_NAMES, _USUAL_NAMES = 0.15, 0.35
_CLASH, _CLASH_OF_WORDS = 0.1, 0.15
_CENTRAL, _OFTEN, _ENOUGH = 5, 3, 3
_FIGURE, _FIGURES = 0.02, 0.06
_DAY, _LONG, _GRACE = 0.0005, 0.15, 7
_WORDS, _USUAL_WORDS = 0.8, 0.05
_RECORDS, _USUAL_RECORDS = 0.6, 0.02
_BY_WORDS, _USUAL_OVERLAP = 2.0, 0.12
_BUCKETS = 1 << 13


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
    central: frozenset[str]
    """Sound keys of the names that come up most."""
    shown: dict[str, str]
    """Sound key -> the name as written."""
    records: frozenset[str]
    """Speakers, units with scopes, and values: what records without text have in common."""
    figures: frozenset[tuple[float, str]]
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
    return Traits(
        lead=f"{title}\n{body[:_LEAD]}".strip(),
        names=_shares(counts),
        heard=frozenset(map(sound_key, filter(_nameable, map(tokens.word, range(len(tokens)))))) | counts.keys(),
        words=Counter(form for form in tokens.forms if len(form) > 1),
        central=_central(counts),
        shown=shown,
        records=_records(article),
        figures=frozenset(
            (float(f.value), f.unit)
            for f in article.figures
            if f.value is not None and f.unit and (abs(f.value) >= 1000 or significant(f.value) >= 3)
        ),
        wordless=not (title or body),
        silent=_silent(title + body[:_LEAD]),
    )


def _silent(text: str) -> bool:
    letters = [char for char in romanise(text) if char.isalpha()]
    return sum(not char.isascii() for char in letters) * 2 > len(letters)


def _shares(counts: Mapping[str, int]) -> dict[str, float]:
    total = sum(math.log1p(n) for n in counts.values())
    return {key: math.log1p(n) / total for key, n in counts.items()}


def _central(counts: Mapping[str, int]) -> frozenset[str]:
    often = sorted((-n, key) for key, n in counts.items() if n >= _OFTEN)
    return frozenset(key for _, key in often[:_CENTRAL])


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


def _records(article: Annotated) -> frozenset[str]:
    keys = {romanise(word) for a in article.attributions for word in (a.speaker or "").split() if len(word) > 3}
    for figure in article.figures:
        keys |= {f"{figure.unit} {(figure.scope or '').casefold()}", f"{figure.unit} {figure.value}"}
        keys |= {part.casefold() for part in (figure.scope or "").split("+") if len(part) > 2}
    return frozenset(keys)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Matrices (n, n) over the articles given; `score` is their sum."""

    articles: Sequence[Annotated]
    traits: Sequence[Traits]
    meaning: Floats
    names: Floats
    clash: Floats
    figures: Floats
    apart: Floats
    """Days between the days of publication; 0 when one is unknown."""
    score: Floats


def evidence(articles: Sequence[Annotated], encoder: Encoder | None) -> Evidence:
    """All evidence on all pairs of `articles`."""
    found = [traits(article) for article in articles]
    languages = np.array([article.lang.split("-")[0] for article in articles])
    across = languages[:, None] != languages[None, :]
    meaning = _meaning(found, across, encoder)
    names, clash = _shared_names(found)
    figures = np.minimum(_count([t.figures for t in found]) * _FIGURE, _FIGURES)
    apart = _days_apart(articles)
    against = _CLASH if encoder is not None else _CLASH_OF_WORDS
    score = meaning + _NAMES * (names - _USUAL_NAMES) - against * clash + figures
    wordless = np.array([t.wordless for t in found], bool)
    score = np.where(wordless[:, None] | wordless[None, :], _RECORDS * (_alike(found) - _USUAL_RECORDS), score)
    score -= np.minimum(_DAY * np.maximum(apart - _GRACE, 0), _LONG)
    return Evidence(articles, found, meaning, names, clash, figures, apart, score.astype(np.float32))


def _meaning(found: Sequence[Traits], across: Floats, encoder: Encoder | None) -> Floats:
    """Margin of the leads; without an encoder how many words they share, and nothing across languages."""
    if encoder is not None:
        vectors = encoder.embed([t.lead for t in found])
        return np.asarray(margins(vectors, vectors, encoder) + _ACROSS * across, np.float32)
    weighed = _weighed([_words(t.lead) for t in found])
    shared = _WORDS * (weighed @ weighed.T - _USUAL_WORDS)
    return np.asarray(np.where(across, 0, shared), np.float32)


def _words(text: str) -> Counter[str]:
    return Counter(form for form in tokenize(text).forms if len(form) > 1)


def _weighed(bags: Sequence[Counter[str]] | Sequence[frozenset[str]]) -> Floats:
    """tf-idf rows of unit length; words fall into buckets by a stable hash."""
    rows = np.zeros((len(bags), _BUCKETS), np.float32)
    for row, bag in zip(rows, bags, strict=True):
        for word in bag:
            count = bag[word] if isinstance(bag, Counter) else 1
            row[zlib.crc32(word.encode()) % _BUCKETS] += 1 + math.log(count)
    rows *= np.log((1 + len(bags)) / (1 + (rows > 0).sum(axis=0))) + 1
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), np.float32)


def _shared_names(found: Sequence[Traits]) -> tuple[Floats, Floats]:
    """(share of each other's names that is heard, whether each has a central name that the other lacks).

    Where neither script shows its names by capitals, shared words stand in for them.
    """
    n = len(found)
    vocabulary = {key: i for i, key in enumerate(sorted({key for t in found for key in t.names}))}
    weights, central, heard = (np.zeros((n, max(1, len(vocabulary))), np.float32) for _ in range(3))
    for i, t in enumerate(found):
        for key, weight in t.names.items():
            weights[i, vocabulary[key]] = weight
        central[i, [vocabulary[key] for key in t.central]] = 1
        heard[i, [vocabulary[key] for key in t.heard if key in vocabulary]] = 1
    known = np.array([len(t.names) >= _ENOUGH for t in found])
    one_way = weights @ heard.T
    both = (one_way * known[:, None] + one_way.T * known[None, :]) / np.maximum(
        known[:, None] + 1.0 * known[None, :], 1
    )
    weighed = _weighed([t.words for t in found])
    hidden = _USUAL_NAMES + _BY_WORDS * (weighed @ weighed.T - _USUAL_OVERLAP)
    shared = np.where(known[:, None] | known[None, :], both, hidden)
    lacking = central @ (1 - heard).T > 0
    silent = np.array([t.silent for t in found])
    unheard = silent[:, None] | silent[None, :]
    shared = np.where(unheard, _USUAL_NAMES, shared)
    return shared.astype(np.float32), (lacking & lacking.T & ~unheard).astype(np.float32)


def _count(sets: Sequence[frozenset[tuple[float, str]]]) -> Floats:
    """How many things each pair of sets shares."""
    vocabulary = {thing: i for i, thing in enumerate(sorted({thing for s in sets for thing in s}))}
    rows = np.zeros((len(sets), max(1, len(vocabulary))), np.float32)
    for row, things in zip(rows, sets, strict=True):
        row[[vocabulary[thing] for thing in things]] = 1
    return np.asarray(rows @ rows.T, np.float32)


def _alike(found: Sequence[Traits]) -> Floats:
    weighed = _weighed([t.records for t in found])
    return np.asarray(weighed @ weighed.T, np.float32)


def _days_apart(articles: Sequence[Annotated]) -> Floats:
    days = np.array([day.toordinal() if (day := article.day()) else np.nan for article in articles])
    return np.asarray(np.nan_to_num(np.abs(days[:, None] - days[None, :]), nan=0.0), np.float32)
