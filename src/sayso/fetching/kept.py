"""Kept: what robots.txt files said, in a folder, between runs; for a day, as RFC 9309 asks (section 2.4)."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

KEPT = 86_400.0
"""Seconds for which an answer holds."""
_NONE = b"# nothing is said here\n"
"""Stands for no robots.txt and for an empty one: no bytes at all are what a broken disk leaves, and say nothing."""
_DRAFT = "tmp"


class Kept:
    """One file for each origin, as it came; its time of change tells when. None as `folder` keeps nothing.

    What cannot be read or written is asked for again, as if it had never been kept.
    """

    def __init__(self, folder: Path | None = None, clock: Callable[[], float] = time.time) -> None:
        self._folder, self._clock = folder, clock
        self._is_swept = False

    def get(self, origin: str) -> tuple[bytes, float] | None:
        """What was put for an origin (https://n.example:8443), and for how many seconds it holds still."""
        if self._folder is None:
            return None
        try:
            path = self._path(self._folder, origin)
            age = self._clock() - path.stat().st_mtime
            # One from the future was kept before the clock went back: nobody knows how old it is.
            text = path.read_bytes() if 0 <= age < KEPT else b""
            return (text, KEPT - age) if text else None
        except OSError:
            return None

    def put(self, origin: str, text: bytes) -> None:
        """Keep what an origin answered just now, where the folder that ours lies in is there."""
        if self._folder is None or not self._folder.parent.is_dir():
            return
        with suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            self._sweep(self._folder)
            handle, name = tempfile.mkstemp(prefix=_DRAFT, dir=self._folder)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(text or _NONE)
                    file.flush()
                    os.fsync(file.fileno())
                os.utime(name, (self._clock(), self._clock()))
                Path(name).replace(self._path(self._folder, origin))
            finally:
                Path(name).unlink(missing_ok=True)

    def _sweep(self, folder: Path) -> None:
        """Once a run, remove what holds no more: old answers, and drafts of runs that were killed."""
        if self._is_swept:
            return
        self._is_swept = True
        for path in (*folder.glob("*.txt"), *folder.glob(f"{_DRAFT}*")):
            with suppress(OSError):
                if self._clock() - path.stat().st_mtime >= KEPT:
                    path.unlink()

    @staticmethod
    def _path(folder: Path, origin: str) -> Path:
        return folder / f"{quote(origin, safe='')}.txt"
