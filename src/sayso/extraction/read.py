"""Read: one version's text to its Reading. Needs nothing but what it is given."""

from __future__ import annotations

from functools import cache

from sayso.extraction.attributions import attributions
from sayso.extraction.figures import figures
from sayso.extraction.nouns import Reading
from sayso.extraction.speakers import resolve
from sayso.extraction.times import times
from sayso.extraction.voice import voice
from sayso.languages.pack import available, load
from sayso.languages.schema import Words
from sayso.text.tokens import tokenize

NEUTRAL = "und"
"""Code of the pack for languages without one: quotation marks, digits and signs, no words."""


def read(
    text: str, lang: str, published: str | None = None, title: str | None = None, outlet: str | None = None
) -> Reading:
    """Everything found in `text`, with spans in its code points.

    `lang` is BCP 47 (a language without a pack is read by shared signs alone); `published` is an ISO date or date-time,
    against which relative times resolve. `title` and `outlet` change nothing yet.
    """
    del title, outlet
    words = words_of(lang)
    tokens = tokenize(text)
    said = resolve(tokens, words, attributions(tokens, words))
    moments = times(tokens, words, published, said)
    amounts = figures(tokens, words, said, moments, published)
    return Reading(lang, tuple(said), tuple(amounts), tuple(moments), tuple(voice(tokens, words, said)))


@cache
def words_of(lang: str) -> Words:
    """The pack of a language, or the neutral one."""
    code = lang.split("-")[0].lower()
    return load(code if code in available() else NEUTRAL)
