"""The command line: each command calls one use case of the workspace and shows what it returns."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sayso import __version__
from sayso.answers import plain
from sayso.errors import SaysoError
from sayso.interfaces.optional import WithLedger
from sayso.interfaces.reading import read_in_words
from sayso.interfaces.streams import (
    CLOSED,
    FAILED,
    STOPPED,
    USAGE,
    bar,
    console,
    finish,
    lines_in,
    out,
    show_json,
    stop,
    through,
)

if TYPE_CHECKING:
    from sayso.linking.comparison import Comparison

app = typer.Typer(
    name="sayso",
    help="Read the news: who said what, in which words, with which figures, and how do the tellings differ?",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

_TEXTS = (".txt", ".text", ".md", ".html", ".htm", ".xhtml")
_FOUND = ('"attributions"', '"figures"')  # what rows have that were annotated

LedgerOption = Annotated[
    Path | None,
    typer.Option(
        "--ledger", metavar="DIR", help="The ledger's folder (default: $SAYSO_LEDGER, else your data folder)."
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")]
JobsOption = Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes that read at the same time.")]
Inputs = Annotated[list[str], typer.Argument(metavar="PATH", help="Files, folders, or - for standard input.")]


@app.callback(invoke_without_command=True)
def top(version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False) -> None:
    """Nothing leaves this machine. `sayso COMMAND --help` tells more about a command."""
    if version:
        typer.echo(f"sayso {__version__}")
        raise typer.Exit


@app.command()
def read(inputs: Inputs, ledger: LedgerOption = None, jobs: JobsOption = 1, as_json: JsonOption = False) -> None:
    """Read text, HTML and JSONL files, and folders of them, into the ledger, exactly once each."""
    from sayso import workspace

    book = workspace.open_ledger(ledger)
    with bar() as progress:
        report = workspace.read(inputs, book, jobs, progress)
    if as_json:
        for row in workspace.rows(book, (*report.new, *report.newer, *report.anew)):
            typer.echo(json.dumps(row, ensure_ascii=False))
    else:
        found = workspace.counts(book)
        typer.echo(read_in_words(report))
        if report.passed:
            kinds = ", ".join(f"{count} {suffix}" for suffix, count in report.passed.items())
            typer.echo(f"Passed over, since their kind is not read: {kinds}.")
        typer.echo(f"In {book.folder}: {found['articles']} articles, {found['attributions']} statements, ", nl=False)
        typer.echo(f"{found['figures']} figures. Next: sayso stories")
    for left_out in report.partly:
        typer.echo(f"sayso: {left_out}; the article is kept without it", err=True)
    finish([str(f) for f in report.failures])


@app.command()
def stories(ledger: LedgerOption = None, as_json: JsonOption = False) -> None:
    """List the stories in the ledger."""
    from sayso import workspace

    with bar() as progress:
        found = workspace.stories(workspace.open_ledger(ledger), progress)
    if as_json:
        show_json([plain(s) for s in found])
        return
    from sayso.interfaces import terminal

    if not found:
        typer.echo("No stories: the ledger holds no articles yet. `sayso read PATH` reads some.")
    else:
        terminal.stories(console(), found)


@app.command()
def story(
    id: Annotated[str, typer.Argument(help="A story's id, or its beginning.")],
    target: Annotated[
        str | None,
        typer.Argument(metavar="OUT", help="With --matrix: OUT.csv or OUT.html to write it to.", show_default=False),
    ] = None,
    as_matrix: Annotated[
        bool, typer.Option("--matrix", help="Show statements by outlet: carried, changed or left out.")
    ] = False,
    ids: Annotated[bool, typer.Option("--ids", help="Show by what each telling can be judged: ARTICLE@PLACE.")] = False,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show one story: who said what, the figures, what differs, the sources."""
    from sayso import workspace

    if target is not None:
        id, target = _told_apart(id, target, as_matrix)
    with bar() as progress:
        comparison = workspace.story(workspace.open_ledger(ledger), id, progress)
    if as_matrix:
        _matrix(comparison, target, as_json)
        return
    if as_json:
        show_json(plain(comparison))
        return
    from sayso.interfaces import terminal

    terminal.story(console(), comparison, ids)


def _told_apart(id: str, target: str, as_matrix: bool) -> tuple[str, str]:
    """Story and file, which may stand before it: `--matrix OUT.csv STORY`."""
    from sayso.interfaces.matrix_files import is_target

    if is_target(id) and not is_target(target):
        id, target = target, id
    if not as_matrix:
        stop(f"{target}: only --matrix writes a file", USAGE)
    if not is_target(target):
        stop(f"{target}: --matrix writes OUT.csv or OUT.html", USAGE)
    return id, target


