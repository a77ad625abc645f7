"""Translation: where a text of record says in another language what a quote says."""

from __future__ import annotations

import unicodedata
from collections import Counter

from sayso.languages.detect import UNKNOWN, detect
from sayso.linking.fidelity import Check, context
from sayso.linking.transcript import Transcript
from sayso.models.embedder import Embedder
from sayso.models.margin import margins
from sayso.text.segments import sentences
from sayso.text.span import Span

# Chosen on 140 rows of Parallel UD (dev half) in 90 pairs of ten languages: a quote against 40 passages, half of the
# quotes with their counterpart among them. Here precision is .998 and recall .77; at 0.04, .995 and .81. A long text
# has more passages than 40, so the higher one stands.
THRESHOLD = 0.05
_SAMPLE = 1000  # characters by which a script is told
_LONGEST = 3  # sentences in a row that one quoted sentence may stand for


def translation(quote: str, source: Transcript, encoder: Embedder) -> Check | None:
    """The passage that `quote` translates; None for one language, or when nothing is near enough in meaning."""
    if not _in_two_languages(quote, source.text):
        return None
    spans = passages(source)
    if not spans:
        return None
    vectors = encoder.embed([quote, *(s.of(source.text) for s in spans)])
    scores = margins(vectors[:1], vectors[1:], encoder)[0]
    best = int(scores.argmax())
    if scores[best] < THRESHOLD:
        return None
    return Check("translation", spans[best], (), False, context(source.text, spans[best]))


def _in_two_languages(quote: str, text: str) -> bool:
    """By their languages; where one is too short or mixed to tell, by their scripts."""
    ours, theirs = detect(quote), detect(text)
    if UNKNOWN not in (ours, theirs):
        return ours != theirs
    scripts = _script(quote), _script(text)
    return all(scripts) and scripts[0] != scripts[1]


def _script(text: str) -> str:
    """The first word of most letters' names in Unicode ("CYRILLIC"); "" without letters."""
    names = Counter(unicodedata.name(char, "").split(" ")[0] for char in text[:_SAMPLE] if char.isalpha())
    return max(names, key=lambda name: names[name], default="")


def passages(source: Transcript) -> list[Span]:
    """Runs of one to three spoken sentences of one line; speaker labels are left out."""
    first = {w.span.start for w in source.words}
    lines: dict[int, list[Span]] = {}
    for sentence in sentences(source.text):
        start = next((i for i in range(sentence.start, sentence.end) if i in first), None)
        if start is not None:
            lines.setdefault(source.text.count("\n", 0, start), []).append(Span(start, sentence.end))
    return [
        Span(line[i].start, line[i + size - 1].end)
        for line in lines.values()
        for size in range(1, _LONGEST + 1)
        for i in range(len(line) - size + 1)
    ]
