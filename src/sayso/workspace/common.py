"""Common: which lines stand in several articles of one site, and so are none of an article's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sayso.documents.nouns import Version
    from sayso.ledger.view import View

OTHERS: Final = 2
"""Articles beside the one that has it, at least, in which such a line stands."""


class Common:
    """Lines asked of the current versions in a ledger, each line once."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._known: dict[str, tuple[tuple[str, str], ...]] = {}

    def stands(self, line: str, article: Version) -> bool:
        """Whether a line of `article` stands in others of its site, which an article without an address has not."""
        site = _site(article)
        if line not in self._known:
            self._known[line] = tuple(self._articles(line))
        return bool(site) and sum(own == site and id != article.id for id, own in self._known[line]) >= OTHERS

    def _articles(self, line: str) -> list[tuple[str, str]]:
        """The articles that have this line, each with its site."""
        found = (self._view.version(id) for id in self._view.holding([line], 0))
        return [(one.id, _site(one)) for one in found if line in map(str.strip, one.text.splitlines())]


def _site(article: Version) -> str:
    """The host of its address."""
    from sayso.documents.address import host_of

    return host_of(article.url).removeprefix("www.")
