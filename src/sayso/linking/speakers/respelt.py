"""Respelt: names put into Latin letters from articles in several scripts, joined by how they sound."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set

from sayso.linking.likeness.groups import Groups
from sayso.linking.speakers.names import SAME, SAME_IN_LONGER, SAME_SINGLE, same_name, words
from sayso.linking.speakers.near import candidates

_SINGLE = 0.93
"""A name alone must be surer where sounds alone tell."""


class Respelt:
    """Names that articles in different scripts give, put into Latin letters from one of these: they are joined by
    sound, the likest first, and none to names of one script that are two."""

    def __init__(self, scripts: Mapping[str, Set[str]], public: Mapping[str, str | None], groups: Groups[str]) -> None:
        self._scripts, self._public, self._groups = scripts, public, groups
        self._members: dict[str, list[str]] = defaultdict(list)
        for name in scripts:
            self._members[groups.of(name)].append(name)

    def join(self, full: Sequence[str], short: Sequence[str]) -> None:
        """Full names with each other; then names alone, each to the one group that has such a name."""
        named = [name for name in full if _is_written_as_name(name)]
        alike = [(same_name(a, b, respelt=True), a, b) for a, b in candidates(named) if self._may_be(a, b)]
        for score, a, b in sorted(alike, key=lambda pair: (-pair[0], pair[1:])):
            longer = len(words(a)) != len(words(b))
            if score >= (SAME_IN_LONGER if longer else SAME):
                self._make_one(a, b)
        for name in (name for name in short if name[0].isupper()):
            self._join_alone(name, named, short)

    def _join_alone(self, name: str, full: Sequence[str], short: Sequence[str]) -> None:
        last = [(words(other)[-1], other) for other in full if self._may_be(name, other)]
        last += [(other, other) for other in short if other[0].isupper() and self._may_be(name, other)]
        like = [other for word, other in last if same_name(name, word, respelt=True) >= _SINGLE]
        if len({self._groups.of(other) for other in like}) == 1:
            self._make_one(name, like[0])

    def _may_be(self, a: str, b: str) -> bool:
        known = self._public[a], self._public[b]
        return (
            self._scripts[a].isdisjoint(self._scripts[b]) and None in known and self._groups.of(a) != self._groups.of(b)
        )

    def _make_one(self, a: str, b: str) -> None:
        """Join two groups, unless they hold names of one script that are not one."""
        left, right = self._groups.of(a), self._groups.of(b)
        if left == right or any(self._are_two(x, y) for x in self._members[left] for y in self._members[right]):
            return
        members = self._members.pop(left) + self._members.pop(right)
        self._groups.join(a, b)
        self._members[self._groups.of(a)] = members

    def _are_two(self, a: str, b: str) -> bool:
        known = self._public[a], self._public[b]
        if None not in known:
            return known[0] != known[1]
        if self._scripts[a].isdisjoint(self._scripts[b]):
            return False
        left, right = sorted((words(a), words(b)), key=len)
        return same_name(a, b) < SAME if len(left) > 1 else same_name(left[0], right[-1]) < SAME_SINGLE


def _is_written_as_name(name: str) -> bool:
    """Whether its words have capitals, but for small ones between ("Abdulaziz bin Salman")."""
    parts = name.split()
    return parts[0][0].isupper() and parts[-1][0].isupper()
