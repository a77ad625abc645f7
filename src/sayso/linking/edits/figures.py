"""Figures of two versions: which came, went or have another value; told only where words of the text differ."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from sayso.extraction.nouns import Figure
from sayso.linking.article import Annotated
from sayso.linking.edits.nouns import FigureEdit, Step
from sayso.linking.edits.statements import Touched
from sayso.linking.figures.amounts import amount
from sayso.linking.figures.homes import scope_key
from sayso.text.span import Span

Quantity = tuple[str, str, bool, str]
Groups = dict[tuple[object, ...], list[Figure]]


def figure_edits(before: Annotated, after: Annotated, step: Step) -> tuple[FigureEdit, ...]:
    """Figures that the edits of `step` brought, took or changed, in the order of the later text, then those gone.

    First those of one changed sentence are paired, then what is left of one unit and scope where each text has one.
    A figure that is still told elsewhere has not gone, one that was told before has not come.
    """
    lost, gained = Touched(step.lost()), Touched(step.gained())
    gone = [figure for figure in before.figures if figure.span.length and lost.any([figure.span])]
    come = [figure for figure in after.figures if figure.span.length and gained.any([figure.span])]
    gone, come = _without(gone, come)
    pairs: list[tuple[Figure, Figure]] = []
    for edit in step.edits:
        if edit.before and edit.after:
            pairs += _paired(_inside(gone, edit.before, pairs, 0), _inside(come, edit.after, pairs, 1))
    left = (
        [f for f in gone if all(f is not was for was, _ in pairs)],
        [f for f in come if all(f is not now for _, now in pairs)],
    )
    pairs += _lone(*left)
    return tuple(_told(pairs, gone, come, before, after))


def _told(
    pairs: Sequence[tuple[Figure, Figure]],
    gone: Sequence[Figure],
    come: Sequence[Figure],
    before: Annotated,
    after: Annotated,
) -> list[FigureEdit]:
    was = {id(now): old for old, now in pairs}
    paired = {id(old) for old, _ in pairs}
    known, still = (
        set(map(_key, before.figures)),
        set(map(_key, after.figures)),
    )
    found = [
        FigureEdit("changed", was[id(f)], f) if id(f) in was else FigureEdit("came", None, f)
        for f in come
        if id(f) in was or _key(f) not in known
    ]
    return found + [FigureEdit("went", f, None) for f in gone if id(f) not in paired and _key(f) not in still]


def _quantity(figure: Figure) -> Quantity:
    """What is counted, where, as a level or a change, in which time."""
    return figure.unit or "", scope_key(figure.scope) if figure.scope else "", figure.change, figure.window or ""


def _key(figure: Figure) -> tuple[object, ...]:
    """What is counted, and its value."""
    return *_quantity(figure), amount(figure)


def _without(gone: Sequence[Figure], come: Sequence[Figure]) -> tuple[list[Figure], list[Figure]]:
    """Leave out what only changed its place or the words around it, one for one."""
    spare = Counter(_key(f) for f in gone) & Counter(_key(f) for f in come)
    kept: list[list[Figure]] = []
    for side in (gone, come):
        rest = Counter(spare)
        here: list[Figure] = []
        for figure in side:
            key = _key(figure)
            if rest[key]:
                rest[key] -= 1
            else:
                here.append(figure)
        kept.append(here)
    return kept[0], kept[1]


def _inside(figures: Sequence[Figure], span: Span, pairs: Sequence[tuple[Figure, Figure]], side: int) -> list[Figure]:
    return [f for f in figures if span.contains(f.span) and all(pair[side] is not f for pair in pairs)]


def _paired(gone: Sequence[Figure], come: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    """Of one sentence: figures of one quantity, then of one unit, in order, where there are as many of both."""
    pairs: list[tuple[Figure, Figure]] = []
    for key in (_quantity, _unit):
        left = [f for f in gone if all(f is not was for was, _ in pairs)]
        right = [f for f in come if all(f is not now for _, now in pairs)]
        ours, theirs = _grouped(left, key), _grouped(right, key)
        for told in ours.keys() & theirs.keys():
            if len(ours[told]) == len(theirs[told]):
                pairs += zip(ours[told], theirs[told], strict=True)
    return pairs


def _unit(figure: Figure) -> tuple[object, ...]:
    return figure.unit or "", figure.change


def _grouped(figures: Sequence[Figure], key: Callable[[Figure], tuple[object, ...]]) -> Groups:
    groups: Groups = defaultdict(list)
    for figure in figures:
        groups[key(figure)].append(figure)
    return groups


def _lone(gone: Sequence[Figure], come: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    """The one figure of a counted thing and place on either side, wherever it stands."""
    ours, theirs = (_grouped([f for f in figures if f.unit], _quantity) for figures in (gone, come))
    shared = [key for key in ours if key in theirs]
    return [(ours[key][0], theirs[key][0]) for key in shared if len(ours[key]) == len(theirs[key]) == 1]
