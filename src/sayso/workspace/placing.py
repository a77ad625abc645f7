"""Placing: which article a version belongs to, where more than one text stood at its address."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.documents.nouns import Capture, another_id, id_of

if TYPE_CHECKING:
    from sayso.documents.nouns import Version
    from sayso.ledger.writer import Writer


def placed(writer: Writer, version: Version) -> Version:
    """The version under the id of the article that it is a version of.

    A text that shares almost nothing with those that stood at its address before (a page that asks for money, another
    story) is an article of its own beside them; one like any of them, or read from the same bytes, is a version of
    that one. What brings its own id, or has no address, belongs to what it names.
    """
    if version.url is None or version.id != id_of(Capture("", b"", "", ""), version.url):
        return version
    texts = writer.standing(version.id)
    if not texts:
        return version
    from sayso.linking.edits.another import is_another

    read = writer.gave(version.digest)
    known = [one for one in texts if one.id in read]
    known = known or [one for one in texts if not is_another(one.text, version.text)]
    return replace(version, id=known[0].id if known else another_id(version.id, len(texts) + 1))
