"""Verifying: `sayso verify` and `sayso log`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.interfaces.options import JsonOption, LedgerOption, PrivateOption
from sayso.interfaces.streams import FAILED, USAGE, bar, out, say, show_json, stop

if TYPE_CHECKING:
    from sayso.ledger.evidence.proof import Proven
    from sayso.ledger.evidence.stamps import Stamp
    from sayso.ledger.evidence.standing import Standing
    from sayso.ledger.evidence.verify import Verified

_SHOWN = 100

Keys = Annotated[list[str] | None, typer.Option("--key", metavar="VKEY", help="The log's key, as its owner tells it.")]
Roots = Annotated[
    list[Path] | None, typer.Option("--roots", metavar="CA.pem", help="Certificates of time stamp authorities.")
]


def verify(
    proof: Annotated[Path | None, typer.Option(metavar="FILE", help="Check this proof, without a ledger.")] = None,
    capture: Annotated[
        Path | None, typer.Argument(metavar="CAPTURE", help="With --proof: what may be the capture.")
    ] = None,
    prove: Annotated[str | None, typer.Option("--prove", metavar="ID", help="Write the proof of an article.")] = None,
    every: Annotated[bool, typer.Option("--all", help="With --prove: of all versions, not the current one.")] = False,
    target: Annotated[str, typer.Option("--out", "-o", metavar="FILE", help="With --prove: where to.")] = "-",
    quick: Annotated[bool, typer.Option("--quick", help="Don't read the archive's bytes again.")] = False,
    spans: Annotated[bool, typer.Option("--spans", help="Make every text again from its capture.")] = False,
    renew: Annotated[
        bool,
        typer.Option(
            "--renew", help="First make the search index anew, and let go of what else is only kept to be faster."
        ),
    ] = False,
    since: Annotated[
        list[Path] | None,
        typer.Option(metavar="CHECKPOINT", help="A checkpoint from before, which the log must begin with."),
    ] = None,
    keys: Keys = None,
    roots: Roots = None,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check offline that nothing in the ledger was altered since it was captured, or prove one article."""
    from sayso import workspace

    if (proof is not None and prove is not None) or (capture is not None and proof is None):
        stop("give --proof FILE [CAPTURE], or --prove ID, or neither to check the whole ledger", USAGE)
    if renew and (proof or prove):
        stop("--renew goes with checking the whole ledger, not with a proof", USAGE)
    if proof is not None:
        _tell_proven(workspace.check_proof(proof, capture, keys or (), roots or ()), as_json)
    elif prove is not None:
        written = workspace.prove(workspace.open_ledger(ledger), prove, every)
        with out(target) as write:
            write(written.rstrip("\n"))
    else:
        with bar() as progress:
            book = workspace.open_ledger(ledger)
            if renew:
                workspace.renew(book)
                say(
                    "The search index was made anew; what else is only kept to be faster is made again when needed.",
                    err=True,
                )
            found = workspace.verify(book, keys or (), since or (), roots or (), quick, spans, progress)
        tell_verified(found, as_json, quick)


