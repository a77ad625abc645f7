"""Translation: where a text of record says in another language what a quote says."""

from __future__ import annotations

from sayso.languages.detect import UNKNOWN, detect
from sayso.linking.fidelity import Check, context
from sayso.linking.transcript import Transcript
from sayso.models.embedder import Embedder
from sayso.models.margin import margins
from sayso.text.segments import sentences
from sayso.text.span import Span

# A passage is called a translation only this far above what is usual between sentences; see benchmarks/RESULTS.md.
THRESHOLD = 0.10
_LONGEST = 3  # sentences in a row that one quoted sentence may stand for


def translation(quote: str, source: Transcript, encoder: Embedder) -> Check | None:
    """The passage that `quote` translates; None for one language, or when nothing is near enough in meaning."""
    ours, theirs = detect(quote), detect(source.text)
    if UNKNOWN in (ours, theirs) or ours == theirs:
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
