"""Several: many addresses at once, host beside host; those of one host and port one after another, at its pace."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, Full, Queue
from typing import TYPE_CHECKING

from sayso.documents.nouns import Capture
from sayso.errors import FetchError, InputError
from sayso.fetching.addresses import server_of

if TYPE_CHECKING:
    from sayso.fetching.fetch import Fetcher
    from sayso.fetching.received import NotChanged

    Got = Capture | NotChanged | InputError

THREADS = 8
_AHEAD = 2
"""What may wait, fetched and not taken yet; what waits is fetched again when this process dies."""
_TICK = 0.1


@dataclass(frozen=True, slots=True)
class Want:
    """An address to fetch, with what it brought before."""

    key: str
    """What the caller knows it by."""
    url: str
    etag: str | None = None
    modified: str | None = None


def several(fetcher: Fetcher, wants: Iterable[Want], stop: threading.Event) -> Iterator[tuple[Want, Got]]:
    """Each address with what it brought, in the order in which they come; ends early, at once, when `stop` is set."""
    lines: dict[str, deque[Want]] = {}
    for want in wants:
        lines.setdefault(_server(want), deque()).append(want)
    left = sum(map(len, lines.values()))
    jobs = deque(lines.values())
    results: Queue[tuple[Want, Got | Exception]] = Queue(_AHEAD)
    over = threading.Event()
    for _ in range(min(THREADS, len(jobs))):
        # Daemons: who stops us does not wait for a slow host.
        threading.Thread(target=_work, args=(fetcher, jobs, results, over), daemon=True).start()
    try:
        while left and not stop.is_set():
            with suppress(Empty):
                want, got = results.get(timeout=_TICK)
                left -= 1
                if isinstance(got, Exception) and not isinstance(got, InputError):
                    raise got
                yield want, got
    finally:
        over.set()


def _work(
    fetcher: Fetcher,
    jobs: deque[deque[Want]],
    results: Queue[tuple[Want, Got | Exception]],
    over: threading.Event,
) -> None:
    while jobs and not over.is_set():
        with suppress(IndexError):
            for want in jobs.popleft():
                if over.is_set():
                    return
                _hand_over(results, (want, _got(fetcher, want)), over)


def _got(fetcher: Fetcher, want: Want) -> Got | Exception:
    try:
        return fetcher.get(want.url, want.etag, want.modified)
    except Exception as error:  # noqa: BLE001 - raised again where it is taken; a thread must not die in silence
        return error


def _hand_over(
    results: Queue[tuple[Want, Got | Exception]], result: tuple[Want, Got | Exception], over: threading.Event
) -> None:
    while not over.is_set():
        with suppress(Full):
            results.put(result, timeout=_TICK)
            return


def _server(want: Want) -> str:
    """Where its turn comes; one that cannot be fetched waits for nobody, and the fetcher says why."""
    try:
        return server_of(want.url)
    except FetchError:
        return want.url
