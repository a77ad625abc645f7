"""The use cases, one function each: the Python API of sayso. Only this room chooses ledger and engine.

from sayso import workspace
ledger = workspace.open_ledger("news")
workspace.read(["examples/articles"], ledger)
for summary in workspace.stories(ledger): print(summary.title)
"""

from __future__ import annotations

from sayso.workspace.archiving import index, wacz
from sayso.workspace.asking import comparisons, counts, embed, figures, links, rows, search, stories, story, who
from sayso.workspace.changing import changed, changes
from sayso.workspace.checking import check, check_ledger, check_lines, check_lines_ledger
from sayso.workspace.jobs import jobs_for
from sayso.workspace.judging import add_judgements, judge, judgement_lines, judgements, judging_name, withdraw
from sayso.workspace.linking import link, relink
from sayso.workspace.opening import Progress, default_folder, encoder, fetcher, open_ledger
from sayso.workspace.reading import annotate, is_address, read
from sayso.workspace.verifying import (
    check_proof,
    log,
    prove,
    put_stamp,
    renew,
    stamp,
    stamp_request,
    stamps,
    verify,
    witness,
)
from sayso.workspace.watching import watch

__all__ = [
    "Progress",
    "add_judgements",
    "annotate",
    "changed",
    "changes",
    "check",
    "check_ledger",
    "check_lines",
    "check_lines_ledger",
    "check_proof",
    "comparisons",
    "counts",
    "default_folder",
    "embed",
    "encoder",
    "fetcher",
    "figures",
    "index",
    "is_address",
    "jobs_for",
    "judge",
    "judgement_lines",
    "judgements",
    "judging_name",
    "link",
    "links",
    "log",
    "open_ledger",
    "prove",
    "put_stamp",
    "read",
    "relink",
    "renew",
    "rows",
    "search",
    "stamp",
    "stamp_request",
    "stamps",
    "stories",
    "story",
    "verify",
    "wacz",
    "watch",
    "who",
    "withdraw",
    "witness",
]
