"""What the ledger may import: of judgements their nouns alone."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
JUDGEMENTS = ROOT / "src" / "sayso" / "linking" / "judgements"


def test_the_ledger_is_forbidden_every_verb_of_judging() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = told["tool"]["importlinter"]["contracts"]
    (ours,) = (one for one in contracts if one["name"] == "The ledger imports nouns, never verbs")
    verbs = {path.stem for path in JUDGEMENTS.glob("*.py")} - {"__init__", "nouns"}
    assert {f"sayso.linking.judgements.{name}" for name in verbs} <= set(ours["forbidden_modules"])
