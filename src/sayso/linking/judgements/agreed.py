"""Agreed: tellings that a machine took for changed, where people judged that nothing is changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sayso.linking.judgements.bench import Bench
from sayso.linking.judgements.nouns import Judgement
from sayso.linking.nouns import Conflict, Relation, StatementMember, Thread


def agreed(
    bench: Bench, threads: Sequence[Thread], rejected: Iterable[tuple[Conflict, Judgement]]
) -> tuple[Thread, ...]:
    """The threads; what a rejected conflict calls changed is told in other words or in another language there."""
    by_thread = {clash.thread: (clash, one) for clash, one in rejected if clash.kind == "statement"}
    return tuple(_agreed(bench, t, *by_thread[t.id]) if t.id in by_thread else t for t in threads)


def _agreed(bench: Bench, thread: Thread, clash: Conflict, one: Judgement) -> Thread:
    full = next((m for m in thread.members if m.relation == "verbatim"), thread.members[0])
    sides = {(m.article, m.attribution) for m in clash.members if isinstance(m, StatementMember)}
    members = tuple(
        _unchanged(bench, m, full, bench.sentence(one))
        if m.relation == "changed" and (m.article, m.attribution) in sides
        else m
        for m in thread.members
    )
    return replace(thread, members=members, judged=(*thread.judged, bench.mark(one)))


def _unchanged(bench: Bench, member: StatementMember, full: StatementMember, why: str) -> StatementMember:
    left, right = (bench.articles[m.article].lang.split("-")[0].lower() for m in (member, full))
    relation: Relation = "paraphrase" if left == right else "translation"
    return StatementMember(member.article, member.attribution, member.content, relation, why)
