"""The use cases, one function each: the Python API of sayso. Only this room chooses ledger and engine.

from sayso import workspace
ledger = workspace.open_ledger("news")
workspace.read(["examples/articles"], ledger)
for summary in workspace.stories(ledger): print(summary.title)
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sayso import __version__
from sayso.answers import Found, ReadReport, Said, StorySummary, found_at, said, summary
from sayso.documents.nouns import Capture
from sayso.engines.engine import Failure, attempt, paired
from sayso.engines.groups import groups
from sayso.errors import InputError, LedgerError

if TYPE_CHECKING:
    from sayso.asked import Act
    from sayso.comparing import Wanted
    from sayso.documents.nouns import Version
    from sayso.engines.engine import Engine
    from sayso.extraction.nouns import Reading
    from sayso.judging import Judged
    from sayso.ledger.ledger import Ledger
    from sayso.ledger.nouns import Embeddings, Hit
    from sayso.ledger.view import View
    from sayso.ledger.writer import Writer
    from sayso.linking.comparison import Comparison
    from sayso.linking.judgement import Judgement
    from sayso.models.encoder import Encoder

_PHRASE = re.compile(r'\s*"[^"]*"\s*')
_FARTHER = 0.035  # a passage may be this much farther from a query than the background's nearest sentences are
_SOUNDS = 0.9  # names this much alike are asked for together

T = TypeVar("T")
Progress = Callable[[str, int, int | None], None]
"""Called with what is done, how much of it, and of how much (None: not known yet)."""


def default_folder() -> Path:
    """$SAYSO_LEDGER, else the platform's data folder."""
    from platformdirs import user_data_path

    given = os.environ.get("SAYSO_LEDGER")
    return Path(given) if given else user_data_path("sayso") / "ledger"


def open_ledger(folder: str | Path | None = None) -> Ledger:
    """The ledger in `folder` (default: `default_folder`); made by the first `read`."""
    from sayso.ledger.ledger import Ledger

    path = Path(folder) if folder is not None else default_folder()
    if path.exists() and not path.is_dir():
        raise LedgerError(f"{path}: is a file; a ledger is a folder")
    return Ledger(path)


def encoder(progress: Progress | None = None) -> Encoder:
    """The multilingual encoder; the first call on a machine builds its graph, which takes half a minute."""
    from sayso.models.encoder import Encoder

    def step(done: int, total: int) -> None:
        if progress:
            progress("building the encoder", done, total)

    return Encoder(progress=step)


# Reading


def read(paths: Sequence[str | Path], ledger: Ledger, jobs: int = 1, progress: Progress | None = None) -> ReadReport:
    """Read files, folders and "-" into `ledger`, exactly once each; what cannot be read is reported, the rest kept.

    What an older sayso or another tagger read is read anew.
    """
    from sayso.documents.read import captures
    from sayso.extraction.annotate import readings

    made_by = _made_by()
    ids: dict[str, list[str]] = {"new": [], "newer": [], "anew": []}
    failures: list[InputError] = []
    partly: list[InputError] = []
    passed = Counter[str]()
    known = done = 0

    def unseen() -> Iterator[Capture | InputError]:
        nonlocal known
        for group in groups((capture for path in paths for capture in captures(path, passed)), _bytes):
            with ledger.writer() as writer, writer.batch():
                times = [writer.seen(capture, made_by) if isinstance(capture, Capture) else 0 for capture in group]
            known += sum(times)
            yield from (capture for capture, seen in zip(group, times, strict=True) if not seen)

    # The ledger is held for a moment for each group, so that others can write between.
    for group in groups(paired(_engine(jobs), readings, unseen()), lambda one: _bytes(one[0])):
        with ledger.writer() as writer, writer.batch():
            for capture, outcome in group:
                items = _failed(capture, outcome) if isinstance(outcome, Failure) else outcome
                is_read = any(isinstance(item, tuple) for item in items)
                for item in items:
                    if is_read and isinstance(item, InputError):
                        partly.append(item)
                        continue
                    kept = _kept(writer, capture, item, made_by)
                    if isinstance(kept, InputError):
                        failures.append(kept)
                    elif kept is None:
                        known += 1
                    else:
                        ids[kept[0]].append(kept[1])
        done += len(group)
        if progress:
            progress("reading", done, None)
    found = {kind: tuple(some) for kind, some in ids.items()}
    return ReadReport(
        known=known, failures=tuple(failures), passed=dict(sorted(passed.items())), partly=tuple(partly), **found
    )


