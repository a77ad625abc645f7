"""What changed in articles, in the terminal: removed words as [-…-], added ones as {+…+}, in colours besides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from sayso.interfaces import changes_words, wording
from sayso.interfaces.terminal import isolate, many, table
from sayso.linking.edits.history import Beginning, History, Turn
from sayso.linking.edits.nouns import Edit, StatementEdit, Step

_SIGNS: Final = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
_STYLES: Final = {"same": "", "removed": "red", "added": "green"}
_EDITS: Final = {"changed": "yellow", "added": "green", "removed": "red", "moved": "cyan"}
_FIRST_STRONG, _LEFT, _RIGHT, _POP = "\u2068", "\u2066", "\u2067", "\u2069"  # Unicode isolates
_NARROW: Final = 100  # columns below which the table becomes a list


def articles(console: Console, histories: Sequence[History]) -> None:
    """One line for each article: when its last change was captured, and what changed."""
    rows = [(history, *changes_words.latest(history)) for history in histories]
    if console.width < _NARROW:
        for history, at, what in rows:
            console.print(Text(isolate(history.current.title or history.article), style="bold"))
            about = [isolate(history.current.outlet or ""), at, history.article]
            console.print(Text(f"  {' · '.join(filter(None, about))}", style="dim"))
            console.print(Text(f"  {what}"))
        return
    made = table("captured", "id", "outlet", "title", "what changed last")
    for history, at, what in rows:
        title, outlet = isolate(history.current.title or ""), isolate(history.current.outlet or "")
        made.add_row(at, history.article, outlet, title, what)
    console.print(made)


def article(console: Console, history: History, noise: bool = False) -> None:
    """One article: its captures and versions, then each change; with `noise` also what was left out as noise."""
    current = history.current
    console.print(Text(isolate(current.title or history.article), style="bold"))
    about = [isolate(current.outlet or ""), history.article, changes_words.extent(history), current.url or ""]
    console.print(Text(" · ".join(filter(None, about)), style="dim"))
    console.print()
    _timeline(console, history)
    if history.cut:
        console.print(Text(f"\nThe text: {changes_words.cut(history.cut)}.", style="yellow"))
    if history.absence:
        console.print(Text(f"\nThe page: {changes_words.absence(history.absence)}.", style="yellow"))
    for other in history.others:
        console.print(Text(f"\nThe address: {changes_words.other(history, other)}.", style="yellow"))
    for turn in history.turns:
        console.print()
        _turn(console, history, turn, noise)


def _timeline(console: Console, history: History) -> None:
    """Captures in the order of time; times are UTC."""
    made = table("captured (UTC)", "version", "published", "changed, as the page tells", "what")
    for k, (moment, turn, is_same, held) in enumerate(changes_words.captured(history)):
        version = history.versions[moment.version]
        what = "as before" if is_same else "another version" if k else "first capture"
        what += f", {changes_words.beginning(held)}" if held else ""
        what = what if turn is None else changes_words.what(history.turns[turn])
        told = (version.published or "?", version.modified or "–")
        made.add_row(changes_words.moment(moment.at), str(moment.version + 1), *map(changes_words.moment, told), what)
    console.print(made)


def _turn(console: Console, history: History, turn: Turn, noise: bool) -> None:
    step = turn.step
    head = Text(changes_words.head(turn), style="bold cyan")
    console.print(head.append(f"  {changes_words.told(turn)}".rstrip(), style="dim"))
    if against := changes_words.against(turn):
        console.print(Text(f"  {against}", style="dim"))
    if turn.back:
        since = changes_words.moment(turn.back)
        console.print(Text(f"  Headline and text are again as they were captured {since}.", style="yellow"))
    for field in step.fields:
        name = changes_words.FIELDS[field.name]
        line = Text(f"  {name}: ", style="dim")
        sides = (changes_words.value(field.name, told) for told in (field.before, field.after))
        console.print(line.append_text(_instead(*sides)))
    before, after = history.versions[turn.before], history.versions[turn.after]
    for edit in step.edits:
        console.print(Padding(_edit(edit, before.text, after.text, after.lang), (0, 0, 0, 2), expand=False))
    _section(console, "statements", [_statement(one) for one in step.statements])
    _section(console, "figures", list(_figures(step)))
    if turn.beginning:
        _missing(console, turn.beginning, before.text)
    if step.noise:
        _noise(console, step, before.text, after.text, noise or turn.beginning is not None)


def _missing(console: Console, one: Beginning, whole: str) -> None:
    """The sentences, statements and figures of the whole text that a capture cut short does not hold."""
    name = "not in this capture"
    _section(console, name, [Text(isolate(span.of(whole))) for span in one.sentences])
    said = [(said.speaker_before or "Unnamed", changes_words.words(said, whole)) for said in one.statements]
    _section(console, f"statements {name}", [Text(f"{isolate(who)} · {isolate(what)}") for who, what in said])
    _section(console, f"figures {name}", [Text(changes_words.figure(one)) for one in one.figures])


def _instead(before: str | None, after: str | None) -> Text:
    """What stood there and what stands there now."""
    shown = Text()
    for op, words in (("removed", before), ("added", after)):
        if words:
            opening, closing = _SIGNS[op]
            shown.append(f"{opening}{isolate(words)}{closing} ", style=_STYLES[op])
    return shown


def _edit(edit: Edit, before: str, after: str, lang: str) -> Text:
    """A sentence with the signs of its kind and of each piece; in one with right-to-left words they reorder nothing."""
    shown = Text(f"{changes_words.SIGNS[edit.kind]} ", style=_EDITS[edit.kind])
    notes = [changes_words.edit_words(edit)] if edit.note or edit.kind == "moved" else []
    words = "".join(piece.span.of(before if piece.op == "removed" else after) for piece in edit.pieces)
    isolates = isolate(words) != words
    shown.append(_FIRST_STRONG * isolates)
    inner = _RIGHT if wording.direction(lang) == "rtl" else _LEFT
    for piece in edit.pieces:
        opening, closing = _SIGNS[piece.op]
        text = piece.span.of(before if piece.op == "removed" else after).replace("\n", " ")
        bare = text.rstrip()
        marked = f"{opening}{bare}{closing}"
        if isolates and opening:
            marked = f"{inner}{marked}{_POP}"
        shown.append(marked + text[len(bare) :], style=_STYLES[piece.op])
    shown.append(_POP * isolates)
    return shown.append("".join(f"  ({note})" for note in notes), style="dim")


def _section(console: Console, title: str, lines: Sequence[Text]) -> None:
    if lines:
        console.print(Text(f"  {title}", style="dim"))
    for line in lines:
        console.print(Padding(line, (0, 0, 0, 4), expand=False))


def _statement(one: StatementEdit) -> Text:
    speaker = isolate(one.speaker_after or one.speaker_before or "Unnamed")
    shown = Text(f"{one.fate}: ", style="bold").append(f"{speaker} · ")
    if one.fate == "changed":
        shown.append(f"{changes_words.CHANGES[one.change or 'wording']} · ", style="dim")
    return shown.append_text(_instead(one.against, one.words))


def _figures(step: Step) -> Iterator[Text]:
    for one in step.figures:
        yield Text(f"{one.fate}: ", style="bold").append(changes_words.figure_words(one))


def _noise(console: Console, step: Step, before: str, after: str, shown: bool) -> None:
    """How much noise was left out, and with `shown` what."""
    line = f"  {many(len(step.noise), 'difference')} left out as noise: {changes_words.noise(step)}"
    console.print(Text(line, style="dim"))
    for one in step.noise if shown else ():
        sides = [span.of(text) if span else "" for span, text in ((one.before, before), (one.after, after))]
        console.print(
            Padding(Text(f"{one.rule}: ", style="dim").append_text(_instead(*sides)), (0, 0, 0, 4), expand=False)
        )
