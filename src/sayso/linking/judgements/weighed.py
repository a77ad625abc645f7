"""Weighed: conflicts and exchanges with what people say of them, without those that they reject."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from sayso.linking.judgements.bench import Bench, Node
from sayso.linking.judgements.members import nodes
from sayso.linking.judgements.nouns import About, Judgement, Ruling
from sayso.linking.nouns import Conflict, Exchange

W = TypeVar("W", Conflict, Exchange)


def weighed(bench: Bench, about: About, links: Sequence[W]) -> tuple[W, ...]:
    """The links with what people say of them, without those that they reject.

    Only judgements that know all members of a link count: a conflict with a new telling is worth another look. Of each
    person the last one stands, and one "different" outweighs all others.
    """
    found: list[W] = []
    for link in links:
        spoken = _last_words(bench, about, nodes(bench, link))
        different = next((one for one in spoken if one.verdict == "different"), None)
        out = bool(spoken) and (different is None) == (about == "conflict")
        why = f"left out: {_told(link)}" if out else ""
        for one in spoken:
            stands = different is None or one.verdict == "different"
            other = "" if different is None else f"{different.by} is more careful ({different.id})"
            ruling = Ruling(one.id, "stands", why) if stands else Ruling(one.id, "contradicted", other)
            bench.rulings[one.id] = replace(ruling, together=about != "conflict")
        if not out:
            standing = (one for one in spoken if bench.rulings[one.id].state == "stands")
            found.append(replace(link, judged=tuple(map(bench.mark, standing))))
    _unmet(bench, about, links)
    return tuple(found)


def rejected(bench: Bench, found: Sequence[Conflict], kept: Sequence[Conflict]) -> Iterator[tuple[Conflict, Judgement]]:
    """The conflicts that people rejected, each with the last judgement that says so."""
    stay = {(clash.kind, clash.thread) for clash in kept}
    for clash in found:
        if (clash.kind, clash.thread) not in stay:
            yield clash, _last_words(bench, "conflict", nodes(bench, clash))[-1]


def _last_words(bench: Bench, about: About, things: set[Node]) -> list[Judgement]:
    """What each person said last of exactly these things, the oldest first; what they said before is overruled."""
    last: dict[str, Judgement] = {}
    for one in bench.about(about, next(iter(things))) if things else ():
        if things <= {bench.node(thing) for thing in one.things}:
            before = last.pop(one.by, None)
            last[one.by] = one
            if before:
                why = f"{one.by} judged again on {one.at[:10]} ({one.id})"
                bench.rulings[before.id] = Ruling(before.id, "overruled", why, about != "conflict")
    return list(last.values())


def _told(link: Conflict | Exchange) -> str:
    return link.why if isinstance(link, Conflict) else link.reason


def _unmet(bench: Bench, about: About, links: Sequence[Conflict | Exchange]) -> None:
    """What is left over speaks of a link that the machine does not find, or not so."""
    waiting = [one for one in bench.on(about) if one.id not in bench.rulings]
    every = [nodes(bench, link) for link in links] if waiting else []
    for one in waiting:
        judged = {bench.node(thing) for thing in one.things}
        why = f"the machine finds no such {about} now"
        if not all(map(bench.is_here, judged)):
            why = bench.missing(one)
        elif any(judged < grown for grown in every):
            why = f"the {about} has another member since: it is shown, to be judged anew"
        bench.rulings[one.id] = Ruling(one.id, "waits", why)
