"""An invented outlet on loopback: its feed, its pages, and the time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import escape

from tests.fetching.serving import Answer, Asked, Site, answer, serving

NAMES = ["Ada Berg", "Ilse Kern", "Omar Haddad", "Nadia Petrova", "Jonas Lind", "Mara Voss", "Tom Okoye", "Eva Marsh"]
PLACES = ["Northport", "Westerham", "Eastbrook", "Southgate", "Millbridge", "Ferncliff", "Oakhaven", "Redstone"]


def paragraphs(number: int, weeks: int = 2) -> list[str]:
    """An article on bridge `number`, in words of its own."""
    name, place = NAMES[number % len(NAMES)], PLACES[number % len(PLACES)]
    return [
        f"The mayor of {place}, {name}, said on Monday that bridge {number} would stay closed for {weeks} weeks, since "
        f"cracks had been found in two of its pillars during the yearly inspection.",
        f"“We will not open bridge {number} before the engineers have finished,” {name} told reporters in {place}. "
        f"“Nobody should try to cross it now, on foot or by car.”",
        f"The council of {place} had voted for repairs in March, and the works cost 3 million euros, according to the "
        f"ministry of transport. Buses take the road along the river until the works are done.",
        f"Shops near the bridge have lost a third of their customers, the chamber of commerce of {place} said, and "
        f"asked for help from the state before the end of the year.",
    ]


def page(number: int, weeks: int = 2, extra: str = "") -> bytes:
    """The page of that article."""
    text = "".join(f"<p>{escape(one)}</p>" for one in paragraphs(number, weeks))
    return f"""<!doctype html><html lang="en"><head><title>Bridge {number} stays closed</title>
<meta property="og:type" content="article"><meta property="og:site_name" content="North Gazette">
<meta property="article:published_time" content="2026-11-02T10:00:00Z">{extra}</head>
<body><article><h1>Bridge {number} stays closed</h1>{text}</article></body></html>""".encode()


def item(site: Site, number: int, full: bool = False, modified: str = "", link: bool = True) -> str:
    text = "".join(f"<p>{escape(one)}</p>" for one in paragraphs(number)) if full else ""
    content = f"<content type='html'>{escape(text)}</content>" if full else "<summary>Cracks were found.</summary>"
    address = f"<link href='{site.url}/{number}'/>" if link else ""
    told = f"<updated>{modified or '2026-11-02T10:00:00Z'}</updated><published>2026-11-02T10:00:00Z</published>"
    name = f"<id>urn:bridge:{number}</id><title>Bridge {number} stays closed</title>"
    return f"<entry>{name}{address}{told}{content}</entry>"


def feed(*items: str) -> bytes:
    head = "<title>North Gazette</title><id>urn:north</id><updated>2026-11-02T10:00:00Z</updated>"
    return f"<feed xmlns='http://www.w3.org/2005/Atom'>{head}{''.join(items)}</feed>".encode()


def as_feed(body: bytes, **headers: str) -> bytes:
    return answer(body, Content_Type="application/atom+xml", **headers)


def unless(etag: str, whole: Answer) -> Answer:
    """Status 304 for who knows `etag`, else the whole."""

    def conditional(asked: Asked) -> bytes:
        assert isinstance(whole, bytes)
        known = asked.get("if-none-match") == etag
        return (
            answer(status="304 Not Modified", ETag=etag)
            if known
            else whole.replace(b"\r\n", f"\r\nETag: {etag}\r\n".encode(), 1)
        )

    return conditional


@dataclass
class Clock:
    """A time that tests set."""

    at: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))

    def __call__(self) -> datetime:
        return self.at

    def go(self, **units: float) -> None:
        self.at += timedelta(**units)


@contextmanager
def outlet(*numbers: int, full: bool = False) -> Iterator[Site]:
    """A site with a feed at /feed that lists these pages."""
    with serving() as site:
        site.routes = {f"/{number}": answer(page(number)) for number in numbers}
        site.routes["/feed"] = as_feed(feed(*(item(site, number, full) for number in numbers)))
        yield site
