"""Figures written to files: a table, linked data, a drawing; and what to say where there are none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from sayso.comparing import Wanted
from sayso.errors import InputError
from sayso.interfaces import exports
from sayso.interfaces.streams import out, whole
from sayso.linking.comparison.nouns import Comparison

_PAGES, _DRAWINGS = (".html", ".htm"), (".svg", ".png")
_SHARPNESS = 2  # pixels of a PNG for one of the drawing


@dataclass(frozen=True, slots=True)
class Targets:
    """The files to write, None for those that nobody asks for."""

    csv: str | None = None
    jsonld: str | None = None
    plot: str | None = None

    def __bool__(self) -> bool:
        return bool(self.csv or self.jsonld or self.plot)

    def refused(self) -> str | None:
        """Why the drawing cannot be written, before any work is done; None when it can."""
        suffix = Path(self.plot).suffix.lower() if self.plot else ".svg"
        if suffix not in (*_PAGES, *_DRAWINGS):
            return f"{self.plot}: --plot writes OUT.svg, OUT.png or OUT.html"
        if suffix == ".png" and not _has_png():
            return f"{self.plot}: PNG needs one more package: pip install 'sayso[png]'; OUT.svg needs none"
        return None


def write(comparisons: Sequence[Comparison], targets: Targets) -> Iterator[str]:
    """Write what is asked for; a sentence on each file."""
    count = sum(len(view.tellings) for comparison in comparisons for view in comparison.figures)
    if targets.csv:
        with out(targets.csv) as line:
            line(exports.figures_csv(comparisons).removesuffix("\n"))
        yield f"{targets.csv}: tellings {count}"
    if targets.jsonld:
        from sayso.interfaces.figure_linked import jsonld

        with out(targets.jsonld) as line:
            line(jsonld(comparisons))
        yield f"{targets.jsonld}: tellings {count}"
    if targets.plot:
        _draw(comparisons, targets.plot)
        yield f"{targets.plot}: stories {len(comparisons)}"


def _draw(comparisons: Sequence[Comparison], target: str) -> None:
    from sayso.interfaces import figure_page

    suffix = Path(target).suffix.lower()
    if suffix == ".png":
        with whole(target) as file:
            file.write(_png(figure_page.svg(comparisons, plain=True), target))
    else:
        with out(target) as line:
            line(figure_page.page(comparisons) if suffix in _PAGES else figure_page.svg(comparisons))


def _has_png() -> bool:
    try:
        import resvg_py  # noqa: F401
    except ImportError:
        return False
    return True


def _png(svg: str, target: str) -> bytes:
    """The drawing as a picture; its letters are those of the system's fonts."""
    import resvg_py

    try:
        return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=_SHARPNESS))
    except ValueError as error:
        raise InputError(target, f"cannot be drawn as PNG: {error}") from None


def nothing(wanted: Wanted, known: Sequence[Comparison]) -> str:
    """What to say when nothing was found; `known`: what there is when all are asked for."""
    if not known:
        return "No figures: the articles give none, or none were read yet. `sayso read PATH` reads some."
    asked = [field.name for field in fields(wanted) if getattr(wanted, field.name) is not None]
    said = " and ".join(f"{name} {getattr(wanted, name)!r}" for name in asked)
    there = "; ".join(f"{name}: {', '.join(_names(name, known))}" for name in asked)
    return f"No figures with {said}. There are, by {there}."


def _names(name: str, known: Sequence[Comparison]) -> list[str]:
    """The units, scopes, languages or outlets that there are."""
    views = [view for comparison in known for view in comparison.figures]
    if name in ("unit", "scope"):
        found = {getattr(view, name) for view in views}
    else:
        found = {getattr(telling.passage, name) for view in views for telling in view.tellings}
    return sorted(filter(None, found)) or ["none"]