def _matrix(comparison: Comparison, target: str | None, as_json: bool) -> None:
    """Statements by outlet: in a file, as JSON, or for people."""
    from sayso.interfaces import matrix_files, matrix_terminal
    from sayso.linking.matrix import matrix

    made = matrix(comparison)
    if target is not None:
        typer.echo(matrix_files.write(made, target), err=True)
    if as_json:
        show_json(plain(made))
    elif target is None:
        matrix_terminal.show(console(), made)


@app.command()
def figures(
    id: Annotated[
        str | None, typer.Argument(metavar="STORY", help="A story's id, or its beginning.", show_default=False)
    ] = None,
    unit: Annotated[str | None, typer.Option(metavar="UNIT", help="Only what is counted so: views, deaths.")] = None,
    scope: Annotated[str | None, typer.Option(metavar="SCOPE", help="Only of this platform or place.")] = None,
    lang: Annotated[str | None, typer.Option(metavar="CODE", help="Only as articles in this language tell.")] = None,
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="Only as this outlet tells.")] = None,
    ledger: LedgerOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for other programs, one telling a line.")] = False,
    csv: Annotated[str | None, typer.Option(metavar="FILE", help="Write a table, one telling a row.")] = None,
    jsonld: Annotated[str | None, typer.Option(metavar="FILE", help="Write schema.org Observations.")] = None,
    plot: Annotated[
        str | None, typer.Option(metavar="FILE", help="Draw value by day: OUT.svg, OUT.png or OUT.html.")
    ] = None,
) -> None:
    """Show the figures, newest stories first: one line each, or all tellings of one story and a plot."""
    from sayso import workspace
    from sayso.comparing import Wanted
    from sayso.interfaces import exports, figure_files, figure_terminal

    targets, wanted = figure_files.Targets(csv, jsonld, plot), Wanted(unit, scope, lang, outlet)
    if refused := targets.refused():
        stop(refused, USAGE)
    with bar() as progress:
        book = workspace.open_ledger(ledger)
        found = workspace.figures(book, id, wanted, progress)
        known = found or workspace.figures(book, id)
    for sentence in figure_files.write(found, targets):
        typer.echo(sentence, err=True)
    for line in exports.figure_lines(found) if as_json else ():
        typer.echo(line)
    if not found:
        typer.echo(figure_files.nothing(wanted, known), err=bool(targets) or as_json)
    elif not targets and not as_json:
        figure_terminal.show(console(), found, whole=id is not None)