def _made_by() -> str:
    """What makes a reading."""
    from sayso.models.tagger import Tagger

    return f"sayso {__version__}, tagger {Tagger().settings['version']}"


def _kept(
    writer: Writer, capture: Capture | InputError, item: InputError | tuple[Version, Reading], made_by: str
) -> tuple[str, str] | InputError | None:
    """What an article is to the ledger, and its id; None for a known one; or what stood in the way, which is kept too.

    "new": it was not there; "newer": it was, in another version; "anew": its reading was made by something else.
    """
    try:
        if isinstance(capture, InputError) or isinstance(item, InputError):
            raise item if isinstance(item, InputError) else InputError(capture.name, "was not read")
        id, before = item[0].id, writer.versions(item[0].id)
        if not writer.add(capture, *item, made_by=made_by):
            return None
        return ("new" if not before else "newer" if writer.versions(id) > before else "anew"), id
    except InputError as error:
        writer.add_failure(error.name, error.reason)
        return error


def _failed(capture: Capture | InputError, failure: Failure) -> list[InputError]:
    return [InputError(capture.name, f"sayso itself failed on it ({failure.kind}: {failure.reason}); please report it")]


def annotate(lines: Iterable[str], jobs: int = 1) -> Iterator[tuple[str, str | None]]:
    """Lines of JSON with what was found in each, in order; the second part is the line's error, if any (CONTRACTS)."""
    for part, outcomes in paired(_engine(jobs), _annotate_lines, groups(lines, len)):
        for line, outcome in zip(part, repeat(outcomes) if isinstance(outcomes, Failure) else outcomes, strict=False):
            if isinstance(outcome, Failure):
                reason = f"sayso itself failed on it ({outcome.kind}: {outcome.reason}); please report it"
                yield json.dumps({"error": reason, "line": line}), reason
            else:
                yield outcome


def _bytes(capture: Capture | InputError) -> int:
    return len(capture.body) if isinstance(capture, Capture) else 0


def _annotate_lines(lines: list[str]) -> list[tuple[str, str | None] | Failure]:
    from sayso.extraction.annotate import line

    return [attempt(line, number, text) for number, text in enumerate(lines)]


def _engine(jobs: int) -> Engine:
    """`jobs` processes on this machine, or this one."""
    from sayso.engines.local import Processes, Serial

    return Serial() if jobs <= 1 else Processes(jobs)


# Linking


def link(
    lines: Iterable[str], meaning: bool = True, progress: Progress | None = None
) -> tuple[dict[str, Any], list[str | None]]:
    """Links between annotated rows as `sayso link` writes them, and for each line what kept it out, if anything."""
    from sayso.linking.article import from_row
    from sayso.linking.link import link as link_articles
    from sayso.linking.link import to_json

    articles, errors = _made(lines, from_row)
    return to_json(link_articles(articles, encoder(progress) if meaning else None, progress)), errors


def _made(lines: Iterable[str], make: Callable[[object], T]) -> tuple[list[T], list[str | None]]:
    """What `make` makes of each line of JSON; and for each line what kept it out, if anything."""
    from sayso.documents.parsed import parsed

    made: list[T] = []
    errors: list[str | None] = []
    for line in lines:
        try:
            made.append(make(parsed(line)))
            errors.append(None)
        except InputError as error:
            errors.append(error.reason)
    return made, errors


def relink(ledger: Ledger, progress: Progress | None = None) -> None:
    """Bring the ledger's links up to date, and with them what is shown of them by people's judgements."""
    _relink(ledger, progress)
    _rejudge(ledger, progress)


def _rejudge(ledger: Ledger, progress: Progress | None) -> None:
    """Show the links as people want them; the machine's links stay as they are."""
    from sayso import judging
    from sayso.linking import afresh
    from sayso.models.embedder import Remembered
    from sayso.relinking import Shelf

    with ledger.view() as view:
        if view.judged:
            return
        stamp = view.stamp
        shown = judging.shown(view, Remembered(encoder(progress), ledger), Shelf(ledger))
    with ledger.writer() as writer, writer.batch():
        writer.put_shown(shown.links, shown.articles, shown.rulings, stamp)
        writer.forget({afresh.KIND: shown.used})


