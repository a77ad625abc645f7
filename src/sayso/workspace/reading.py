"""Read articles into a ledger, and annotate lines without one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.engines.engine import Failure, attempt, paired
from sayso.engines.groups import groups

if TYPE_CHECKING:
    from sayso.answers import ReadReport
    from sayso.engines.engine import Engine
    from sayso.ledger.ledger import Ledger
    from sayso.workspace.opening import Progress


def read(
    paths: Sequence[str | Path],
    ledger: Ledger,
    jobs: int = 1,
    progress: Progress | None = None,
    tagger: bool = True,
) -> ReadReport:
    """Read files, folders and "-" into `ledger`, exactly once each; what cannot be read is reported, the rest kept.

    What an older sayso or another tagger read is read anew. Without the `tagger` the rules alone find attributions.
    """
    from sayso.documents.read import captures
    from sayso.workspace.archiving import index
    from sayso.workspace.intake import Intake

    intake = Intake(ledger, engine(jobs), tagger, {str(path) for path in paths}, progress)
    intake.take(capture for path in paths for capture in captures(path, intake.passed))
    if any((intake.report().new, intake.report().newer)) or intake.passed:
        index(ledger)
    return intake.report()


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

    return Serial() if jobs <= 1 else Processes(jobs)
