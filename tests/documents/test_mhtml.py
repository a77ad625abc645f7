from __future__ import annotations

import base64
import contextlib
import quopri
import time
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.documents.nouns import Capture
from sayso.documents.pages.mhtml import Unpacked, saved_from, unpacked
from sayso.errors import InputError

URL = "https://post.example/a"
HTML = "<html><head><title>Мост = открыт</title></head><body><p>قال الوزير إن الجسر مفتوح. 🇫🇷</p></body></html>"
QUOTED = quopri.encodestring(HTML.encode()).decode()

CHROME = f"""From: <Saved by Blink>
Snapshot-Content-Location: {URL}
Subject: =?utf-8?Q?=D0=9C=D0=BE=D1=81=D1=82?=
Date: Mon, 5 Feb 2024 10:00:00 +0300
MIME-Version: 1.0
Content-Type: multipart/related;
	type="text/html";
	boundary="----MultipartBoundary--x1----"


------MultipartBoundary--x1----
Content-Type: text/html
Content-ID: <frame-1@mhtml.blink>
Content-Transfer-Encoding: quoted-printable
Content-Location: {URL}#top

{QUOTED}
------MultipartBoundary--x1----
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://post.example/a.png

iVBORw0KGgo=

------MultipartBoundary--x1------
"""
EXPLORER = f"""From: "Saved by Windows Internet Explorer 8"
Subject: A page
Date: Tue, 6 Feb 2024 08:30:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related;
	boundary="----=_NextPart_000_0000";
	type="multipart/alternative"
X-MimeOLE: Produced By Microsoft MimeOLE

This is a multi-part message in MIME format.

------=_NextPart_000_0000
Content-Type: multipart/alternative;
	boundary="----=_NextPart_001_0001"

------=_NextPart_001_0001
Content-Type: text/html;
	charset="windows-1251"
Content-Transfer-Encoding: quoted-printable
Content-Location: {URL}

{quopri.encodestring("<p>Мост</p>".encode("windows-1251")).decode()}
------=_NextPart_001_0001--

------=_NextPart_000_0000--
"""
FIREFOX = f"""From: <Saved by UnMHT>
Content-Type: multipart/related; start="<page@unmht>"; boundary=unmht-1
Content-Location: {URL}

--unmht-1
Content-Type: text/html; charset=utf-8
Content-ID: <frame@unmht>
Content-Location: https://ads.example/frame

<p>An advertisement</p>
--unmht-1
Content-Type: text/html; charset=utf-8
Content-ID: <page@unmht>
Content-Transfer-Encoding: base64

{base64.encodebytes(HTML.encode()).decode()}
--unmht-1--
"""
ALONE = f"""Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: 8bit
Content-Location: file:///C:/page.htm

<!-- saved from url=({len(URL):04}){URL} -->
{HTML}"""


def page(source: str | bytes) -> Unpacked:
    body = source if isinstance(source, bytes) else source.encode()
    return unpacked(Capture("a.mht", body, "multipart/related", "2024-02-07T00:00:00+00:00"))


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("source", "html", "charset", "url", "saved"),
    [
        (CHROME, HTML, None, URL, "2024-02-05T10:00:00+03:00"),
        (EXPLORER, "<p>Мост</p>", "windows-1251", URL, "2024-02-06T08:30:00"),
        (FIREFOX, HTML, "utf-8", URL, None),
        (ALONE, HTML, "utf-8", URL, None),
        ("\n\n" + CHROME, HTML, None, URL, "2024-02-05T10:00:00+03:00"),
        (CHROME[: CHROME.index("iVBOR")], HTML, None, URL, "2024-02-05T10:00:00+03:00"),
    ],
)
def test_pages_as_browsers_save_them(
    ends: str, source: str, html: str, charset: str | None, url: str, saved: str | None
):
    found = page(source.replace("\n", ends))
    assert html in found.html.decode(charset or "utf-8")
    assert b"advertisement" not in found.html
    assert (found.charset, found.url, found.saved) == (charset, url, saved)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("", "is MHTML without a page of HTML in it"),
        (
            "Content-Type: multipart/related; boundary=x\n\n--x\nContent-Type: image/png\n\nabc\n--x--",
            "is MHTML without",
        ),
        ("Content-Type: multipart/related\n\n--x\nContent-Type: text/html\n\nabc\n--x--", "is MHTML without"),
        ("Content-Type: text/html\nContent-Transfer-Encoding: x-uu\n\nabc", "is MHTML whose page is packed as “x-uu”"),
        ("Content-Type: multipart/related; boundary=x\n" + "\n--x\n" * 6000, "is MHTML with more than 5,000 parts"),
    ],
)
def test_what_is_refused(source: str, reason: str):
    with pytest.raises(InputError) as refused:
        page(source)
    assert refused.value.reason.startswith(reason)


def test_parts_inside_parts_end_somewhere():
    source = "".join(f"Content-Type: multipart/related; boundary=b{n}\n\n--b{n}\n" for n in range(5000))
    with pytest.raises(InputError, match="without a page"):
        page(source + "Content-Type: text/html\n\nx")


@pytest.mark.parametrize(
    "source",
    [
        b"Content-Type: multipart/related; boundary=x\n\n" + b"\n--x\n" * 1_000_000,
        b"Content-Type: multipart/related; boundary=x\n\n" + b"\r\n--" * 2_000_000,
        b"Content-Type: text/html;" + b" a=b;" * 1_000_000,
        b"Content-Type: text/html" + b";a*0*=" * 10_000 + b"\n\nx",
        b"a:\n " * 2_000_000,
        b"Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n" + b"=" * 8_000_000,
    ],
)
def test_made_to_be_slow(source: bytes):
    begun = time.monotonic()
    with contextlib.suppress(InputError):
        page(source)
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    ("html", "url"),
    [
        (f"<!DOCTYPE html>\n<!-- saved from url=(0022){URL} -->\n<html>", URL),
        (f"<!--saved from url=(22){URL}-->", URL),
        (f"<html><!--\n Page saved with SingleFile \n url: {URL} \n saved date: Mon Feb 05 2024\n-->", URL),
        ("<!-- saved from url=(0014)about:internet -->", None),
        ("<!-- saved from url=(0029)file:///C:/Users/x/page.html -->", None),
        ("<html><p>saved from url=(0022)https://post.example/a", None),
        (" " * 5000 + f"<!-- saved from url=(0022){URL} -->", None),
    ],
)
def test_where_a_page_was_saved_from(html: str, url: str | None):
    assert saved_from(html.encode()) == url


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=300),
    st.sampled_from(["base64", "quoted-printable"]),
)
def test_any_page_comes_back(text: str, encoding: str):
    message = EmailMessage()
    message["Content-Location"] = URL
    message.set_content(text + "\n", subtype="html", cte=encoding)
    message.make_related()
    message.add_related(b"\x89PNG", "image", "png")
    found = page(message.as_bytes())
    assert (found.html.decode(), found.charset) == (text + "\n", "utf-8")


@given(st.binary(max_size=60), st.integers(0, len(CHROME)), st.integers(0, 60))
def test_damaged_files_are_read_or_refused(junk: bytes, at: int, cut: int):
    body = CHROME.encode()
    with contextlib.suppress(InputError):
        assert isinstance(page(body[:at] + junk + body[at + cut :]).html, bytes)