def log(
    checkpoint: Annotated[bool, typer.Option("--checkpoint", help="Print the newest checkpoint, signed.")] = False,
    witness: Annotated[
        bool, typer.Option("--witness", help="Print what a witness is sent (C2SP tlog-witness).")
    ] = False,
    old: Annotated[Path | None, typer.Option(metavar="CHECKPOINT", help="With --witness: what it knows.")] = None,
    stamp: Annotated[str | None, typer.Option(metavar="URL", help="Have it stamped by this authority.")] = None,
    stamp_request: Annotated[Path | None, typer.Option(metavar="FILE.tsq", help="Write a request for a stamp.")] = None,
    stamp_response: Annotated[Path | None, typer.Option(metavar="FILE.tsr", help="Keep an authority's answer.")] = None,
    roots: Roots = None,
    private: PrivateOption = False,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show the log of all that was captured, and have it witnessed or stamped from outside (RFC 3161)."""
    from sayso import workspace

    asked = [checkpoint, witness, stamp is not None, stamp_request is not None, stamp_response is not None]
    if sum(asked) > 1 or (old is not None and not witness):
        stop("give one of --checkpoint, --witness [--old], --stamp, --stamp-request, --stamp-response", USAGE)
    book = workspace.open_ledger(ledger)
    if checkpoint:
        say(workspace.log(book).checkpoint or stop("the log is empty"), nl=False)
    elif witness:
        say(workspace.witness(book, old), nl=False)
    elif stamp_request is not None:
        _write(stamp_request, workspace.stamp_request(book))
        say(f"{stamp_request}: send it to an authority, then give its answer by --stamp-response", err=True)
    elif stamp_response is not None:
        _tell_stamp(*workspace.put_stamp(book, _read(stamp_response), roots or ()))
    elif stamp is not None:
        with bar():
            found = workspace.stamp(book, stamp, roots or (), workspace.fetcher(private))
        _tell_stamp(*found)
    else:
        _tell_log(workspace.log(book), workspace.stamps(book), as_json)


def tell_verified(found: Verified, as_json: bool = False, quick: bool = False) -> None:
    """What was verified, for people or programs; ends with status 1 when anything was altered."""
    if as_json:
        show_json(asdict(found))
    else:
        name = found.origin or ("A log that cannot be read" if found.findings else "A log without entries")
        say(f"{name}: {found.size} entries, signed by {found.vkey or 'nobody'}")
        say(
            f"{_many(found.captures, 'capture')} in {_many(found.files, 'file')} ({found.bytes} bytes read again), "
            f"{_many(found.versions, 'version')}, {_many(found.checkpoints, 'checkpoint')}, {found.stamps} stamped"
        )
        for note in found.notes:
            say(f"Note: {note}")
        say(_verdict(found, quick))
    for finding in found.findings[:_SHOWN]:
        say(f"sayso: {finding}", err=True)
    if len(found.findings) > _SHOWN:
        say(f"sayso: and {len(found.findings) - _SHOWN} more; --json gives all", err=True)
    if found.findings:
        raise typer.Exit(FAILED)


def _verdict(found: Verified, quick: bool) -> str:
    if not found.findings:
        return "Nothing altered was found; the archive's bytes were not read." if quick else "Nothing was altered."
    count = _many(len(found.findings), "finding")
    return (
        f"{count}, named on standard error; what is not named is as it was logged. Keep this folder; go on with a copy."
    )


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'s' * (count != 1)}"


_HOW = {
    "given": "the key that you gave",
    "own": "your own key",
    "known": "the key that this machine knows the log by",
    "unknown": "a key that this machine does not know: compare it with what the log's owner tells, or give --key",
}


def _tell_proven(found: Proven, as_json: bool) -> None:
    if as_json:
        show_json(asdict(found))
        return
    say(f"Proven: these entries stand in the log {found.origin} of {found.size} entries, signed by")
    say(f"  {found.vkey}, {_HOW[found.known]}.")
    for entry, said in found.entries:
        say(f"  {entry}: {_entry(dict(said))}")
    if found.file:
        say(f"Proven: {found.file}.")
    if found.stamp:
        _tell_stamp(found.size, found.stamp)
    else:
        say("Not proven: when it was. The times are those of the machine that captured it, or of the file it came in.")
    say("Not proven: that the address gave these bytes to others, too, or that what they say is so.")


def _entry(said: dict[str, object]) -> str:
    if said["kind"] == "capture":
        url, name = str(said.get("url") or ""), str(said.get("name"))
        # What was fetched is named by its address; what lay in a file tells address and time itself.
        is_given = url and not name.startswith(("http://", "https://"))
        told = f", as {name.removesuffix(url).rstrip()} says" if is_given else ""
        return f"{url or name} captured at {said.get('captured')}{told}; body {said.get('digest')}"
    if said["kind"] == "repeat":
        return f"other bytes, {said.get('capture')}, gave the same version of {said.get('id')}"
    by = said.get("extractor") or "an older page reader"
    return f"{said.get('id')} read from {said.get('capture')} by {said.get('made_by')}, {by}"


def _tell_log(found: Standing, stamps: list[tuple[int, Stamp]], as_json: bool) -> None:
    if as_json:
        told = {**asdict(found), "stamped": [{"size": size, **asdict(stamp)} for size, stamp in stamps]}
        show_json(told)
        return
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(found.kinds.items()))
    say(f"{found.origin or 'No log yet'}: {found.size} entries ({kinds}), {found.checkpoints} checkpoints")
    say(f"Key: {found.vkey}")
    for size, stamp in stamps:
        _tell_stamp(size, stamp)
    say(f"\n{found.checkpoint}", nl=False)


def _tell_stamp(size: int, stamp: Stamp) -> None:
    how = "checked" if stamp.checked else "its certificate was not checked: give --roots"
    say(f"The first {size} entries were there at {stamp.at}, says {stamp.authority} ({how}).")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        stop(f"{path}: cannot be read: {(error.strerror or str(error)).lower()}")


def _write(path: Path, content: bytes) -> None:
    from sayso.interfaces.streams import whole

    with whole(str(path)) as file:
        file.write(content)