@app.command()
def who(
    name: Annotated[str, typer.Argument(help="A name, in any script.")],
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show all statements of a speaker."""
    from sayso import workspace

    if not name.strip():
        stop("the name is empty", USAGE)

    with bar() as progress:
        statements = workspace.who(workspace.open_ledger(ledger), name, progress)
    if as_json:
        show_json([plain(s) for s in statements])
        return
    from sayso.interfaces import terminal

    for speaker in dict.fromkeys(s.speaker for s in statements):
        typer.echo(speaker)
        terminal.said(console(), [s for s in statements if s.speaker == speaker])


@app.command()
def search(
    words: Annotated[str, typer.Argument(help='Words, or "a quoted phrase" inside them.')],
    ledger: LedgerOption = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="How many results.")] = 10,
    meaning: Annotated[bool, typer.Option(help="Search by meaning too, across languages.")] = True,
    as_json: JsonOption = False,
) -> None:
    """Find articles by their words, in all scripts, and by their meaning."""
    from sayso import workspace

    if not words.strip():
        stop("there are no words to search for", USAGE)

    with bar() as progress:
        found = workspace.search(workspace.open_ledger(ledger), words, limit, meaning, progress)
    if as_json:
        show_json([plain(f) for f in found])
        return
    from sayso.interfaces import terminal

    if not found:
        typer.echo(f"Nothing found for {words!r}.")
    terminal.found(console(), found)


@app.command()
def annotate(
    source: Annotated[str, typer.Argument(metavar="IN.jsonl", help="One article a line; - for standard input.")],
    target: Annotated[
        str | None,
        typer.Argument(metavar="OUT.jsonl", help="- for standard output; not needed to --explain.", show_default=False),
    ] = None,
    jobs: JobsOption = 1,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain",
            help="Show people the text with what was found in it, and why: in the terminal, or as a page in OUT.html. "
            "IN may be whatever `sayso read` reads.",
        ),
    ] = False,
) -> None:
    """Add attributions, figures, times and voice to each line, or show them in the text."""
    from sayso import workspace

    if explain:
        _explain(source, target or "-", jobs)
    elif target is None:
        stop("name the file to write: OUT.jsonl, or - for standard output", USAGE)
    else:
        failures = through(source, target, "annotating", lambda lines: workspace.annotate(lines, jobs))
        if failures and Path(source).suffix.lower() in _TEXTS:
            failures.append(f"{source}: annotate takes one JSON object a line; texts and pages go to `sayso read`")
        finish(failures)


def _explain(source: str, target: str, jobs: int) -> None:
    """Show what is found in `source`; a page is written unless nothing could be read."""
    from sayso.interfaces import explain, explain_page, explain_terminal

    failures: list[str] = []
    found = explain.articles(source, failures, jobs)
    if target == "-":
        explain_terminal.show(console(), found)
    elif Path(target).suffix.lower() not in (".html", ".htm"):
        stop(f"{target}: --explain writes a page, OUT.html, or to the terminal when no file is named", USAGE)
    elif (articles := list(found)) or not failures:
        with out(target) as write:
            write(explain_page.page(articles))
        typer.echo(f"{target}: articles {len(articles)}", err=True)
    finish(failures)


@app.command()
def link(
    source: Annotated[str, typer.Argument(metavar="ANNOTATED.jsonl", help="Rows as annotate writes them.")],
    target: Annotated[str, typer.Argument(metavar="LINKS.json", help="- for standard output.")],
    meaning: Annotated[bool, typer.Option(help="Use the encoder (without: names, words and figures only).")] = True,
) -> None:
    """Find stories, threads, conflicts, duplicates and exchanges."""
    from sayso import workspace

    annotated = False

    def seen(lines: Iterable[str]) -> Iterator[str]:
        nonlocal annotated
        for line in lines:
            annotated = annotated or any(name in line for name in _FOUND)
            yield line

    with bar() as progress, lines_in(source) as lines:
        links, errors = workspace.link(seen(lines), meaning, progress)
        numbered = [(lines.done(), error) for error in errors]
    if None in errors and not annotated:
        typer.echo("sayso: none of the rows was annotated: run `sayso annotate` first", err=True)
    with out(target) as write:
        write(json.dumps(links, ensure_ascii=False, indent=1))
    finish([f"{source}:{number}: {error}" for number, error in numbered if error])


@app.command(cls=WithLedger)
def check(
    quote: Annotated[str | None, typer.Argument(help="The words to check.")] = None,
    sources: Annotated[list[Path] | None, typer.Option("--in", metavar="TRANSCRIPT", help="A text of record.")] = None,
    ledger: Annotated[
        Path | None, typer.Option(metavar="[DIR]", help="Show how every article of the ledger tells it.")
    ] = None,
    batch: Annotated[tuple[str, str] | None, typer.Option(metavar="IN.jsonl OUT.jsonl", help="Check many.")] = None,
    meaning: Annotated[bool, typer.Option(help="Look for a translation where the words are not found.")] = True,
    as_json: JsonOption = False,
) -> None:
    """Check a quote word by word against transcripts, or find it in all that the ledger holds."""
    from sayso import workspace

    if refused := _refused(quote, sources, ledger, batch is not None):
        stop(refused, USAGE)
    if (batch is None) == (quote is None):
        stop("give either a quote with --in TRANSCRIPT or --ledger, or --batch IN.jsonl OUT.jsonl", USAGE)
    if batch is not None:
        folder, book = Path(batch[0]).parent, workspace.open_ledger(ledger) if ledger is not None else None

        def work(lines: Iterable[str]) -> Iterator[tuple[str, str | None]]:
            if book is not None:
                return workspace.check_lines_ledger(lines, book, meaning)
            return workspace.check_lines(lines, folder, meaning)

        finish(through(*batch, "checking", work))
        return
    if quote is None or bool(sources) == (ledger is not None):
        stop("name the text to check against: --in TRANSCRIPT, or --ledger", USAGE)
    from sayso.interfaces import terminal

    if ledger is not None:
        with bar() as progress:
            told = workspace.check_ledger(quote, workspace.open_ledger(ledger), meaning, progress)
        for row in told if as_json else ():
            typer.echo(json.dumps(row, ensure_ascii=False))
        if not as_json:
            terminal.renderings(console(), told)
        return
    with bar():
        result = workspace.check(quote, sources or [], meaning)
    if as_json:
        show_json(result)
    else:
        terminal.checked(console(), result)


def _refused(quote: str | None, sources: list[Path] | None, ledger: Path | None, batch: bool) -> str | None:
    """What is plainly a slip, in one sentence."""
    if batch and sources:
        return "--batch takes no --in: each row names its own transcript, or --ledger looks in all articles"
    if quote is None and not batch and ledger is not None and not ledger.exists():
        return f"{str(ledger)!r} is taken for the ledger's folder: put the quote first, `sayso check QUOTE --ledger`"
    if quote is not None and not any(map(str.isalnum, quote)):
        return "the quote holds no words" if quote.strip() else "the quote is empty"
    return None


@app.command()
def judge(
    id: Annotated[
        str | None,
        typer.Argument(
            metavar="ID", help="A story, thread or conflict, as `sayso story` shows it.", show_default=False
        ),
    ] = None,
    others: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="MEMBER",
            help="Articles, or ARTICLE@PLACE for a telling (`sayso story ID --ids`); to join also ids.",
            show_default=False,
        ),
    ] = None,
    accept: Annotated[bool, typer.Option("--accept", help="All members belong together; a conflict is one.")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="No two of them do; a conflict is none.")] = False,
    split: Annotated[bool, typer.Option("--split", help="Each MEMBER is another than the rest.")] = False,
    join: Annotated[bool, typer.Option("--join", help="Each MEMBER belongs to ID.")] = False,
    by: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who judges (default: $SAYSO_JUDGE, else your user name).")
    ] = None,
    note: Annotated[str, typer.Option(metavar="TEXT", help="Why.")] = "",
    listing: Annotated[bool, typer.Option("--list", help="Show all judgements, and what became of each.")] = False,
    undo: Annotated[str | None, typer.Option(metavar="JUDGEMENT", help="Take one back, by its id.")] = None,
    export: Annotated[str | None, typer.Option(metavar="FILE.jsonl", help="Write all judgements.")] = None,
    merge: Annotated[
        str | None, typer.Option("--import", metavar="FILE.jsonl", help="Merge what another ledger exported.")
    ] = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say that a link is right or wrong: accept, reject, split or join; kept, whatever the machine finds later."""
    from sayso.interfaces import judge as judging

    acts = judging.acts(accept=accept, reject=reject, split=split, join=join)
    request = judging.Request(id, others or (), acts, by, note, listing, undo, export, merge)
    judging.run(request, ledger, as_json)


@app.command()
def report(
    target: Annotated[Path, typer.Argument(metavar="OUT.html")],
    ids: Annotated[list[str] | None, typer.Argument(metavar="STORY", help="Only these stories.")] = None,
    ledger: LedgerOption = None,
) -> None:
    """Write stories side by side into one HTML file that needs nothing else."""
    from sayso import workspace
    from sayso.interfaces.report import report as render

    with bar() as progress:
        comparisons = workspace.comparisons(workspace.open_ledger(ledger), ids or None, progress)
    with out(str(target)) as write:
        write(render(comparisons))
    typer.echo(f"{target}: stories {len(comparisons)}", err=True)


@app.command()
def export(
    target: Annotated[Path, typer.Argument(metavar="DIR", help="A folder; made when it is not there.")],
    ledger: LedgerOption = None,
) -> None:
    """Write articles.jsonl, statements.csv, figures.csv, links.json and, where people judged, judgements.jsonl."""
    from sayso import workspace
    from sayso.interfaces import exports

    with bar() as progress:
        book = workspace.open_ledger(ledger)
        comparisons = workspace.comparisons(book, None, progress)
        files = {
            "articles.jsonl": "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in workspace.rows(book)),
            "statements.csv": exports.statements_csv(comparisons),
            "figures.csv": exports.figures_csv(comparisons),
            "links.json": json.dumps(workspace.links(book), ensure_ascii=False, indent=1) + "\n",
        }
        if judged := "".join(line + "\n" for line in workspace.judgement_lines(book)):
            files["judgements.jsonl"] = judged
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        stop(f"{target}: cannot be made a folder: {error.strerror}")
    for name, text in files.items():
        with out(str(target / name)) as write:
            write(text.removesuffix("\n"))
        typer.echo(str(target / name))


def main() -> None:
    """Run the command line. Status: 0 all done, 1 some inputs failed, 2 wrong usage, 130 stopped by Ctrl-C."""
    try:
        app()
    except SaysoError as error:
        typer.echo(f"sayso: {error}", err=True)
        sys.exit(FAILED)
    except SystemExit as end:
        if end.code == STOPPED:  # what typer makes of Ctrl-C, without a word
            typer.echo("sayso: stopped; the ledger keeps what was done before", err=True)
        raise
    except BrokenPipeError:  # the reader, `head` say, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(CLOSED)


if __name__ == "__main__":
    main()
