"""Renderings: how every article of the ledger tells one quote: verbatim, trimmed, altered or in another language."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from sayso.documents.parsed import parsed
from sayso.errors import InputError
from sayso.languages.detect import UNKNOWN, detect
from sayso.linking.nouns import StatementMember, Story, Thread
from sayso.linking.quotes.checking import ORDER, empty, failed, row
from sayso.linking.quotes.fidelity import Check, Edit, check, context, parse
from sayso.linking.quotes.transcript import Transcript, transcript
from sayso.linking.quotes.translation import translation
from sayso.models.margin import usual
from sayso.text.span import Span, hull
from sayso.text.tokens import forms

if TYPE_CHECKING:
    from sayso.documents.nouns import Version
    from sayso.ledger.nouns import Embeddings
    from sayso.ledger.view import View
    from sayso.models.encoder import Encoder
    from sayso.models.weights import Floats

PARTLY = 300
"""Articles with a part of a quote that are compared; of those with all of it in a row there is no limit."""
_NEAR = 200  # articles with a passage near in meaning that are looked at
_READ = 24  # of these, articles in other languages whose nearest passages are read sentence by sentence
_FARTHER = 0.035  # a passage holds more than the quote: it may be this much farther than the background's nearest are
_PASSAGES = 2  # of one article
_RUN = 3.0  # words in a row that a trimmed or altered quote keeps, at least
_SHARE = 0.25  # and of all its words
_ABOUT = ("outlet", "lang", "published", "url", "title")


@dataclass(frozen=True, slots=True)
class Rendering:
    """One article's telling of a quote; `check` is that of its text."""

    check: Check
    version: Version
    source: Transcript
    notes: tuple[str, ...] = ()
    """What the ledger's links say of it."""


def renderings(quote: str, view: View, encoder: Encoder | None) -> list[Rendering]:
    """All tellings, the most faithful first, then by date; translations, near in meaning or linked, with `encoder`."""
    found = list(_in_words(quote, view))
    if encoder is not None:
        known = {r.version.id for r in found}
        found += [r for r in _in_other_languages(quote, view, encoder) if r.version.id not in known]
        found = _with_linked(quote, found, view) if view.linked else found
    return sorted(found, key=lambda r: (ORDER.index(r.check.verdict), r.version.published or "9", r.version.id))


def lines(quote: str, view: View, encoder: Encoder | None) -> list[dict[str, Any]]:
    """The tellings in the form of CONTRACTS, each with its article; without any, one line that says so."""
    told = renderings(quote, view, encoder)
    copies = _copies([one.version.id for one in told], view)
    found = [{**_line(one, quote), "copy_of": copies.get(one.version.id)} for one in told]
    nothing = {**row(Check("not_found"), quote, transcript("")), "words": None, "article": None, "copy_of": None}
    return found or [nothing | dict.fromkeys(_ABOUT)]


def batch(rows: Iterable[str], view: View, encoder: Encoder | None) -> Iterator[tuple[str, str | None]]:
    """Rows {id, quote} with the most faithful `verdict` and all `tellings`; and, second, a row's error, if any."""
    for text in rows:
        asked: Any = None
        try:
            asked = parsed(text)
            if not isinstance(asked, dict) or not isinstance(asked.get("quote"), str):
                raise InputError("row", "needs quote")
            if wrong := empty(asked["quote"]):
                raise InputError("row", wrong)
            told = lines(asked["quote"], view, encoder)
        except InputError as error:
            yield failed(asked if isinstance(asked, dict) else {"line": text}, error.reason)
        else:
            tellings = [telling for telling in told if telling["article"] is not None]
            found = {**asked, "verdict": told[0]["verdict"], "tellings": tellings}
            yield json.dumps(found, ensure_ascii=False), None


def _line(rendering: Rendering, quote: str) -> dict[str, Any]:
    version = rendering.version
    about = {name: getattr(version, name) for name in _ABOUT}
    words = rendering.check.span.of(version.text) if rendering.check.span else None
    told = row(rendering.check, quote, rendering.source)
    return {**told, "notes": [*told["notes"], *rendering.notes], "words": words, "article": version.id, **about}


def _in_words(quote: str, view: View) -> Iterator[Rendering]:
    for id_ in view.holding(_parts(quote), PARTLY):
        version = view.version(id_)
        source = transcript(version.text)
        found = check(quote, source)
        if found.verdict == "verbatim" or (found.verdict != "not_found" and _keeps(quote, found)):
            yield Rendering(found, version, source)


