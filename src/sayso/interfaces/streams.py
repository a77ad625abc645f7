"""Streams: lines in, whole files out, progress on stderr, and the exit status."""

from __future__ import annotations

import os
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NoReturn

import typer

from sayso.errors import InputError
from sayso.interfaces.visible import json_of, visible

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.segment import Segment

    from sayso.workspace import Progress

DONE, FAILED, USAGE, STOPPED, CLOSED = 0, 1, 2, 130, 141


def say(message: str, err: bool = False, nl: bool = True) -> None:
    """Words for people, on stdout or stderr; names and titles in them steer no terminal."""
    typer.echo(visible(message), err=err, nl=nl)


def console() -> Console:
    """For people: colours and width of the terminal; plain, and wide enough for whole rows, in a pipe."""
    from rich.console import Console
    from rich.segment import Segment

    class Open(Console):
        """Shows no control characters but its own; leaves it to `main` to end when a pipe's reader has closed it."""

        def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
            for one in super().render(renderable, options):
                yield one if one.control else Segment(visible(one.text), one.style)

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    piped = not sys.stdout.isatty()
    return Open(highlight=False, soft_wrap=False, width=160 if piped and "COLUMNS" not in os.environ else None)


def show_json(value: object) -> None:
    """JSON for programs, on stdout."""
    typer.echo(json_of(value, indent=1))


def stop(message: str, status: int = FAILED) -> NoReturn:
    """End with one sentence on stderr."""
    say(f"sayso: {message}", err=True)
    raise typer.Exit(status)


def finish(failures: list[str]) -> None:
    """Name each input that failed on stderr; the status tells whether there was one."""
    for failure in failures:
        say(f"sayso: {failure}", err=True)
    if failures:
        raise typer.Exit(FAILED)


@contextmanager
def bar() -> Iterator[Progress]:
    """A progress bar on stderr when a person is looking, a sign of life before there is progress; else nothing."""
    if not sys.stderr.isatty():
        yield lambda _what, _done, _total: None
        return
    from rich.console import Console
    from rich.live import Live
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
    from rich.spinner import Spinner

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    screen = Console(stderr=True)
    # What is printed meanwhile stands above the bar; rich would send it to stderr even if stdout is a file.
    shared = sys.stdout.isatty()
    with ExitStack() as showing:
        spinner = Live(Spinner("dots", "starting …"), console=screen, transient=True, redirect_stdout=shared)
        starting = showing.enter_context(spinner)
        starting.refresh()
        progress = Progress(*columns, console=screen, transient=True, redirect_stdout=shared)
        tasks: dict[str, Any] = {}

        def step(what: str, done: int, total: int | None) -> None:
            if not tasks:
                starting.stop()
                showing.enter_context(progress)
            if what not in tasks:
                tasks[what] = progress.add_task(what, total=total)
            progress.update(tasks[what], completed=done, total=total)

        yield step


class Lines:
    """The lines of a stream without the empty ones; `number` is that of the last one taken back by `done`.

    Broken UTF-8 is a broken line, no more.
    """

    def __init__(self, file: Iterable[bytes]) -> None:
        self._file = file
        self._taken: deque[int] = deque()

    def __iter__(self) -> Iterator[str]:
        for number, line in enumerate(self._file, 1):
            text = line.decode("utf-8-sig", "surrogateescape").rstrip("\r\n")
            if text.strip():
                self._taken.append(number)
                yield text

    def done(self) -> int:
        """The number, in the file, of the first line that is not done yet; it is done with this."""
        return self._taken.popleft()


@contextmanager
def lines_in(source: str) -> Iterator[Lines]:
    """The lines of a file, or of standard input for "-"."""
    if source == "-":
        yield Lines(sys.stdin.buffer)
        return
    try:
        file = Path(source).open("rb")  # noqa: SIM115  (closed below)
    except OSError as error:
        raise InputError(source, f"cannot be read: {error.strerror}") from None
    with file:
        yield Lines(file)


def through(
    source: str, target: str, doing: str, work: Callable[[Iterable[str]], Iterable[tuple[str, str | None]]]
) -> list[str]:
    """Write what `work` makes of each line of `source` to `target`; the errors, each with the number of its line."""
    failures: list[str] = []
    with bar() as progress, lines_in(source) as lines, out(target) as write:
        for count, (line, error) in enumerate(work(lines), 1):
            number = lines.done()
            write(line)
            progress(doing, count, None)
            if error:
                failures.append(f"{source}:{number}: {error}")
    return failures


@contextmanager
def out(target: str) -> Iterator[Callable[[str], None]]:
    """Write lines to `target`, which appears only when all is written; "-" is standard output."""
    if target == "-":
        yield typer.echo
        return
    with whole(target) as file:
        yield lambda line: _write(file, line)


@contextmanager
def whole(target: str) -> Iterator[IO[bytes]]:
    """A file to write bytes to, which takes its name only when all is written."""
    path = Path(target)
    if path.is_dir():
        raise InputError(target, "is a folder: name the file to write")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise InputError(target, f"cannot be written: {error.strerror}") from None
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _write(file: IO[bytes], line: str) -> None:
    file.write(line.encode("utf-8"))
    file.write(b"\n")
