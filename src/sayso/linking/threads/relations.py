"""Relations: how one telling of a statement stands to another, and what it changes."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.linking.nouns import Relation, StatementMember
from sayso.linking.speakers.apart import are_two_persons
from sayso.linking.telling import Telling
from sayso.linking.threads.changes import Difference, differs

_SHORTEST = 3


def member(one: Telling, full: Telling, own: Telling, speaker: str | None) -> StatementMember:
    """`one` as a member of its thread: `full` is the fullest telling, `own` the fullest in its own language.

    Where `own` itself changes what `full` tells, `one` is held against `full` alone. `speaker` is whom the thread's
    tellings name.
    """
    changed = None if one is full else _difference(one, full, own, speaker)
    place = one.article.id, one.id, one.attribution.content
    if changed is None:
        return StatementMember(*place, *relation(one, full))
    return StatementMember(*place, "changed", changed.why, changed.change, changed.words, changed.against)


def _difference(one: Telling, full: Telling, own: Telling, speaker: str | None) -> Difference | None:
    difference = differs(one, full)
    if difference is None and own is not one and own is not full and differs(own, full) is None:
        difference = differs(one, own)
    if difference is None and one.speaker and speaker and are_two_persons(one.speaker, speaker):
        difference = Difference("speaker", one.speaker, speaker, f"said by {one.speaker} here, by {speaker} elsewhere")
    return difference


def relation(one: Telling, full: Telling) -> tuple[Relation, str]:
    """How `one` stands to `full`, the fullest telling, where nothing is changed, and why."""
    if one is full:
        return "verbatim", "the fullest telling"
    if one.lang != full.lang:
        return "translation", "the same in another language"
    if one.forms == full.forms:
        return "verbatim", "the same words"
    if _inside(one.forms, full.forms):
        return "trimmed", "the same words in the same order, some left out"
    return "paraphrase", "in other words"


def _inside(short: Sequence[str], long: Sequence[str]) -> bool:
    """All words of `short` stand in `long`, in their order."""
    rest = iter(long)
    return len(short) >= _SHORTEST and all(word in rest for word in short)
