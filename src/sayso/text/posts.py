"""Posts: what a post of a social network says, without its addresses and marks."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"\b(?:https?://|www\.|pic\.twitter\.com/)\S+")
_SIGNED = re.compile(r"\(\s*@\w+\s*\)")
_MARKED = re.compile(r"(?<!\w)[@#](\w+)")
_JOINT = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][^\W\d_A-Z])|_")
_SPACES = re.compile(r"\s+")


def plain(text: str) -> str:
    """The words alone: no addresses, no account in brackets beside its holder's name, "#NoMoreRain" as "No More Rain".

    Accounts and tags inside a sentence are words of it and stay, cut where their capitals show it.
    """
    shorter = _SIGNED.sub(" ", _ADDRESS.sub(" ", text))
    return _SPACES.sub(" ", _MARKED.sub(lambda found: _JOINT.sub(" ", found[1]), shorter).replace("#", " ")).strip()
