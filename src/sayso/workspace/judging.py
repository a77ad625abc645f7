"""Keep what people judge of links, and tell what became of it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from sayso.errors import InputError
from sayso.workspace.linking import made_of, relink

if TYPE_CHECKING:
    from sayso.asked import Act
    from sayso.judging import Judged
    from sayso.ledger.ledger import Ledger
    from sayso.linking.judgements.nouns import Judgement
    from sayso.workspace.opening import Progress


def judge(
    ledger: Ledger,
    id: str,
    act: Act,
    others: Sequence[str] = (),
    by: str | None = None,
    note: str = "",
    progress: Progress | None = None,
) -> list[Judged]:
    """Accept, reject, split or join the story, thread or conflict with this `id`, or the only beginning of one.

    `others`: the members to split off, or what to join. `by`: who judges (default: $SAYSO_JUDGE, else the user's name).
    Raises NotFound and InputError.
    """
    from sayso.asked import asked
    from sayso.linking.judgements.nouns import made

    person = by if by is not None else judging_name()
    relink(ledger, progress)
    with ledger.view() as view:
        judgements = [made(*one, person, note) for one in asked(view, id, act, others)]
    return _put_judgements(ledger, judgements, progress)


def judging_name() -> str:
    """$SAYSO_JUDGE, else the user's name. Raises InputError without either."""
    import getpass

    try:
        return os.environ.get("SAYSO_JUDGE") or getpass.getuser()
    except (OSError, KeyError, ImportError):
        raise InputError("the judge", "has no name: say who judges (--by), or set SAYSO_JUDGE") from None


def judgements(ledger: Ledger, progress: Progress | None = None) -> list[Judged]:
    """All that people said of links, the oldest first, withdrawn judgements too, and what became of each."""
    from sayso import judging

    relink(ledger, progress)
    with ledger.view() as view:
        return judging.told(view)


def withdraw(ledger: Ledger, id: str, progress: Progress | None = None) -> list[Judged]:
    """Take a judgement back; it is kept as withdrawn. Raises NotFound, and InputError when it was before."""
    from sayso.linking.judgements.nouns import withdrawn

    with ledger.view() as view:
        taken = withdrawn(view.judgement(id))
    return _put_judgements(ledger, [taken], progress)


def _put_judgements(ledger: Ledger, found: Sequence[Judgement], progress: Progress | None) -> list[Judged]:
    from sayso import judging

    with ledger.writer() as writer:
        writer.put_judgements(found)
    relink(ledger, progress)
    with ledger.view() as view:
        return judging.told(view, {one.id for one in found})


def judgement_lines(ledger: Ledger) -> Iterator[str]:
    """All judgements, one JSON object a line, for another ledger."""
    from sayso.linking.judgements.nouns import to_row

    with ledger.view() as view:
        for one in view.judgements():
            yield json.dumps(to_row(one), ensure_ascii=False)


def add_judgements(ledger: Ledger, lines: Iterable[str]) -> tuple[int, list[str | None]]:
    """Merge judgements of another ledger: how many changed this one, and for each line what kept it out, if anything.

    All are kept, contradicting ones too; a judgement withdrawn in either ledger is withdrawn.
    """
    from sayso.linking.judgements.nouns import from_row

    found, errors = made_of(lines, from_row)
    with ledger.writer() as writer:
        return len(writer.put_judgements(found)), errors
