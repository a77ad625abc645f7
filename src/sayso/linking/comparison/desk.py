"""Desk: the articles of one story in reading order, with what all parts of the side-by-side view ask of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sayso.documents.address import host_of
from sayso.documents.nouns import Version
from sayso.extraction.nouns import Spans
from sayso.languages import pack
from sayso.linking.article import Annotated, early
from sayso.linking.comparison.nouns import Passage, Source
from sayso.linking.nouns import Conflict, Duplicate, FigureMember, Links, StatementMember, Story
from sayso.text.segments import sentences
from sayso.text.span import Span, hull

Place = tuple[str, int]
"""An article's id and the index of an attribution or figure in it."""

_LONGEST = 32  # characters of a title that stands in for an outlet's name


def copies(duplicates: Iterable[Duplicate], ordered: Sequence[str]) -> dict[str, str]:
    """Each article that reprints another -> the first with that text; `ordered`: a story's articles, earliest first."""
    order = {id: place for place, id in enumerate(ordered)}
    lead: dict[str, str] = {}
    for duplicate in duplicates:
        ids = sorted((id for id in duplicate.articles if id in order), key=order.__getitem__)
        lead.update((id, ids[0]) for id in ids[1:])
    return lead


def is_shown(conflict: Conflict, among: Container[str]) -> bool:
    """Whether at least two tellings of a conflict stand in `among`, the articles of a story that reprint none."""
    return sum(member.article in among for member in set(conflict.members)) > 1


@dataclass(frozen=True)
class Desk:
    """The articles of one story in reading order, with what all parts of the view ask of them."""

    story: Story
    by_id: dict[str, Annotated]
    links: Links
    versions: Mapping[str, Version]
    names: Mapping[str, str]

    @cached_property
    def order(self) -> dict[str, int]:
        """Article id -> its place: by date, undated last, then by id."""
        return {article.id: place for place, article in enumerate(sorted(self.by_id.values(), key=early))}

    @cached_property
    def copy_of(self) -> dict[str, str]:
        """Each article that reprints another -> the earliest article with that text."""
        return copies(self.links.duplicates, list(self.order))

    @cached_property
    def originals(self) -> list[Annotated]:
        """The articles that reprint none, in reading order."""
        return [self.by_id[id] for id in self.order if id not in self.copy_of]

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The articles, copies under what they copy."""
        copies: dict[str, list[Source]] = defaultdict(list)
        for id in self.order:
            if id in self.copy_of:
                copies[self.copy_of[id]].append(self._source(id))
        return tuple(replace(self._source(a.id), copies=tuple(copies[a.id])) for a in self.originals)

    @cached_property
    def _cuts(self) -> dict[str, list[Span]]:
        return {id: _sentences(article) for id, article in self.by_id.items()}

    def _source(self, id: str) -> Source:
        article, version = self.by_id[id], self.versions.get(id)
        return Source(
            article=id,
            title=article.title,
            outlet=self.outlet(id),
            lang=article.lang,
            url=article.url or (version.url if version else None),
            published=article.published,
            published_from=version.published_from if version and version.published else None,
            reason=next((link.reason for link in self.story.reasons if id in (link.left, link.right)), ""),
        )

    def outlet(self, id: str) -> str:
        """The outlet's name, else the address's host, else the head of the title, else the id."""
        article, version = self.by_id[id], self.versions.get(id)
        url = article.url or (version.url if version else None)
        return article.outlet or host_of(url) or _clipped(article.title or id)

    def passage(self, id: str, spans: Spans, gist: str = "") -> Passage:
        """Exact words; `gist` stands in where the archive has records without text."""
        article = self.by_id[id]
        text = article.text
        sentence = self._sentence(id, hull(spans)) if text is not None and spans else Span(0, 0)
        words = tuple(span.of(text) for span in spans) if text is not None else (gist,) if gist else ()
        return Passage(
            article=id,
            outlet=self.outlet(id),
            lang=article.lang,
            published=article.published,
            words=words,
            spans=spans if text is not None else (),
            sentence=sentence.of(text or ""),
            sentence_start=sentence.start,
        )

    def _sentence(self, id: str, span: Span) -> Span:
        """The hull of the sentences that `span` touches and of itself."""
        return hull([span, *(s for s in self._cuts[id] if s.overlap(span))])

    def place(self, member: FigureMember | StatementMember) -> Place | None:
        """Where a member stands: None when its article is not in the story or is a copy."""
        article = self.by_id.get(member.article)
        if article is None or member.article in self.copy_of:
            return None
        if isinstance(member, FigureMember):
            return _place(article.id, article.figure_ids, member.figure)
        return _place(article.id, article.attribution_ids, member.attribution)

    def in_order(self, places: Iterable[Place]) -> list[Place]:
        """Places in reading order."""
        return sorted(places, key=lambda p: (self.order[p[0]], p[1]))

    def earliest(self, places: Sequence[Place]) -> Place | None:
        """The first of `places` in reading order, None when it is alone or shares its day with another."""
        days = [(self.by_id[id].published or "")[:10] for id, _ in places]
        return places[0] if len(days) > 1 and days[0] and days[0] != days[1] else None

    def speaker(self, place: Place) -> str | None:
        """The speaker of the attribution at `place`, under the name that linking chose."""
        return self.canonical(self.by_id[place[0]].attributions[place[1]].speaker)

    def canonical(self, name: str | None) -> str | None:
        """The name that linking chose for a speaker, else the name itself."""
        return self.names.get(name, name) if name else None


def _place(article: str, ids: tuple[int | str, ...], wanted: int | str) -> Place | None:
    if ids:
        return (article, ids.index(wanted)) if wanted in ids else None
    return (article, wanted) if isinstance(wanted, int) else None


def _clipped(title: str) -> str:
    return title if len(title) <= _LONGEST else title[:_LONGEST].rsplit(" ", 1)[0] + " …"


def _sentences(article: Annotated) -> list[Span]:
    words = pack.find(article.lang)
    return sentences(article.text or "", words.language.abbreviations if words else ())
