"""Optional: a command whose `--ledger` may stand without a folder; the default ledger is meant then."""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand

_NAME = "--ledger"


class WithLedger(TyperCommand):
    """Puts the default folder behind a `--ledger` that has none."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401  (typer's own context)
        """What typer makes of the words, the folder filled in."""
        from sayso.workspace import default_folder

        if _NAME in args:
            after = args.index(_NAME) + 1
            if after == len(args) or args[after].startswith("--"):
                args = [*args[:after], str(default_folder()), *args[after:]]
        return super().parse_args(ctx, args)
