"""Keeps docs/commands.md and docs/settings.md in step with the code: `python docs/commands.py [--check]`."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

os.environ |= {"COLUMNS": "100", "TERMINAL_WIDTH": "100", "NO_COLOR": "1"}

from typer.testing import CliRunner

from sayso.interfaces.cli import app

DOCS = Path(__file__).parent
SOURCE = DOCS.parent / "src" / "sayso"
SETTING = re.compile(r"\bSAYSO_[A-Z]+\b")


def commands() -> str:
    """The text of commands.md: what each command's --help prints."""
    names = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]
    parts = ["# Commands\n\nMade from the program by `python docs/commands.py`; don't edit.\n", help_of([])]
    parts += [f"## sayso {name}\n\n{help_of([name])}" for name in names]
    return "\n".join(parts)


def help_of(words: list[str]) -> str:
    """One --help as a code block."""
    shown = CliRunner().invoke(app, [*words, "--help"], prog_name="sayso").output
    return "```\n" + "\n".join(line.rstrip() for line in shown.strip().splitlines()) + "\n```\n"


def settings_out_of_step() -> list[str]:
    """Environment variables that only the code or only settings.md knows."""
    code = {name for path in SOURCE.rglob("*.py") for name in SETTING.findall(path.read_text(encoding="utf-8"))}
    told = set(SETTING.findall((DOCS / "settings.md").read_text(encoding="utf-8")))
    return sorted(code ^ told)


def main() -> int:
    """Write commands.md, or with --check tell whether it is what it should be."""
    path = DOCS / "commands.md"
    if "--check" not in sys.argv:
        path.write_text(commands(), encoding="utf-8")
        return 0
    wrong = [f"docs/settings.md and the code disagree on {name}" for name in settings_out_of_step()]
    if not path.exists() or path.read_text(encoding="utf-8") != commands():
        wrong.append("docs/commands.md is not what the program says: run python docs/commands.py")
    print("\n".join(wrong) or "docs are in step with commands and settings")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
