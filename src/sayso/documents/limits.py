"""Limits: how much is read of one thing, so that no input, however made, takes the machine with it."""

from __future__ import annotations

LARGEST = 50_000_000
"""Bytes of one file, of one page of an archive, or of one line of a JSONL file; archives and JSONL have no limit."""
MEGABYTES = LARGEST // 1_000_000
LONGEST_HEADER = 1_000_000
"""Bytes of the header of one answer of HTTP; servers and browsers stop at some 100 KB."""
LONGEST_TEXT = 500_000
"""Characters of one article that is taken in; the longest of 80 real news pages has 31,063 letters."""
MOST_GROWTH = 1000
"""Times that packed bytes may grow; no text comes near it (gzip itself reaches 1032)."""
UNSUSPECTED = 10_000_000
"""Bytes up to which packed bytes may grow by any factor."""
