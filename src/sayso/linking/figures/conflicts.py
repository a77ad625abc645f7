"""Conflicts: tellings of one quantity that cannot all be right. Says what differs, never who is wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from sayso.extraction.nouns import Figure
from sayso.linking.article import Annotated
from sayso.linking.figures.amounts import amount, quantity
from sayso.linking.figures.bounds import Bounds, bounds, digits_moved, scale_slip, settles, significant
from sayso.linking.figures.explanations import Pair, explained
from sayso.linking.figures.quantities import GROWING, Told
from sayso.linking.nouns import Conflict, FigureMember, FigureThread, Thread
from sayso.text.span import Span

_MOST = 200  # so many tellings of one thread are compared pair by pair; of more, the values that most articles tell
_SHOWN = 8  # values that a sentence can list

_NOTES: tuple[tuple[Callable[[float, float], bool], str], ...] = (
    (digits_moved, "the digits are the same in another order"),
    (scale_slip, "one is a thousand or a million times the other, as when words for billion are mixed up"),
)


def conflicts(
    articles: Sequence[Annotated], threads: Sequence[Thread], figure_threads: Sequence[FigureThread]
) -> list[Conflict]:
    """All figure conflicts, and the statements told in changed words; ordered by thread."""
    archive = _Archive(articles, figure_threads)
    found: list[Conflict] = []
    for thread in figure_threads:
        clashes = [pair for pair in _pairs(archive.told(thread), archive) if not explained(pair)]
        if clashes:
            found.append(_conflict(thread, clashes))
    return found + [c for t in threads if (c := _changed(t)) is not None]


class _Archive:
    """The articles' figures by their ids, the articles' days, and the growing counts of each article."""

    def __init__(self, articles: Sequence[Annotated], threads: Sequence[FigureThread]) -> None:
        self._figures = {
            FigureMember(a.id, id): Told(a.id, id, figure)
            for a in articles
            for id, figure in zip(a.figure_ids, a.figures, strict=True)
        }
        self._days = {a.id: _day(a) for a in articles}
        self._running: dict[str, _Running] = defaultdict(_Running)
        for thread in threads:
            for told in self.told(thread):
                if told.figure.unit in GROWING and told.figure.value is not None:
                    self._running[told.article].add(thread.id, float(told.figure.value), told.figure.window)

    def told(self, thread: FigureThread) -> list[Told]:
        """The thread's tellings."""
        return [self._figures[member] for member in thread.members if member in self._figures]

    def day(self, told: Told, beside: Told) -> str | None:
        """As of when; what one article sets side by side is of one day unless it says otherwise."""
        same = beside.figure.as_of if beside.article == told.article else None
        return (told.figure.as_of or same or self._days[told.article] or "")[:10] or None

    def moment(self, told: Told) -> tuple[str, str | None, str | None]:
        """Article, day and window of a telling."""
        return told.article, self.day(told, told), told.figure.window

    def alike(self, left: str, right: str) -> bool:
        """True when two articles tell a running count alike: who does so speaks of the same moment."""
        return self._running[left].meets(self._running[right])


class _Running:
    """The running counts of one article, by thread."""

    def __init__(self) -> None:
        self._fine: set[tuple[str, float, str | None]] = set()
        """Those of three digits or more, small ones that are not round, and those told with their window."""
        self._rounded: set[tuple[str, float]] = set()
        self._round: set[tuple[str, float]] = set()

    def add(self, thread: str, value: float, window: str | None) -> None:
        if window:
            self._fine.add((thread, value, window))
        if significant(value) >= 3 or (abs(value) < 100 and value % 10):
            self._fine.add((thread, value, None))
            self._rounded.add((thread, float(f"{value:.1e}")))
        elif significant(value) == 2:
            self._round.add((thread, value))

    def meets(self, other: _Running) -> bool:
        """True for the same count, or one that is the other rounded; two round ones may be hours apart."""
        rounded = not self._rounded.isdisjoint(other._round) or not self._round.isdisjoint(other._rounded)
        return rounded or not self._fine.isdisjoint(other._fine)


def _day(article: Annotated) -> str | None:
    """The day of publication, else the one day as of which the article gives figures."""
    told = {figure.as_of[:10] for figure in article.figures if figure.as_of}
    return article.published or (told.pop() if len(told) == 1 else None)


