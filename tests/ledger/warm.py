"""Warm: imported by the process that readers are forks of (busy.py), so that each of them begins at once."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from sayso import workspace

with tempfile.TemporaryDirectory() as folder:
    os.environ["SAYSO_KEY"] = str(Path(folder, "key.pem"))
    page = Path(folder, "ships.txt")
    page.write_text("Mayor Mira Holt said that 40 ships left Marsa.", encoding="utf-8")
    workspace.read([page], workspace.open_ledger(Path(folder, "ledger")), tagger=False)
