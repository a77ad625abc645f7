"""Edition: one version of an article with its reading, cut for comparison once however often it is compared."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.documents.nouns import Version
from sayso.linking.article import Annotated
from sayso.linking.edits.looks import Unit, look, units


@dataclass(frozen=True, slots=True)
class Edition:
    """A version, what was read in it, and its text in sentences and lines of noise."""

    version: Version
    article: Annotated
    units: tuple[Unit, ...]

    @property
    def text(self) -> list[Unit]:
        """The sentences without noise."""
        return [unit for unit in self.units if unit.rule is None]

    @property
    def noise(self) -> list[Unit]:
        """The lines of noise."""
        return [unit for unit in self.units if unit.rule is not None]

    def seen(self) -> tuple[object, ...]:
        """What a reader sees of headline and text, noise and styles aside; the same for versions that look the same."""
        return look(self.version.title or ""), tuple(look for unit in self.text for look in unit.looks)


def edition(version: Version, article: Annotated) -> Edition:
    """`article` is the same version with its reading (`Annotated` with text, attributions, figures, times)."""
    return Edition(version, article, tuple(units(version.text, version.lang)))
