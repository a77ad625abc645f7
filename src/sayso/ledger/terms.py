"""Terms: the words of a text as the search index keeps them, each tied to its place in the text."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import version

from sayso.text.span import Span
from sayso.text.tokens import forms, tokenize

# ISO 639 codes of the languages that have a Snowball stemmer.
_ALGORITHMS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian",
    "id": "indonesian", "it": "italian", "lt": "lithuanian", "ne": "nepali", "nl": "dutch", "no": "norwegian",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil",
    "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
_lock = threading.Lock()


def made_by() -> str:
    """Names what the terms depend on: an index made by another is made anew."""
    return f"terms 1, PyStemmer {version('PyStemmer')}"


@cache
def stemmer(lang: str) -> Callable[[str], str]:
    """Folded word -> stem, for a BCP 47 code; the word itself where the language has no stemmer. Safe in threads."""
    import Stemmer

    algorithm = _ALGORITHMS.get(lang.partition("-")[0])
    if algorithm not in Stemmer.algorithms():
        return str
    snowball = Stemmer.Stemmer(algorithm)

    @lru_cache(maxsize=1 << 16)
    def stem(word: str) -> str:
        with _lock:
            return str(snowball.stemWord(word))

    return stem


@dataclass(frozen=True, slots=True)
class Terms:
    """Parallel lists: term i is folded as `forms[i]` and stands at `spans[i]`; marks between words are left out."""

    forms: list[str]
    spans: list[Span]

    def runs(self, stems: list[str], wanted: list[str]) -> Iterator[tuple[int, int]]:
        """Where the terms with these stems stand one after another: (first, last), last excluded."""
        for i in range(len(stems) - len(wanted) + 1):
            if stems[i] == wanted[0] and stems[i : i + len(wanted)] == wanted:
                yield i, i + len(wanted)

    def pieces(self, piece: str) -> Iterator[tuple[int, int]]:
        """The terms that a piece of the `joined` forms touches: (first, last), last excluded."""
        running, starts, at = joined(self.forms), [], 1
        for form in self.forms:
            starts.append(at)
            at += len(form) + 1
        inner = len(piece) - len(piece.lstrip()), len(piece.rstrip())
        found = running.find(piece)
        while found >= 0:
            first, last = (bisect_right(starts, found + edge) - 1 for edge in (inner[0], inner[1] - 1))
            yield first, last + 1
            found = running.find(piece, found + 1)

    def span(self, first: int, last: int) -> Span:
        """From the start of one term to the end of the term before `last`."""
        return Span(self.spans[first].start, self.spans[last - 1].end)


def terms(text: str) -> Terms:
    """Cut and fold a text; words that fold to nothing have no term."""
    cut = tokenize(text)
    kept = [i for i, form in enumerate(cut.forms) if _is_word(form)]
    return Terms([cut.forms[i] for i in kept], [Span(cut.starts[i], cut.ends[i]) for i in kept])


def words(text: str) -> list[str]:
    """The forms of `terms(text)` alone: all that an index needs."""
    return [form for form in forms(text) if form.isalnum() or _is_word(form)]


def stems(words: list[str], lang: str) -> list[str]:
    """The words as the index of whole words keeps them."""
    return list(map(stemmer(lang), words))


def joined(words: list[str]) -> str:
    """The words with one space before, between and after, as the index of pieces keeps them."""
    return f" {' '.join(words)} "


def _is_word(form: str) -> bool:
    return any(map(str.isalnum, form))
