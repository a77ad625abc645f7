"""Day: a date of publication in whatever form a source gives it, as ISO 8601."""

from __future__ import annotations

import re
from datetime import date, datetime

from sayso.extraction.dates.calendar import make
from sayso.extraction.dates.dateline import dateline

_YEAR_FIRST = re.compile(r"\s*(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})(?!\d)")


def day(given: str, lang: str) -> str | None:
    """`given` as it is when it is an ISO date or date-time, else the date that it writes out, or None.

    "23 de maio de 2017", "2008年04月05日 09:12" and "13/12/2017 21h19" are read; a year alone is no day.
    """
    for kind in (date, datetime):
        try:
            kind.fromisoformat(given)
        except ValueError:
            continue
        return given
    found = _YEAR_FIRST.match(given)
    made = make(int(found[1]), int(found[2]), int(found[3])) if found else None
    if made is not None:
        return made.isoformat()
    return dateline(given, lang) if len(given) < 100 else None
