"""Found: what a rule hands on, and what earlier rules of the same sentence found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sayso.extraction.cues.frames import Frame, trimmed
from sayso.extraction.cues.scene import Scene
from sayso.extraction.nouns import Spans


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found: spans, the quotes used, and the frame it stood in."""

    rule: str
    frame: Frame
    source: Spans
    content: Spans
    quotes: tuple[int, ...] = ()
    cue: Spans | None = None


@dataclass(slots=True)
class Sofar:
    """What the rules found before, for clauses that share a subject."""

    in_sentence: list[Found] = field(default_factory=list)
    sentence: int = -1


Rule = Callable[[Scene, Frame, Sofar], Found | None]
"""Looks at one cue's frame and finds its attribution, or passes."""


def whole(scene: Scene, rule: str, frame: Frame, source: Spans, start: int, end: int) -> Found | None:
    """`found` with the one content `[start, end)`, or None when nothing is left of it."""
    spans = trimmed(scene, start, end)
    used = scene.used(start, end)
    return Found(rule, frame, source, spans, used) if spans else None
