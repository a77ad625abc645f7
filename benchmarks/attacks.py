"""Attacks: inputs made to take memory, time or neighbours; what came of each, and at which cost.

python benchmarks/attacks.py [--json] [--tagger] [NAME …]

Each is read as `sayso read` reads it, up to the reading, in a process of its own. `--tagger` reads the texts with the
tagger too, which takes some seconds each.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import io
import json
import os
import random
import re
import resource
import sys
import tempfile
import time
import traceback
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from fuzz import SOUND, feed, record

LONGEST, LARGEST = 10.0, 1_000_000_000
WARC = "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{n}>\r\nWARC-Date: 2026-01-02T03:04:05Z\r\n"
WARC += "WARC-Target-URI: https://dal.example/x\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: "
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
NEIGHBOURS = ("901 boats", "902 boats")
PAGE = b"<html><body><article><h1>Boats</h1><p>" + SOUND.format(n=5).encode() + b"</p></article>"
LD = b'<script type="application/ld+json">'


@dataclass(frozen=True, slots=True)
class Attack:
    """One input: its file's suffix, how its bytes are made, what must be said of it, and what must come out."""

    suffix: str
    body: Callable[[], bytes]
    said: str = ""
    """A pattern that an error must hold; "" where it may be read."""
    texts: tuple[str, ...] = ()


@dataclass
class Cost:
    """What one attack came to."""

    name: str
    seconds: float = 0.0
    """Of CPU."""
    memory: int = 0
    articles: int = 0
    errors: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    trace: str = ""


def held(length: int | str, http: bytes) -> bytes:
    """A plain WARC record between two sound ones."""
    return record(901, False) + (WARC + f"{length}\r\n\r\n").encode() + http + b"\r\n\r\n" + record(902, False)


def answer(fields: str, body: bytes) -> bytes:
    """An answer of HTTP in a plain WARC record between two sound ones."""
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{fields}\r\n".encode() + body
    return held(len(http), http)


def brotli_bomb() -> bytes:
    import brotli

    return bytes(brotli.compress(bytes(80_000_000), quality=1))


def packed(files: list[tuple[str, bytes]], method: int = zipfile.ZIP_STORED, times: int = 1) -> bytes:
    """A zip file; each file stands `times` times in its directory."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, body in files:
            made.writestr(name, body)
        made.filelist *= times
    return out.getvalue()


def lying_zip() -> bytes:
    """A stored file of which header and directory tell 4 GB."""
    body = packed([("archive/a.warc", record(1, False))])
    size = len(record(1, False)).to_bytes(4, "little")
    at = body.rindex(b"PK\x01\x02")
    return body[: at + 20] + b"\xf0\xff\xff\xff" * 2 + body[at + 28 :] if size in body else body


def rows(line: bytes) -> bytes:
    """A line of JSON between two sound ones."""
    sound = [json.dumps({"id": str(n), "text": SOUND.format(n=n)}).encode() for n in (901, 902)]
    return sound[0] + b"\n" + line + b"\n" + sound[1]


def table(cell: bytes) -> bytes:
    one, two = (f'{n},"{SOUND.format(n=n)}"\n'.encode() for n in (901, 902))
    return b"id,text\n" + one + b"x," + cell + b"\n" + two


def parquet(seed: int) -> bytes:
    """A Parquet file with changed bytes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    texts = [SOUND.format(n=n) for n in range(50)]
    pq.write_table(pa.table({"id": [str(n) for n in range(50)], "text": texts}), out)
    draw, body = random.Random(seed), bytearray(out.getvalue())
    for _ in range(20):
        body[draw.randrange(4, len(body))] = draw.randrange(256)
    return bytes(body)


def pdf_bomb() -> bytes:
    stream = zlib.compress(zlib.compress(b"q " * 60_000_000, 9), 9)
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>",
        b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(parts, 1))
    return body + b"trailer\n<< /Size 5 /Root 1 0 R >>\n%%EOF\n"


