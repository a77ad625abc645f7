"""Resliced: every text made again from its archived capture, and every span that is shown held against it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.documents.nouns import Capture, Version, first_id
from sayso.errors import InputError
from sayso.ledger.digests import extractor
from sayso.ledger.evidence.texts import Kept, count, current, link_spans, texts
from sayso.ledger.rows import VERSION_COLUMNS, version_row

if TYPE_CHECKING:
    from sayso.ledger.ledger import Ledger
    from sayso.text.span import Span
    from sayso.workspace.opening import Progress


@dataclass(slots=True)
class Resliced:
    """What was found; `findings` are texts and spans that the archive does not give."""

    texts: int = 0
    """Versions that their captures gave again, to the letter."""
    spans: int = 0
    """Spans that lie in such a text, or in an article's current one."""
    findings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def resliced(ledger: Ledger, progress: Progress | None = None) -> Resliced:
    """Make every version of `ledger` again from each capture that gave it, and look for every span in its text.

    A text that another version of sayso or of the page reader made cannot be compared when it differs; it is noted.
    """
    found = Resliced()
    total = count(ledger.path)
    for done, kept in enumerate(texts(ledger.path), 1):
        _remake(kept, found)
        for span, what in _spans(kept):
            _hold(found, f"readings: {what} of version {kept.number} ({kept.version.id})", span, len(kept.version.text))
        if progress:
            progress("making texts again", done, total)
    lengths = current(ledger.path)
    with ledger.view() as view:
        linked = view.linked
    if not linked:
        found.notes.append("the links are those of earlier versions of the articles: `sayso stories` links again")
    for name, articles, spans in link_spans(ledger.path) if linked else ():
        for span in spans:
            _hold(found, f"{name} in {articles[0]}", span, max(lengths.get(article, 0) for article in articles))
    return found


def _remake(kept: Kept, found: Resliced) -> None:
    where = f"versions: row {kept.number} ({kept.version.id})"
    found.findings.extend(f"{where}: {reason}" for reason in kept.lost)
    for addresses in kept.captures:
        differs = [_differs(capture, kept.version) for capture in addresses]
        if "" in differs:
            found.texts += 1
        elif (by := _others(kept)) is None:
            found.findings.append(f"{where}: {differs[0]}, made again from the archived {addresses[0].digest}")
        else:
            found.notes.append(f"{where}: {differs[0]}; read by {by}, and cannot be compared")


def _differs(capture: Capture, version: Version) -> str:
    """What is otherwise in the version that a capture gives now; "" where nothing is."""
    from sayso.documents.read import versions
    from sayso.extraction.annotate import settled

    read = list(versions(capture))
    made = [settled(one) for one in read if not isinstance(one, InputError)]
    if not made:
        reason = next((one.reason for one in read if isinstance(one, InputError)), "holds nothing")
        return f"no text comes of it ({reason})"
    columns = VERSION_COLUMNS.split(", ")
    ours = dict(zip(columns, version_row(version), strict=True))
    ways = []
    for one in made:
        row = dict(zip(columns, version_row(one), strict=True))
        # Which text of its address it was is known from those before it, not from its capture.
        row["id"] = version.id if one.id == first_id(version.id) else one.id
        ways.append([c for c in columns if row[c] != ours[c] and c != "digest"])
    fewest = min(ways, key=len)
    return f"{', '.join(fewest)} {'differs' if len(fewest) == 1 else 'differ'}" if fewest else ""


def _others(kept: Kept) -> str | None:
    """Who read the text, when it was not this sayso with this page reader."""
    from sayso import __version__

    now = f"now sayso {__version__} with {extractor()}"
    if kept.extractor is None:
        return None
    if not kept.extractor:
        return f"a sayso that kept no log, {now}"
    if kept.extractor == extractor() and (not kept.made_by or kept.made_by.startswith(f"sayso {__version__},")):
        return None
    return f"{kept.made_by} with {kept.extractor}, {now}"


def _spans(kept: Kept) -> Iterator[tuple[Span, str]]:
    reading = kept.reading
    for place, one in enumerate(reading.attributions):
        yield from ((span, f"attribution {place}") for span in (*one.source, *one.cue, *one.content))
    for kind, found in (("figure", reading.figures), ("time", reading.times), ("voice", reading.voice)):
        yield from ((one.span, f"{kind} {place}") for place, one in enumerate(found))  # type: ignore[attr-defined]


def _hold(found: Resliced, where: str, span: Span, length: int) -> None:
    if 0 <= span.start < span.end <= length:
        found.spans += 1
    else:
        found.findings.append(f"{where} points to {span.start} to {span.end} of a text of {length} characters")
