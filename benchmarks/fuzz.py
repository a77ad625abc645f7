"""Hostile and fuzzed inputs: no traceback, no hang, no lost neighbour, little memory.

python benchmarks/fuzz.py [--inputs 10000] [--seed 1] [--jobs 2] [--tagger 0.05]

Seeds: the pages, feeds, WARCs, XML and naughty strings of ../shared/data, where they are, and the examples. Each input
is a mutated seed in a file of its kind; inputs of a container (WARC, JSONL, feed) stand between two sound neighbours,
which must come out. Readings are made by the rules, of the share `--tagger` by the tagger too.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import io
import json
import multiprocessing
import random
import resource
import statistics
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path

from mutations import mutated

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data"
LONGEST = 10.0
LARGEST = 1_000_000_000
SOUND = "The harbour master said on Monday that {n} boats had left the quay at Dal before the storm came in. " * 3
KINDS = {
    "page": ".html",
    "feed": ".xml",
    "warc": ".warc",
    "warc.gz": ".warc.gz",
    "text": ".txt",
    "jsonl": ".jsonl",
    "csv": ".csv",
    "mhtml": ".mhtml",
    "json feed": ".json",
    "pdf": ".pdf",
    "wacz": ".wacz",
    "opml": ".opml",
}
NEIGHBOURS = {"warc", "warc.gz", "jsonl"}


def seeds() -> dict[str, list[bytes]]:
    """Sound and hostile inputs by kind."""
    html = [path.read_bytes() for path in sorted((ROOT / "examples/articles").glob("*.html"))]
    html += [gzip.decompress(path.read_bytes()) for path in sorted((SHARED / "pages").glob("*.html.gz"))]
    texts = [path.read_bytes() for path in sorted((ROOT / "examples/articles").glob("*.txt"))]
    naughty = SHARED / "hostile/naughty_strings.json"
    texts += [one.encode() for one in json.loads(naughty.read_bytes()) if one] if naughty.exists() else []
    xml = [path.read_bytes() for path in sorted((SHARED / "hostile").glob("*/**/*.x*l")) if path.is_file()]
    xml += [path.read_bytes() for path in sorted((SHARED / "hostile/feeds").rglob("*")) if path.is_file()]
    warcs = [path.read_bytes() for path in sorted((SHARED / "hostile/warc").glob("*.arc*"))]
    plain = [path.read_bytes() for path in sorted((SHARED / "hostile/warc").glob("*.warc"))]
    packed = [path.read_bytes() for path in sorted((SHARED / "hostile/warc").glob("*.warc.gz*"))]
    rows = (ROOT / "examples/articles/feed.jsonl").read_bytes()
    return {
        "page": html,
        "feed": [feed(), *xml],
        "warc": [warc(False), *plain, *warcs],
        "warc.gz": [warc(True), *packed],
        "text": texts,
        "jsonl": rows.splitlines(),
        "csv": [csv(rows)],
        "mhtml": [mhtml(body) for body in html[:6]],
        "json feed": [json_feed()],
        "pdf": [pdf()],
        "wacz": [wacz()],
        "opml": [b'<opml version="2.0"><body><outline xmlUrl="https://dal.example/feed"/></body></opml>'],
    }


def feed() -> bytes:
    item = "<item><title>Boats {0}</title><link>https://dal.example/{0}</link><description>{1}</description></item>"
    items = "".join(item.format(n, SOUND.format(n=n)) for n in range(4))
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Dal Post</title>{items}</channel></rss>'.encode()


def json_feed() -> bytes:
    items = [{"id": str(n), "content_text": SOUND.format(n=n), "url": f"https://dal.example/{n}"} for n in range(3)]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Dal", "items": items}).encode()


def csv(rows: bytes) -> bytes:
    lines = [json.loads(line) for line in rows.splitlines()]
    quoted = ('"' + str(row["text"]).replace('"', '""') + '"' for row in lines)
    return ("id,title,text\n" + "".join(f"r{n},Title {n},{text}\n" for n, text in enumerate(quoted))).encode()


def mhtml(body: bytes) -> bytes:
    head = "From: <saved>\r\nSnapshot-Content-Location: https://dal.example/a\r\nSubject: a\r\nMIME-Version: 1.0\r\n"
    head += 'Content-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\n'
    return head.encode() + b"Content-Transfer-Encoding: 8bit\r\n\r\n" + body + b"\r\n--b--\r\n"


def pdf() -> bytes:
    text = " ".join(SOUND.format(n=7).split()[:60])
    stream = f"BT /F1 12 Tf 50 700 Td ({text}) Tj ET".encode()
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return body + tail % (table, len(body))


def record(n: int, gz: bool, body: bytes | None = None) -> bytes:
    """One sound WARC record of a page."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    page = body or f"<html><head><title>Boats {n}</title></head><body><p>{SOUND.format(n=n)}</p></body></html>".encode()
    http = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gz)
    made = writer.create_warc_record(f"https://dal.example/{n}", "response", io.BytesIO(page), http_headers=http)
    writer.write_record(made)
    return out.getvalue()


