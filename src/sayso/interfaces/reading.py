"""Reading: what `sayso read` says that it did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from sayso.answers import ReadReport


_FATE: Final = "read"
_OWN: Final = "own"


def read_in_words(report: ReadReport) -> str:
    """ "1 new, 1 newer version, 0 known already, 0 could not be read."; what is seldom is told only where it is."""
    newer, anew = len(report.newer), len(report.anew)
    parts = [
        f"{len(report.new)} new",
        *([f"{newer} newer version{'s' * (newer != 1)}"] if newer else []),
        *([f"{anew} read anew"] if anew else []),
        f"{len(report.known)} known already",
        f"{len(report.failures)} could not be read",
    ]
    return f"{', '.join(parts)}."


def passed_in_words(report: ReadReport) -> str:
    """ "Not read: 2 pages without an article, 3 .png."."""
    kinds = (
        f"{count} {kind.replace('page', 'pages', 1) if count > 1 and kind.startswith('page ') else kind}"
        for kind, count in report.passed.items()
    )
    return f"Not read: {', '.join(kinds)}."


def fates_of(report: ReadReport) -> dict[str, str]:
    """Each article with what became of it: "new", "newer" (a version), read "anew", or "known" as it is."""
    kinds = {"new": report.new, "newer": report.newer, "anew": report.anew, "known": report.known}
    fates: dict[str, str] = {}
    for kind, ids in kinds.items():
        for id in ids:
            fates.setdefault(id, kind)
    return fates


def told(row: dict[str, Any], fate: str) -> dict[str, Any]:
    """The row of an article with what became of it as `read`; what it brings under that name itself stands in `own`."""
    own = {name: row[name] for name in (_FATE, _OWN) if name in row}
    return row | ({_OWN: own} if own else {}) | {_FATE: fate}
