"""Telling: a statement as one article tells it, as threads compare it."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.extraction.nouns import Attribution, Figure, Spans, Time
from sayso.linking.article import Annotated
from sayso.text.tokens import tokenize

_SYLLABLE = 3  # letters that one character of Chinese or Japanese stands for


@dataclass(frozen=True, slots=True)
class Telling:
    """One statement as one article tells it."""

    article: Annotated
    index: int
    words: str
    lang: str
    forms: tuple[str, ...]
    """Folded words, without marks."""
    speaker: str | None

    @property
    def attribution(self) -> Attribution:
        """The attribution as it was read."""
        return self.article.attributions[self.index]

    @property
    def id(self) -> int | str:
        """The attribution's own id, else its index."""
        return self.article.attribution_ids[self.index] if self.article.attribution_ids else self.index

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures inside the content."""
        content: Spans = self.attribution.content
        return tuple(f for f in self.article.figures if any(s.contains(f.span) for s in content) and f.span.length)

    @property
    def times(self) -> tuple[Time, ...]:
        """The times inside the content."""
        content: Spans = self.attribution.content
        return tuple(t for t in self.article.times if any(s.contains(t.span) for s in content))


def telling(article: Annotated, index: int, speaker: str | None) -> Telling:
    """The statement at `index` of `article`."""
    words = article.said(index)
    return Telling(article, index, words, article.lang.split("-")[0].lower(), forms(words), speaker)


def letters(words: str) -> int:
    """How many letters these words have; a Chinese or Japanese character stands for three."""
    return sum(_SYLLABLE if "\u3040" <= char <= "\u9fff" else 1 for char in words)


def forms(words: str) -> tuple[str, ...]:
    """Folded words, without marks."""
    return tuple(form for form in tokenize(words).forms if any(char.isalnum() for char in form))
