"""Ask a ledger: its stories, figures, speakers, articles and links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sayso.answers import Found, Said, StorySummary, found_at, said, summary
from sayso.engines.groups import groups
from sayso.workspace import opening
from sayso.workspace.linking import relink

if TYPE_CHECKING:
    from sayso.comparing import Wanted
    from sayso.documents.nouns import Version
    from sayso.ledger.ledger import Ledger
    from sayso.ledger.nouns import Embeddings, Hit
    from sayso.ledger.view import View
    from sayso.linking.comparison.nouns import Comparison
    from sayso.linking.nouns import Story
    from sayso.models.encoder import Encoder
    from sayso.workspace.opening import Progress

_PHRASE = re.compile(r'\s*"[^"]*"\s*')
_FARTHER = 0.035  # a passage may be this much farther from a query than the background's nearest sentences are
_SOUNDS = 0.9  # names this much alike are asked for together


def stories(ledger: Ledger, progress: Progress | None = None) -> list[StorySummary]:
    """The stories in the ledger, the largest first."""
    relink(ledger, progress)
    with ledger.view() as view:
        known = {v.id: v for v in view.versions()}
        found = [_summary(view, s, [known[a] for a in s.articles]) for s in view.stories()]
    return sorted(found, key=lambda s: (-s.articles, s.first or "", s.id))


def _summary(view: View, story: Story, versions: list[Version]) -> StorySummary:
    """A story in one line, with as many conflicts as are shown side by side."""
    from sayso.linking.article import LATE
    from sayso.linking.comparison.desk import copies, is_shown

    clashes = view.conflicts(story)
    if clashes:
        ordered = [v.id for v in sorted(versions, key=lambda v: (v.published or LATE, v.id))]
        originals = set(ordered).difference(copies(view.duplicates(story), ordered))
        clashes = [clash for clash in clashes if is_shown(clash, originals)]
    return summary(story.id, story.title, versions, len(clashes))


def story(ledger: Ledger, id: str, progress: Progress | None = None) -> Comparison:
    """One story side by side, by its id or the only beginning of one. Raises NotFound."""
    return comparisons(ledger, [id], progress)[0]


def comparisons(ledger: Ledger, ids: Sequence[str] | None = None, progress: Progress | None = None) -> list[Comparison]:
    """Stories side by side: those of `ids`, in their order, else all, the largest first. Raises NotFound."""
    from sayso.comparing import compared

    relink(ledger, progress)
    with ledger.view() as view:
        chosen = [view.story(id) for id in ids] if ids is not None else view.stories()
        names = {told: s.name for s in view.speakers() for told in s.names}
        return [compared(view, s, names) for s in sorted(chosen, key=lambda s: -len(s.articles) if ids is None else 0)]


def figures(
    ledger: Ledger, id: str | None = None, wanted: Wanted | None = None, progress: Progress | None = None
) -> list[Comparison]:
    """Stories, the newest first, with their figures, or with those `wanted`; `id`: this story alone. Raises NotFound.

    Stories without such figures are left out.
    """
    from sayso.comparing import Wanted, newest_first, with_figures

    found = comparisons(ledger, None if id is None else [id], progress)
    return list(with_figures(newest_first(found), wanted or Wanted()))


def who(ledger: Ledger, name: str, progress: Progress | None = None) -> list[Said]:
    """All statements of a speaker, under any name in any script, earliest first. Raises NotFound."""
    relink(ledger, progress)
    with ledger.view() as view:
        statements = view.statements_of(*_names_of(view, name))
        versions = {id: view.version(id) for id in dict.fromkeys(s.id for s in statements)}
    return [said(versions[s.id], s) for s in statements]


def _names_of(view: View, name: str) -> list[str]:
    """`name`, the gazetteer's name for it, and the ledger's speakers whose names sound the same in another script."""
    from sayso.languages.gazetteer import by_name
    from sayso.linking.speakers.names import same_name

    entry = by_name(name)
    heard = [s.name for s in view.speakers() if max(same_name(name, told) for told in (s.name, *s.names)) >= _SOUNDS]
    return list(dict.fromkeys([name, *([entry.name] if entry else []), *heard]))


def search(
    ledger: Ledger, words: str, limit: int = 10, meaning: bool = True, progress: Progress | None = None
) -> list[Found]:
    """Articles that hold the words, best first, then those near in meaning, in any language.

    A query that is one "quoted phrase" asks for those words and nothing else.
    """
    meaning = meaning and not _PHRASE.fullmatch(words)
    if meaning:
        embed(ledger, progress)
    with ledger.view() as view:
        found = [found_at(view.version(hit.id), hit, "words") for hit in view.search(words, limit)]
        if meaning and len(found) < limit:
            known = {f.id for f in found}
            hits = (h for h in _near(view, words, limit, progress) if h.id not in known)
            found += [found_at(view.version(h.id), h, "meaning") for h in hits]
    return found[:limit]


def _near(view: View, words: str, limit: int, progress: Progress | None) -> list[Hit]:
    """Articles with a passage about as near to `words` as sentences on the same matter are, or nearer."""
    from sayso.models.margin import usual

    model = opening.encoder(progress)
    vector = model.embed([words])
    least = float(usual(vector, model)[0]) - _FARTHER
    return [hit for hit in view.nearest(vector[0], model.name, limit) if hit.score >= least]


def embed(ledger: Ledger, progress: Progress | None = None) -> None:
    """Give every article that lacks them its vectors by the present model, passage by passage."""
    model = opening.encoder(progress)
    done = 0
    with ledger.view() as view:
        todo = view.without_embeddings(model.name)
        for group in groups((_embedded(view.version(id), model) for id in todo), lambda one: one[1].vectors.nbytes):
            with ledger.writer() as writer, writer.batch():
                for version, embeddings in group:
                    writer.put_embeddings(version.id, embeddings, version.digest)
            done += len(group)
            if progress:
                progress("embedding", done, len(todo))


def _embedded(version: Version, model: Encoder) -> tuple[Version, Embeddings]:
    from sayso.ledger.nouns import Embeddings
    from sayso.text.segments import passages

    spans = tuple(passages(version.text))
    return version, Embeddings(model.name, spans, model.embed([span.of(version.text) for span in spans]))


def counts(ledger: Ledger) -> dict[str, int]:
    """How much of everything the ledger holds."""
    with ledger.view() as view:
        return view.counts()


def rows(ledger: Ledger, ids: Iterable[str] | None = None) -> Iterator[dict[str, Any]]:
    """Articles as `sayso annotate` writes them: those of `ids`, in their order, else all in order of ids."""
    from sayso.extraction.rows import row

    with ledger.view() as view:
        wanted = None if ids is None else ((view.version(id), view.reading(id)) for id in dict.fromkeys(ids))
        for version, reading in view.articles() if wanted is None else wanted:
            about = {f: getattr(version, f) for f in ("id", "url", "outlet", "title", "published", "text")}
            yield {**version.extra, **about, **row(reading), "lang": version.lang}


def links(ledger: Ledger, progress: Progress | None = None) -> dict[str, Any]:
    """The ledger's links as `sayso link` writes them, as people want them shown, with what people judged."""
    from sayso import judging
    from sayso.linking.link import to_json

    relink(ledger, progress)
    with ledger.view() as view:
        judgements = [one.row() for one in judging.told(view)]
        return to_json(view.links()) | ({"judgements": judgements} if judgements else {})
