"""Read articles into a ledger, and annotate lines without one."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.engines.engine import Failure, attempt, paired
from sayso.engines.groups import groups
from sayso.errors import InputError
from sayso.workspace import opening

if TYPE_CHECKING:
    from sayso.answers import ReadReport
    from sayso.documents.nouns import Capture
    from sayso.engines.engine import Engine
    from sayso.fetching.fetch import Fetcher
    from sayso.ledger.ledger import Ledger
    from sayso.workspace.opening import Progress


def read(
    paths: Sequence[str | Path],
    ledger: Ledger,
    jobs: int = 1,
    progress: Progress | None = None,
    tagger: bool = True,
    fetcher: Fetcher | None = None,
    columns: Mapping[str, str] | None = None,
) -> ReadReport:
    """Read files, folders, addresses and "-" into `ledger`, exactly once each; what cannot be read is reported.

    What an older sayso or another tagger read is read anew. Without the `tagger` the rules alone find attributions.
    `fetcher`: who fetches the addresses (default: `opening.fetcher`). `columns`: our fields and the columns of tables
    that hold them, where their names do not tell.
    """
    readers = engine(jobs)  # first: they load what they need while we do
    from sayso.workspace.archiving import index
    from sayso.workspace.intake import Intake

    named = [str(path) for path in paths]
    intake = Intake(ledger, readers, tagger, set(named), progress)
    network = fetcher
    if any(map(is_address, named)):
        opening.make_sure(ledger)  # what the first robots.txt says is kept in its folder
        network = fetcher or opening.fetcher(ledger=ledger)
    intake.take(capture for one in named for capture in _captures(one, intake.passed, network, columns))
    report = intake.report()
    if report.new or report.newer or report.passed:
        index(ledger)
    return report


def _captures(
    path: str, passed: Counter[str], fetcher: Fetcher | None, columns: Mapping[str, str] | None
) -> Iterator[Capture | InputError]:
    """Captures of a file, a folder, or of what stands at an address."""
    from sayso.documents import read as documents
    from sayso.documents.nouns import Capture

    if fetcher is None or not is_address(path):
        yield from documents.captures(path, passed, columns)
        return
    try:
        found = fetcher.get(path)
    except InputError as error:
        yield error
        return
    assert isinstance(found, Capture), "nothing was asked for under a condition"
    yield from documents.inside(found, passed, columns)


def is_address(source: str) -> bool:
    """Whether a source is to be fetched."""
    return source.lower().startswith(("http://", "https://"))


def annotate(lines: Iterable[str], jobs: int = 1) -> Iterator[tuple[str, str | None]]:
    """Lines of JSON with what was found in each, in order; the second part is the line's error, if any (CONTRACTS)."""
    for part, outcomes in paired(engine(jobs), _annotate_lines, groups(lines, len)):
        for line, outcome in zip(part, repeat(outcomes) if isinstance(outcomes, Failure) else outcomes, strict=False):
            if isinstance(outcome, Failure):
                reason = f"sayso itself failed on it ({outcome.kind}: {outcome.reason}); please report it"
                yield json.dumps({"error": reason, "line": line}), reason
            else:
                yield outcome


def _annotate_lines(lines: list[str]) -> list[tuple[str, str | None] | Failure]:
    from sayso.extraction.annotate import line

    return [attempt(line, number, text) for number, text in enumerate(lines)]


def engine(jobs: int) -> Engine:
    """`jobs` processes on this machine, or this one."""
    from sayso.engines.local import Processes, Serial

    return Serial() if jobs <= 1 else Processes(jobs, loaded=["sayso.workspace.ahead"])
