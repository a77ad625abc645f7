"""Reading: `sayso read`."""

from __future__ import annotations

import typer

from sayso.interfaces.options import (
    ColumnsOption,
    Inputs,
    JsonOption,
    LedgerOption,
    PrivateOption,
    ReadJobsOption,
    RulesOption,
    columns_of,
)
from sayso.interfaces.reading import fates_of, passed_in_words, read_in_words, told
from sayso.interfaces.streams import bar, finish, say
from sayso.interfaces.visible import json_of


def read(
    inputs: Inputs,
    ledger: LedgerOption = None,
    jobs: ReadJobsOption = None,
    rules: RulesOption = False,
    column: ColumnsOption = None,
    private: PrivateOption = False,
    as_json: JsonOption = False,
) -> None:
    """Read articles in files, in folders and at web addresses into the ledger, exactly once each."""
    from sayso import workspace
    from sayso.interfaces.terminal import many

    columns = columns_of(column)
    jobs = jobs or (workspace.jobs_for(inputs) if rules else 1)
    book = workspace.open_ledger(ledger)
    with bar() as progress:
        asks = any(map(workspace.is_address, inputs))
        fetcher = workspace.fetcher(private, ledger=book) if asks else None
        report = workspace.read(inputs, book, jobs, progress, not rules, fetcher, columns)
    if as_json:
        fates = fates_of(report)
        for row in workspace.rows(book, fates):
            typer.echo(json_of(told(row, fates[row["id"]])))
    else:
        found = workspace.counts(book)
        say(read_in_words(report))
        if report.passed:
            say(passed_in_words(report))
        held = (("articles", "article"), ("attributions", "statement"), ("figures", "figure"))
        say(f"In {book.folder}: {', '.join(many(found[key], thing) for key, thing in held)}. Next: sayso stories")
    for left_out in report.partly:
        say(f"sayso: {left_out}; the article is kept without it", err=True)
    finish([str(f) for f in report.failures])