def _parts(quote: str) -> list[str]:
    """The quote's words between cuts and the editor's brackets."""
    parsed = parse(quote)
    marks = sorted(parsed.cuts + parsed.editor)
    edges = [0, *(edge for mark in marks for edge in mark), len(quote)]
    return [quote[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _keeps(quote: str, found: Check) -> bool:
    """Whether enough words stand in a row: in a large ledger, few words scattered over a text are found anywhere."""
    runs = [_size(quote[start:end]) for start, end in _untouched(quote, found.edits)]
    return max(runs, default=0.0) >= max(_RUN, _SHARE * _size(quote))


def _untouched(quote: str, edits: tuple[Edit, ...]) -> Iterator[tuple[int, int]]:
    """The stretches of the quote between its edits."""
    spans = sorted(edit.quote for edit in edits)
    for left, right in pairwise([Span(0, 0), *spans, Span(len(quote), len(quote))]):
        if left.end < right.start:
            yield left.end, right.start


def _size(text: str) -> float:
    """Words; where each character is one, two make one."""
    return sum(min(1.0, len(form) / 2) for form in forms(text) if form.isalnum())


def _in_other_languages(quote: str, view: View, encoder: Encoder) -> Iterator[Rendering]:
    ours = detect(quote)
    vector = encoder.embed([quote])
    least = float(usual(vector, encoder)[0]) - _FARTHER
    near = [hit.id for hit in view.nearest(vector[0], encoder.name, _NEAR) if hit.score >= least]
    others = [version for version in map(view.version, near) if ours == UNKNOWN or version.lang != ours]
    for version in others[:_READ]:
        for passage in _passages(view.embeddings(version.id, encoder.name), vector[0]):
            found = translation(quote, transcript(passage.of(version.text)), encoder)
            if found is not None and found.span is not None:
                moved = replace(found, span=found.span.shift(passage.start))
                yield Rendering(moved, version, transcript(version.text))
                break


def _passages(kept: Embeddings | None, vector: Floats) -> list[Span]:
    """The passages of one version nearest in meaning: a headline often comes before the sentence itself."""
    if kept is None or not kept.spans:
        return []
    return [kept.spans[i] for i in np.argsort(-(kept.vectors @ vector), kind="stable")[:_PASSAGES]]


# Links


def _with_linked(quote: str, found: Sequence[Rendering], view: View) -> list[Rendering]:
    """`found`, and what the ledger links with it in other languages; of a translation its thread is told."""
    ours = {detect(quote)} - {UNKNOWN} or {one.version.lang for one in found if one.check.verdict != "translation"}
    by_id = {one.version.id: one for one in found}
    for thread, member in _linked(found, view):
        known = by_id.get(member.article) or _as_told(member, view)
        if known.check.verdict == "translation" and known.version.lang not in ours and not known.notes:
            by_id[member.article] = replace(known, notes=_thread_notes(thread, member))
    return list(by_id.values())


def _as_told(member: StatementMember, view: View) -> Rendering:
    version, whole = view.version(member.article), hull(member.content)
    found = Check("translation", whole, (), False, context(version.text, whole))
    return Rendering(found, version, transcript(version.text))


def _linked(found: Sequence[Rendering], view: View) -> Iterator[tuple[Thread, StatementMember]]:
    """The members of each thread in which one member holds what was found."""
    spans = {one.version.id: one.check.span for one in found if one.check.span is not None}
    for thread in view.threads(_as_story(spans)) if spans else ():
        if any(_holds(member, spans.get(member.article)) for member in thread.members):
            yield from ((thread, member) for member in thread.members if member.content)


def _as_story(articles: Iterable[str]) -> Story:
    """What the ledger asks its links by."""
    return Story("", "", tuple(articles))


def _holds(member: StatementMember, found: Span | None) -> bool:
    """Whether most of what was found is most of the member, or stands within it."""
    if found is None or not member.content:
        return False
    whole = hull(member.content)
    shared = whole.overlap(found)
    return 2 * shared > min(whole.length, found.length)


def _thread_notes(thread: Thread, member: StatementMember) -> tuple[str, ...]:
    told = f"linked as one statement: thread {thread.id}"
    if member.relation != "changed":
        return (told,)
    sides = f": “{member.words}” against “{member.against}”" if member.words or member.against else ""
    return told, f"differs: {member.reason}{sides}"


def _copies(articles: Sequence[str], view: View) -> dict[str, str]:
    """Article that reprints another -> the earliest article with that text."""
    copies: dict[str, str] = {}
    for duplicate in view.duplicates(_as_story(articles)) if articles and view.linked else ():
        versions = sorted(map(view.version, duplicate.articles), key=lambda v: (v.published or "9", v.id))
        copies.update((version.id, versions[0].id) for version in versions[1:])
    return copies
