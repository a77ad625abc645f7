"""Rounds: one round of watching: the feeds that are due, then the pages; each is kept as soon as it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from sayso.documents import kinds
from sayso.documents.nouns import Capture, normal
from sayso.engines.engine import Failure, paired
from sayso.errors import FetchError, InputError, NoArticle
from sayso.fetching.received import NotChanged, capture_moved
from sayso.fetching.several import Want, several
from sayso.workspace.absences import as_before, present, without_article
from sayso.workspace.dues import (
    NOT_THERE,
    Plan,
    captured,
    failed,
    is_due,
    put_off,
    told_again,
    visited,
)
from sayso.workspace.intake import again, made_by, tried
from sayso.workspace.visits import Part, Visit, count, has_entry, items_of, listed, read_part, seen

if TYPE_CHECKING:
    import threading

    from sayso.documents.feeds.feed import Feed
    from sayso.engines.engine import Engine
    from sayso.fetching.fetch import Fetcher
    from sayso.fetching.several import Got
    from sayso.ledger.ledger import Ledger
    from sayso.ledger.watched import Watched
    from sayso.ledger.writer import Writer
    from sayso.workspace.opening import Progress
    from sayso.workspace.visits import Items

_FEED_LIKE = kinds.FEEDS | {kinds.XML, kinds.JSON}
_MANY = 100
"""Visits that brought nothing, after which they are written; a crash before that has them made again."""


class Rounds:
    """Makes rounds over what is watched in `ledger`; `stop` ends one early, after what is being read."""

    def __init__(
        self,
        ledger: Ledger,
        fetcher: Fetcher,
        engine: Engine,
        plan: Plan,
        stop: threading.Event,
        now: Callable[[], datetime],
        progress: Progress | None = None,
    ) -> None:
        self._ledger, self._fetcher, self._engine = ledger, fetcher, engine
        self._plan, self._stop, self._now = plan, stop, now
        self._progress = progress
        self._made_by = made_by(plan.tagger)
        self._read = read_part if plan.tagger else partial(read_part, tagger=False)
        self._visits: dict[str, Visit] = {}
        self._arrived: list[Part] = []
        self._unwritten: list[Watched] = []
        self._own: set[str | None] = set()
        self.refused: set[str] = set()
        """What our own settings refused, and refuse for as long as they hold."""

    def round(self, urls: Sequence[str], everything: bool = False) -> list[Visit]:
        """Visit what is due of `urls`, and of the pages that they named; what came of each that was visited.

        With `everything` all of `urls` is taken for due, and so are their pages that are visited at all.
        """
        self._visits, self._arrived, self._own = {}, [], {normal(url) for url in urls}
        with self._ledger.view() as view:
            sources = view.watched(urls)
        try:
            for one, got in self._fetched([one for one in sources if everything or self._is_due(one)], "feeds"):
                self._take_source(one, got)
            for part, outcome in paired(self._engine, self._read, self._parts(urls, everything)):
                self._keep(part, outcome)
        finally:
            self._write()
        with self._ledger.view() as view:
            after = view.watched(list(self._visits))
        for one in after:
            visit = self._visits[one.url]
            visit.title, visit.due = one.state.title, None if one.url in self.refused else one.due
        return list(self._visits.values())

    def _is_due(self, one: Watched, whenever: bool = False) -> bool:
        """What a feed named and our settings refused waits, without a word, until private addresses are allowed."""
        is_refused = one.state.refused and one.state.feed is not None and not self._fetcher.settings.private
        return not is_refused and one.url not in self.refused and (whenever or is_due(one, self._plan, self._now()))

    def _fetched(self, due: Sequence[Watched], what: str) -> Iterator[tuple[Watched, Got]]:
        known = {one.url: one for one in due}
        wants = [Want(one.url, one.state.address, one.state.etag, one.state.modified) for one in due]
        for done, (want, got) in enumerate(several(self._fetcher, wants, self._stop), 1):
            yield known[want.key], got
            if self._progress:
                self._progress(f"fetching {what}", done, len(wants))

    def _visit(self, one: Watched) -> Visit:
        url = one.state.feed or one.url
        return self._visits.setdefault(url, Visit(url))

    def _put(self, one: Watched) -> None:
        """Note a visit that brought nothing. Many are written at a time: each writing is signed."""
        self._unwritten.append(one)
        if len(self._unwritten) >= _MANY:
            self._write()

    def _write(self) -> None:
        if self._unwritten:
            with self._ledger.writer() as writer:
                writer.watch(self._unwritten)
            self._unwritten = []

    # Feeds, and pages that a person named

    def _take_source(self, one: Watched, got: Got) -> None:
        visit, now = self._visit(one), self._now()
        if isinstance(got, NotChanged):
            self._put(self._as_before(self._moved(visited(one, self._plan, now, changed=False), got.moved)))
            visit.unchanged += one.kind == "page"
        elif isinstance(got, InputError):
            if not self._waits(one, got):
                self._lose(one, got)
        elif got.digest == one.state.digest:
            after = visited(seen(one, got), self._plan, now, changed=False)
            self._put(self._as_before(self._moved(after, capture_moved(got))))
            visit.unchanged += one.kind == "page"
        elif got.media_type in _FEED_LIKE or (one.kind == "feed" and one.state.first):
            self._take_feed(one, got)
        elif got.media_type == kinds.OPML:
            self._lose(one, InputError(one.url, "is a list of feeds: save it as a file, and name the file"))
        else:
            self._arrived.append(Part(replace(one, kind="page"), got))

    def _take_feed(self, one: Watched, capture: Capture) -> None:
        """Archive a feed and take down what it lists, in one transaction."""
        from sayso.documents.feeds.entries import entries

        try:
            feed = entries(capture.body, capture.name, capture.url)
        except InputError as error:
            self._lose(one, error)
            return
        now = self._now()
        pages = self._listed(one, feed, capture.digest)
        after = visited(seen(one, capture), self._plan, now, bool(pages), feed.wait)
        after = replace(after, state=replace(after.state, title=feed.title or one.state.title))
        with self._ledger.writer() as writer, writer.batch():
            writer.put(capture)
            writer.watch([self._moved(after, capture_moved(capture)), *pages])
        self._visit(one).failed.extend(feed.problems)
        if any(entry.url is None for entry in feed.entries):
            self._arrived.append(Part(after, capture, loose=True))

    def _listed(self, one: Watched, feed: Feed, digest: str) -> list[Watched]:
        """The pages of a feed that are new, or changed as it says, due now."""
        names = {normal(entry.url) or entry.url: entry for entry in reversed(feed.entries) if entry.url}
        with self._ledger.view() as view:
            known = {one.url: one for one in view.watched(names)}
        now = self._now()
        found = []
        for url, entry in reversed(names.items()):
            if url in self._own:
                continue
            if url not in known:
                found.append(listed(one, url, entry, digest, now))
            elif (
                known[url].state.feed
                and (page := told_again(known[url], entry.modified, self._plan, now)) != known[url]
            ):
                found.append(page)
        return found

    def _moved(self, one: Watched, to: str | None) -> Watched:
        """Visited from now on where it is for good."""
        if to is None or to == one.state.address:
            return one
        self._visit(one).said = f"moved for good to {to}, where it is visited from now on"
        return replace(one, state=replace(one.state, address=to))

    def _waits(self, one: Watched, error: InputError) -> bool:
        """Whether a host asks us to stay away, so that what it has waits until then, and was not asked for."""
        after = put_off(one, self._now(), error)
        if after is None:
            return False
        self._put(after)
        visit = self._visit(one)
        visit.left += one.state.feed is not None
        visit.said = visit.said or error.reason
        return True

    def _lose(self, one: Watched, error: InputError) -> None:
        """Nothing came: note why, and when to try again."""
        after = failed(one, self._plan, self._now(), error)
        if after.state.refused:
            self.refused.add(one.url)
        if isinstance(error, FetchError) and error.status in NOT_THERE:
            after = self._without_article(after, error.status)
        with self._ledger.writer() as writer, writer.batch():
            if one.kind == "page":
                writer.add_failure(one.state.address, error.reason)
            writer.watch([after])
        visit = self._visit(one)
        visit.failed.append(error)
        if one.state.feed is None and after.state.ended:
            visit.said = "is not visited again"

    def _without_article(self, one: Watched, status: int | None = None) -> Watched:
        return without_article(one, self._visit(one), self._ledger, self._now(), status)

    def _as_before(self, one: Watched) -> Watched:
        return as_before(one, self._visit(one), self._ledger, self._now())

    # Pages

    def _parts(self, feeds: Sequence[str], everything: bool) -> Iterator[Part]:
        """What is to be read: what came already, then the pages that are due."""
        yield from self._arrived
        self._write()
        with self._ledger.view() as view:
            due = [one for one in view.watched_pages(feeds) if self._is_due(one, everything)]
        for one in due[self._plan.most :]:
            self._visit(one).left += 1
        for one, got in self._fetched(due[: self._plan.most], "pages"):
            if isinstance(got, NotChanged):
                self._put(self._as_before(captured(one, self._plan, self._now())))
                self._visit(one).unchanged += 1
            elif isinstance(got, InputError):
                yield from self._without_page(one, got)
            elif not self._is_known(one, got):
                yield Part(one, got)

    def _is_known(self, one: Watched, capture: Capture) -> bool:
        """Whether the same bytes were read before; that they came again is noted."""
        with self._ledger.view() as view:
            if not view.holds(capture.digest):
                return False
        with self._ledger.writer() as writer, writer.batch():
            stood = {id: writer.current(id) for id in writer.gave(capture.digest)}
            ids = again(writer, capture, self._made_by)
            if not ids:
                return False
            back = [id for id in ids if writer.current(id) != stood[id]]
            article = ids[0] if len(ids) == 1 else None
            writer.watch([present(captured(seen(one, capture), self._plan, self._now()), article, self._now())])
        self._visit(one).newer.extend(back)
        self._visit(one).unchanged += not back
        return True

    def _without_page(self, one: Watched, error: InputError) -> Iterator[Part]:
        """The entry in the feed in the place of a page that cannot be had, where it is whole."""
        if self._waits(one, error):
            return
        after = failed(one, self._plan, self._now(), error)
        if one.state.entry is None or one.state.first or after.due:
            self._lose(one, error)
            return
        with self._ledger.view() as view:
            yield Part(after, view.capture(one.state.entry), instead=error)

    def _keep(self, part: Part, outcome: Items | Failure) -> None:
        """Keep what was read and the state of what it came of in one transaction."""
        items = items_of(part, outcome)
        articles = [item for item in items if isinstance(item, tuple)]
        errors = [item for item in items if isinstance(item, InputError)]
        if not articles and any(isinstance(error, NoArticle) for error in errors) and has_entry(part):
            self._read_entry(part, errors[0])
            return
        with self._ledger.writer() as writer, writer.batch():
            told = [tried(writer, part.capture, article, self._made_by) for article in articles]
            if not articles:
                self._note_nothing(writer, part, errors)
            kept = [one for one in told if isinstance(one, tuple)]
            if not part.loose:
                after = self._after(part, any(kind in ("new", "newer", "back") for kind, _ in kept))
                if len(kept) == 1 and not part.instead:
                    after = present(after, kept[0][1], self._now())
                elif not articles and all(isinstance(error, NoArticle) for error in errors):
                    after = self._without_article(after)
                writer.watch([after])
        count(self._visit(part.one), part, told, [] if articles else errors)

    def _read_entry(self, part: Part, error: InputError) -> None:
        """The page is archived, though it holds no article, and the feed's own text is read."""
        after = captured(seen(part.one, part.capture), self._plan, self._now())
        with self._ledger.writer() as writer:
            writer.put(part.capture)
        assert part.one.state.entry is not None
        with self._ledger.view() as view:
            instead = Part(after, view.capture(part.one.state.entry), instead=error)
        self._keep(instead, self._read(instead))

    def _note_nothing(self, writer: Writer, part: Part, errors: list[InputError]) -> None:
        """What came is archived all the same."""
        writer.put(part.capture)
        if not part.loose:
            error = part.instead or (errors[0] if errors else NoArticle(part.capture.name, "holds no article"))
            writer.add_failure(part.one.state.address, error.reason)

    def _after(self, part: Part, changed: bool) -> Watched:
        if part.instead:
            return part.one
        after = seen(part.one, part.capture)
        if part.one.state.feed:
            return captured(after, self._plan, self._now())
        return self._moved(visited(after, self._plan, self._now(), changed), capture_moved(part.capture))
