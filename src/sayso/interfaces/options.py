"""The options and arguments that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

LedgerOption = Annotated[
    Path | None,
    typer.Option(
        "--ledger", metavar="DIR", help="The ledger's folder (default: $SAYSO_LEDGER, else your data folder)."
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")]
JobsOption = Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes that read at the same time.")]
ReadJobsOption = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        min=1,
        help="Processes that read at the same time (default: with --rules and much to read one for each core, else 1; "
        "the tagger takes 0.4 GB of memory in each).",
    ),
]
Inputs = Annotated[
    list[str], typer.Argument(metavar="PATH|URL", help="Files, folders, web addresses, or - for standard input.")
]
PrivateOption = Annotated[
    bool, typer.Option("--allow-private", help="Fetch from this machine and its own network too.")
]
RulesOption = Annotated[
    bool, typer.Option("--rules", help="Without the tagger: many times faster, finds fewer statements.")
]
ColumnsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="FIELD=NAME",
        help="Which column of tables is which field (text=body), where its name does not tell; may be repeated.",
    ),
]


def columns_of(given: list[str] | None) -> dict[str, str]:
    """Our fields and the columns of tables that hold them."""
    pairs = [one.partition("=") for one in given or []]
    for field, equals, column in pairs:
        if not (field and equals and column):
            raise typer.BadParameter(f"{field}{equals}{column} is not FIELD=NAME", param_hint="--column")
    return {field.strip(): column.strip() for field, _, column in pairs}
