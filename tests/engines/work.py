"""What the engines' tests let their parts do: named functions, since processes import what they run."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path


def double(n):
    return 2 * n


def slow_first(n):
    time.sleep(0.3 if n == 0 else 0)
    return n


def picky(n):
    if n % 3 == 1:
        raise ValueError(f"{n} is not to my taste")
    return n


def where(_):
    time.sleep(0.05)
    return os.getpid()


def unpicklable(n):
    return threading.Lock() if n == 1 else n


def die(n):
    """Part 2 kills its process each time."""
    if n == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return n


def die_once(part):
    """A part with a path that does not exist yet leaves a note there and kills its process."""
    n, note = part
    if note and not Path(note).exists():
        Path(note).write_text("was here")
        os.kill(os.getpid(), signal.SIGKILL)
    return n


def leave(n):
    if n == 1:
        raise SystemExit(3)
    return n


def sleep_long(note):
    Path(note, str(os.getpid())).write_text("")
    time.sleep(60)


class Thorny:
    """Cannot be read on the other side."""

    def __reduce__(self):
        return int, ("no number",)


class Stuck:
    """Cannot be sent."""

    def __reduce__(self):
        raise RuntimeError("stays here")
