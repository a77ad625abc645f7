"""Vocabulary: the encoder's tokenizer (Unigram over ▁-marked words, with the package's own normaliser table)."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from sayso.errors import ModelError
from sayso.models.weights import Pieces

LONGEST = 512
"""Tokens that the encoder reads, the two marks around the text included."""
_CHARACTERS = 16_384
_BEGIN, _END = 0, 2


def from_pieces(pieces: Pieces) -> Tokenizer:
    """The tokenizer of the package's vocabulary. (Building it is faster than reading a tokenizer.json of it.)"""
    vocabulary = list(zip(pieces.pieces, pieces.scores, strict=True))
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=pieces.unknown, byte_fallback=False))
    tokenizer.normalizer = _normaliser(pieces.replacements)
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    return tokenizer


def from_file(path: Path) -> Tokenizer:
    """The tokenizer of an official checkpoint (tokenizer.json), without marks of its own. Raises ModelError."""
    if not path.exists():
        raise ModelError(f"{path}: no such file; SAYSO_ENCODER needs a folder with a tokenizer.json")
    try:
        tokenizer = Tokenizer.from_str(path.read_text(encoding="utf-8"))
    except Exception as error:  # tokenizers raises bare Exception and nothing narrower
        raise ModelError(f"{path}: not a tokenizer ({error})") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def encode(tokenizer: Tokenizer, text: str) -> list[int]:
    """Token numbers of one text, marks around it, at most LONGEST (only its first 16,384 characters are looked at)."""
    readable = text[:_CHARACTERS].encode("utf-8", "replace").decode()  # half surrogate pairs become "?"
    ids: list[int] = tokenizer.encode(readable, add_special_tokens=False).ids
    return [_BEGIN, *ids[: LONGEST - 2], _END]


def _normaliser(replacements: dict[str, str]) -> normalizers.Normalizer:
    """NFKC (which is most of the table, and composes letters besides), after what the table does otherwise."""
    odd: dict[str, list[str]] = {"": ["\0"]}
    for char, out in replacements.items():
        if unicodedata.normalize("NFKC", char) != out:
            odd.setdefault(out, []).append(f"\\x{{{ord(char):x}}}")
    steps = [normalizers.Replace(Regex(f"[{''.join(chars)}]"), out) for out, chars in odd.items()]
    return normalizers.Sequence(
        [*steps, normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " "), normalizers.Strip()]
    )
