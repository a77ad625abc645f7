"""Toml: data files read into checked tables; what is wrong is named by file, key and reason."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import msgspec
import tomli

from sayso.errors import PackError

T = TypeVar("T")


def read_toml(path: Path, kind: type[T], missing: str) -> T:
    """The file at `path` as a `kind`; `missing` is the reason when there is none. Raises PackError."""
    try:
        data = tomli.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise PackError(path.name, "file", missing) from None
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackError(path.name, "file", f"not valid TOML: {error}") from None
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        reason, _, key = str(error).partition(" - at ")
        raise PackError(path.name, key.strip("`").removeprefix("$.") or "top", reason) from None
