"""Named: titles without the outlet's name, the outlet among the names that a page bears, and its authors."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from html import unescape

_BETWEEN = re.compile(r"\s+(?:[-–—|·•:»«/]|::|--|\|\|)\s+|\s*(?:[|ㅣ｜]|--)\s*|(?<=\S)\s*：(?=\S)")
_EDGE = re.compile(r"[\s\-–—|·•:»«/ㅣ｜：,]+")
_LONGEST_NAME, _SHORTEST_TITLE = 60, 8
_ADDRESS = re.compile(r"https?://|www\.|^@|\S@\S+\.\S")
_DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z]{2,})*")
_MARKUP = re.compile(r"<[^<>]{1,300}>")


def text_of(value: object) -> str | None:
    """A string without entities, markup and outer white space; None for anything else and for nothing."""
    if not isinstance(value, str):
        return None
    plain = unescape(unescape(value)) if "&" in value else value
    return " ".join((_MARKUP.sub(" ", plain) if "<" in plain else plain).split()) or None


def letters(name: str) -> str:
    """Letters and digits of a name alone, in lower case: what names are compared by."""
    return "".join(filter(str.isalnum, name.casefold()))


def title_of(titles: list[str], heads: list[str], names: list[str]) -> str | None:
    """The first title, without an outlet's or a section's name at its end or beginning.

    What is left when a name among `names` is cut off is the title, and so is a heading of the page that it begins with.
    """
    if not titles:
        return heads[0] if len(heads) == 1 else None
    title, own = titles[0], {letters(name) for name in names}
    for head in heads:
        if len(letters(head)) >= _SHORTEST_TITLE and title.startswith(head) and _EDGE.match(title[len(head) :]):
            return head
    parts = list(_BETWEEN.finditer(title))
    while parts and letters(title[parts[-1].end() :]) in own:
        title = title[: parts.pop().start()]
    if parts and letters(title[: parts[0].start()]) in own:
        title = title[parts[0].end() :]
    first, colon, rest = title.partition(": ")
    return rest if colon and letters(first) in own else title


def outlet_of(
    names: list[tuple[str, float]], pages: Iterable[str | None], titles: list[str], host: str | None
) -> str | None:
    """The name among `names` and behind the titles of the page for which most speaks; the host's name as a last resort.

    What agrees with the host or with other names is surer; a name written like an address, or very long, is not.
    """
    found = names + [(tail, 2.25) for page in pages if page for tail in _tails(page, titles)]
    if not found:
        return host.removeprefix("www.") if host else None
    agree = Counter(letters(name) for name, _ in dict.fromkeys(found))
    label = letters(max(host.removeprefix("www.").split(".")[:-1] or [""], key=len)) if host else ""

    def speaks(one: tuple[str, float]) -> float:
        name, weight = one
        key = letters(name)
        score = weight + 0.75 * min(3, agree[key] - 1)
        score += 2 * bool(label and (label in key or (len(key) > 2 and key in label)))
        if _DOMAIN.fullmatch(name.lower()):
            score -= 1.0 * (name == name.lower()) + 1.0 * ("." in name)
        return score - 2 * (len(name) > _LONGEST_NAME) - 1.5 * ("," in name or "©" in name)

    best = max(found, key=speaks)[0]
    alike = [name for name, _ in found if letters(name) == letters(best)]
    return max(alike, key=lambda name: (not _DOMAIN.fullmatch(name), name != name.upper(), -alike.index(name)))


def _tails(page: str, titles: list[str]) -> list[str]:
    """What may be the outlet's name: the last part behind the title proper, where that is known."""
    parts = [part.strip() for part in _BETWEEN.split(page)]
    keys = {letters(title) for title in titles}
    tail = parts[-1]
    known = any(key and key in letters(page) and key not in letters(tail) for key in keys)
    return [tail] if known and len(parts) > 1 and letters(tail) and len(tail) <= _LONGEST_NAME else []


def people(value: object) -> str | None:
    """Names of one or several authors, joined by "; ", each once, without addresses; None when there is none."""
    found: dict[str, str] = {}
    for one in value if isinstance(value, list) else [value]:
        given = one.get("name") if isinstance(one, dict) else one
        for name in given if isinstance(given, list) else [given]:
            plain = (text_of(name) or "").strip(" ,;|")
            if any(map(str.isalpha, plain)) and not _ADDRESS.search(plain) and len(plain) <= 200:
                found.setdefault(letters(plain), plain)
    return "; ".join(found.values()) or None
