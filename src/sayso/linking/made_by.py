"""Made by: what links depend on besides the articles, so that what another sayso kept is found anew."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_ROOMS = ("linking", "languages", "models", "text", "extraction")  # whose code and word lists decide what is linked


def digest(*parts: str) -> str:
    """A short name for `parts` and for this sayso: other parts, another sayso or another order, another name."""
    return hashlib.sha256("\0".join([_sayso(), *parts]).encode("utf-8", "surrogatepass")).hexdigest()[:32]


@cache
def _sayso() -> str:
    """A digest of the code and word lists that links depend on."""
    found = hashlib.sha256()
    for path in sorted(
        path for room in _ROOMS for path in (_ROOT / room).rglob("*") if path.suffix in (".py", ".toml", ".txt")
    ):
        found.update(f"{path.relative_to(_ROOT).as_posix()}\0".encode())
        found.update(path.read_bytes())
    return found.hexdigest()
