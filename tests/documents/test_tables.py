from __future__ import annotations

import csv
import io
import json
import random
import sys
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.documents.nouns import Capture, Version
from sayso.documents.rows import row
from sayso.documents.tables import table as tables
from sayso.documents.tables.columns import renamed
from sayso.documents.tables.table import captures_of
from sayso.errors import InputError

TEXT = "The bridge is open."


def out(body: str | bytes, **columns: str) -> list[tuple[str, Any]]:
    """Name and row, or name and reason, of all that a table gives."""
    data = body.encode() if isinstance(body, str) else body
    found = []
    for one in captures_of(io.BytesIO(data), "t.csv", columns):
        if isinstance(one, InputError):
            assert "\n" not in str(one)
            found.append((one.name, one.reason))
        else:
            assert one.media_type == "application/json"
            found.append((one.name, json.loads(one.body)))
    return found


def rows(body: str | bytes, **columns: str) -> list[Any]:
    return [value for _, value in out(body, **columns)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1251"])
def test_delimiters_and_encodings(delimiter: str, encoding: str):
    lines = [
        ("Headline", "Body", "Date", "Source"),
        ("Мост", "Мост через реку открыт; так сказал министр.", "5 Feb 2024 10:00 +0300", "Заря"),
        ("Тоннель", "Тоннель тоже открыт, сказал мэр города.", "2024-02-06", "Заря"),
    ]
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows(lines)
    assert out(file.getvalue().encode(encoding)) == [
        ("t.csv:2", {"title": "Мост", "text": lines[1][1], "published": "2024-02-05T10:00:00+03:00", "outlet": "Заря"}),
        ("t.csv:3", {"title": "Тоннель", "text": lines[2][1], "published": "2024-02-06", "outlet": "Заря"}),
    ]


def test_rows_are_named_by_their_first_line():
    body = 'text,desk\r\n"one\r\ntwo\r\n\r\nthree",a\r\n\r\nfour,\r\n'
    assert out(body) == [("t.csv:2", {"text": "one\r\ntwo\r\n\r\nthree", "desk": "a"}), ("t.csv:7", {"text": "four"})]


@pytest.mark.parametrize(
    ("line", "place", "reason"),
    [
        ('"a "quoted" word",b', 3, "has a quotation mark inside a quoted value; in CSV it must be doubled"),
        ('"never closed,b', 3, "opens a quotation mark that is not closed"),
        ("a,b,c", 3, "has 3 values where the first line names 2 columns"),
        ("a", 3, "has 1 values where the first line names 2 columns"),
        ('"' + "long " * 500_000 + '",b', 3, "opens a quotation mark that is not closed"),
    ],
)
def test_a_broken_row_costs_itself_alone(line: str, place: int, reason: str):
    assert out(f"text,desk\nfirst,x\n{line}\nlast,y\n") == [
        ("t.csv:2", {"text": "first", "desk": "x"}),
        (f"t.csv:{place}", reason),
        ("t.csv:4", {"text": "last", "desk": "y"}),
    ]


@pytest.mark.parametrize(
    ("body", "columns", "reason"),
    [
        (
            "name,note\na,b\n",
            {},
            "has no column called text, body, content, article, maintext: its columns are “name”, ",
        ),
        ("name,note\na,b\n", {"text": "words"}, "has no column “words” for text: its columns are “name”, “note”"),
        ("text,note\n", {}, "is a table without rows that can be read"),
        ("", {}, "is empty"),
        (b"%PDF-1.4 text,b\n", {}, "is a PDF file"),
        ("a," * 10_001 + "\n", {}, "is no table of articles: its first line has 10,002 columns"),
        (b"PAR1 and no more", {}, "is broken Parquet from its beginning"),
    ],
)
def test_what_is_refused(body: str | bytes, columns: dict[str, str], reason: str):
    ((name, told),) = out(body, **columns)
    assert name == "t.csv"
    assert told.startswith(reason)


@pytest.mark.parametrize(
    ("given", "columns", "expected"),
    [
        ({"BODY": TEXT, " Headline ": "T"}, {}, {"text": TEXT, "title": "T"}),
        ({"content": "c", "body": "b"}, {}, {"text": "b", "content": "c"}),
        ({"text": "t", "words": "w"}, {"text": "words"}, {"text": "w", "text_column": "t"}),
        ({"body": "b", "content": "c"}, {"title": "body"}, {"title": "b", "text": "c"}),
        ({"body": "b", "rubric": "r"}, {"desk": "rubric"}, {"text": "b", "desk": "r"}),
        ({"body": "b", "source": {"id": None, "name": "Dawn"}}, {}, {"text": "b", "outlet": "Dawn"}),
        ({"body": "b", "authors": ["Ana", "Bo"]}, {}, {"text": "b", "author": "Ana; Bo"}),
        ({"body": "b", "date": "13 o'clock"}, {}, {"text": "b", "published": "13 o'clock"}),
        ({"body": "b", "guid": 7, "lang": None, "n": float("nan")}, {}, {"text": "b", "id": "7"}),
        ({"url": "u"}, {"text": "gone"}, {"url": "u"}),
    ],
)
def test_renamed(given: dict[str, Any], columns: dict[str, str], expected: dict[str, Any]):
    assert renamed(given, columns) == expected


def test_rows_become_versions(tmp_path: Path):
    file = tmp_path / "t.csv"
    file.write_text(f"sep=;\nbody;link;byline;desk\n{TEXT};https://post.example/a;Ana;north\n", encoding="utf-8")
    (capture,) = captures_of(file, str(file), {})
    assert isinstance(capture, Capture)
    (version,) = row(capture)
    assert isinstance(version, Version)
    assert (version.text, version.url, version.author) == (TEXT, "https://post.example/a", "Ana")
    assert version.extra == {"desk": "north"}


def test_a_missing_file_is_told(tmp_path: Path):
    (error,) = captures_of(tmp_path / "none.csv", "none.csv", {})
    assert str(error).endswith("none.csv: there is no such file")


def test_a_large_table_is_read_in_pieces_as_utf_8(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tables, "LARGEST", 1000)
    body = "text,n\n" + "".join(f"Zürich {n},{n}\n" for n in range(200))
    assert len(rows(body)) == 200
    told = rows(body.encode("latin-1"))[-1]
    assert told == f"is not UTF-8, as a table of more than {tables.MEGABYTES} MB must be: convert it"


CELL = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc"]) | st.sampled_from('",;\t|\n مرحبا שלום e\u0301🇫🇷👨‍👩‍👧'),
    max_size=40,
)


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=8), st.sampled_from(",;\t|"))
def test_any_csv_comes_back(cells: list[tuple[str, str]], delimiter: str):
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([("text", "desk"), *((f"x{first}", f"y{second}") for first, second in cells)])
    assert rows(file.getvalue()) == [{"text": f"x{first}", "desk": f"y{second}"} for first, second in cells]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(body: bytes):
    assert out(b"text,desk\nfirst,x\n" + body)


