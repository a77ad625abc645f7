"""Versions for the tests of edits, with and without a reading."""

from __future__ import annotations

from sayso.documents.nouns import Version
from sayso.extraction.read import read
from sayso.linking.article import Annotated
from sayso.linking.edits.edition import Edition, edition


def bare(text: str, lang: str = "en", **about) -> Edition:
    """A version without a reading."""
    return edition(Version("a", text, lang, "sha256:0", **about), Annotated("a", text, lang))


def whole(text: str, lang: str = "en", **about) -> Edition:
    """A version as the rules alone read it."""
    found = read(text, lang, tagger=None)
    article = Annotated("a", text, lang, attributions=found.attributions, figures=found.figures, times=found.times)
    return edition(Version("a", text, lang, "sha256:0", **about), article)
