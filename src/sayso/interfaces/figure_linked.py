"""Figures as linked data: one JSON-LD document in the words of schema.org, spans in those of the Web Annotation model.

Each telling is an Observation (which is a QuantitativeValue) and the subject of a Claim: who asserts it, in which
words, and where in which article they stand.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any

from sayso.interfaces import figure_units, wording
from sayso.interfaces.report import href
from sayso.linking.comparison.nouns import Comparison, FigureTelling, FigureView, Source
from sayso.linking.figures.amounts import quantity

Node = dict[str, Any]

CONTEXT = ["https://schema.org", {"oa": "http://www.w3.org/ns/oa#"}]


def jsonld(comparisons: Sequence[Comparison]) -> str:
    """The whole document: the articles that tell a figure, then every telling."""
    nodes = [node for comparison in comparisons for node in _nodes(comparison)]
    return json.dumps({"@context": CONTEXT, "@graph": nodes}, ensure_ascii=False, indent=1)


def _nodes(comparison: Comparison) -> Iterator[Node]:
    telling = {t.passage.article for view in comparison.figures for t in view.tellings}
    sources = {s.article: s for s in comparison.sources if s.article in telling}
    yield from (_article(source) for source in sources.values())
    for view in comparison.figures:
        for place, told in enumerate(view.tellings):
            yield _observation(comparison, view, told, place, _id(sources.get(told.passage.article), told))


def _article(source: Source) -> Node:
    return _filled(
        {
            "@id": _address(source),
            "@type": "NewsArticle",
            "identifier": source.article,
            "url": href(source.url),
            "headline": source.title,
            "inLanguage": source.lang,
            "datePublished": source.published,
            "publisher": {"@type": "NewsMediaOrganization", "name": source.outlet} if _is_named(source) else None,
        }
    )


def _address(source: Source) -> str:
    return href(source.url) or _local("article", source.article)


def _id(source: Source | None, told: FigureTelling) -> str:
    return _address(source) if source else _local("article", told.passage.article)


def _is_named(source: Source) -> bool:
    """False where a title or an id stands in for the outlet's name."""
    head = source.outlet.removesuffix(" …")
    return source.outlet != source.article and not (source.title or "").startswith(head)


def _observation(comparison: Comparison, view: FigureView, told: FigureTelling, place: int, article: str) -> Node:
    value, low, high = figure_units.bounds(told)
    key = f"{comparison.id} {view.thread} {told.passage.article} {told.passage.spans} {told.unit} {told.value} {place}"
    return _filled(
        {
            "@id": _local("figure", key),
            "@type": ["Observation", "QuantitativeValue"],
            "name": quantity(told),
            "variableMeasured": told.unit,
            "observationAbout": {"@type": "Thing", "name": told.scope} if told.scope else None,
            "observationDate": told.as_of,
            "observationPeriod": told.window,
            "value": value,
            "minValue": low,
            "maxValue": high,
            "unitText": told.unit,
            "unitCode": figure_units.code(told.unit),
            "additionalProperty": [
                _property("qualifier", told.qualifier),
                *([_property("change", True)] if told.change else []),
                *([_property("vague", True)] if told.least is not None else []),
                _property("story", comparison.id),
                *([_property("thread", view.thread)] if view.thread else []),
                _property("standing", wording.STANDINGS[told.standing]),
                _property("earliest in this archive", told.earliest),
            ],
            "subjectOf": _claim(told, article),
        }
    )


def _claim(told: FigureTelling, article: str) -> Node:
    """Who asserts it, where; without an author it is the article's own."""
    passage = told.passage
    selectors = [{"@type": "oa:TextPositionSelector", "oa:start": s.start, "oa:end": s.end} for s in passage.spans]
    return _filled(
        {
            "@type": "Claim",
            "author": {"name": told.asserted_by} if told.asserted_by else None,
            "text": passage.sentence or None,
            "inLanguage": passage.lang,
            "datePublished": passage.published,
            "appearance": _filled(
                {
                    "@type": ["Quotation", "oa:SpecificResource"],
                    "text": " … ".join(passage.words) or None,
                    "inLanguage": passage.lang,
                    "isPartOf": {"@id": article},
                    "oa:hasSource": {"@id": article},
                    "oa:hasSelector": selectors or None,
                }
            ),
        }
    )


def _property(name: str, value: object) -> Node:
    return {"@type": "PropertyValue", "name": name, "value": value}


def _local(kind: str, key: str) -> str:
    return f"#{kind}-{hashlib.sha256(key.encode()).hexdigest()[:12]}"


def _filled(node: Node) -> Node:
    """Without what is not known."""
    return {key: value for key, value in node.items() if value is not None}
