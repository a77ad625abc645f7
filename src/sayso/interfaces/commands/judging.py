"""Judging links: `sayso judge`."""

from __future__ import annotations

from typing import Annotated

import typer

from sayso.interfaces.options import JsonOption, LedgerOption


def judge(
    id: Annotated[
        str | None,
        typer.Argument(
            metavar="ID", help="A story, thread or conflict, as `sayso story` shows it.", show_default=False
        ),
    ] = None,
    others: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="MEMBER",
            help="Articles, or ARTICLE@PLACE for a telling (`sayso story ID --ids`); to join also ids.",
            show_default=False,
        ),
    ] = None,
    accept: Annotated[bool, typer.Option("--accept", help="All members belong together; a conflict is one.")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="No two of them do; a conflict is none.")] = False,
    split: Annotated[bool, typer.Option("--split", help="Each MEMBER is another than the rest.")] = False,
    join: Annotated[bool, typer.Option("--join", help="Each MEMBER belongs to ID.")] = False,
    by: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who judges (default: $SAYSO_JUDGE, else your user name).")
    ] = None,
    note: Annotated[str, typer.Option(metavar="TEXT", help="Why.")] = "",
    listing: Annotated[bool, typer.Option("--list", help="Show all judgements, and what became of each.")] = False,
    undo: Annotated[str | None, typer.Option(metavar="JUDGEMENT", help="Take one back, by its id.")] = None,
    export: Annotated[str | None, typer.Option(metavar="FILE.jsonl", help="Write all judgements.")] = None,
    merge: Annotated[
        str | None, typer.Option("--import", metavar="FILE.jsonl", help="Merge what another ledger exported.")
    ] = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say that a link is right or wrong: accept, reject, split or join; kept, whatever the machine finds later."""
    from sayso.interfaces import judge as judging

    acts = judging.acts(accept=accept, reject=reject, split=split, join=join)
    request = judging.Request(id, others or (), acts, by, note, listing, undo, export, merge)
    judging.run(request, ledger, as_json)
