"""Partition: groups that a machine found, after people have said which things are the same and which are not."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)

NAMED = 200
"""Contradictions whose chain of judgements is looked for; of more than these only that they are some is said."""


@dataclass(frozen=True, slots=True)
class Said(Generic[T]):
    """One judgement: all things are the same, or none on the left is any on the right (without a right: none another).

    `at` sorts by time; the things of both sides may have become one, such pairs count for nothing.
    """

    id: str
    by: str
    at: str
    same: bool
    left: tuple[T, ...]
    right: tuple[T, ...] = ()

    @property
    def things(self) -> tuple[T, ...]:
        """Both sides, each thing once."""
        return tuple(dict.fromkeys(self.left + self.right))

    def pairs(self) -> Iterable[tuple[T, T]]:
        """The pairs that it tells apart."""
        if self.right:
            return ((x, y) for x in self.left for y in self.right if x != y)
        return ((x, y) for i, x in enumerate(self.left) for y in self.left[i + 1 :] if x != y)


@dataclass(frozen=True, slots=True)
class Clash(Generic[T]):
    """A "same" that is not followed, since with others it would put together what `against` tells apart.

    `chain` leads from one of the two things told apart to the other: (thing, the judgement that leads to the next
    one); the last has "". Empty where too many judgements clash for each to be looked into.
    """

    judgement: str
    against: str
    chain: tuple[tuple[T, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Settled(Generic[T]):
    """The groups as people want them; what was not followed, and why."""

    groups: list[list[T]]
    clashes: list[Clash[T]]
    overruled: dict[str, tuple[str, bool]]
    """A judgement -> the later one by which the same person said otherwise, and whether on all of it."""


def settle(groups: Sequence[Sequence[T]], said: Iterable[Said[T]], ties: Iterable[tuple[T, T]] = ()) -> Settled[T]:
    """`groups` as changed by what people said; no two things that are told apart stay together.

    Of one person the later word on a pair stands. Otherwise "different" stands against any "same", and a newer "same"
    against an older one that it clashes with. Within these bounds the machine's groups are kept: first its `ties`, the
    surest first, then each group as a whole.
    """
    ordered = sorted(said, key=lambda s: (s.at, s.id))
    words = _Words(ordered)
    apart = words.apart()
    made = _Making(apart)
    for place in range(len(ordered) - 1, -1, -1):
        if ordered[place].same:
            for part in words.parts(place):
                made.follow(ordered[place].id, part)
    for x, y in ties:
        made.join(x, y)
    for group in groups:
        made.keep(group)
    return Settled(made.groups(groups), made.clashes, words.overruled)


class _Words(Generic[T]):
    """What each person says last about each pair; `said` in order of time."""

    def __init__(self, said: Sequence[Said[T]]) -> None:
        self._said = said
        self.overruled: dict[str, tuple[str, bool]] = {}
        # person -> thing -> other thing -> place of the last judgement that tells them apart
        self._apart: dict[str, dict[T, dict[T, int]]] = defaultdict(lambda: defaultdict(dict))
        # person -> thing -> places of the judgements that hold it for the same as others
        self._same: dict[str, dict[T, set[int]]] = defaultdict(lambda: defaultdict(set))
        for place, one in enumerate(said):
            if one.same:
                for thing in one.things:
                    self._same[one.by][thing].add(place)
                continue
            for x, y in one.pairs():
                self._apart[one.by][x][y] = self._apart[one.by][y][x] = place

    def apart(self) -> dict[T, dict[T, str]]:
        """Thing -> other thing -> the judgement that tells them apart and stands."""
        found: dict[T, dict[T, str]] = defaultdict(dict)
        later: dict[tuple[str, T, T], int] = {}
        for person, things in self._apart.items():
            same = self._same[person]
            for x, others in things.items():
                for y, place in others.items():
                    again = max(same[x] & same[y], default=-1) if x in same and y in same else -1
                    if again > place:
                        later[person, x, y] = again
                    else:
                        found[x].setdefault(y, self._said[place].id)
        self._note(later)
        return found

    def _note(self, later: dict[tuple[str, T, T], int]) -> None:
        """Which "different" were overruled; `later`: person and pair -> the place of the "same" that did."""
        for one in self._said:
            if not one.same and later:
                told = [later.get((one.by, x, y), -1) for x, y in one.pairs()]
                if max(told, default=-1) >= 0:
                    self.overruled[one.id] = self._said[max(told)].id, min(told) >= 0

    def parts(self, place: int) -> list[list[T]]:
        """The things of a "same" in the parts that its own person did not tell apart later."""
        one = self._said[place]
        told = self._apart[one.by]
        left = dict.fromkeys(one.things)
        parts: list[list[T]] = []
        while left:
            first = next(iter(left))
            del left[first]
            part, todo = [first], [first]
            while todo:
                others = told.get(todo.pop(), {})
                held = [y for y in left if others.get(y, -1) < place]
                for y in held:
                    del left[y]
                part += held
                todo += held
            parts.append(part)
        if len(parts) > 1:
            self.overruled[one.id] = self._last(one.things, told, place), len(parts) == len(one.things)
        return parts

    def _last(self, things: Iterable[T], told: dict[T, dict[T, int]], place: int) -> str:
        """The last judgement after `place` that told two of `things` apart."""
        wanted = set(things)
        later = max(p for x in wanted for y, p in told.get(x, {}).items() if y in wanted)
        assert later > place
        return self._said[later].id


@dataclass
class _Making(Generic[T]):
    """Groups in the making; two that hold things told apart are never joined."""

    apart: dict[T, dict[T, str]]
    clashes: list[Clash[T]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._parent: dict[T, T] = {}
        self._members: dict[T, list[T]] = {}
        self._foes: dict[T, set[T]] = {}
        self._edges: dict[T, list[tuple[T, str]]] = defaultdict(list)

    def of(self, thing: T) -> T:
        """The thing that stands for the group."""
        if thing not in self._parent:
            self._parent[thing], self._members[thing] = thing, [thing]
            self._foes[thing] = {self.of(foe) if foe in self._parent else foe for foe in self.apart.get(thing, ())}
        while self._parent[thing] != thing:
            self._parent[thing] = self._parent[self._parent[thing]]
            thing = self._parent[thing]
        return thing

    def join(self, x: T, y: T) -> bool:
        """Whether `x` and `y` are together now."""
        a, b = self.of(x), self.of(y)
        if a == b:
            return True
        if b in self._foes[a]:
            return False
        if len(self._members[a]) + len(self._foes[a]) < len(self._members[b]) + len(self._foes[b]):
            a, b = b, a
        self._parent[b] = a
        self._members[a] += self._members.pop(b)
        for foe in self._foes.pop(b):
            self._foes[a].add(foe)
            if foe in self._foes:
                self._foes[foe].discard(b)
                self._foes[foe].add(a)
        return True

    def follow(self, judgement: str, things: Sequence[T]) -> None:
        """Put together what a judgement holds for the same, as far as nothing tells it apart."""
        firsts: list[T] = []
        for thing in things:
            for first in firsts:
                known = self.of(thing) == self.of(first)
                if self.join(thing, first):
                    if not known:
                        self._edges[thing].append((first, judgement))
                        self._edges[first].append((thing, judgement))
                    break
            else:
                if firsts:
                    self.clashes.append(self._clash(judgement, thing, firsts[0]))
                firsts.append(thing)

    def keep(self, group: Sequence[T]) -> None:
        """Put together what the machine held for one group, the most doubted last."""
        inside = {self.of(thing) for thing in group}
        order = {thing: i for i, thing in enumerate(group)}
        firsts: list[T] = []
        for thing in sorted(group, key=lambda t: (len(self._foes[self.of(t)] & inside), order[t])):
            if not any(self.join(thing, first) for first in firsts):
                firsts.append(thing)

    def groups(self, wanted: Sequence[Sequence[T]]) -> list[list[T]]:
        """The groups of all things in `wanted`, in their order."""
        found: dict[T, list[T]] = defaultdict(list)
        for thing in dict.fromkeys(thing for group in wanted for thing in group):
            found[self.of(thing)].append(thing)
        return list(found.values())

    def _clash(self, judgement: str, x: T, y: T) -> Clash[T]:
        """Why `x` and `y` may not come together."""
        direct = self.apart.get(x, {}).get(y)
        if direct:
            return Clash(judgement, direct, ((x, judgement), (y, "")))
        if len(self.clashes) >= NAMED:
            return Clash(judgement, "")
        a, b = self.of(x), self.of(y)
        u, v = next((u, v) for u in self._members[a] for v in self.apart.get(u, ()) if self.of(v) == b)
        return Clash(judgement, self.apart[u][v], (*self._way(u, x)[:-1], (x, judgement), *self._way(y, v)))

    def _way(self, start: T, end: T) -> tuple[tuple[T, str], ...]:
        """From one thing to another of its group, over what judgements hold for the same."""
        came: dict[T, tuple[T, str]] = {}
        todo = deque([end])
        seen = {end}
        while todo and start not in came:
            at = todo.popleft()
            for other, judgement in self._edges[at]:
                if other not in seen:
                    seen.add(other)
                    came[other] = (at, judgement)
                    todo.append(other)
        way: list[tuple[T, str]] = []
        while start != end:
            following, judgement = came[start]
            way.append((start, judgement))
            start = following
        return (*way, (end, ""))
