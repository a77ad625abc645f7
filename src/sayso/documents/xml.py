"""XML: the text of XML bytes, and the refusal of what no parser should be given: declared entities and attributes.

Entities are how XML reads foreign files (XXE) and grows without bounds ("billion laughs", quadratic blow-up); no feed
needs them. A document type that only points to a DTD (RSS 0.91) is harmless, since no DTD is ever fetched.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from html.entities import html5
from xml.parsers import expat

from sayso.documents.decoding import decode
from sayso.errors import InputError

_DECLARATION = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{2,40})[\"']")
_DECLARED = re.compile(r"<!\s*(?:ENTITY|ATTLIST)", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*>", re.IGNORECASE)
_ELEMENT = re.compile(r"<\w")
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MOST_ELEMENTS = 250_000
_MOST_ATTRIBUTES = 256
_LARGEST_BROKEN = 3_000_000
_REFUSED = "declares entities or attributes, which are refused: they can read other files and fill the memory"
_MEANT = "<>&\"'\n"


@dataclass(frozen=True, slots=True)
class Markup:
    """XML that is safe to parse, as text; `flaw` says where it is not well-formed, None where it is.

    Of XML that is not well-formed only the first 3 million characters are here: guessing what it means takes long.
    """

    text: str
    flaw: str | None


def markup(body: bytes, name: str, charset: str | None = None) -> Markup:
    """`body` as text without a document type, its named characters of HTML (&nbsp;) written out.

    `charset`: the encoding that the server told; what the XML declares counts before it.
    Raises InputError: neither text nor a known encoding, or it declares entities or attributes, or it has more elements
    than a reader can go through in seconds.
    """
    declared = _DECLARATION.match(body)
    decoded, _ = decode(body, name, declared[1].decode("ascii") if declared else charset)
    whole = _ILLEGAL.sub(" ", decoded.removeprefix("\ufeff"))
    text = whole.lstrip()
    lines_before = whole[: len(whole) - len(text)].count("\n")
    first = _ELEMENT.search(text)
    head, rest = (text[: first.start()], text[first.start() :]) if first else (text, "")
    if _DECLARED.search(head):
        raise InputError(name, _REFUSED)
    text = _NAMED.sub(_character, _DOCTYPE.sub(_blank, head, count=1) + rest)
    flaw = _flaw(text, name, lines_before)
    if flaw and len(text) > _LARGEST_BROKEN:
        flaw += f", and so only its first {_LARGEST_BROKEN // 1_000_000} MB are read"
    text = text[:_LARGEST_BROKEN] if flaw else text
    if flaw and sum(1 for _ in _ELEMENT.finditer(text)) > _MOST_ELEMENTS:
        raise _too_many(name)
    return Markup(text, flaw)


def _flaw(text: str, name: str, lines_before: int) -> str | None:
    """Where expat stops reading. Declarations that the search of the head did not see are refused here."""
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    parser.ordered_attributes = True
    parser.EntityDeclHandler = parser.AttlistDeclHandler = partial(_refuse, name)
    parser.StartElementHandler = _counting(name)
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        return f"is not well-formed XML at line {error.lineno + lines_before}"
    return None


def _refuse(name: str, *_: object) -> None:
    raise InputError(name, _REFUSED)


def _counting(name: str) -> Callable[[str, list[str]], None]:
    """A handler that raises InputError at the element, or the attribute, that is one too many."""
    count = 0

    def count_one(_: str, attributes: list[str]) -> None:
        nonlocal count
        count += 1
        if count > _MOST_ELEMENTS:
            raise _too_many(name)
        if len(attributes) > 2 * _MOST_ATTRIBUTES:
            raise InputError(name, f"has an element with more than {_MOST_ATTRIBUTES} attributes, which is refused")

    return count_one


def _too_many(name: str) -> InputError:
    return InputError(name, f"has more than {_MOST_ELEMENTS:,} elements, the most that is read: split it")


def _character(found: re.Match[str]) -> str:
    """The characters of a name of HTML, unless they would be markup."""
    meant = html5.get(found[1] + ";", "<")
    return found[0] if any(char in meant for char in _MEANT) else meant


def _blank(found: re.Match[str]) -> str:
    """Nothing but the line ends, so that lines keep their numbers."""
    return "\n" * found[0].count("\n")
