"""Rarity: how seldom a word is written, in any language, by the log probabilities of the encoder's vocabulary.

The vocabulary was counted on text in a hundred languages and comes with the package: a word is as rare whatever else
is linked. Common words are single pieces with a high probability; rare names fall into several improbable ones.
"""

from __future__ import annotations

from functools import cache, lru_cache

from sayso.models.weights import package_file, read_pieces

_START = "▁"  # marks a piece that begins a word
_UNKNOWN = 20.0  # for a character that no piece has
_LONGEST_PIECE, _LONGEST_WORD = 16, 40  # characters
_COMMON_WORD, _RARE_WORD = 6.0, 26.0
_COMMON_NAME, _RARE_NAME = 9.0, 24.0
_SCALE = 6.0


def rarity(word: str) -> float:
    """Weight of a folded word among all words: 0.08 for the commonest, 3.3 for the rarest."""
    return (min(max(_nats(word), _COMMON_WORD + 0.5), _RARE_WORD) - _COMMON_WORD) / _SCALE


def name_rarity(word: str) -> float:
    """Weight of a name as written: 0.17 for names of many (months, large countries), 2.5 for the rarest.

    Names are common where their small form is: a headline may write any word with a capital.
    """
    nats = min(_nats(word), _nats(word.lower()))
    return (min(max(nats, _COMMON_NAME + 1), _RARE_NAME) - _COMMON_NAME) / _SCALE


@lru_cache(maxsize=1 << 17)
def _nats(word: str) -> float:
    """Minus the log probability of the likeliest way to put the word together from pieces."""
    marked, scores = _START + word[:_LONGEST_WORD], _scores()
    best = [0.0]
    for end in range(1, len(marked) + 1):
        ways = [best[end - 1] + _UNKNOWN]
        for start in range(max(0, end - _LONGEST_PIECE), end):
            score = scores.get(marked[start:end])
            if score is not None:
                ways.append(best[start] - score)
        best.append(min(ways))
    return best[-1]


@cache
def _scores() -> dict[str, float]:
    pieces = read_pieces(package_file())
    return dict(zip(pieces.pieces, pieces.scores, strict=True))
