"""Quotes in the terminal: the verdict on one, and how archived articles tell it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from sayso.interfaces.terminal import isolate, many


def checked(console: Console, result: dict[str, Any]) -> None:
    """The verdict on a quote, its edits and the passage."""
    verdict = str(result["verdict"]).replace("_", " ")
    console.print(Text(verdict if verdict != "not found" else "not found in the sources given", style="bold"))
    for edit in result["edits"]:
        console.print(Text(f"  {_edit(edit)}"))
    for note in result["notes"]:
        console.print(Text(f"  note: {note}", style="yellow"))
    if result["context"] and result["record"] == "prepared":
        console.print(Text("  note: a prepared text; what was spoken may differ", style="yellow"))
    if result["context"]:
        shown = Text(isolate(result["context"]))
        if result.get("words"):
            shown.highlight_words([result["words"]], "bold")
        console.print(Padding(shown, (0, 0, 0, 2)))
    if result["verdict"] == "trimmed":
        console.print(Text("  every cut is marked" if result["marked"] else "  not every cut is marked", style="dim"))


def renderings(console: Console, rows: Sequence[dict[str, Any]]) -> None:
    """How each article tells a quote: where, how, in which words; a copy is told as one, and no outlet of its own."""
    names = {row["article"]: row["outlet"] or row["title"] or row["article"] for row in rows}
    for row in rows:
        if row["article"] is not None:
            head = f"{isolate(names[row['article']])} · {row['lang']} · {(row['published'] or 'no date')[:10]}"
            head += f" · {row['article']}"
            if row["copy_of"] is not None:
                head += f" · copy of {isolate(names.get(row['copy_of'], row['copy_of']))}"
            console.print(Text(head, style="dim"))
        checked(console, row)
    own = [row for row in rows if row["article"] is not None and row["copy_of"] is None]
    copies = sum(row["copy_of"] is not None for row in rows)
    if own or copies:
        told = many(len(own), "article") + (f" and {many(copies, 'copy')}" if copies else "")
        outlets = len({row["outlet"] or row["article"] for row in own})
        console.print(Text(f"{told}, {many(outlets, 'outlet')}", style="dim"))


def _edit(edit: dict[str, Any]) -> str:
    """One edit in words: what the transcript has and what the quote has in its place."""
    ours, theirs = isolate(edit["quote_words"]), isolate(edit["transcript_words"])
    match edit["op"]:
        case "cut":
            return f"cut: “{theirs}”" + (f", marked by {ours}" if ours else ", not marked")
        case "insert":
            return f"only in the quote: {ours}"
        case "reorder":
            return f"in another order: “{ours}”, in the transcript “{theirs}”"
        case _:
            return f"“{ours}” for “{theirs}”"