def table(**columns: list[Any]) -> bytes:
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    file = io.BytesIO()
    parquet.write_table(arrow.table(columns), file)
    return file.getvalue()


def test_parquet():
    many = 150
    body = table(
        maintext=[f"{TEXT} {n}" for n in range(many)],
        date=[datetime(2024, 2, 5, 10)] * many,
        authors=[["Ana", "Bo"]] * many,
        price=[Decimal("1.50")] * many,
        raw=[b"\xff"] * many,
        none=[None] * many,
    )
    found = out(body)
    assert [name for name, _ in found] == [f"t.csv#{n}" for n in range(1, many + 1)]
    expected = {"text": f"{TEXT} 149", "published": "2024-02-05T10:00:00", "author": "Ana; Bo"}
    assert found[-1][1] == {**expected, "price": "1.50", "raw": "\ufffd"}


def test_parquet_with_moments_of_nanoseconds():
    arrow = pytest.importorskip("pyarrow")
    moments = arrow.array([1_707_127_200_123_456_789], arrow.timestamp("ns"))
    assert rows(table(text=[TEXT], date=moments)) == [{"text": TEXT, "published": "2024-02-05T10:00:00.123456"}]


def test_parquet_without_pyarrow(monkeypatch: pytest.MonkeyPatch):
    body = table(text=[TEXT])
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert rows(body) == ["is Parquet, which needs pyarrow: pip install 'sayso[parquet]'"]


def test_damaged_parquet_is_read_or_refused():
    whole, chance = (
        table(text=[f"{TEXT} {n}" for n in range(40)], url=[f"https://post.example/{n}" for n in range(40)]),
        random.Random(1),
    )
    for _ in range(300):
        body = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            body[chance.randrange(4, len(body))] = chance.randrange(256)
        assert out(bytes(body))
