from __future__ import annotations

import random
import time
import zlib
from collections.abc import Sequence

import pytest

from sayso.documents.nouns import Capture, Version
from sayso.documents.pdf import version_of
from sayso.errors import InputError

FIRST = [
    "The minister said that the bridge would open in May, and that no toll",
    "would be asked until the end of the year, whatever the opposi-",
    "tion demanded.",
]
SECOND = [
    "The mayor of Northport told reporters on Monday that the delays were",
    "over, and that a well-",
    "known builder, whose well known name she kept to herself, had built it.",
]
JOINED = [
    f"{FIRST[0]} would be asked until the end of the year, whatever the opposition demanded.",
    f"{SECOND[0]} over, and that a well-known builder, whose well known name she kept to herself, had built it.",
]
OPPOSED = "The opposition left the hall, as well it might."


def file(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A PDF file of numbered objects, the first of which is the catalogue."""
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size, at = len(objects) + 1, len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, table)
    return out + b"trailer\n<</Size %d/Root 1 0 R%b>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, at)


def stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (more, len(data), data)


def pdf(pages: Sequence[bytes], info: bytes = b"<<>>", more: bytes = b"") -> bytes:
    """A PDF file of pages, each with its drawing instructions."""
    kids = b" ".join(b"%d 0 R" % (5 + 2 * at) for at in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, len(pages)),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        info,
    ]
    for at, page in enumerate(pages):
        fonts = b"/Resources<</Font<</F 3 0 R>>%b>>" % more
        objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]%b/Contents %d 0 R>>" % (fonts, 6 + 2 * at))
        objects.append(stream(zlib.compress(page), b"/Filter/FlateDecode"))
    return file(objects, b"/Info 4 0 R")


def shown(lines: Sequence[tuple[int, int, str]], size: int = 12) -> bytes:
    """Instructions that show lines at their places (x, y)."""
    parts = []
    for x, y, text in lines:
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("cp1252")
        parts.append(b"BT /F %d Tf %d %d Td (%b) Tj ET" % (size, x, y, escaped))
    return b"\n".join(parts)


def paragraphs(*blocks: Sequence[str], top: int = 700, gap: int = 26) -> bytes:
    lines, y = [], top
    for block in blocks:
        for text in block:
            lines.append((72, y, text))
            y -= 14
        y -= gap - 14
    return shown(lines)


def read(body: bytes) -> Version:
    return version_of(Capture("a.pdf", body, "application/pdf", "2024-02-07T00:00:00+00:00"))


def test_lines_become_paragraphs_and_cut_words_whole():
    version = read(pdf([paragraphs(FIRST, SECOND, [OPPOSED])]))
    assert version.text.split("\n\n") == [*JOINED, OPPOSED]
    assert version.published is None


def test_paragraphs_told_by_indents_alone():
    page = [(72, 700, FIRST[0]), (72, 686, "would be free."), (90, 672, SECOND[0]), (72, 658, "over at last.")]
    text = read(pdf([shown(page)])).text
    assert text.split("\n\n") == [f"{FIRST[0]} would be free.", f"{SECOND[0]} over at last."]


def test_a_headline_is_the_title():
    page = shown([(72, 740, "Bridge opens at last")], 20) + b"\n" + paragraphs(FIRST, [OPPOSED])
    version = read(pdf([page]))
    assert version.title == "Bridge opens at last"
    assert version.text.split("\n\n") == ["Bridge opens at last", JOINED[0], OPPOSED]


def test_running_heads_go_and_paragraphs_run_over_pages():
    words = [
        "On the first day the minister said that",
        "the bridge would open in",
        "May and that no toll at all",
        "was due",
    ]
    pages = [
        shown([(72, 760, f"The Harbour Post, page {n} of 4"), (72, 700, text), (300, 30, f"- {n} -")])
        for n, text in enumerate(words, 1)
    ]
    assert read(pdf(pages)).text == " ".join(words)


def test_heads_of_two_pages_are_no_plain_repetition():
    pages = [shown([(72, 760, "A word from the board.")]) + b"\n" + paragraphs(FIRST, [OPPOSED])] * 2
    assert read(pdf(pages)).text.count("A word from the board.") == 2


@pytest.mark.parametrize(
    ("info", "title", "author", "published"),
    [
        (
            b"<</Title(A bridge to the north)/Author(Ana Bek)/CreationDate(D:20240205100000+03'00')>>",
            "A bridge to the north",
            "Ana Bek",
            "2024-02-05T10:00:00+03:00",
        ),
        (b"<</Title<FEFF041C043E0441044200200432>/CreationDate(D:20240205)>>", "Мост в", None, "2024-02-05"),
        (b"<</Title(bridge final.docx)/Author(abek)/CreationDate(D:20300101000000Z)>>", None, None, None),
        (
            b"<</Title(C:\\\\texts\\\\a b)/Author(http://post.example/a b)/CreationDate(D:19700101000000Z)>>",
            None,
            None,
            None,
        ),
        (b"<</Title(bridge)/CreationDate(D:20241399)>>", None, None, None),
    ],
)
def test_metadata_that_can_be_believed(info: bytes, title: str | None, author: str | None, published: str | None):
    version = read(pdf([paragraphs(FIRST, [OPPOSED])], info))
    assert (version.title, version.author, version.published) == (title, author, published)
    assert version.published_from == ("metadata" if published else None)


ARABIC = b"""/CIDInit/ProcSet findresource begin 12 dict begin begincmap /CMapName/X def
1 begincodespacerange <00> <FF> endcodespacerange
1 beginbfrange <41> <5A> <0627> endbfrange endcmap end end"""


def arabic(content: bytes) -> bytes:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>",
        stream(content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
        stream(ARABIC),
    ]
    return file(objects)


def test_right_to_left_text_in_its_order():
    # What stands from right to left on the page is the alphabet: each letter left of the one before it.
    letters = "".join(chr(65 + at % 26) for at in range(30))
    page = "\n".join(f"BT /F 12 Tf 72 {700 - 14 * row} Td ({letters[::-1]}) Tj ET" for row in range(4))
    text = read(arabic(page.encode())).text
    assert text.split()[0] == "".join(chr(0x627 + at % 26) for at in range(30))


def test_right_to_left_text_out_of_its_order_is_refused():
    placed = "\n".join(
        f"BT /F 12 Tf {72 + 12 * at} {700 - 14 * row} Td ({chr(65 + at)}) Tj ET" for row in range(6) for at in range(16)
    )
    marked = f"/Span <</ActualText<FEFF{'0627062806290630' * 8}>>> BDC {placed} EMC"
    with pytest.raises(InputError, match="right-to-left text out of its order"):
        read(arabic(marked.encode()))


def bomb(data: bytes, times: int) -> bytes:
    for _ in range(times):
        data = zlib.compress(data, 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        stream(data, b"/Filter[%b]" % (b"/FlateDecode" * times)),
    ]
    return file(objects)


LOCKED = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%b>/U<%b>>>/ID[<00><00>]" % (b"11" * 32, b"22" * 32)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "is a broken PDF file"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 10, "is a broken PDF file"),
        (file([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"], LOCKED), "asks for a password"),
        (pdf([b"0 0 100 100 re f"]), "is a PDF file without text, such as pictures of pages: use OCR first"),
        (pdf([b""] * 501), "has 501 pages; PDF files of up to 500 pages are read"),
        (b"%PDF-" + b" " * 50_000_000, "is a PDF file of more than 50 MB"),
        (bomb(b"q " * 60_000_000, 2), "is a PDF file that is broken, or that takes too much time or memory"),
    ],
)
def test_what_is_refused(body: bytes, reason: str):
    begun = time.monotonic()
    with pytest.raises(InputError) as refused:
        read(body)
    assert reason in refused.value.reason
    assert time.monotonic() - begun < 20


def test_damaged_files_are_read_or_refused():
    whole, chance = pdf([paragraphs(FIRST, SECOND, [OPPOSED])]), random.Random(1)
    read_ones = 0
    for _ in range(12):
        body = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            body[chance.randrange(len(body))] = chance.randrange(256)
        try:
            read_ones += bool(read(bytes(body)).text)
        except InputError as error:
            assert "\n" not in error.reason  # noqa: PT017
    assert read_ones
