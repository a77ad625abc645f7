"""Check quotes against texts of record, or against all that a ledger holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sayso.workspace import opening
from sayso.workspace.asking import embed
from sayso.workspace.linking import relink

if TYPE_CHECKING:
    from sayso.ledger.ledger import Ledger
    from sayso.models.encoder import Encoder
    from sayso.workspace.opening import Progress


def check(quote: str, sources: Sequence[Path], meaning: bool = True) -> dict[str, Any]:
    """The best result of `quote` over texts of record, as `sayso check --json` prints it. Raises InputError."""
    from sayso.linking.quotes.checking import check_all, record, row

    texts = [record(path) for path in sources]
    found = check_all(quote, texts, cache(opening.encoder) if meaning else None)
    return {**row(found.check, quote, texts[found.source]), "transcript": str(sources[found.source])}


def check_ledger(
    quote: str, ledger: Ledger, meaning: bool = True, progress: Progress | None = None
) -> list[dict[str, Any]]:
    """How each article of the ledger that has `quote` tells it, the most faithful first, as `--json` prints it.

    With `meaning` also articles in other languages: near in meaning, or linked with one that has it.
    Where none has it, one row: "not_found" and no article.
    """
    from sayso.renderings import lines

    model = _with_meaning(ledger, progress) if meaning else None
    with ledger.view() as view:
        return lines(quote, view, model)


def check_lines_ledger(
    lines: Iterable[str], ledger: Ledger, meaning: bool = True, progress: Progress | None = None
) -> Iterator[tuple[str, str | None]]:
    """Rows {id, quote} with what `check_ledger` finds of each; the second part is the row's error, if any."""
    from sayso.renderings import batch

    model = _with_meaning(ledger, progress) if meaning else None
    with ledger.view() as view:
        yield from batch(lines, view, model)


def _with_meaning(ledger: Ledger, progress: Progress | None) -> Encoder:
    """The encoder, when links and vectors of the ledger are up to date."""
    model = opening.encoder(progress)
    relink(ledger, progress)
    embed(ledger, progress)
    return model


def check_lines(lines: Iterable[str], folder: Path, meaning: bool = True) -> Iterator[tuple[str, str | None]]:
    """Batch rows with their results, in order; the second part is the row's error, if any (CONTRACTS)."""
    from sayso.linking.quotes import checking

    return checking.check_lines(lines, folder, cache(opening.encoder) if meaning else None)
