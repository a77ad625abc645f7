"""What changed in an article as plain data for JSON: every string with the span that it was cut from."""

from __future__ import annotations

from typing import Any

from sayso.answers import plain
from sayso.interfaces import changes_words
from sayso.linking.edits.history import Beginning, CutShort, History, Other, Turn
from sayso.linking.edits.nouns import Edit, FigureEdit, StatementEdit
from sayso.text.span import Span

Row = dict[str, Any]


def line(history: History) -> Row:
    """One article of the list, its last change in words."""
    latest = history.latest
    about = {name: getattr(history.current, name) for name in ("outlet", "title", "url", "lang")}
    what: Row = {"what": changes_words.latest(history)[1]}
    if isinstance(latest, Turn):
        what |= {"since": latest.since, "until": latest.until, "kind": latest.step.extent}
    elif isinstance(latest, CutShort):
        whole = history.moments[-1 - latest.captures]
        what |= {"since": whole.at, "until": latest.since, "kind": "text"}
    elif isinstance(latest, Other):
        before = [moment.at for moment in history.moments if moment.at <= latest.came]
        what |= {"since": before[-1], "until": latest.came, "kind": "another text"}
    elif latest:
        before = [moment.at for moment in history.moments if moment.at <= latest.first]
        what |= {"since": before[-1] if before else None, "until": latest.first, "kind": "absence"}
    counts = {"turns": len(history.told), "versions": len(history.versions)}
    found = {"absence": _absence(history), "beginning": _cut(history.cut), **_others(history)}
    return {"article": history.article, **about, **what, **counts, **found}


def whole(history: History) -> Row:
    """One article with its captures, versions and turns."""
    about = {name: getattr(history.current, name) for name in ("outlet", "title", "url", "lang")}
    facts = ("digest", "title", "outlet", "author", "published", "modified")
    return {
        "article": history.article,
        **about,
        "captures": [plain(moment) for moment in history.moments],
        "versions": [{name: getattr(version, name) for name in facts} for version in history.versions],
        "turns": [_turn(history, turn) for turn in history.turns],
        "absence": _absence(history),
        "beginning": _cut(history.cut),
        **_others(history),
    }


def _absence(history: History) -> Row | None:
    """What was found on the page in the place of the article."""
    one = history.absence
    names = ("status", "first", "last", "back", "by_capture")
    return {name: getattr(one, name) for name in names} if one else None


def _cut(one: CutShort | None) -> Row | None:
    """What the last captures hold where they are cut short."""
    return None if one is None else {**_held(one.beginning), "since": one.since, "captures": one.captures}


def _held(one: Beginning) -> Row:
    return {"version": one.version, "held": one.held, "of": one.of}


def _beginning(one: Beginning | None, whole: str) -> Row | None:
    """What a version that is cut short holds, and what of the whole text it does not."""
    if one is None:
        return None
    missing = {
        "sentences": [_at(span, whole) for span in one.sentences],
        "statements": [
            {"speaker": said.speaker_before, "before": [_at(span, whole) for span in said.before]}
            for said in one.statements
        ],
        "figures": [{**plain(figure), "text": figure.span.of(whole)} for figure in one.figures],
    }
    return {**_held(one), "not_in_this_capture": missing}


def _others(history: History) -> Row:
    """Other texts at its address, each an article of its own."""
    return {"others": [plain(one) for one in history.others]}


def _turn(history: History, turn: Turn) -> Row:
    before, after = history.versions[turn.before].text, history.versions[turn.after].text
    step = turn.step
    return {
        "since": turn.since,
        "until": turn.until,
        "before": turn.before,
        "after": turn.after,
        "kind": "text" if turn.beginning else step.extent,
        "what": changes_words.what(turn),
        "page_tells": step.told,
        "back": turn.back,
        "beginning": _beginning(turn.beginning, before),
        "again": turn.again,
        "fields": [plain(field) for field in step.fields],
        "edits": [_edit(edit, before, after) for edit in step.edits],
        "statements": [_statement(one, before, after) for one in step.statements],
        "figures": [_figure(one, before, after) for one in step.figures],
        "notes": [_at(span, after) for span in step.notes],
        "noise": [
            {"rule": one.rule, "before": _at(one.before, before), "after": _at(one.after, after)} for one in step.noise
        ],
    }


def _edit(edit: Edit, before: str, after: str) -> Row:
    pieces = [
        {"op": piece.op, **(_at(piece.span, before if piece.op == "removed" else after) or {})} for piece in edit.pieces
    ]
    places = {"before": _at(edit.before, before), "after": _at(edit.after, after)}
    return {"kind": edit.kind, **places, "pieces": pieces, "note": edit.note}


def _statement(one: StatementEdit, before: str, after: str) -> Row:
    sides = {
        "before": [_at(span, before) for span in one.before],
        "after": [_at(span, after) for span in one.after],
    }
    rest = ("speaker_before", "speaker_after", "change", "why", "words", "against")
    return {"fate": one.fate, **sides, **{name: getattr(one, name) for name in rest}}


def _figure(one: FigureEdit, before: str, after: str) -> Row:
    sides = {"before": (one.before, before), "after": (one.after, after)}
    return {
        "fate": one.fate,
        **{name: figure and {**plain(figure), "text": figure.span.of(text)} for name, (figure, text) in sides.items()},
    }


def _at(span: Span | None, text: str) -> Row | None:
    """The words and where they stand."""
    return None if span is None else {"span": list(span), "text": span.of(text)}
