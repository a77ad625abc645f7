"""Placing: which article a version belongs to, where more than one text stood at its address."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Final

from sayso.documents.kinds import JSON
from sayso.documents.nouns import another_id, id_at
from sayso.documents.rows import own_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.documents.nouns import Capture, Version
    from sayso.ledger.writer import Writer

_LONGEST: Final = 9  # digits


def placed(writer: Writer, capture: Capture, version: Version) -> Version:
    """The version read from `capture`, under the id of the article that it is a version of.

    A text that shares almost nothing with those that stood at its address before (a page that asks for money, another
    story) is an article of its own beside them; one like any of them, or read from the same bytes, is a version of
    that one. What brings its own id, or has no address, belongs to what it names.
    """
    if version.url is None or version.id != id_at(version.url):
        return version
    if capture.media_type == JSON and own_id(capture) is not None:
        return version
    texts = writer.standing(version.id)
    if not texts:
        return version
    from sayso.linking.edits.another import is_another

    read = writer.gave(version.digest)
    known = [one for one in texts if one.id in read]
    known = known or [one for one in texts if not is_another(one.text, version.text)]
    return replace(version, id=known[0].id if known else _free(version.id, texts))


def _free(id: str, texts: Sequence[Version]) -> str:
    """An id at the address of `id` that none of `texts` has: rows bring theirs in any order, and leave gaps."""
    taken = {text.id for text in texts}
    if id not in taken:
        return id
    # A row may bring a number of any length, and Python makes none of one too long.
    numbers = [int(end) for one in taken if len(end := one.removeprefix(f"{id}-")) <= _LONGEST and one != id]
    others = (another_id(id, number) for number in count(max(numbers, default=1) + 1))
    return next(one for one in others if one not in taken)
