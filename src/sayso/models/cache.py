"""Cache: files that are made once from the weights and kept in the user's cache folder (`SAYSO_CACHE` overrides it)."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import platformdirs

from sayso.errors import ModelError


def folder() -> Path:
    """Where cached files lie; it need not exist yet."""
    given = os.environ.get("SAYSO_CACHE")
    return Path(given) if given else Path(platformdirs.user_cache_dir("sayso", appauthor=False))


def once(name: str, make: Callable[[Path], None]) -> Path:
    """Path of the cached file `name`; when it isn't there, `make(path)` writes it under a passing name first.

    The finished file appears in one step, so two processes may do this at once and a killed one leaves no half file.
    """
    path = folder() / name
    if path.exists():
        return path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, passing = tempfile.mkstemp(prefix=f".{name}.", dir=path.parent)
    except OSError as error:
        raise ModelError(f"{path.parent}: cannot write the cache: {error.strerror}; set SAYSO_CACHE") from error
    os.close(handle)
    try:
        make(Path(passing))
        Path(passing).replace(path)
    except OSError as error:
        raise ModelError(f"{path}: cannot write the cache: {error.strerror}; set SAYSO_CACHE") from error
    finally:
        Path(passing).unlink(missing_ok=True)
    return path
