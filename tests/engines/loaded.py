"""A module that workers need and that takes a while to load: it tells that it is loading, and where it was."""

from __future__ import annotations

import os
import time
from pathlib import Path

NOTE = os.environ.get("LOADED_NOTE")
if NOTE:
    Path(NOTE).write_text(str(os.getpid()))
    time.sleep(1.0)
LOADED_IN = os.getpid()


def places(_):
    """The process that loaded this module, and the one that runs."""
    time.sleep(0.05)
    return LOADED_IN, os.getpid()
