"""Writing what the ledger holds into files: `sayso report`, `export`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from sayso.interfaces.options import LedgerOption
from sayso.interfaces.streams import USAGE, bar, out, say, stop, whole


def report(
    target: Annotated[Path, typer.Argument(metavar="OUT.html")],
    ids: Annotated[list[str] | None, typer.Argument(metavar="STORY", help="Only these stories.")] = None,
    ledger: LedgerOption = None,
) -> None:
    """Write stories side by side into one HTML file that needs nothing else."""
    from sayso import workspace
    from sayso.interfaces.report import report as render

    with bar() as progress:
        comparisons = workspace.comparisons(workspace.open_ledger(ledger), ids or None, progress)
    with out(str(target)) as write:
        write(render(comparisons))
    say(f"{target}: stories {len(comparisons)}", err=True)


def _wacz(target: Path, ids: list[str] | None, ledger: Path | None) -> None:
    from sayso import workspace

    with bar() as progress, whole(str(target)) as out:
        count = workspace.wacz(workspace.open_ledger(ledger), out, ids, progress)
    say(f"{target}: {count} captures", err=True)


def export(
    target: Annotated[Path, typer.Argument(metavar="DIR", help="A folder; or OUT.wacz, for replay tools.")],
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="STORY", help="With OUT.wacz: only the captures of these stories.")
    ] = None,
    ledger: LedgerOption = None,
) -> None:
    """Write articles.jsonl, statements.csv, figures.csv, links.json and, where people judged, judgements.jsonl.

    Into OUT.wacz goes what was captured, byte for byte, as replay tools open it (ReplayWeb.page, pywb).
    """
    from sayso import workspace
    from sayso.interfaces import exports

    if target.suffix == ".wacz":
        _wacz(target, ids, ledger)
        return
    if target.name.lower().endswith((".warc", ".warc.gz", ".zip")):
        stop(f"{target}: name a folder, or OUT.wacz for replay tools", USAGE)
    if ids:
        stop(f"{target}: only OUT.wacz takes stories; a folder gets all", USAGE)

    with bar() as progress:
        book = workspace.open_ledger(ledger)
        comparisons = workspace.comparisons(book, None, progress)
        files = {
            "articles.jsonl": "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in workspace.rows(book)),
            "statements.csv": exports.statements_csv(comparisons),
            "figures.csv": exports.figures_csv(comparisons),
            "links.json": json.dumps(workspace.links(book), ensure_ascii=False, indent=1) + "\n",
        }
        if judged := "".join(line + "\n" for line in workspace.judgement_lines(book)):
            files["judgements.jsonl"] = judged
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        stop(f"{target}: cannot be made a folder: {error.strerror}")
    for name, text in files.items():
        with out(str(target / name)) as write:
            write(text.removesuffix("\n"))
        say(str(target / name))
