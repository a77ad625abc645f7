"""Judgement: what a person says about a link, kept apart from what the machine finds; and its form in JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec

from sayso.errors import InputError
from sayso.extraction.nouns import Spans

About = Literal["story", "thread", "figures", "conflict", "exchange"]
Verdict = Literal["same", "different"]
Kind = Literal["article", "statement", "figure"]
State = Literal["stands", "waits", "overruled", "contradicted", "withdrawn"]

KINDS: dict[About, tuple[Kind, ...]] = {
    "story": ("article",),
    "thread": ("statement",),
    "figures": ("figure",),
    "conflict": ("statement", "figure"),
    "exchange": ("statement",),
}
"""What each matter is judged between."""
MOST = 100_000
"""Pairs of things that one judgement may tell apart."""


@dataclass(frozen=True, slots=True)
class Thing:
    """What is judged: an article, or a statement or figure in it by its exact words and where they stood."""

    article: str
    kind: Kind = "article"
    words: str = ""
    spans: Spans = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """One act of one person: all of both sides are the same, or none of `left` is the same as any of `right`.

    Without `right` all of `left` are told apart from each other. Of a conflict "different" says that it is one, and
    "same" that it is none; of an exchange "same" says that it is one.
    """

    about: About
    verdict: Verdict
    left: tuple[Thing, ...]
    right: tuple[Thing, ...]
    by: str
    at: str
    """ISO 8601 date-time, UTC."""
    note: str = ""
    withdrawn: str | None = None
    """When it was taken back; it is kept, so that it stays so where ledgers are merged."""

    @property
    def id(self) -> str:
        """The same for the same act in every ledger."""
        told = msgspec.to_builtins([self.about, self.verdict, self.left, self.right, self.by, self.at])
        return "j" + hashlib.sha256(json.dumps(told).encode()).hexdigest()[:12]

    @property
    def things(self) -> tuple[Thing, ...]:
        """Both sides."""
        return self.left + self.right


@dataclass(frozen=True, slots=True)
class Ruling:
    """What became of a judgement: whether it stands, in one sentence why not, and what the machine had found."""

    judgement: str
    state: State
    why: str = ""
    together: bool | None = None
    """Whether the machine held the things for the same; None when it does not know them."""
    score: float | None = None
    """The machine's score for that, untouched."""


def made(
    about: About, verdict: Verdict, left: Sequence[Thing], right: Sequence[Thing], by: str, note: str = ""
) -> Judgement:
    """A judgement of now. Raises InputError for one that makes no sense."""
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    return _checked(Judgement(about, verdict, tuple(left), tuple(right), _line(by), at, _line(note)))


def withdrawn(judgement: Judgement) -> Judgement:
    """The judgement, taken back now. Raises InputError when it was taken back before."""
    if judgement.withdrawn:
        raise InputError(judgement.id, f"was withdrawn on {judgement.withdrawn[:10]}")
    return replace(judgement, withdrawn=datetime.now(UTC).isoformat(timespec="microseconds"))


def to_row(judgement: Judgement) -> dict[str, Any]:
    """The judgement as JSON says it, with its id."""
    row: dict[str, Any] = msgspec.to_builtins(judgement)
    return {"id": judgement.id, **row}


def from_row(row: object) -> Judgement:
    """The inverse of `to_row`. Raises InputError naming the judgement; its reason is what is wrong, in one sentence."""
    if not isinstance(row, dict):
        raise InputError("a judgement", "not an object with about, verdict, left, right, by and at")
    try:
        found = msgspec.convert(row, Judgement)
    except msgspec.ValidationError as error:
        raise InputError(str(row.get("id") or "a judgement"), str(error)) from None
    return _checked(found)


def _line(words: str) -> str:
    return " ".join(words.split())


def _checked(judgement: Judgement) -> Judgement:
    """The judgement with its times in UTC. Raises InputError."""
    try:
        moments = [_moment(at) for at in (judgement.at, judgement.withdrawn or judgement.at)]
        json.dumps(to_row(judgement), ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise InputError("a judgement", "holds half of a surrogate pair, which no file can keep") from None
    except (ValueError, OverflowError):
        raise InputError(judgement.id, "needs ISO 8601 times: at, and withdrawn if there is one") from None
    fault = _fault(judgement)
    if fault:
        raise InputError(judgement.id, fault)
    at, withdrawn = moments
    return replace(judgement, at=at, withdrawn=withdrawn if judgement.withdrawn else None)


def _moment(at: str) -> str:
    """One spelling of a moment, which sorts by time."""
    moment = datetime.fromisoformat(at)
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return moment.isoformat(timespec="microseconds")


def _fault(judgement: Judgement) -> str | None:
    """What makes a judgement senseless, in one sentence."""
    left, right = judgement.left, judgement.right
    if not judgement.by.strip():
        return "needs the name of the person who judged"
    if any(thing.kind not in KINDS[judgement.about] for thing in judgement.things):
        return f"a judgement about a {judgement.about} is between {' or '.join(KINDS[judgement.about])}s"
    if len({_key(thing) for thing in judgement.things}) < len(judgement.things):
        return f"names one {judgement.things[0].kind} twice: nothing can be judged against itself"
    alone = judgement.about == "exchange"  # a reply to what no article tells in words
    if not left or (len(left) + len(right) < 2 and not alone):
        return "needs two things to judge between"
    pairs = len(left) * len(right) if right else len(left) * (len(left) - 1) // 2
    if judgement.verdict == "different" and pairs > MOST:
        return f"tells {pairs} pairs apart, more than {MOST}: split fewer at once"
    return None


def _key(thing: Thing) -> tuple[object, ...]:
    return thing.article, thing.kind, thing.words, thing.spans
