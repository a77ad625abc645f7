"""Step: all that differs between two versions of one article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from typing import Final

from sayso.documents.nouns import Version
from sayso.linking.edits.align import Match, align
from sayso.linking.edits.edition import Edition
from sayso.linking.edits.figures import figure_edits
from sayso.linking.edits.looks import Unit, look, style
from sayso.linking.edits.noise import lines
from sayso.linking.edits.nouns import Edit, Field, FieldName, Noise, Piece, Step
from sayso.linking.edits.sequences import matching
from sayso.linking.edits.statements import statement_edits
from sayso.linking.edits.words import pieces
from sayso.text.span import Span, hull

_FIELDS: Final[tuple[FieldName, ...]] = ("title", "outlet", "author", "published", "modified")


def step(before: Edition, after: Edition) -> Step:
    """What became of `before` in `after`: sentences, metadata, statements and figures, noise apart."""
    left, right = before.text, after.text
    matches = align(left, right)
    edits = tuple(_edits(left, right, matches))
    fields, styled = _fields(before.version, after.version)
    noise = (*styled, *_noise(before, after), *_styles(before, after, left, right, matches))
    if not (edits or noise) and before.version.text != after.version.text:
        noise = (Noise("white space", None, None),)
    notes = tuple(_notes(edits))
    told = bool(notes) or _is_told(fields, noise) or any(_tells(edit, after.version) for edit in edits)
    bare = Step(fields, edits, noise, notes=notes, told=told)
    statements = statement_edits(before.article, after.article, bare)
    return replace(bare, statements=statements, figures=figure_edits(before.article, after.article, bare))


def _is_told(fields: Sequence[Field], noise: Sequence[Noise]) -> bool:
    """Whether the later page tells of a change by its date or a line of update."""
    dated = any(field.name == "modified" and field.after for field in fields)
    return dated or any(one.rule == "update line" and one.after for one in noise)


def _tells(edit: Edit, version: Version) -> bool:
    """Whether a sentence that came or changed says that the article was changed."""
    rules = lines(version.lang)
    came = edit.after if rules and edit.reworded else None
    return rules is not None and came is not None and rules.notes.tells(came.of(version.text))


def _edits(left: Sequence[Unit], right: Sequence[Unit], matches: Sequence[Match]) -> Iterator[Edit]:
    """Edits in the order of the later text; what went stands where it stood, before what came in its place."""
    kept = {i for match in matches for i in match.before}
    at = 0
    done = 0
    for match in [*matches, None]:
        stop = match.after[0] if match else len(right)
        if match is None or not match.moved:
            first = match.before[0] if match else len(left)
            yield from (_removed(left[i]) for i in range(at, first) if i not in kept)
            at = max(at, match.before[-1] + 1) if match else at
        yield from (_added(right[j]) for j in range(done, stop))
        if match:
            done = match.after[-1] + 1
            edit = _matched(left, right, match)
            if edit:
                yield edit


def _removed(unit: Unit) -> Edit:
    return Edit("removed", unit.span, None, (Piece("removed", unit.span),), unit.note)


def _added(unit: Unit) -> Edit:
    return Edit("added", None, unit.span, (Piece("added", unit.span),), unit.note)


def _matched(left: Sequence[Unit], right: Sequence[Unit], match: Match) -> Edit | None:
    """The edit of one match; None where a reader sees the same in the same place."""
    if _is_same(left, right, match) and not match.moved:
        return None
    ours = [word for i in match.before for word in left[i].placed()]
    theirs = [word for j in match.after for word in right[j].placed()]
    was, now = _hull(left, match.before), _hull(right, match.after)
    found = _to_edges(pieces(ours, theirs), now)
    note = any(right[j].note for j in match.after)
    return Edit("moved" if match.moved else "changed", was, now, found, note)


def _to_edges(found: Sequence[Piece], sentence: Span) -> tuple[Piece, ...]:
    """What nobody sees at either end of the later sentence belongs to its first and last piece."""
    made = list(found)
    later = [k for k, piece in enumerate(made) if piece.op != "removed"]
    if later:
        made[later[0]] = replace(made[later[0]], span=Span(sentence.start, made[later[0]].span.end))
        made[later[-1]] = replace(made[later[-1]], span=Span(made[later[-1]].span.start, sentence.end))
    return tuple(made)


def _is_same(left: Sequence[Unit], right: Sequence[Unit], match: Match) -> bool:
    """Whether a reader sees the same."""
    ours, theirs = (left[i].looks for i in match.before), (right[j].looks for j in match.after)
    return list(chain.from_iterable(ours)) == list(chain.from_iterable(theirs))


def _hull(units: Sequence[Unit], places: Sequence[int]) -> Span:
    return hull(units[i].span for i in places)


def _fields(before: Version, after: Version) -> tuple[tuple[Field, ...], list[Noise]]:
    """What the pages tell of themselves; a headline in another style is noise."""
    found: list[Field] = []
    styled: list[Noise] = []
    for name in _FIELDS:
        ours, theirs = getattr(before, name), getattr(after, name)
        if ours == theirs:
            continue
        if name in ("published", "modified") and _moment(ours) == _moment(theirs) is not None:
            continue
        if ours and theirs and look(ours) == look(theirs):
            styled.append(Noise(style(ours, theirs), None, None))
        else:
            found.append(Field(name, ours, theirs))
    return tuple(found), styled


def _moment(told: str | None) -> datetime | None:
    """A date-time as a moment; None for a day alone, and where nothing is told."""
    if not told or "T" not in told:
        return None
    try:
        moment = datetime.fromisoformat(told)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _noise(before: Edition, after: Edition) -> Iterator[Noise]:
    """Lines of noise that came, went or differ: those of one rule in order."""
    ours, theirs = before.noise, after.noise
    kept = matching([unit.looks for unit in ours], [unit.looks for unit in theirs])
    gone, come = {i for i, _ in kept}, {j for _, j in kept}
    left: dict[str, list[Unit]] = defaultdict(list)
    for i, unit in enumerate(ours):
        if i not in gone:
            left[unit.rule or ""].append(unit)
    for j, unit in enumerate(theirs):
        if j not in come:
            was = left[unit.rule or ""]
            yield Noise(unit.rule or "", was.pop(0).span if was else None, unit.span)
    yield from (Noise(rule, unit.span, None) for rule, units in left.items() for unit in units)


def _styles(
    before: Edition, after: Edition, left: Sequence[Unit], right: Sequence[Unit], matches: Sequence[Match]
) -> Iterator[Noise]:
    """Sentences that a reader sees the same, written otherwise."""
    for match in matches:
        ours, theirs = _hull(left, match.before), _hull(right, match.after)
        was, is_now = ours.of(before.version.text), theirs.of(after.version.text)
        if was != is_now and _is_same(left, right, match):
            yield Noise(style(was, is_now), ours, theirs)


def _notes(edits: Sequence[Edit]) -> Iterator[Span]:
    """Notes of correction that came or changed, each with all its sentences."""
    spans = [edit.after for edit in edits if edit.note and edit.after and edit.reworded]
    for k, span in enumerate(spans):
        if k == 0 or span.start > spans[k - 1].end + _NEXT:
            end = k
            while end + 1 < len(spans) and spans[end + 1].start <= spans[end].end + _NEXT:
                end += 1
            yield hull(spans[k : end + 1])


_NEXT: Final = 3  # characters between sentences of one note