def warc(gz: bool) -> bytes:
    return b"".join(record(n, gz) for n in range(3))


def wacz() -> bytes:
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("archive/data.warc.gz", warc(True))
        packed.writestr("datapackage.json", '{"profile": "data-package", "resources": []}')
    return out.getvalue()


@dataclass
class Case:
    """One input: its kind, its bytes, and what must come out whatever the input is."""

    number: int
    kind: str
    body: bytes
    expected: tuple[str, ...] = ()
    tagger: bool = False


def case(number: int, seed: int, by_kind: dict[str, list[bytes]], share: float) -> Case:
    draw = random.Random(f"{seed} {number}")
    kinds = ["page"] * 4 + ["feed", "warc", "warc.gz"] * 2 + list(KINDS)
    kind = draw.choice([kind for kind in kinds if by_kind.get(kind)])
    everything = by_kind[draw.choice(list(by_kind))] or [b"x"]
    body = mutated(draw.choice(by_kind[kind]), draw, draw.choice(everything))
    expected: tuple[str, ...] = ()
    if kind in NEIGHBOURS and number % 2:
        body, expected = between(kind, body)
    return Case(number, kind, body, expected, draw.random() < share)


def between(kind: str, body: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The broken input between two sound neighbours, and what these say."""
    if kind == "jsonl":
        sound = [json.dumps({"id": f"n{n}", "text": SOUND.format(n=n)}).encode() for n in (901, 902)]
        return b"\n".join((sound[0], body.replace(b"\n", b" "), sound[1])), ("901 boats", "902 boats")
    gz = kind == "warc.gz"
    return record(901, gz) + body + record(902, gz), ("901 boats", "902 boats")


@dataclass
class Told:
    """What came of one input."""

    number: int
    seconds: float
    memory: int
    versions: int = 0
    errors: int = 0
    lost: int = 0
    trace: str = ""


def tried(one: Case, folder: Path) -> Told:
    """Reads one input as `sayso read` does, up to the reading."""
    from sayso.documents.read import captures
    from sayso.errors import InputError
    from sayso.extraction.annotate import readings
    from sayso.extraction.read import TAGGER

    path = folder / f"input{KINDS[one.kind]}"
    path.write_bytes(one.body)
    began, told = time.perf_counter(), Told(one.number, 0.0, 0)
    texts: list[str] = []
    try:
        for capture in captures(path):
            for item in readings(capture, TAGGER if one.tagger else None):
                if isinstance(item, InputError):
                    told.errors += 1
                    assert "\n" not in str(item), "an error is one sentence"
                    continue
                version, reading = item
                version.text.encode()
                spans = [s for a in reading.attributions for s in (*a.source, *a.cue, *a.content)]
                spans += [f.span for f in reading.figures] + [t.span for t in reading.times]
                assert all(0 <= s.start <= s.end <= len(version.text) for s in spans), "a span outside of the text"
                told.versions += 1
                texts.append(version.text)
    except Exception:  # noqa: BLE001 - what is looked for
        told.trace = traceback.format_exc()
    told.lost = sum(not any(words in text for text in texts) for words in one.expected)
    told.seconds = time.perf_counter() - began
    told.memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return told


def worker(pipe: Connection, seed: int, share: float) -> None:
    by_kind = seeds()
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(EOFError):
        while True:
            number = pipe.recv()
            pipe.send(tried(case(number, seed, by_kind, share), Path(folder)))


@dataclass
class Crew:
    """Workers of which one that hangs or dies is replaced, and its input noted."""

    seed: int
    share: float
    busy: dict[Connection, tuple[multiprocessing.Process, int, float]] = field(default_factory=dict)
    hung: list[int] = field(default_factory=list)
    died: list[int] = field(default_factory=list)

    def begin(self, number: int, free: tuple[Connection, multiprocessing.Process] | None = None) -> None:
        pipe, process = free or self._hired()
        pipe.send(number)
        self.busy[pipe] = (process, number, time.monotonic())

    def _hired(self) -> tuple[Connection, multiprocessing.Process]:
        ours, theirs = multiprocessing.Pipe()
        process = multiprocessing.Process(target=worker, args=(theirs, self.seed, self.share), daemon=True)
        process.start()
        theirs.close()
        return ours, process

    def finished(self) -> list[tuple[Told | None, tuple[Connection, multiprocessing.Process] | None]]:
        out: list[tuple[Told | None, tuple[Connection, multiprocessing.Process] | None]] = []
        for pipe in wait(list(self.busy), timeout=1.0):
            process, number, _ = self.busy.pop(pipe)  # type: ignore[index]
            try:
                out.append((pipe.recv(), (pipe, process)))  # type: ignore[union-attr]
            except EOFError:
                self.died.append(number)
                out.append((None, None))
        for pipe, (process, number, began) in list(self.busy.items()):
            if time.monotonic() - began > 3 * LONGEST:
                process.kill()
                del self.busy[pipe]
                self.hung.append(number)
                out.append((None, None))
        return out


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--tagger", type=float, default=0.05)
    parser.add_argument("--only", type=int, help="one input by its number, here, with its trace")
    asked = parser.parse_args()
    if asked.only is not None:
        with tempfile.TemporaryDirectory() as folder:
            one = case(asked.only, asked.seed, seeds(), asked.tagger)
            print(one.kind, len(one.body), tried(one, Path(folder)))
        return 0
    crew, told = Crew(asked.seed, asked.tagger), list[Told]()
    waiting = iter(range(asked.inputs))
    for number in (next(waiting) for _ in range(min(asked.jobs, asked.inputs))):
        crew.begin(number)
    while crew.busy:
        for result, free in crew.finished():
            if result:
                told.append(result)
            if (number := next(waiting, None)) is not None:
                crew.begin(number, free)
            if sys.stderr.isatty():
                print(f"\r{len(told)} of {asked.inputs}", end="", file=sys.stderr)
    return report(told, crew, asked)


def report(told: list[Told], crew: Crew, asked: argparse.Namespace) -> int:
    everything = seeds()
    by_kind = Counter(case(one.number, asked.seed, everything, asked.tagger).kind for one in told)
    bad = {
        "traceback": [one for one in told if one.trace],
        f"over {LONGEST:.0f} s": [one for one in told if one.seconds > LONGEST],
        "neighbour lost": [one for one in told if one.lost],
    }
    seconds, memory = sorted(one.seconds for one in told), max(one.memory for one in told)
    print(f"inputs {len(told)}: {', '.join(f'{kind} {count}' for kind, count in by_kind.most_common())}")
    print(f"articles read {sum(one.versions for one in told)}, errors told {sum(one.errors for one in told)}")
    print(f"seconds: median {statistics.median(seconds):.3f}, ", end="")
    print(
        f"p99 {seconds[int(0.99 * len(seconds))]:.2f}, most {seconds[-1]:.2f}; memory {memory / 1e6:.0f} MB a process"
    )
    print(", ".join(f"{name} {len(some)}" for name, some in bad.items()), end="")
    print(f", hung {len(crew.hung)}, died {len(crew.died)}")
    for name, some in bad.items():
        for one in some[:15]:
            print(f"  {name}: input {one.number} ({one.seconds:.1f} s) {''.join(one.trace.strip().splitlines()[-1:])}")
    print("".join(f"  hung or died: input {number}\n" for number in (*crew.hung, *crew.died)), end="")
    return bool(any(bad.values()) or crew.hung or crew.died or memory > LARGEST)


if __name__ == "__main__":
    sys.exit(main())
