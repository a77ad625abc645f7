"""Checking: one quote against several texts of record, and `sayso check --batch`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from sayso.documents.nouns import Capture
from sayso.documents.parsed import parsed
from sayso.documents.read import captures, versions
from sayso.errors import InputError
from sayso.extraction.nouns import Attribution
from sayso.extraction.read import read
from sayso.languages.detect import detect
from sayso.languages.pack import find
from sayso.linking.article import Annotated
from sayso.linking.quotes.fidelity import Check, check
from sayso.linking.quotes.transcript import Transcript, transcript
from sayso.linking.quotes.translation import translation
from sayso.linking.telling import Telling, telling
from sayso.linking.threads.changes import differs
from sayso.models.encoder import Encoder
from sayso.text.span import Span
from sayso.text.tokens import tokenize

ORDER = ("verbatim", "trimmed", "altered", "translation", "not_found")


@dataclass(frozen=True, slots=True)
class Checked:
    """The best result and the number of the text that gave it."""

    check: Check
    source: int


def check_all(quote: str, sources: Sequence[Transcript], encoder: Callable[[], Encoder] | None = None) -> Checked:
    """The most faithful result over `sources`; where no words are found, a translation (with `encoder`)."""
    found = [Checked(check(quote, text), i) for i, text in enumerate(sources)]
    best = min(found, key=lambda f: (ORDER.index(f.check.verdict), len(f.check.edits)), default=None)
    if best is None:
        return Checked(Check("not_found"), 0)
    if best.check.verdict == "not_found" and encoder is not None:
        for i, text in enumerate(sources):
            translated = translation(quote, text, encoder())
            if translated is not None:
                return Checked(translated, i)
    return best


def row(found: Check, quote: str, source: Transcript) -> dict[str, Any]:
    """The result in the form of CONTRACTS: `sayso check`, with the words of each edit, and notes for the reader."""
    edits = [
        {
            "op": edit.op,
            "quote": _pair(edit.quote),
            "transcript": _pair(edit.transcript),
            "quote_words": edit.quote.of(quote),
            "transcript_words": edit.transcript.of(source.text),
        }
        for edit in found.edits
    ]
    return {
        "verdict": found.verdict,
        "span": _pair(found.span),
        "edits": edits,
        "marked": found.marked,
        "context": found.context,
        "notes": [*notes(found, source), *_other_number(found, quote, source), *_speakers(found, source)],
        "record": source.record,
    }


def notes(found: Check, source: Transcript) -> list[str]:
    """What a reader must not overlook: words of negation that were left out or replaced."""
    lost = [edit.transcript.of(source.text) for edit in found.edits if edit.op in ("cut", "replace")]
    words = find(detect(source.text)) if lost else None
    if words is None:
        return []
    negations = {form for word in words.language.negations for form in tokenize(word).forms}
    gone = [word for passage in lost for word in passage.split() if negations & set(tokenize(word).forms)]
    return [f"“{word}” of the transcript is not in the quote" for word in dict.fromkeys(gone)]


def _other_number(found: Check, quote: str, source: Transcript) -> list[str]:
    """What a translation's verdict does not say: that it gives another number, or another day, than its passage."""
    if found.verdict != "translation" or found.span is None:
        return []
    change = differs(_alone(quote, detect(quote)), _alone(found.span.of(source.text), detect(source.text)))
    if change is None or change.change != "number":
        return []
    return [f"a number differs: “{change.words}” in the quote, “{change.against}” in the transcript ({change.why})"]


def _alone(text: str, lang: str) -> Telling:
    """The whole of `text` as one statement, read without its article."""
    found = read(text, lang, tagger=None)
    said = (Attribution((), (), (Span(0, len(text)),), "direct"),)
    return telling(Annotated("", text, lang, attributions=said, figures=found.figures, times=found.times), 0, None)


def _speakers(found: Check, source: Transcript) -> list[str]:
    """A word for a quote that takes its words from several turns: each may be verbatim, the whole is nobody's."""
    if found.span is None or not source.turns:
        return []
    cuts = sorted(edit.transcript for edit in found.edits if edit.op == "cut")
    edges = [found.span.start, *(edge for cut in cuts for edge in (cut.start, cut.end)), found.span.end]
    kept = [Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if start < end]
    names = source.speakers(kept)
    return [f"the quote’s words are of more than one speaker: {', '.join(names)}"] if len(names) > 1 else []


def _pair(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def record(path: Path) -> Transcript:
    """A text of record from a file: of a page its article, of any other file its whole text. Raises InputError."""
    if path.suffix.lower() in (".html", ".htm"):
        return transcript(_page(path))
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(str(path), "is not UTF-8 text; save the transcript as UTF-8") from None
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror}") from None
    return transcript(text)


def _page(path: Path) -> str:
    for capture in captures(path):
        for version in versions(capture) if isinstance(capture, Capture) else [capture]:
            if isinstance(version, InputError):
                raise version
            return version.text
    raise InputError(str(path), "holds no article")


def check_lines(
    lines: Iterable[str], folder: Path, encoder: Callable[[], Encoder] | None = None
) -> Iterator[tuple[str, str | None]]:
    """Batch rows {id, quote, transcript: path or text} with their results; the second part is the row's error, if any.

    Paths are relative to `folder`, the batch file's own. A row that cannot be checked comes out with `error`.
    """
    texts = lru_cache(maxsize=64)(_source)
    for line in lines:
        try:
            asked: Any = parsed(line)
        except InputError as error:
            yield failed({"line": line}, error.reason)
            continue
        wrong = _wrong(asked)
        if wrong:
            yield failed(asked if isinstance(asked, dict) else {"line": asked}, wrong)
            continue
        try:
            source = texts(asked["transcript"], folder)
            found = check_all(asked["quote"], [source], encoder)
        except InputError as error:
            yield failed(asked, str(error))
            continue
        yield json.dumps({**_told(asked), **row(found.check, asked["quote"], source)}, ensure_ascii=False), None


def _wrong(asked: object) -> str | None:
    if not isinstance(asked, dict):
        return "not an object with quote and transcript"
    missing = [name for name in ("quote", "transcript") if not isinstance(asked.get(name), str)]
    return f"needs {' and '.join(missing)}" if missing else empty(asked["quote"])


def empty(quote: str) -> str | None:
    """What is wrong with a quote that holds no words."""
    if any(map(str.isalnum, quote)):
        return None
    return "the quote holds no words" if quote.strip() else "the quote is empty"


def _source(name: str, folder: Path) -> Transcript:
    """`name` is a path when such a file is there, or when it can be nothing else; otherwise it is the text itself."""
    if "\n" in name or len(name) > 255:
        return transcript(name)
    path = folder / name
    if path.is_file():
        return record(path)
    if " " not in name.strip() and Path(name).suffix:
        raise InputError(name, f"there is no such transcript in {folder}")
    return transcript(name)


def _told(asked: dict[str, Any]) -> dict[str, Any]:
    """The row without a transcript's whole text, which would stand again in every line."""
    return {k: v for k, v in asked.items() if k != "transcript" or len(str(v)) <= 255}


def failed(row: dict[str, Any], reason: str) -> tuple[str, str]:
    """A row that could not be checked, with the reason."""
    return json.dumps({**row, "error": reason}, ensure_ascii=False), reason
