"""Reading: `sayso read`."""

from __future__ import annotations

import json

import typer

from sayso.interfaces.options import (
    ColumnsOption,
    Inputs,
    JobsOption,
    JsonOption,
    LedgerOption,
    PrivateOption,
    RulesOption,
    columns_of,
)
from sayso.interfaces.reading import read_in_words
from sayso.interfaces.streams import bar, finish


def read(
    inputs: Inputs,
    ledger: LedgerOption = None,
    jobs: JobsOption = 1,
    rules: RulesOption = False,
    column: ColumnsOption = None,
    private: PrivateOption = False,
    as_json: JsonOption = False,
) -> None:
    """Read articles in files, in folders and at web addresses into the ledger, exactly once each."""
    from sayso import workspace

    columns = columns_of(column)
    book = workspace.open_ledger(ledger)
    with bar() as progress:
        report = workspace.read(inputs, book, jobs, progress, not rules, workspace.fetcher(private), columns)
    if as_json:
        for row in workspace.rows(book, (*report.new, *report.newer, *report.anew)):
            typer.echo(json.dumps(row, ensure_ascii=False))
    else:
        found = workspace.counts(book)
        typer.echo(read_in_words(report))
        if report.passed:
            kinds = ", ".join(f"{count} {suffix}" for suffix, count in report.passed.items())
            typer.echo(f"Passed over, since their kind is not read: {kinds}.")
        typer.echo(f"In {book.folder}: {found['articles']} articles, {found['attributions']} statements, ", nl=False)
        typer.echo(f"{found['figures']} figures. Next: sayso stories")
    for left_out in report.partly:
        typer.echo(f"sayso: {left_out}; the article is kept without it", err=True)
    finish([str(f) for f in report.failures])
