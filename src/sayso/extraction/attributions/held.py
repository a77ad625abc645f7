"""Held: which drafts hold a token, so that drafts are compared with their neighbours alone, in a text of any length."""

from __future__ import annotations

from collections import defaultdict

from sayso.extraction.attributions.tagged import Draft, Runs


class Held:
    """Numbers of drafts by the tokens of their contents and of their cues."""

    def __init__(self) -> None:
        self._contents: defaultdict[int, list[int]] = defaultdict(list)
        self._cues: defaultdict[int, list[int]] = defaultdict(list)

    def add(self, number: int, draft: Draft) -> None:
        """Enter a draft under its number."""
        for held, runs in ((self._contents, draft.content), (self._cues, draft.cue)):
            for token in _tokens(runs):
                held[token].append(number)

    def contents(self, runs: Runs) -> list[int]:
        """Drafts whose content shares a token with `runs`, ascending."""
        return _at(self._contents, runs)

    def cues(self, runs: Runs) -> list[int]:
        """Drafts whose cue shares a token with `runs`, ascending."""
        return _at(self._cues, runs)


def _at(held: defaultdict[int, list[int]], runs: Runs) -> list[int]:
    return sorted({number for token in _tokens(runs) if token in held for number in held[token]})


def _tokens(runs: Runs) -> list[int]:
    return [token for first, last in runs for token in range(first, last)]
