"""Read: one version's text to its Reading. Needs nothing but what it is given."""

from __future__ import annotations

from sayso.extraction.attributions.read import attributions
from sayso.extraction.figures.read import figures
from sayso.extraction.nouns import Reading
from sayso.extraction.speakers.resolve import resolve
from sayso.extraction.times.read import times
from sayso.extraction.voice import voice
from sayso.languages.pack import find_or_neutral
from sayso.models.tagger import Tagger
from sayso.text.tokens import tokenize

TAGGER = Tagger()
"""The tagger that ships."""


def read(
    text: str,
    lang: str,
    published: str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    tagger: Tagger | None = TAGGER,
) -> Reading:
    """Everything found in `text`, with spans in its code points.

    `lang` is BCP 47 (a language without a pack is read by shared signs and the tagger); `published` is an ISO date or
    date-time, against which relative times resolve; `title` may tell names in full. `outlet` changes nothing yet.
    Without a tagger the rules alone find attributions, much faster and less well. Raises TooMany, and ModelError when
    the tagger's files are broken.
    """
    del outlet
    words = find_or_neutral(lang)
    tokens = tokenize(text)
    said = resolve(tokens, words, attributions(tokens, words, tagger), title)
    moments = times(tokens, words, published, said)
    amounts = figures(tokens, words, said, moments, published)
    return Reading(lang, tuple(said), tuple(amounts), tuple(moments), tuple(voice(tokens, words, said)))