def mhtml(parts: int) -> bytes:
    head = b'From: <saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
    return head + b"--b\r\nContent-Type: image/png\r\n\r\nx\r\n" * parts + b"--b--\r\n"


def rss(doctype: str, inside: str) -> bytes:
    return f'<?xml version="1.0"?><!DOCTYPE rss [{doctype}]>'.encode() + feed().partition(b"?>")[2].replace(
        b"Dal Post", inside.encode()
    )


@functools.cache
def texts() -> dict[str, str]:
    """Texts without words or without end, of half a million characters at most."""
    draw = random.Random(1)
    half = 500_000
    return {
        "digits": "9" * half,
        "letters without a space": "".join(draw.choices("abcdefghijklmnopqrstuvwxyz", k=half)),
        "«": "«" * half,
        "«»": "«»" * (half // 2),
        '"': '"' * half,
        "line ends": "a" + "\n" * (half - 2) + "b",
        "10,000 quotations in one another": "“" * 10_000 + "he said yes" + "”" * 10_000,
        "marks on one letter": "ب" + "\u064e\u0651" * (half // 2 - 1),
        "numbers of 100,000 digits": " ".join(["9" * 99_999] * 5),
        "one number of many groups": "1" + ",999" * (half // 4 - 1),
        "cue words alone": "said " * (half // 5),
        "names alone": "Aaa Bbb " * (half // 8),
        "quotations alone": "“Yes,” he said. " * (half // 16),
        "dates alone": "1 May 2024 " * (half // 11),
        "joiners": "\u200d\u200c" * (half // 2),
        "ligatures": "ﷺ" * half,
        "angles": "<" * half,
    }


ATTACKS: dict[str, Attack] = {
    "gzip bomb": Attack(".html.gz", lambda: gzip.compress(bytes(150_000_000)), "larger than|unpacks|times"),
    "gzip in gzip": Attack(".html.gz", lambda: gzip.compress(gzip.compress(bytes(150_000_000))), "."),
    "gzip bomb as a WARC record": Attack(
        ".warc.gz",
        lambda: record(901, True) + gzip.compress(b"WARC/1.1\r\n" + bytes(150_000_000)) + record(902, True),
        "unpacks to more",
        NEIGHBOURS,
    ),
    "gzip bomb in HTTP": Attack(
        ".warc",
        lambda: answer("Content-Encoding: gzip\r\n", gzip.compress(bytes(80_000_000))),
        "unpacks to more",
        NEIGHBOURS,
    ),
    "gzip nine times in HTTP": Attack(
        ".warc",
        lambda: answer(
            "Content-Encoding: " + ", ".join(["gzip"] * 2_000) + "\r\n",
            functools.reduce(lambda body, _: gzip.compress(body), range(9), bytes(30_000_000)),
        ),
        ".",
        NEIGHBOURS,
    ),
    "brotli bomb in HTTP": Attack(
        ".warc", lambda: answer("Content-Encoding: br\r\n", brotli_bomb()), "unpacks to more", NEIGHBOURS
    ),
    "HTTP header of 10 MB": Attack(".warc", lambda: answer("X: y\r\n" * 1_700_000, PAGE), "HTTP header", NEIGHBOURS),
    "one HTTP field of 10 MB, folded": Attack(
        ".warc", lambda: answer("X: y\r\n" + " y\r\n" * 2_500_000, PAGE), "HTTP header", NEIGHBOURS
    ),
    "chunk of 16 exabytes": Attack(
        ".warc",
        lambda: answer("Transfer-Encoding: chunked\r\n", b"5\r\n<html\r\nFFFFFFFFFFFFFFFF\r\nx\r\n"),
        "breaks off|chunk",
        NEIGHBOURS,
    ),
    "a million empty chunks' headers": Attack(
        ".warc",
        lambda: answer("Transfer-Encoding: chunked\r\n", b"1\r\nx\r\n" * 1_000_000),
        "",
        NEIGHBOURS,
    ),
    **{
        f"WARC length {length[:20]}": Attack(".warc", functools.partial(held, length, PAGE), ".", NEIGHBOURS)
        for length in ("-1", "0", "7", "999999999999999999", "9" * 4_000, "0x10", "")
    },
    "WARC header of 10 MB": Attack(".warc", lambda: held(f"5\r\nX: {'y' * 10_000_000}", b"abcde"), ".", NEIGHBOURS),
    "a million versions of WARC": Attack(
        ".warc", lambda: record(901, False) + b"WARC/1.0\r\nA" * 1_000_000 + record(902, False), ".", NEIGHBOURS
    ),
    "zip of overlapping files": Attack(
        ".wacz", lambda: packed([("archive/a.warc", record(1, False) * 2_000)], times=20_000), "overlap|no WACZ"
    ),
    "zip in zip": Attack(".wacz", lambda: packed([("archive/a.warc", packed([("b", bytes(9_000_000))]))]), "no record"),
    "zip that tells 4 GB": Attack(".wacz", lying_zip, "."),
    "zip bomb": Attack(
        ".wacz", lambda: packed([("archive/a.warc", bytes(150_000_000))], zipfile.ZIP_DEFLATED), "times its size"
    ),
    "XML entities in a feed": Attack(".xml", lambda: rss(f'<!ENTITY e0 "boats">{ENTITIES}', "&e11;"), "entit"),
    "one long XML entity": Attack(
        ".xml", lambda: rss(f'<!ENTITY e "{"a" * 90_000}">', "&e;" * 90_000), "entit|XML that is no feed"
    ),
    "XML entity of a file": Attack(".xml", lambda: rss('<!ENTITY e SYSTEM "file:///etc/passwd">', "&e;"), "entit"),
    "feed of deep elements": Attack(".xml", lambda: b"<rss version='2.0'><channel>" + b"<item>" * 300_000, "."),
    "feed of 500,000 entries": Attack(
        ".xml", lambda: b"<rss version='2.0'><channel>" + b"<item></item>" * 500_000 + b"</channel></rss>", "."
    ),
    "OPML with entities": Attack(
        ".opml", lambda: f'<!DOCTYPE opml [<!ENTITY e0 "a">{ENTITIES}]><opml>&e11;</opml>'.encode(), "."
    ),
    "MHTML of 100,000 parts": Attack(".mhtml", lambda: mhtml(100_000), "."),
    "CSV cell of 100 MB": Attack(".csv", lambda: table(b"a" * 100_000_000), "characters", NEIGHBOURS),
    "CSV row of a million columns": Attack(".csv", lambda: table(b"a" + b"," * 1_000_000), "", NEIGHBOURS),
    "JSON nested 100,000 deep": Attack(".json", lambda: b"[" * 100_000, "nested"),
    "JSONL nested 100,000 deep": Attack(".jsonl", lambda: rows(b'{"id":' + b"[" * 100_000), "nested", NEIGHBOURS),
    "JSON number of a million digits": Attack(
        ".jsonl", lambda: rows(b'{"id": ' + b"9" * 1_000_000 + b', "text": "x"}'), ".", NEIGHBOURS
    ),
    "JSONL line of 60 MB": Attack(
        ".jsonl", lambda: rows(b'{"id": "x", "text": "' + b"a" * 60_000_000 + b'"}'), ".", NEIGHBOURS
    ),
    "HTML with a million attributes": Attack(
        ".html", lambda: PAGE + b"<p " + b"".join(b"a%d=1 " % n for n in range(1_000_000)) + b">", "attributes|MB"
    ),
    "HTML nested 100,000 deep": Attack(".html", lambda: PAGE + b"<div>" * 100_000, "deep"),
    'HTML of 10 MB of "<"': Attack(".html", lambda: PAGE + b"<" * 9_900_000),
    "HTML of 10 MB of spaces": Attack(".html", lambda: PAGE + b"<p>" + b" " * 9_900_000),
    "JSON-LD nested 100,000 deep": Attack(".html", lambda: PAGE + LD + b"[" * 100_000 + b"</script>"),
    "JSON-LD of 8 MB": Attack(
        ".html", lambda: PAGE + LD + b"[" + b'{"@type":"NewsArticle","author":"a"},' * 220_000 + b"1]</script>"
    ),
    "PDF bomb": Attack(".pdf", pdf_bomb, "PDF"),
    **{f"broken Parquet {n}": Attack(".parquet", functools.partial(parquet, n)) for n in range(5)},
    **{
        f"text of {name}": Attack(".txt", functools.partial(lambda name: texts()[name].encode(), name))
        for name in texts()
    },
    "text of 50 MB": Attack(".txt", lambda: b"The bridge is open. " * 2_400_000, "characters"),
}


def cost(name: str, tagger: bool) -> Cost:
    """Reads one attack here."""
    from sayso.documents.read import captures
    from sayso.errors import InputError
    from sayso.extraction.annotate import readings
    from sayso.extraction.read import TAGGER

    attack, told = ATTACKS[name], Cost(name)
    found: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"input{attack.suffix}")
        path.write_bytes(attack.body())
        began = _seconds()
        try:
            for capture in captures(path):
                for item in readings(capture, TAGGER if tagger else None):
                    if isinstance(item, InputError):
                        told.errors = [*told.errors[:20], str(item)[len(folder) :][:300]]
                    else:
                        found.append(item[0].text[:1_000])
        except Exception:  # noqa: BLE001 - what is looked for
            told.trace = traceback.format_exc()
        told.seconds = _seconds() - began
    told.articles, told.lost = len(found), [one for one in attack.texts if not any(one in text for text in found)]
    return told


def _seconds() -> float:
    """CPU seconds of this process and of those that it waited for, so that a busy machine changes nothing."""
    waited = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + waited.ru_utime + waited.ru_stime


def apart(name: str, tagger: bool) -> Cost:
    """Reads one attack in a process of its own, whose making of the input counts in its memory."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.close(read)
        with os.fdopen(write, "w") as pipe:
            pipe.write(json.dumps(asdict(cost(name, tagger))))
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        told = pipe.read()
    _, status, used = os.wait4(child, 0)
    found = Cost(**json.loads(told)) if told else Cost(name, trace=f"the process ended with status {status}")
    found.memory = used.ru_maxrss * 1024
    return found


def wrong(one: Cost) -> list[str]:
    """What is against how an attack ended."""
    said = ATTACKS[one.name].said
    faults = [one.trace.strip().splitlines()[-1]] if one.trace else []
    faults += [f"took {one.seconds:.1f} s"] if one.seconds > LONGEST else []
    faults += [f"took {one.memory / 1e6:.0f} MB"] if one.memory > LARGEST else []
    faults += [f"lost {lost!r}" for lost in one.lost]
    if said and not any(re.search(said, error) for error in one.errors):
        faults.append(f"no error holds {said!r}: {one.errors[:2]}")
    return faults + [f"more than one line: {error[:80]!r}" for error in one.errors if "\n" in error]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--tagger", action="store_true")
    asked = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (16_000_000_000, 16_000_000_000))
    import sayso.documents.feeds.entries, sayso.documents.pages.page, sayso.documents.warcs.warc  # noqa: E401, I001  # once for all
    import sayso.extraction.annotate  # noqa: F401  # once for all

    from sayso.extraction.read import TAGGER, read

    read("Ann Lee, the minister, said on Monday that 5 boats had left.", "en", tagger=TAGGER if asked.tagger else None)
    faults = 0
    for name in asked.names or ATTACKS:
        if asked.tagger and not name.startswith("text of"):
            continue
        one = apart(name, asked.tagger)
        faults += bool(wrong(one))
        if asked.json:
            print(json.dumps({**asdict(one), "wrong": wrong(one)}), flush=True)
            continue
        print(f"{name:34} {one.seconds:6.2f} s {one.memory / 1e6:5.0f} MB  articles {one.articles}", end="  ")
        print((wrong(one) or one.errors[:1] or [""])[0][:150], flush=True)
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