def _relink(ledger: Ledger, progress: Progress | None) -> None:
    """Bring the ledger's links up to date; what new articles leave as it was is not looked into again.

    Links that another sayso found are found anew.
    """
    from sayso.linking import made_by
    from sayso.linking.relink import relink as linked
    from sayso.models.embedder import Remembered
    from sayso.relinking import Archived, Shelf

    with ledger.view() as view:
        if view.linked and view.linked_by == made_by.digest():
            return
        revision = view.revision
        found = linked(Archived(view), Shelf(ledger), Remembered(encoder(progress), ledger), progress)
    with ledger.writer() as writer, writer.batch():
        if writer.put_links(found.links, found.names, revision, made_by.digest()):
            writer.forget(found.used)


# Asking


def stories(ledger: Ledger, progress: Progress | None = None) -> list[StorySummary]:
    """The stories in the ledger, the largest first."""
    relink(ledger, progress)
    with ledger.view() as view:
        known = {v.id: v for v in view.versions()}
        found = [summary(s.id, s.title, [known[a] for a in s.articles], len(view.conflicts(s))) for s in view.stories()]
    return sorted(found, key=lambda s: (-s.articles, s.first or "", s.id))


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
    from sayso.linking.names import same_name

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

    model = encoder(progress)
    vector = model.embed([words])
    least = float(usual(vector, model)[0]) - _FARTHER
    return [hit for hit in view.nearest(vector[0], model.name, limit) if hit.score >= least]


def embed(ledger: Ledger, progress: Progress | None = None) -> None:
    """Give every article that lacks them its vectors by the present model, passage by passage."""
    model = encoder(progress)
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


# Judging


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
    from sayso.linking.judgement import made

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
    from sayso.linking.judgement import withdrawn

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
    from sayso.linking.judgement import to_row

    with ledger.view() as view:
        for one in view.judgements():
            yield json.dumps(to_row(one), ensure_ascii=False)


def add_judgements(ledger: Ledger, lines: Iterable[str]) -> tuple[int, list[str | None]]:
    """Merge judgements of another ledger: how many changed this one, and for each line what kept it out, if anything.

    All are kept, contradicting ones too; a judgement withdrawn in either ledger is withdrawn.
    """
    from sayso.linking.judgement import from_row

    found, errors = _made(lines, from_row)
    with ledger.writer() as writer:
        return len(writer.put_judgements(found)), errors


# Checking


def check(quote: str, sources: Sequence[Path], meaning: bool = True) -> dict[str, Any]:
    """The best result of `quote` over texts of record, as `sayso check --json` prints it. Raises InputError."""
    from sayso.linking.checking import check_all, record, row

    texts = [record(path) for path in sources]
    found = check_all(quote, texts, cache(encoder) if meaning else None)
    return {**row(found.check, quote, texts[found.source]), "transcript": str(sources[found.source])}


def check_ledger(
    quote: str, ledger: Ledger, meaning: bool = True, progress: Progress | None = None
) -> list[dict[str, Any]]:
    """How each article of the ledger that has `quote` tells it, the most faithful first, as `--json` prints it.

    With `meaning` also articles in other languages: near in meaning, or linked with one that has it.
    Where none has it, one row: "not_found" and no article.
    """
    from sayso.renderings import lines

    model = _with_meaning(ledger, progress) if meaning else None
    with ledger.view() as view:
        return lines(quote, view, model)


def check_lines_ledger(
    lines: Iterable[str], ledger: Ledger, meaning: bool = True, progress: Progress | None = None
) -> Iterator[tuple[str, str | None]]:
    """Rows {id, quote} with what `check_ledger` finds of each; the second part is the row's error, if any."""
    from sayso.renderings import batch

    model = _with_meaning(ledger, progress) if meaning else None
    with ledger.view() as view:
        yield from batch(lines, view, model)


def _with_meaning(ledger: Ledger, progress: Progress | None) -> Encoder:
    """The encoder, when links and vectors of the ledger are up to date."""
    model = encoder(progress)
    relink(ledger, progress)
    embed(ledger, progress)
    return model


def check_lines(lines: Iterable[str], folder: Path, meaning: bool = True) -> Iterator[tuple[str, str | None]]:
    """Batch rows with their results, in order; the second part is the row's error, if any (CONTRACTS)."""
    from sayso.linking import checking

    return checking.check_lines(lines, folder, cache(encoder) if meaning else None)
