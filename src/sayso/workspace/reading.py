"""Read articles into a ledger, and annotate lines without one."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING

from sayso import __version__
from sayso.answers import ReadReport
from sayso.documents.nouns import Capture
from sayso.engines.engine import Failure, attempt, paired
from sayso.engines.groups import groups
from sayso.errors import InputError

if TYPE_CHECKING:
    from sayso.documents.nouns import Version
    from sayso.engines.engine import Engine
    from sayso.extraction.nouns import Reading
    from sayso.ledger.ledger import Ledger
    from sayso.ledger.writer import Writer
    from sayso.workspace.opening import Progress


def read(paths: Sequence[str | Path], ledger: Ledger, jobs: int = 1, progress: Progress | None = None) -> ReadReport:
    """Read files, folders and "-" into `ledger`, exactly once each; what cannot be read is reported, the rest kept.

    What an older sayso or another tagger read is read anew.
    """
    from sayso.documents.read import captures
    from sayso.extraction.annotate import readings

    made_by = _made_by()
    ids: dict[str, list[str]] = {"new": [], "newer": [], "anew": []}
    failures: list[InputError] = []
    partly: list[InputError] = []
    passed = Counter[str]()
    known = done = 0

    def unseen() -> Iterator[Capture | InputError]:
        nonlocal known
        for group in groups((capture for path in paths for capture in captures(path, passed)), _bytes):
            with ledger.writer() as writer, writer.batch():
                times = [writer.seen(capture, made_by) if isinstance(capture, Capture) else 0 for capture in group]
            known += sum(times)
            yield from (capture for capture, seen in zip(group, times, strict=True) if not seen)

    # The ledger is held for a moment for each group, so that others can write between.
    for group in groups(paired(_engine(jobs), readings, unseen()), lambda one: _bytes(one[0])):
        with ledger.writer() as writer, writer.batch():
            for capture, outcome in group:
                items = _failed(capture, outcome) if isinstance(outcome, Failure) else outcome
                is_read = any(isinstance(item, tuple) for item in items)
                for item in items:
                    if is_read and isinstance(item, InputError):
                        partly.append(item)
                        continue
                    kept = _kept(writer, capture, item, made_by)
                    if isinstance(kept, InputError):
                        failures.append(kept)
                    elif kept is None:
                        known += 1
                    else:
                        ids[kept[0]].append(kept[1])
        done += len(group)
        if progress:
            progress("reading", done, None)
    found = {kind: tuple(some) for kind, some in ids.items()}
    return ReadReport(
        known=known, failures=tuple(failures), passed=dict(sorted(passed.items())), partly=tuple(partly), **found
    )


def _made_by() -> str:
    """What makes a reading."""
    from sayso.models.tagger import Tagger

    return f"sayso {__version__}, tagger {Tagger().settings['version']}"


def _kept(
    writer: Writer, capture: Capture | InputError, item: InputError | tuple[Version, Reading], made_by: str
) -> tuple[str, str] | InputError | None:
    """What an article is to the ledger, and its id; None for a known one; or what stood in the way, which is kept too.

    "new": it was not there; "newer": it was, in another version; "anew": its reading was made by something else.
    """
    try:
        if isinstance(capture, InputError) or isinstance(item, InputError):
            raise item if isinstance(item, InputError) else InputError(capture.name, "was not read")
        id, before = item[0].id, writer.versions(item[0].id)
        if not writer.add(capture, *item, made_by=made_by):
            return None
        return ("new" if not before else "newer" if writer.versions(id) > before else "anew"), id
    except InputError as error:
        writer.add_failure(error.name, error.reason)
        return error


def _failed(capture: Capture | InputError, failure: Failure) -> list[InputError]:
    return [InputError(capture.name, f"sayso itself failed on it ({failure.kind}: {failure.reason}); please report it")]


def annotate(lines: Iterable[str], jobs: int = 1) -> Iterator[tuple[str, str | None]]:
    """Lines of JSON with what was found in each, in order; the second part is the line's error, if any (CONTRACTS)."""
    for part, outcomes in paired(_engine(jobs), _annotate_lines, groups(lines, len)):
        for line, outcome in zip(part, repeat(outcomes) if isinstance(outcomes, Failure) else outcomes, strict=False):
            if isinstance(outcome, Failure):
                reason = f"sayso itself failed on it ({outcome.kind}: {outcome.reason}); please report it"
                yield json.dumps({"error": reason, "line": line}), reason
            else:
                yield outcome


def _bytes(capture: Capture | InputError) -> int:
    return len(capture.body) if isinstance(capture, Capture) else 0


def _annotate_lines(lines: list[str]) -> list[tuple[str, str | None] | Failure]:
    from sayso.extraction.annotate import line

    return [attempt(line, number, text) for number, text in enumerate(lines)]


def _engine(jobs: int) -> Engine:
    """`jobs` processes on this machine, or this one."""
    from sayso.engines.local import Processes, Serial

    return Serial() if jobs <= 1 else Processes(jobs)
