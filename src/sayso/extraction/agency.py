"""Agency: whose wire an article says it is, by the mark in its dateline: "/TASS/", "(dpa)", «(رويترز)»."""

from __future__ import annotations

import re

_HEAD = 2000
_FIRST_LINES = 8
# A dateline: a few words (place, day) in front, the agency between marks, a stop or a dash behind.
_MARKED = re.compile(
    r"^[^\S\n]*(?P<place>[^\n/()«»\"“”!?]{2,60}?)[^\S\n]*"
    r"(?:/(?P<slashes>[^\W\d_][^/()\n]{0,39})/[^\S\n]*[.,–—-]"
    r"|\((?P<brackets>[^\W\d_][^/()\n]{0,39})\)[^\S\n]*(?:[–—-]|[.:])[^\S\n])",
    re.MULTILINE,
)


def agency(text: str) -> str | None:
    """The agency or outlet that the dateline names, or None; only the first lines are looked at."""
    head = "\n".join(text[:_HEAD].split("\n")[: 2 * _FIRST_LINES])
    found = _MARKED.search(head)
    if found is None or not _is_place(found["place"]):
        return None
    return (found["slashes"] or found["brackets"]).strip()


def _is_place(opening: str) -> bool:
    """A place and perhaps a day behind a comma: few words, those of the place without small letters in front."""
    words = opening.split()
    place = re.split("[,،]", opening)[0].split()
    return len(words) <= 8 and 0 < len(place) <= 4 and words[0][0].isalpha() and not any(w[0].islower() for w in place)
