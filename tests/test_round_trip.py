"""What one ledger exports, another reads: the same articles, at the same addresses, from the same bytes."""

from __future__ import annotations

import io
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from sayso import workspace

PAGE = (
    "<html><head><title>Bridge at Dal opens</title></head><body><article><h1>Bridge at Dal opens</h1>"
    "<p>The bridge at Dal will open in May, harbour master Mira Holt said on Monday. “It is safe,” she said.</p>"
    "<p>Some 200 people watched as the last of 14 cables was drawn tight over the river, two years late.</p>"
    "</article></body></html>"
)
URLS = ("https://post.example/news/bridge-at-dal-opens-1", "https://mirror.example/news/bridge-at-dal-opens-1")


def archive(path: Path) -> Path:
    """The same page at two addresses, as a crawler writes them."""
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for url in URLS:
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(url, "response", io.BytesIO(PAGE.encode()), http_headers=head)
            )
    return path


def told(ledger) -> list[tuple[str | None, ...]]:
    with ledger.view() as view:
        return sorted((one.id, one.url, one.digest, one.text) for one in view.versions())


def test_articles_come_back_from_a_wacz(tmp_path):
    books = [workspace.open_ledger(tmp_path / name) for name in "abc"]
    source = archive(tmp_path / "crawl.warc.gz")
    for place, book in enumerate(books):
        report = workspace.read([source], book, tagger=False)
        assert (len(report.new), report.known, report.failures, report.passed) == (2, (), (), {})
        source = tmp_path / f"{place}.wacz"
        with source.open("wb") as out:
            workspace.wacz(book, out)
    assert told(books[0]) == told(books[1]) == told(books[2])
    assert {url for _, url, *_ in told(books[2])} == set(URLS)