def _pairs(told: list[Told], archive: _Archive) -> Iterator[Pair]:
    """Pairs of tellings in two articles, or of two sources in one, of which no value satisfies both."""
    beside = _Beside(told)
    course: dict[tuple[str, str | None, str | None], set[object]] = defaultdict(set)
    for one in told:
        course[archive.moment(one)].add(_value(one))
    ranged = [(one, left) for one in _compared(told) if (left := bounds(one.figure)) is not None]
    for (a, left), (b, right) in combinations(ranged, 2):
        if left.meets(right) and not settles(a.figure, b.figure):
            continue
        if a.article != b.article or _of_two_sources(a, b):
            longest = max(len(course[archive.moment(one)]) for one in (a, b))
            alike = archive.alike(a.article, b.article)
            yield Pair(a, b, archive.day(a, b), archive.day(b, a), alike, longest, beside)


class _Beside:
    """Which articles tell a value beside their own."""

    def __init__(self, told: Sequence[Told]) -> None:
        self._told: dict[str, list[tuple[Told, Bounds | None]]] = defaultdict(list)
        for one in told:
            self._told[one.article].append((one, bounds(one.figure)))
        self._known: dict[tuple[FigureMember, str], bool] = {}

    def __call__(self, a: Told, b: Told) -> bool:
        """True when the article of one tells the other's value too, or one of the same window that goes with it."""
        return a.article != b.article and (self._tells(a.article, b) or self._tells(b.article, a))

    def _tells(self, article: str, other: Told) -> bool:
        key = other.member, article
        if key not in self._known:
            wanted = bounds(other.figure)
            self._known[key] = any(
                _value(one) == _value(other) or _goes_with(one, left, other, wanted)
                for one, left in self._told[article]
            )
        return self._known[key]


def _goes_with(a: Told, left: Bounds | None, b: Told, right: Bounds | None) -> bool:
    if left is None or right is None or a.figure.value is None or b.figure.value is None:
        return False
    return left.meets(right) and a.figure.window == b.figure.window and not settles(a.figure, b.figure)


def _compared(told: list[Told]) -> list[Told]:
    """All tellings; of very many one of each kind, those of the most articles first."""
    if len(told) <= _MOST:
        return told
    kinds: dict[Figure, list[Told]] = defaultdict(list)
    for one in told:
        kinds[replace(one.figure, span=Span(0, 0))].append(one)
    ordered = sorted(kinds.values(), key=lambda same: -len({one.article for one in same}))
    return [same[0] for same in ordered[:_MOST]]


def _value(told: Told) -> tuple[float | int | None, ...]:
    """The value, or the least that a vague count says: "dozens" are not "thousands"."""
    return told.figure.value, told.figure.least


def _of_two_sources(a: Told, b: Told) -> bool:
    """One article may set two sources against each other."""
    left, right = a.figure.asserted_by, b.figure.asserted_by
    return left is not None and right is not None and left != right


def _conflict(thread: FigureThread, clashes: list[Pair]) -> Conflict:
    """One conflict per thread: its members are all that clash with another."""
    told = {(t.article, str(t.id)): t for p in clashes for t in (p.left, p.right)}
    figures = [t.figure for _, t in sorted(told.items())]
    values = list(dict.fromkeys(amount(figure) for figure in figures))
    more = [f"{len(values) - _SHOWN} more values"] if len(values) > _SHOWN else []
    differs = [p for p in clashes if p.left.figure.value is not None and p.right.figure.value is not None]
    sides = [(float(p.left.figure.value or 0), float(p.right.figure.value or 0)) for p in differs]
    notes = [note for holds, note in _NOTES if any(holds(a, b) for a, b in sides)]
    about = quantity(thread) if thread.unit or thread.change else "the same quantity"
    why = f"Different figure for {about}: {' against '.join([*values[:_SHOWN], *more])}"
    return Conflict(
        "figure", thread.id, tuple(t.member for _, t in sorted(told.items())), "; ".join([why, *notes]) + "."
    )


def _changed(thread: Thread) -> Conflict | None:
    changed = [m for m in thread.members if m.relation == "changed"]
    if not changed:
        return None
    reason = next((m.reason for m in changed if m.reason), "the tellings differ")
    return Conflict("statement", thread.id, thread.members, f"Told in different words: {reason}.")
