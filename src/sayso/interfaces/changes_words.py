"""What changed in an article, in words: one line for a turn, and names of fields, fates and kinds. No line judges."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from sayso.documents.absence import Absence
from sayso.extraction.nouns import Figure
from sayso.interfaces.terminal import isolate, many
from sayso.linking.edits.history import Beginning, CutShort, History, Moment, Other, Turn
from sayso.linking.edits.nouns import Edit, EditKind, FieldName, FigureEdit, StatementEdit, Step
from sayso.linking.figures.amounts import amount, counted

FIELDS: Final[dict[FieldName, str]] = {
    "title": "headline",
    "outlet": "outlet",
    "author": "author",
    "published": "published",
    "modified": "changed, as the page tells",
}
SIGNS: Final[dict[EditKind, str]] = {"changed": "~", "added": "+", "removed": "-", "moved": ">"}
CHANGES: Final = {
    "number": "a number or date",
    "negation": "a negation",
    "modality": "a modal verb",
    "speaker": "who says it",
    "attribution": "that a source says it",
    "wording": "the wording",
}
_KINDS: Final[tuple[EditKind, ...]] = ("changed", "added", "removed", "moved")
_UNKNOWN: Final = "what is missing may have been taken out or not been shown"
_SHOWN: Final = 2  # figures that one line names


def moment(at: str, seconds: bool = False) -> str:
    """A date-time of a capture for people: "2024-03-02 10:02"; all times are UTC."""
    return at[: 19 if seconds else 16].replace("T", " ")


def value(name: FieldName, told: str | None) -> str | None:
    """What a page tells of itself, date-times as people write them."""
    return moment(told) if told and name in ("published", "modified") else told


def between(turn: Turn) -> str:
    """When it changed, as far as captures tell."""
    is_close = moment(turn.since) == moment(turn.until)
    since, until = moment(turn.since, is_close), moment(turn.until, is_close)
    if since == until:
        return f"at {until}"
    return f"between {since} and {until[11:] if since[:10] == until[:10] else until}"


def head(turn: Turn) -> str:
    """The heading of a turn: between which captures it changed, or what the later capture holds where nothing did."""
    if turn.beginning:
        return f"Captured {moment(turn.until)}, {beginning(turn.beginning)}"
    if turn.again and not turn.step.is_edit:
        return f"Captured {moment(turn.until)}, {_again(turn)}"
    return f"Changed {between(turn)}, as captured"


def against(turn: Turn) -> str | None:
    """With what a version was compared that is cut short, or that follows one which is; None for the one before it."""
    whole = f"Compared with version {turn.before + 1}, the last whole one, captured {moment(turn.since)}"
    if turn.beginning:
        return f"{whole}; {_UNKNOWN}."
    return f"{whole}; the captures between hold only the beginning." if turn.again else None


def beginning(one: Beginning) -> str:
    """ "only the beginning: 3 of 24 sentences"."""
    return f"only the beginning: {one.held} of {many(one.of, 'sentence')}"


def cut(one: CutShort) -> str:
    """What the last captures hold, since when, and how many they are."""
    since = f"so since {moment(one.since)}, in {many(one.captures, 'capture')}"
    return f"last capture holds {beginning(one.beginning)}; {_UNKNOWN}; {since}"


class Captured(NamedTuple):
    """One capture of a history."""

    moment: Moment
    turn: int | None
    """Place of the turn that it is the first to show."""
    is_same: bool
    """It shows what the one before it does."""
    held: Beginning | None


def captured(history: History) -> Iterator[Captured]:
    """Every capture in the order of time, with what those hold that are cut short."""
    turns = {(turn.until, turn.after): k for k, turn in enumerate(history.turns)}
    short = len(history.moments) - (history.cut.captures if history.cut else 0)
    held: Beginning | None = None
    for k, moment in enumerate(history.moments):
        is_same = k > 0 and history.moments[k - 1].version == moment.version
        turn = None if is_same else turns.get((moment.at, moment.version))
        if not is_same:
            held = None if turn is None else history.turns[turn].beginning
        if history.cut and k >= short:
            held = held or history.cut.beginning
        yield Captured(moment, turn, is_same, held)


def _again(turn: Turn) -> str:
    return f"whole again, as captured {moment(turn.since)}"


def told(turn: Turn) -> str:
    """What the page itself says of it; "" where it says nothing of what was not changed either."""
    step = turn.step
    if step.notes:
        return "the page carries a note of correction or withdrawal"
    if turn.beginning or (turn.again and not (step.told or step.is_edit)):
        return ""
    return "the page tells a change" if step.told else "no note of a change was found"


def absence(one: Absence) -> str:
    """ "gone (HTTP 404) when visited 2024-03-05 10:00 and, last, 2024-03-07 10:00"."""
    held = "gave no article" if one.by_capture else "held no article"
    how = f"gone (HTTP {one.status})" if one.status else held
    when = "captured" if one.by_capture else "visited"
    last = f" and, last, {moment(one.last)}" if moment(one.last) != moment(one.first) else ""
    back = f"; there again {moment(one.back)}" if one.back else ""
    return f"{how} when {when} {moment(one.first)}{last}{back}"


def other(history: History, one: Other) -> str:
    """ "another text stands at its address since 2024-03-05 10:00: 3f2a-2 “Log in”"; the title is kept to itself."""
    told = f"{one.article} “{isolate(one.title)}”" if one.title else one.article
    if one.since:
        first = f"; it stood there first when captured {moment(one.first)}" if one.since != one.first else ""
        return f"another text stands at its address since {moment(one.since)}: {told}{first}"
    before = "before, " if one.last < history.moments[0].at else ""
    last = f" and, last, {moment(one.last)}" if moment(one.last) != moment(one.first) else ""
    again = f"; this one again {moment(one.again)}" if one.again and not before else ""
    return f"another text stood at its address {before}when captured {moment(one.first)}{last}: {told}{again}"


def latest(history: History) -> tuple[str, str]:
    """When that which became of an article last was captured, or found, and what it is."""
    one = history.latest
    if isinstance(one, CutShort):
        last = [f"last change, captured {moment(turn.until)}: {what(turn)}" for turn in history.told[-1:]]
        return moment(one.since), "; ".join([cut(one), *last])
    short = f"; {cut(history.cut)}" if history.cut else ""
    if isinstance(one, Turn):
        return moment(one.until), what(one) + short
    if isinstance(one, Other):
        return moment(one.came), other(history, one) + short
    return (moment(one.first), absence(one) + short) if one else ("", "")


def what(turn: Turn) -> str:
    """One line: "text: 3 sentences changed; figures: 12 → 15 deaths; note of correction or withdrawal added"."""
    step = turn.step
    lines = [_whole(turn), *_headline(step), *_figures(step.figures), *_statements(step.statements)]
    if step.notes:
        lines.append("note of correction or withdrawal added")
    elif any(edit.note and edit.kind == "removed" for edit in step.edits):
        lines.append("note of correction or withdrawal removed")
    if turn.again and step.is_edit:
        lines.append(f"compared with version {turn.before + 1}")
    if turn.back:
        lines.append(f"back to what was captured {moment(turn.back)}")
    return "; ".join(line for line in lines if line)


def _whole(turn: Turn) -> str:
    """How much the version holds where that matters, or how far it differs."""
    if turn.beginning:
        return beginning(turn.beginning)
    return _again(turn) if turn.again and not turn.step.is_edit else _extent(turn.step)


def _extent(step: Step) -> str:
    match step.extent:
        case "text":
            return _text(step)
        case "headline":
            return "headline only"
        case "metadata":
            return f"metadata only: {', '.join(FIELDS[field.name] for field in step.fields)}"
        case "noise":
            return f"noise only: {noise(step)}"
        case _:
            return "nothing that a reader sees"


def _text(step: Step) -> str:
    """Sentences counted by what became of them; those of a note of correction are not."""
    counts = [(step.count(kind), kind) for kind in _KINDS]
    parts = [f"{count} {kind}" for count, kind in counts if count]
    if not parts:
        return ""
    first = next(count for count, _ in counts if count)
    return "text: " + ", ".join([parts[0].replace(" ", f" sentence{'s' * (first > 1)} ", 1), *parts[1:]])


def _headline(step: Step) -> list[str]:
    is_more = step.extent == "text" or step.extent == "metadata"
    return ["headline changed"] if is_more and step.edits and any(f.name == "title" for f in step.fields) else []


def _figures(figures: tuple[FigureEdit, ...]) -> list[str]:
    changed = [words for figure in figures if figure.fate == "changed" and (words := figure_words(figure))]
    if not changed:
        return []
    more = f" and {len(changed) - _SHOWN} more" if len(changed) > _SHOWN else ""
    return [f"figures: {', '.join(changed[:_SHOWN])}{more}"]


def _statements(statements: tuple[StatementEdit, ...]) -> list[str]:
    fates = Counter(statement.fate for statement in statements)
    parts = [f"{fates[fate]} {fate}" for fate in ("changed", "came", "went") if fates[fate]]
    return [f"statements: {', '.join(parts)}"] if parts else []


def figure_words(edit: FigureEdit) -> str:
    """ "12 → 15 deaths", "came: 3 million EUR"."""
    was, now = edit.before, edit.after
    if was and now:
        unit = counted(now) if now.unit or now.change else ""
        left, right = counted(was) if was.unit or was.change else "", f"{amount(now)} {unit}".rstrip()
        return f"{amount(was)}{f' {left}' if left != unit and left else ''} → {right}"
    one = now or was
    return figure(one) if one else ""


def figure(one: Figure) -> str:
    """ "3 million EUR"."""
    return f"{amount(one)} {counted(one) if one.unit or one.change else ''}".rstrip()


def words(statement: StatementEdit, whole: str) -> str:
    """What a statement said in the earlier text."""
    return " … ".join(span.of(whole) for span in statement.before)


def noise(step: Step) -> str:
    """How often each rule left something out: "2 × counter, time line"."""
    counts = Counter(one.rule for one in step.noise)
    return ", ".join(f"{count} × {rule}" if count > 1 else rule for rule, count in counts.items())


def extent(history: History) -> str:
    """How much there is of one article."""
    return f"{many(len(history.moments), 'capture')}, {many(len(history.versions), 'version')}"


def edit_words(edit: Edit) -> str:
    """What became of a sentence, in words."""
    words = "moved and changed" if edit.kind == "moved" and edit.reworded else edit.kind
    return f"{words}, in a note of correction or withdrawal" if edit.note else words


def left_out(histories: Sequence[History]) -> list[str]:
    """What is said of articles in which noise alone differs, or that were captured cut short and whole again."""
    short = sum(map(was_short, histories))
    noisy = len(histories) - short
    said = [
        (noisy, "differs" if noisy == 1 else "differ", "in noise alone"),
        (short, "was" if short == 1 else "were", "captured with only the beginning once, and whole again later"),
    ]
    return [f"{many(count, 'more article')} {verb} {how}; --all tells." for count, verb, how in said if count]


def was_short(history: History) -> bool:
    """Whether an article was captured cut short and then whole again."""
    return any(turn.again for turn in history.turns)
