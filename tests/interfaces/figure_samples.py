"""Stories made of figures alone, for the tests of their views."""

from __future__ import annotations

from sayso.linking.comparison.nouns import Comparison, FigureTelling, FigureView, Passage, Source
from sayso.text.span import Span

ARABIC = "صحيفة المرفأ"


def telling(value: float | None, day: str | None = "2024-02-10", outlet: str = "Harbour Wire", **rest) -> FigureTelling:
    """One telling; `rest` takes the place of what else it has."""
    lang = "ar" if outlet == ARABIC else "en"
    words = rest.pop("words", f"{value} views")
    passage = Passage(f"{outlet}-1", outlet, lang, "2024-02-10", (words,), (Span(4, 4 + len(words)),), f"Some {words}.")
    fields = {"value": value, "value_high": None, "unit": "views", "qualifier": "exact", "scope": "X", "window": None}
    fields |= {"as_of": day, "asserted_by": None, "standing": "same", "earliest": False}
    return FigureTelling(passage, **(fields | rest))


def view(*tellings: FigureTelling, thread: str | None = "f-1", conflict: bool = False) -> FigureView:
    """A figure in these tellings."""
    first = tellings[0]
    return FigureView(thread, first.unit, first.scope, tellings, conflict)


def story(*views: FigureView, title: str = "The port", id: str = "s1") -> Comparison:
    """A story with these figures, its sources those that tell them."""
    told = {t.passage.article: t.passage for v in views for t in v.tellings}
    sources = tuple(
        Source(p.article, f"News of {p.article}", p.outlet, p.lang, f"https://{i}.example/a", p.published)
        for i, p in enumerate(told.values())
    )
    return Comparison(id, title, sources, (), views, (), ())


def growth() -> Comparison:
    """Views and likes on X over a week, with bounds, a range, a conflict and Arabic outlets."""
    views = view(
        telling(56_000_000, "2024-02-09", "Lantern Post", earliest=True, standing="compatible", window="PT6H"),
        telling(150_000_000, qualifier="over", asserted_by="Dmitry Peskov"),
        telling(150_000_000, outlet=ARABIC, qualifier="over"),
        telling(166_000_000, outlet="Der Talbote", qualifier="about", standing="compatible"),
        telling(190_000_000, "2024-02-12", "Der Talbote", value_high=210_000_000, standing="compatible"),
        telling(250_000_000, "2024-02-14", qualifier="up to", standing="compatible"),
        telling(None, None, outlet="Quai"),
    )
    reposts = view(
        telling(269_000, unit="reposts", standing="different"),
        telling(296_000, unit="reposts", outlet=ARABIC, standing="different"),
        thread="f-2",
        conflict=True,
    )
    minutes = view(telling(120, unit="minutes", scope=None), thread="f-3")
    return story(views, reposts, minutes)
