"""Replies: the table of a pack that tells what answers, denies, rebuts or comments on what was said."""

from __future__ import annotations

from typing import Literal

import msgspec

from sayso.text.markup import parse

ReplyKind = Literal["answers", "denies", "rebuts", "comments"]
TOPIC, GAP = "…", "*"
"""In a phrase: where what is replied to stands; up to three words of any kind."""


class ReplyExample(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A native example: statements marked {s1|…} {c1|…} {q1|…}, the words that make an exchange {w|…}.

    The statement numbered last is the reply. Without `kind` the example only looks like an exchange.
    """

    text: str
    kind: ReplyKind | None = None
    statement: int | None = None
    """Which of the statements is replied to; None: something that is named, marked {o|…}."""


class Replies(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words of reply beside the [[cues]] that deny and answer, which are not listed again.

    `answering`, `asked`, `commenting`: phrases around a cue ("in response to …", "… sorusuna", «被问及 … 时»).
    """

    answering: list[str]
    asked: list[str]
    commenting: list[str]
    rebutting: list[str]
    """Cues that argue against what was said ("retorted")."""
    weak: list[str]
    """Words of cues that deny, but seldom what somebody said ("opposed"), and nouns that courts reject („Klage“)."""
    loose: list[str]
    """Words of cues that as often answer a request for comment ("responded") as what was said before."""
    towards: list[str]
    """Words between a cue that answers and what it answers ("replied to")."""
    sayings: list[str]
    """Nouns for what was said ("remarks"), beside the noun cues that doubt, load or ask."""
    examples: list[ReplyExample]


def fault(replies: Replies) -> str | None:
    """What is wrong with the phrases or examples, in words; None when all is well."""
    for phrase in (*replies.answering, *replies.asked, *replies.commenting):
        if phrase.count(TOPIC) > 1 or not phrase.strip(f"{TOPIC}{GAP} "):
            return f"{phrase!r} needs words and at most one {TOPIC}"
    return next((found for example in replies.examples if (found := _fault(example)) is not None), None)


def _fault(example: ReplyExample) -> str | None:
    try:
        _, marks = parse(example.text)
    except ValueError as error:
        return str(error)
    kinds = {mark.kind for mark in marks}
    contents = {mark.number for mark in marks if mark.kind == "q"}
    if not contents or kinds - set("scqwo"):
        return f"{example.text!r} needs contents {{q1|…}} and may hold s, c, w and o besides"
    if ("w" in kinds) != (example.kind is not None):
        return f"{example.text!r} needs {{w|…}} with a kind, and none without"
    if example.statement is not None and example.statement not in contents:
        return f"{example.text!r} has no statement {example.statement}"
    return None
