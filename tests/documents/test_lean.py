"""The copy of a page that is searched: its prose whole, lists of links gone, all text between them kept."""

from __future__ import annotations

import pytest
from lxml.html import HtmlElement, document_fromstring, tostring

from sayso.documents.pages.blocks import blocks
from sayso.documents.pages.lean import lean
from sayso.documents.pages.markup import tree_of

SAID = "The minister said on Friday that the bridge over the river would open in May, two years later than planned."
ALSO = "“The bridge is safe,” she told reporters in the harbour, where some two hundred people had waited since noon."
MENU = "<ul><li><a href='/a'>Home</a></li><li><a href='/b'>Sport and all else</a></li></ul>"


def pared(body: str) -> HtmlElement:
    tree, _ = tree_of(f"<html><head><title>T</title></head><body>{body}</body></html>".encode())
    before = tostring(tree)
    found = lean(tree, list(blocks(tree.find("body"))))
    assert tostring(tree) == before
    return found


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("<nav>" + MENU + f"</nav><main><p>{SAID}</p><p>{ALSO}</p></main>", [SAID, ALSO]),
        # Within the region of the prose lists of links stay, too: whether they are the article's is asked later.
        (
            f"<nav>{MENU}</nav><article><p>{SAID}</p>{MENU}<p>{ALSO}</p></article>",
            [SAID, "Home", "Sport and all else", ALSO],
        ),
        # A line beside it that is no link stays, for its words and for what its element is called.
        (f"<div class='date'><b>1 May 2026</b></div>{MENU}<main><p>{SAID}</p></main>", ["1 May 2026", SAID]),
        # Text behind a list that goes, with characters that XML does not know.
        (f"<div>{MENU}by hand&#1; set{MENU}</div><main><p>{SAID}</p></main>", ["by hand\x01 set", SAID]),
        (f"<my-menu>{MENU}</my-menu><main><p>{SAID}</p></main>", [SAID]),
    ],
)
def test_what_is_left(body, left):
    assert [" ".join(text.split()) for text in pared(body).find("body").itertext() if text.strip()] == left


def test_a_page_without_prose_is_searched_as_it_is():
    tree = document_fromstring(f"<body>{MENU}</body>")
    assert lean(tree, list(blocks(tree.find("body")))) is tree
