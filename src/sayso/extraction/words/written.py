"""Written: signs that are looked up as they are written, capitals and all ("MW" is no "mW", "5 g" is no "5G")."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.text.tokens import Tokens, tokenize


class Written:
    """Maps signs of one or more tokens that touch each other to names; the longest match at a token wins."""

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        self._by_first: dict[str, list[tuple[int, str, str]]] = {}
        for sign, name in entries:
            tokens = tokenize(sign)
            self._by_first.setdefault(tokens.forms[0], []).append((len(tokens), sign, name))
        for found in self._by_first.values():
            found.sort(key=lambda entry: -len(entry[1]))

    def at(self, tokens: Tokens, i: int) -> tuple[int, str] | None:
        """(end, name) of the longest sign at token `i`, or None."""
        for size, sign, name in self._by_first.get(tokens.forms[i], ()):
            end = i + size
            if end <= len(tokens) and tokens.text[tokens.starts[i] : tokens.ends[end - 1]] == sign:
                return end, name
        return None
