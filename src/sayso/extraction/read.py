"""Read: one version's text to its Reading. Needs nothing but what it is given."""

from __future__ import annotations

from sayso.extraction.attributions import attributions
from sayso.extraction.figures import figures
from sayso.extraction.nouns import Reading
from sayso.extraction.speakers import resolve
from sayso.extraction.times import times
from sayso.extraction.voice import voice
from sayso.languages.pack import find_or_neutral
from sayso.text.tokens import tokenize


def read(
    text: str, lang: str, published: str | None = None, title: str | None = None, outlet: str | None = None
) -> Reading:
    """Everything found in `text`, with spans in its code points.

    `lang` is BCP 47 (a language without a pack is read by shared signs alone); `published` is an ISO date or date-time,
    against which relative times resolve; `title` may tell names in full. `outlet` changes nothing yet.
    """
    del outlet
    words = find_or_neutral(lang)
    tokens = tokenize(text)
    said = resolve(tokens, words, attributions(tokens, words), title)
    moments = times(tokens, words, published, said)
    amounts = figures(tokens, words, said, moments, published)
    return Reading(lang, tuple(said), tuple(amounts), tuple(moments), tuple(voice(tokens, words, said)))
