"""Ahead: what every reader needs, loaded once before readers are forked; named to an engine, imported by nobody."""

from __future__ import annotations

import gc
import os
from contextlib import suppress

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # or numpy starts threads, which a fork must not meet

import trafilatura  # noqa: F401 - slow to import, and every page needs it

import sayso.extraction.annotate  # noqa: F401 - the same of every text
from sayso.errors import PackError
from sayso.languages.gazetteer import gazetteer

with suppress(PackError):  # told where it is used, with the input that it fails on
    gazetteer()
gc.collect()
gc.freeze()
