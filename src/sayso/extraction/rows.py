"""Rows: a reading as plain data, in the form that CONTRACTS gives `sayso annotate`."""

from __future__ import annotations

from typing import Any

from sayso.extraction.nouns import Attribution, Figure, Reading, Spans, Time, Voice


def row(reading: Reading) -> dict[str, Any]:
    """The fields that annotate adds to an article; spans are [start, end) in code points."""
    return {
        "lang": reading.lang,
        "attributions": [_attribution(a) for a in reading.attributions],
        "figures": [_figure(f) for f in reading.figures],
        "times": [_time(t) for t in reading.times],
        "voice": [_voice(v) for v in reading.voice],
    }


def _spans(spans: Spans) -> list[list[int]]:
    return [[s.start, s.end] for s in spans]


def _attribution(a: Attribution) -> dict[str, Any]:
    return {
        "source": _spans(a.source),
        "cue": _spans(a.cue),
        "content": _spans(a.content),
        "type": a.type,
        "speaker": a.speaker,
        "nested_in": a.nested_in,
        "stance": a.stance,
        "score": round(a.score, 4),
        "rule": a.rule,
        "model": a.model or None,
    }


def _figure(f: Figure) -> dict[str, Any]:
    return {
        "span": [f.span.start, f.span.end],
        "value": f.value,
        "value_high": f.value_high,
        "unit": f.unit,
        "qualifier": f.qualifier,
        "scope": f.scope,
        "window": f.window,
        "as_of": f.as_of,
        "asserted_by": f.asserted_by,
        "change": f.change,
        "least": f.least,
    }


def _time(t: Time) -> dict[str, Any]:
    return {"span": [t.span.start, t.span.end], "value": t.value}


def _voice(v: Voice) -> dict[str, Any]:
    return {"span": [v.span.start, v.span.end], "kind": v.kind, "holder": v.holder}
