"""Compare: one story side by side. Pure: the same story, articles and links always give the same view."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sayso.documents.nouns import Version
from sayso.extraction.nouns import Figure, Spans, Time
from sayso.languages import pack
from sayso.linking.article import Annotated
from sayso.linking.comparison.desk import Desk, Place
from sayso.linking.comparison.dialogue import dialogue
from sayso.linking.comparison.nouns import (
    Comparison,
    ConflictView,
    Fact,
    FigureTelling,
    FigureView,
    Passage,
    Saying,
    SpeakerView,
    Standing,
    Telling,
    TimeView,
)
from sayso.linking.figures.bounds import Amount, one_value
from sayso.linking.nouns import Conflict, FigureThread, Links, StatementMember, Story, Thread
from sayso.linking.threads.unattributed import dropped_sources


def compare(
    story: Story,
    articles: Iterable[Annotated],
    links: Links,
    *,
    versions: Mapping[str, Version] | None = None,
    times: Mapping[str, Sequence[Time]] | None = None,
    names: Mapping[str, str] | None = None,
) -> Comparison:
    """The side-by-side view of `story`.

    `versions` (by article id) add address and what told the date; `times` (by article id) what times each names;
    `names` maps a speaker as extraction names them to the name that linking chose across scripts.
    """
    told = set(story.articles)
    desk = Desk(story, {a.id: a for a in articles if a.id in told}, links, versions or {}, names or {})
    return Comparison(
        id=story.id,
        title=story.title,
        sources=desk.sources,
        speakers=_speakers(desk),
        figures=_figures(desk),
        conflicts=_conflicts(desk),
        times=_times(desk, times or {}),
        judged=story.judged,
        exchanges=dialogue(desk),
    )


# Who said what


def _speakers(desk: Desk) -> tuple[SpeakerView, ...]:
    """Speakers by number of tellings, then name; statements that name nobody last."""
    sayings: dict[str | None, list[Saying]] = defaultdict(list)
    written: dict[str | None, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for name, saying, places in _sayings(desk):
        sayings[name].append(saying)
        for telling, (id, _) in zip(saying.tellings, places, strict=True):
            if telling.source and not _is_pronoun(telling.source, desk.by_id[id].lang):
                written[name][desk.by_id[id].lang].setdefault(telling.source)
    views = [
        SpeakerView(name, tuple((lang, tuple(w)) for lang, w in sorted(written[name].items())), _by_weight(said))
        for name, said in sayings.items()
    ]
    return tuple(sorted(views, key=lambda v: (v.name is None, -sum(len(s.tellings) for s in v.sayings), v.name or "")))


def _is_pronoun(source: str, lang: str) -> bool:
    words = pack.find(lang)
    return words is not None and source.casefold() in {pronoun.form for pronoun in words.pronouns}


def _by_weight(sayings: list[Saying]) -> tuple[Saying, ...]:
    """What most articles tell first; equal ones stay in reading order."""
    return tuple(sorted(sayings, key=lambda s: -len(s.tellings)))


def _sayings(desk: Desk) -> list[tuple[str | None, Saying, list[Place]]]:
    """Threads and single statements with their speakers, in the order of their earliest telling."""
    clashing = {c.thread for c in desk.links.conflicts if c.kind == "statement"}
    found: list[tuple[str | None, Saying, list[Place]]] = []
    taken: set[Place] = set()
    for thread in desk.links.threads:
        members = {p: m for m in thread.members if (p := desk.place(m)) is not None}
        places = desk.in_order(members)
        if places:
            taken.update(places)
            name = next(filter(None, (thread.speaker, *(desk.speaker(p) for p in places))), None)
            told = tuple(_telling(desk, p, members[p], first=p == desk.earliest(places)) for p in places)
            saying = Saying(thread.id, told, thread.id in clashing, _facts(desk, thread), thread.judged)
            found.append((desk.canonical(name), saying, places))
    for article in desk.originals:
        for i in range(len(article.attributions)):
            if (article.id, i) not in taken:
                place = (article.id, i)
                found.append((desk.speaker(place), Saying(None, (_telling(desk, place, None, first=False),)), [place]))
    return sorted(found, key=lambda f: (desk.order[f[2][0][0]], f[2][0][1]))


def _facts(desk: Desk, thread: Thread) -> tuple[Fact, ...]:
    """Articles of the story, not copies, that tell the statement in their own voice."""
    told = [one for one in thread.unattributed if one.article in desk.by_id and one.article not in desk.copy_of]
    told.sort(key=lambda one: desk.order[one.article])
    return tuple(
        Fact(desk.passage(one.article, one.content), desk.canonical(one.against) or one.against) for one in told
    )


def _telling(desk: Desk, place: Place, member: StatementMember | None, *, first: bool) -> Telling:
    article = desk.by_id[place[0]]
    attribution = article.attributions[place[1]]
    return Telling(
        passage=desk.passage(article.id, attribution.content, article.said(place[1])),
        type=attribution.type,
        stance=attribution.stance,
        source=_words(article, attribution.source),
        cue=_words(article, attribution.cue),
        through=_through(desk, article, place[1]),
        relation=member.relation if member else None,
        changed=member.reason if member else "",
        earliest=first,
        score=attribution.score,
        rule=attribution.rule,
        change=member.change if member else None,
        here=member.words if member else "",
        there=member.against if member else "",
    )


def _words(article: Annotated, spans: Spans) -> str:
    return " … ".join(span.of(article.text) for span in spans) if article.text is not None else ""


def _through(desk: Desk, article: Annotated, index: int) -> tuple[str, ...]:
    """The speakers around a nested statement, outermost first; a chain that bites its tail is cut."""
    chain: list[str] = []
    seen = {index}
    outer = article.attributions[index].nested_in
    while outer is not None and outer not in seen and 0 <= outer < len(article.attributions):
        seen.add(outer)
        chain.append(desk.speaker((article.id, outer)) or _words(article, article.attributions[outer].source))
        outer = article.attributions[outer].nested_in
    return tuple(name for name in reversed(chain) if name)


# Figures


def _figures(desk: Desk) -> tuple[FigureView, ...]:
    """Figures that differ first, then what most articles tell, then those given once."""
    views: list[tuple[FigureView, Place]] = []
    taken: set[Place] = set()
    for thread in desk.links.figure_threads:
        places = desk.in_order({p for m in thread.members if (p := desk.place(m)) is not None})
        if places:
            taken.update(places)
            views.append((_figure_view(desk, thread, places), places[0]))
    for article in desk.originals:
        for i, figure in enumerate(article.figures):
            if (article.id, i) not in taken:
                told = _figure_telling(desk, (article.id, i), "only")
                views.append(
                    (FigureView(None, figure.unit, figure.scope, (told,), change=figure.change), (article.id, i))
                )
    views.sort(key=lambda v: (not v[0].conflict, -len(v[0].tellings), desk.order[v[1][0]], v[1][1]))
    return tuple(view for view, _ in views)


def _figure_view(desk: Desk, thread: FigureThread, places: list[Place]) -> FigureView:
    conflict = next((c for c in desk.links.conflicts if c.kind == "figure" and c.thread == thread.id), None)
    clashing = {desk.place(m) for m in conflict.members} if conflict else set()
    first = desk.earliest(places)
    amounts = {p: _amount(desk, p) for p in places}
    agreed, alone = _agreed(amounts), len(places) == 1
    dropped = dropped_sources([(desk.by_id[id], _figure(desk, (id, i))) for id, i in places])
    told = tuple(
        replace(
            _figure_telling(desk, p, _standing(p, amount, agreed, alone, clashing)),
            earliest=p == first,
            dropped=desk.canonical(source),
        )
        for (p, amount), source in zip(amounts.items(), dropped, strict=True)
    )
    about = (thread.unit, thread.scope, told, conflict is not None, thread.change)
    return FigureView(thread.id, *about, judged=thread.judged)


def _standing(place: Place, amount: Amount, agreed: set[Amount], alone: bool, clashing: set[Place | None]) -> Standing:
    if place in clashing:
        return "different"
    if alone:
        return "only"
    return "same" if amount in agreed else "compatible"


def _agreed(amounts: Mapping[Place, Amount]) -> set[Amount]:
    """What most articles agree on, but for rounding; nothing where as many tell another value."""
    told = Counter(amount for _, amount in {(article, amount) for (article, _), amount in amounts.items()})
    weights = {one: sum(n for other, n in told.items() if one_value(one, other)) for one in told}
    most = max(weights.values())
    leading = [one for one, weight in weights.items() if weight == most]
    return {one for one in told if all(one_value(one, other) for other in leading)}


def _amount(desk: Desk, place: Place) -> Amount:
    figure = _figure(desk, place)
    return figure.value, figure.value_high, figure.least


def _figure(desk: Desk, place: Place) -> Figure:
    return desk.by_id[place[0]].figures[place[1]]


def _figure_telling(desk: Desk, place: Place, standing: Standing) -> FigureTelling:
    figure = _figure(desk, place)
    return FigureTelling(
        passage=desk.passage(place[0], (figure.span,) if figure.span.length else ()),
        value=figure.value,
        value_high=figure.value_high,
        unit=figure.unit,
        qualifier=figure.qualifier,
        scope=figure.scope,
        window=figure.window,
        as_of=figure.as_of,
        asserted_by=desk.canonical(figure.asserted_by),
        standing=standing,
        earliest=False,
        change=figure.change,
        least=figure.least,
    )


# Conflicts and times


def _conflicts(desk: Desk) -> tuple[ConflictView, ...]:
    views = [view for conflict in desk.links.conflicts if (view := _conflict(desk, conflict)) is not None]
    return tuple(sorted(views, key=lambda v: (v.kind, desk.order[v.sides[0].article], v.thread)))


def _conflict(desk: Desk, conflict: Conflict) -> ConflictView | None:
    """None when fewer than two tellings in this story are part of it."""
    places = desk.in_order({p for m in conflict.members if (p := desk.place(m)) is not None})
    if len(places) < 2:
        return None
    return ConflictView(
        kind=conflict.kind,
        thread=conflict.thread,
        why=conflict.why,
        sides=tuple(_side(desk, place, conflict) for place in places),
        judged=conflict.judged,
    )


def _side(desk: Desk, place: Place, conflict: Conflict) -> Passage:
    article = desk.by_id[place[0]]
    if conflict.kind == "figure":
        span = article.figures[place[1]].span
        return desk.passage(article.id, (span,) if span.length else ())
    return desk.passage(article.id, article.attributions[place[1]].content, article.said(place[1]))


def _times(desk: Desk, times: Mapping[str, Sequence[Time]]) -> tuple[TimeView, ...]:
    """By value; each article names a value once, in its earliest words."""
    named: dict[str, dict[str, Passage]] = defaultdict(dict)
    for article in desk.originals:
        for time in sorted(times.get(article.id, ()), key=lambda t: t.span):
            named[time.value].setdefault(article.id, desk.passage(article.id, (time.span,)))
    return tuple(TimeView(value, tuple(passages.values())) for value, passages in sorted(named.items()))
