"""One family of exceptions. Each message says what went wrong, where, and what to do, in one sentence."""

from __future__ import annotations

from typing import Any


class SaysoError(Exception):
    """Anything sayso raises on purpose; its text is fit to be shown to the user as it is."""


class InputError(SaysoError):
    """An input could not be read: names the input and the reason."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str]]:
        """Between processes an exception is made anew of what made it."""
        return type(self), (self.name, self.reason)


class NoArticle(InputError):
    """A page was read and holds no article: a front page, a list of links, a form to log in."""


class FetchError(InputError):
    """An address could not be fetched: names it and the reason; `status` is that of HTTP, if it came so far."""

    def __init__(
        self,
        name: str,
        reason: str,
        status: int | None = None,
        wait: float | None = None,
        lasting: bool = False,
        ours: bool = False,
    ) -> None:
        super().__init__(name, reason)
        self.status = status
        self.wait = wait
        """Seconds that the other side asks us to stay away; without a status: asked before, so it was not asked now."""
        self.lasting = lasting
        """Whether another try would bring the same: the address may not be fetched."""
        self.ours = ours
        """Whether our own settings refused it; with others it would have been asked for."""

    def __reduce__(self) -> tuple[type[FetchError], tuple[Any, ...]]:
        """Between processes an exception is made anew of what made it."""
        return type(self), (self.name, self.reason, self.status, self.wait, self.lasting, self.ours)


class PackError(SaysoError):
    """A language pack is not as the schema demands: names file, key and reason."""

    def __init__(self, file: str, key: str, reason: str) -> None:
        super().__init__(f"{file}: {key}: {reason}")
        self.file = file
        self.key = key
        self.reason = reason


class ModelError(SaysoError):
    """Model weights are missing, broken or of the wrong shape."""


class LedgerError(SaysoError):
    """The ledger cannot be opened, written or trusted."""


class NotFound(SaysoError):
    """Nothing in the ledger answers to the given name or id."""
