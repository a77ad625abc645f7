"""Pages a minute from a web archive into a fresh ledger, by the rules alone; what takes the time; and peers.

python benchmarks/ways_in.py [SHARED [TIMES]]: the 80 pages of SHARED/data/pages, TIMES (10) times over, each under an
address of its own and with a line of its own, in one WARC file with a gzip member a record, as crawlers write them.
"""

from __future__ import annotations

import gzip
import io
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

JOBS = 2


def build(pages: Path, times: int, target: Path) -> int:
    """Write the WARC file; how many pages are in it."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    count = 0
    with target.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for turn in range(times):
            for file in sorted(pages.glob("*.html.gz")):
                body = gzip.decompress(file.read_bytes()) + f"<!-- copy {turn} -->".encode()
                head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
                # Another host than the page's own, so that no copy is taken for a version of another.
                address = f"https://copy{turn}.example/{file.name.removesuffix('.html.gz')}"
                writer.write_record(writer.create_warc_record(address, "response", io.BytesIO(body), http_headers=head))
                count += 1
    return count


def end_to_end(archive: Path, jobs: int) -> tuple[float, float, str]:
    """Wall seconds and, of one process alone, CPU seconds of `sayso read` into a fresh ledger; and its last words."""
    with tempfile.TemporaryDirectory() as folder:
        words = [
            sys.executable,
            "-m",
            "sayso",
            "read",
            str(archive),
            "--ledger",
            folder,
            "--rules",
            "--jobs",
            str(jobs),
        ]
        before, began = _of_children(), time.perf_counter()
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        took = time.perf_counter() - began
        return took, _of_children() - before, (done.stdout.strip() or done.stderr.strip()).splitlines()[-1]


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def stages(archive: Path, whole: float) -> Iterator[tuple[str, float]]:
    """CPU seconds of each stage, one after another in this process; the ledger's are what `whole` has beside them."""
    from sayso.documents.nouns import Capture, Version
    from sayso.documents.read import captures, versions
    from sayso.extraction.annotate import reading, settled

    began = time.process_time()
    held = [one for one in captures(archive) if isinstance(one, Capture)]
    yield "captures of the archive", (took := time.process_time() - began)
    rest = whole - took
    began = time.process_time()
    read = [one for capture in held for one in versions(capture) if isinstance(one, Version)]
    yield "pages to texts", (took := time.process_time() - began)
    rest -= took
    began = time.process_time()
    known = [settled(version) for version in read]
    yield "language, day and outlet", (took := time.process_time() - began)
    rest -= took
    began = time.process_time()
    for version in known:
        reading(version, None)
    yield "readings by the rules", (took := time.process_time() - began)
    yield "ledger, archive, log, start-up", rest - took


def peers(archive: Path) -> Iterator[tuple[str, float]]:
    """CPU seconds of warcio going through the archive, and of trafilatura on what it finds."""
    from trafilatura import bare_extraction
    from warcio.archiveiterator import ArchiveIterator

    began = time.process_time()
    with archive.open("rb") as file:
        bodies = [one.content_stream().read() for one in ArchiveIterator(file) if one.rec_type == "response"]
    yield "warcio alone (no digests checked)", time.process_time() - began
    began = time.process_time()
    for body in bodies:
        bare_extraction(body, with_metadata=True)
    yield "trafilatura alone (text and metadata)", time.process_time() - began


def main(shared: Path, times: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "pages.warc.gz"
        count = build(shared / "data" / "pages", times, archive)
        print(f"{count} pages, {archive.stat().st_size / 1e6:.0f} MB of gzip")
        took, _, said = end_to_end(archive, JOBS)
        print(f"sayso read --rules --jobs {JOBS}: {took:.1f} s; {said}")
        load = f"a load of {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
        print(f"  {count / took * 60:,.0f} pages a minute, at {load}")
        took, used, _ = end_to_end(archive, 1)
        each = count / used * 60
        print(f"in one process: {took:.1f} s, {used:.1f} CPU-s: {each:,.0f} pages a CPU-minute, {each * 2:,.0f} of two")
        for name, seconds in stages(archive, used):
            print(f"  {name:34s} {seconds:6.1f} CPU-s {seconds / used:6.0%}")
        for name, seconds in peers(archive):
            print(f"{name:38s} {seconds:6.1f} CPU-s, {count / seconds * 60:,.0f} pages a CPU-minute")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared"), int(sys.argv[2]) if len(sys.argv) > 2 else 10)
