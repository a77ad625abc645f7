"""Codes: currency codes that are written onto their digits ("USD115", "EUR20m"), cut off them."""

from __future__ import annotations

import re
from typing import Final

from sayso.languages.measures import measures
from sayso.text.tokens import Tokens

_CODED: Final = re.compile(r"[A-Z]{3}(?=\d)(?<![^\W_]...)")
_CODES: Final = frozenset(measures().codes)


def apart(tokens: Tokens) -> Tokens:
    """`tokens` with each code of a currency and the digits written onto it as two; the same object where none are.

    Only for figures and times: everything else keeps the tokens as they are cut."""
    cuts = {found.start(): found.end() for found in _CODED.finditer(tokens.text) if found.group() in _CODES}
    if not cuts:
        return tokens
    cut = Tokens(tokens.text, [], [], [], [])
    for start, end, form, broken in zip(tokens.starts, tokens.ends, tokens.forms, tokens.breaks, strict=True):
        at = cuts.get(start)
        code = form[: at - start] if at is not None and end - start == len(form) else ""
        pieces = [(start, at, code), (at, end, form[len(code) :])] if at is not None and code else [(start, end, form)]
        for i, (first, last, piece) in enumerate(pieces):
            cut.starts.append(first)
            cut.ends.append(last)
            cut.forms.append(piece)
            cut.breaks.append(broken and not i)
    return cut
