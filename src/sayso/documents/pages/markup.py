"""Markup: bytes of an HTML page to one tree, bounded in size, depth and number, so that no page takes long."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from sayso.documents.decoding import decode
from sayso.errors import InputError

LARGEST_PAGE = 10_000_000
"""Bytes; the largest of 80 real news pages has 0.7 million."""
MOST_ELEMENTS = 20_000
"""The most that one of 80 real news pages has are 2,504."""
MOST_ATTRIBUTES = 5_000
_LONG_TAG = 30_000
# Comments, texts of scripts, then start tags as HTML tokenises them: a ">" in quotes ends no tag.
_TAGS = re.compile(
    r"<!--[^-]*+(?:-(?!->)[^-]*+)*+|<(script|style|textarea|title)\b[^>]*+>[^<]*+(?:<(?!/\1)[^<]*+)*+"
    r"|<[a-z][^>=]*+(?:=\s*+(?:\"[^\"]*+\"|'[^']*+')?+[^>=]*+)*+",
    re.IGNORECASE,
)
_VALUES = re.compile(r"=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]++)")


def tree_of(body: bytes, name: str = "page", charset: str | None = None) -> tuple[HtmlElement | None, str]:
    """The tree of an HTML page and the encoding it was read in; no tree when there is no element.

    Comments are left out. Raises InputError when the page is too large, too deep, or has too many elements.
    """
    if len(body) > LARGEST_PAGE:
        raise InputError(
            name, f"is a page of {len(body) / 1e6:.0f} MB; pages of up to {LARGEST_PAGE / 1e6:.0f} MB are read"
        )
    html, encoding = decode(body, name, charset)
    _few_attributes(html, name)
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    # lxml.html would ask a function in Python for the class of each element, as often as it is come to.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
    try:
        tree = document_fromstring(html.replace("\x00", "").encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None, encoding
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise InputError(name, "nests its elements more than 250 deep, which no page of news does")
    elements = int(float(str(tree.xpath("count(//*)"))))
    if elements > MOST_ELEMENTS:
        raise InputError(name, f"is a page of {elements:,} elements; pages of up to {MOST_ELEMENTS:,} are read")
    return tree, encoding


def _few_attributes(html: str, name: str) -> None:
    """libxml2 takes quadratic time for the attributes of one element."""
    if len(html) < 5 * _LONG_TAG:
        return
    for tag in _TAGS.finditer(html):
        long = tag.end() - tag.start() > _LONG_TAG and tag[0][1] not in "!" and not tag[1]
        if long and len(_VALUES.sub(" ", tag[0]).replace("/", " ").split()) > MOST_ATTRIBUTES:
            raise InputError(name, f"has an element with more than {MOST_ATTRIBUTES:,} attributes")
