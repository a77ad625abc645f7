"""Settings: how this program shows itself to other machines, and how much it takes from them."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

from sayso import __version__
from sayso.documents.limits import LARGEST
from sayso.errors import InputError

_PRINTABLE = re.compile(r"[A-Za-z][ -~]*")
_TOKEN = re.compile(r"[A-Za-z_-]+")
_OFF = ("", "0", "no", "false")


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for every request; times in seconds, sizes in bytes."""

    agent: str = f"sayso/{__version__}"
    """User-Agent; its first word is the name that robots.txt knows us by."""
    private: bool = False
    """Whether addresses that only this machine or its own network knows may be fetched."""
    proxy: str | None = None
    """The address of a proxy, which then finds the hosts' addresses itself."""
    seconds: float = 30.0
    """For all that one address takes, redirects included, waiting for one's turn not."""
    largest: int = LARGEST
    """Of one payload as it comes over the network."""
    redirects: int = 10
    pause: float = 1.0
    """Between two requests to the same host."""

    def __post_init__(self) -> None:
        if not _PRINTABLE.fullmatch(self.agent):
            raise InputError("SAYSO_AGENT", "must begin with a letter and hold plain ASCII characters only")

    @property
    def token(self) -> str:
        """The name that robots.txt knows us by (RFC 9309, section 2.2.1)."""
        found = _TOKEN.match(self.agent)
        assert found is not None, "checked when the settings were made"
        return found[0]


def of_environment(private: bool = False) -> Settings:
    """Settings by $SAYSO_AGENT, $SAYSO_PRIVATE and $SAYSO_PROXY; `private` as the command line says it.

    Raises InputError for an agent that no header can carry.
    """
    return Settings(
        agent=os.environ.get("SAYSO_AGENT") or Settings().agent,
        private=private or os.environ.get("SAYSO_PRIVATE", "").strip().lower() not in _OFF,
        proxy=os.environ.get("SAYSO_PROXY") or None,
    )
