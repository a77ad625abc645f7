"""PDF: the text of a PDF file, its lines joined to paragraphs, and what its metadata tells if it is to be believed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from statistics import median

from sayso.documents.named import people
from sayso.documents.nouns import Capture, Version, id_of
from sayso.documents.pdf_lines import HYPHEN, Line, read
from sayso.documents.plain import headline
from sayso.documents.rows import iso
from sayso.errors import InputError
from sayso.text.cleaning import clean

LARGEST_PDF = 50_000_000
"""Bytes."""
_FEWEST_CHARACTERS = 80
_EDGE_LINES = 2
_FEWEST_PAGES, _MOST_OF_PAGES = 3, 0.6
_WIDE_GAP = 1.35
_OTHER_SIZE = 1.15
_SHORT = 0.85
_INDENT = 0.8
_HYPHENATED = 0.03
_ENDED = re.compile(r"[.!?…:؟۔।॥。！？：][^\w\s]*\Z")
_BULLET = re.compile(r"[-–—•*·▪◦]\s")
_WORD_END, _WORD = re.compile(r"[^\W\d_]+\Z"), re.compile(r"[^\W\d_]+")
_UNSPACED = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?(?:([+-])(\d\d)'?(\d\d)|Z)?")
_FILE_NAME = re.compile(r"\.\w{2,5}\Z|\\|\A\S*\Z|\A\S+ \S+ - \S+\.\w{2,5}\Z")
_EARLIEST = "1990"


def version_of(capture: Capture) -> Version:
    """The Version of a PDF file. Raises InputError: encrypted, broken, too large, or without text."""
    if len(capture.body) > LARGEST_PDF:
        raise InputError(
            capture.name, f"is a PDF file of more than {LARGEST_PDF // 1_000_000} MB, the most that is read"
        )
    found, told = read(capture.body, capture.name)
    text = clean("\n\n".join(_paragraphs(_own(found)))).text
    if len(text) < _FEWEST_CHARACTERS:
        raise InputError(capture.name, "is a PDF file without text, such as pictures of pages: use OCR first")
    published = _moment(told.get("CreationDate"), capture.captured)
    modified = _moment(told.get("ModDate"), capture.captured)
    return Version(
        id=id_of(capture, capture.url),
        text=text,
        lang="und",
        digest=capture.digest,
        title=_title(told.get("Title")) or headline(text),
        url=capture.url,
        author=_author(told.get("Author")),
        published=published,
        published_from="metadata" if published else None,
        modified=modified if modified and published and modified > published else None,
    )


def _own(found: list[list[Line]]) -> list[Line]:
    """All lines but running heads and feet: lines at the edges of most pages that differ in numbers only."""
    edges = Counter(key for page in found for key in {_key(line) for line in _edges(page)})
    often = max(_FEWEST_PAGES, _MOST_OF_PAGES * len(found))
    running = {key for key, count in edges.items() if count >= often}
    kept: list[Line] = []
    for page in found:
        dropped = {id(line) for line in _edges(page) if _key(line) in running}
        kept += [line for line in page if id(line) not in dropped]
    return kept


def _edges(page: list[Line]) -> list[Line]:
    return page if len(page) <= 2 * _EDGE_LINES else page[:_EDGE_LINES] + page[-_EDGE_LINES:]


def _key(line: Line) -> str:
    return re.sub(r"\d+", "0", " ".join(line.text.split())).casefold()


def _paragraphs(lines: list[Line]) -> Iterator[str]:
    """Lines joined where a paragraph goes on."""
    if not lines:
        return
    steps = [above.base - below.base for above, below in pairwise(lines)]
    step = median([one for one in steps if one > 0] or [0.0])
    widest = max(line.right for line in lines) - min(line.left for line in lines)
    words = Counter(word for line in lines for word in _WORD.findall(line.text))
    hyphenates = sum(line.text.endswith(HYPHEN) for line in lines) > _HYPHENATED * len(lines)
    paragraph = lines[0].text.strip()
    for (above, below), down in zip(pairwise(lines), steps, strict=True):
        if not above.text.rstrip().endswith(HYPHEN) and _begins(above, below, down, step, widest):
            yield paragraph
            paragraph = below.text.strip()
        else:
            paragraph = _joined(paragraph, below.text.strip(), words, hyphenates)
    yield paragraph.replace(HYPHEN, "-")


def _begins(above: Line, below: Line, down: float, step: float, widest: float) -> bool:
    """Whether `below` begins a paragraph: it stands apart, is set otherwise or indented, or `above` ends early."""
    ended = _ENDED.search(above.text.rstrip()) is not None
    if max(above.size, below.size) > _OTHER_SIZE * min(above.size, below.size) or _BULLET.match(below.text):
        return True
    if down <= 0:
        # The next column or page.
        return ended
    is_short = above.right - above.left < _SHORT * widest
    is_indented = below.left - above.left > _INDENT * below.size and above.left - below.left < below.size
    return down > _WIDE_GAP * step or (ended and (is_short or is_indented))


def _joined(above: str, below: str, words: Counter[str], hyphenates: bool) -> str:
    """Two lines of a paragraph as one; a word that was cut is whole again, unless the hyphen is its own."""
    if above.endswith("\u00ad"):
        return above[:-1] + below
    if not above.endswith(HYPHEN):
        unspaced = _UNSPACED.match(above[-1:]) and _UNSPACED.match(below[:1])
        return above + ("" if unspaced else " ") + below
    left, right = _WORD_END.search(above[:-1]), _WORD.match(below)
    first, second = left[0] if left else "", right[0] if right else ""
    if not first or not second.islower():
        return f"{above[:-1]}-{below}"
    # The words of the file itself tell, else whether the file cuts words at all.
    both = words[first] > 1 and words[second] > 1
    is_cut = bool(words[first + second]) or (hyphenates and not both)
    return above[:-1] + ("" if is_cut else "-") + below


def _title(told: str | None) -> str | None:
    """The title of the metadata, unless it is none or the name of a file."""
    title = " ".join((told or "").split())
    return title if 2 < len(title) <= 300 and not _FILE_NAME.search(title) else None


def _author(told: str | None) -> str | None:
    """The author of the metadata, if it is a name of several words: one word is mostly a computer's user."""
    names = people(told)
    return names if names and " " in names else None


def _moment(told: str | None, captured: str) -> str | None:
    """ISO 8601 of a date of PDF (ISO 32000-1, 7.9.4), unless no article of that day can be here."""
    found = _DATE.match(told or "")
    if not found:
        return None
    year, month, day, hour, minute, second, sign, hours, minutes = found.groups()
    zone = f"{sign}{hours}:{minutes}" if sign else "+00:00" if found[0].endswith("Z") else ""
    time = f"T{hour}:{minute}:{second or '00'}{zone}" if hour else ""
    moment = iso(f"{year}-{month}-{day}{time}")
    return moment if moment and _EARLIEST <= moment[:10] <= captured[:10] else None
