"""Versions that are cut short: which hold only a beginning, which are edits, and what the turns of a history tell."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.linking.editions import bare, whole

from sayso.documents.absence import Absence
from sayso.interfaces import changes_words
from sayso.languages.noise import tables
from sayso.linking.edits.beginning import FEWEST, GONE, held
from sayso.linking.edits.edition import Edition
from sayso.linking.edits.history import History, Moment, Turn, history

WHOLE = """12 people died when the bridge over the Elm fell on Monday, officials in Marrow said. The cause is not known.
Mayor Ann Lee said: “The bridge was safe.” She had visited it in May with the engineers of the county.
The bridge carried 1,200 cars a day. It was built in 1968 and mended in 2011, the records of the county show.
“We will pay for a new one,” the minister Bo Reed said. A new bridge would cost 3 million euros, he told reporters.
Divers searched the water until night. Two cars were lifted out of the river on Tuesday morning.
The council of Marrow meets on Friday. It wants to hear the engineers who had looked at the bridge in May."""
LINES = WHOLE.splitlines()
TEASER = "\n".join(LINES[:2])
RUSSIAN = "\n".join(
    f"Мост номер {n} закрыт с понедельника, сказал мэр города. Причина пока не известна." for n in range(6)
)
CHINESE = "\n".join(f"第{n}号大桥星期一倒塌，官员表示原因不明。河上的交通中断了两天。" for n in range(6))


def told(*editions: Edition, order: tuple[int, ...] | None = None) -> History:
    """The history of captures a day apart, one for each place in `order`."""
    order = order or tuple(range(len(editions)))
    moments = [Moment(f"2024-03-0{day}T10:00:00+00:00", None, "d", version) for day, version in enumerate(order, 1)]
    return history("a", editions, moments)


CUT_SHORT = [
    ("whole paragraphs", "en", WHOLE, TEASER),
    ("in other styles", "en", WHOLE, TEASER.replace("“", '"').replace("”", '"').replace("\n", "\n\n")),
    ("a sentence in part", "en", WHOLE, f"{TEASER}\nThe bridge carried…"),
    ("a word in part", "en", WHOLE, f"{TEASER}\nThe bridge carr..."),
    ("a word in part, unmarked", "en", WHOLE, f"{TEASER}\nThe bri"),
    ("in brackets", "en", WHOLE, f"{LINES[0]}\nMayor Ann Lee said: “The […]"),
    ("read more in the line", "en", WHOLE, f"{LINES[0]}\nMayor Ann Lee said… Read more"),
    ("two sentences", "en", WHOLE, LINES[0]),
    (
        "with lines of noise",
        "en",
        f"{WHOLE}\n12 comments",
        f"Updated 3 minutes ago\n{LINES[0]}\n5 comments\n{LINES[1]}\nSubscribe now\nShare | 7 shares",
    ),
    (
        "with a link that the whole has",
        "en",
        f"Read also: The Elm in flood\n{WHOLE}",
        f"Read also: The Elm in flood\n{TEASER}",
    ),
    (
        "with a wall",
        "en",
        WHOLE,
        f"{TEASER}…\n» Subscribe to continue reading\nAlready a subscriber? Log in.\n» Log in",
    ),
    ("Russian", "ru", RUSSIAN, RUSSIAN[:90]),
    ("Chinese", "zh", CHINESE, CHINESE[:40]),
    ("Chinese, in part", "zh", CHINESE, CHINESE[:33] + "……"),
]


@pytest.mark.parametrize(("lang", "text", "part"), [one[1:] for one in CUT_SHORT], ids=[one[0] for one in CUT_SHORT])
def test_a_version_that_only_begins_as_the_whole_one_is_cut_short(lang, text, part):
    found = told(bare(text, lang), bare(part, lang))
    (turn,) = found.turns
    assert turn.beginning is not None
    assert turn.step.extent in ("nothing", "noise")
    shown = " ".join(span.of(text) for span in turn.beginning.sentences)
    assert "".join(text.split()).removesuffix("12comments").endswith("".join(shown.split()))
    assert turn.beginning.of - turn.beginning.held <= len(turn.beginning.sentences)
    assert (found.cut.beginning, found.cut.captures, found.latest) == (turn.beginning, 1, found.cut)


EDITS = [
    ("the last paragraph removed", "\n".join(LINES[:5])),
    ("the second half removed", "\n".join(LINES[:4])),
    ("a beginning and a sentence of its own", f"{TEASER}\nThis article was withdrawn at the wish of the county."),
    ("a sentence of its own first", f"This article was withdrawn at the wish of the county.\n{TEASER}"),
    ("a beginning and a note", f"{TEASER}\nCorrection: The bridge was not safe."),
    ("a beginning and a heading for a note", f"{TEASER}\nCorrection\nThe bridge was not safe."),
    ("a note first", f"Correction: Not safe.\n{TEASER}"),
    ("a note between", f"{LINES[0]}\nThis article has been updated.\n{LINES[1]}"),
    ("a notice alone", "This article was withdrawn at the wish of the county, which we regret."),
    ("some of its sentences", f"{LINES[0]}\n{LINES[2]}"),
    ("its end", "\n".join(LINES[4:])),
    ("a rewritten beginning", "A bridge fell, and some people died there on Monday.\nThe mayor calls it safe."),
    ("a notice first", f"This text was shortened.\n{TEASER}"),
    ("a notice between", f"{LINES[0]}\nParts of this text were removed after a complaint.\n{LINES[1]}"),
    ("a notice in a line", f"{TEASER} Shortened."),
    ("a notice behind a cut word", f"{TEASER}\nThe bri shortened."),
    ("a notice before a wall", f"{TEASER}\nShortened.\nSubscribe now"),
    ("a caption between", f"{LINES[0]}\nPhoto: Di Moss\n{LINES[1]}"),
    ("an end of its own", f"{TEASER}\nThe bridge carried."),
    ("a changed number", TEASER.replace("12 people", "15 people")),
    ("a changed number in the end", f"{TEASER}\nThe bridge carried 1,300 cars a day."),
    ("a wall in unknown words", f"{TEASER}\nRead on with Harbour Plus"),
    ("a link that says something", f"{TEASER}\nRead also our apology to the county, to which we have paid damages"),
    ("such a link between", f"{LINES[0]}\nRelated: We have withdrawn this article\n{LINES[1]}"),
    ("an invitation that says something", f"{TEASER}\nShare with us what you know: this article was withdrawn"),
    ("a counter and such a link", f"{TEASER}\n5 comments | Related: We have withdrawn this article"),
    ("a line of update", f"Updated: March 2, 2024, 14:35\n{TEASER}"),
    ("one sentence", LINES[0].split(". ")[0] + "."),
    ("one sentence in part", "12 people died when the bridge over…"),
    ("nothing", ""),
]


@pytest.mark.parametrize("part", [one[1] for one in EDITS], ids=[one[0] for one in EDITS])
def test_what_was_shortened_by_less_or_brings_words_of_its_own_is_an_edit(part):
    found = told(whole(WHOLE), whole(part)).turns[0]
    assert (found.beginning, found.step.extent) == (None, "text")


PAGES = [
    ("a moved date of change", {"modified": "2024-03-01"}, {"modified": "2024-03-02"}, True),
    ("another headline", {"title": "Bridge falls"}, {"title": "Bridge fell"}, True),
    ("another author", {"author": "Di Moss"}, {"author": "Ed Fry"}, True),
    ("an author that came", {}, {"author": "Ed Fry"}, True),
    ("an author that is not told", {"author": "Di Moss", "modified": "2024-03-01"}, {}, False),
    ("a headline in another style", {"title": "“Safe” bridge"}, {"title": '"Safe" bridge'}, False),
]


@pytest.mark.parametrize(("before", "after", "is_edit"), [one[1:] for one in PAGES], ids=[one[0] for one in PAGES])
def test_a_page_that_tells_of_a_change_or_another_thing_of_itself_is_an_edit(before, after, is_edit):
    (turn,) = told(bare(WHOLE, **before), bare(TEASER, **after)).turns
    assert (turn.beginning is None, turn.step.count("removed") == 8) == (is_edit, is_edit)


@pytest.mark.parametrize("place", ["first", "last"])
def test_a_correction_that_is_lost_is_an_edit(place):
    note = "Correction: The bridge was not safe."
    whole = f"{note}\n{WHOLE}" if place == "first" else f"{WHOLE}\n{note}"
    (turn,) = told(bare(whole), bare(TEASER)).turns
    assert turn.beginning is None
    assert changes_words.what(turn) == "text: 8 sentences removed; note of correction or withdrawal removed"
    (kept,) = told(bare(f"{note}\n{WHOLE}"), bare(f"{note}\n{TEASER}")).turns
    assert (kept.beginning.held, kept.beginning.of) == (5, 13)


def test_how_much_is_missing_at_least_and_held():
    lines = [
        f"{name} sat in the boat." for name in ("Ann", "Bo", "Cy", "Di", "Ed", "Flo", "Guy", "Hal", "Ian", "Jo", "Kim")
    ]
    for of in range(2, len(lines) + 1):
        for count in range(1, of):
            found = held(bare("\n".join(lines[:of])), bare("\n".join(lines[:count])))
            assert (found is not None) == (count >= 2 and of - count >= 5 and 2 * count < of)


@pytest.mark.parametrize("lang", tables())
def test_lines_that_say_nothing_stand_behind_a_beginning_in_every_language(lang):
    examples = tables()[lang].examples
    text = "\n".join([*examples.text[:2], *examples.text, *examples.text])
    part = "\n".join([*examples.text[:2], *examples.walls, tables()[lang].invites[0], *examples.counters])
    assert held(bare(text, lang), bare(part, lang)) is not None
    for line in (
        examples.notes[0],
        examples.updates[0],
        next(one for one in examples.also if ":" in one or "：" in one),
    ):
        assert held(bare(text, lang), bare(f"{part}\n{line}", lang)) is None


def place(turn: Turn) -> tuple[int, int, bool, bool]:
    return turn.before, turn.after, turn.beginning is not None, turn.again


def test_a_beginning_names_what_it_lacks_and_the_whole_text_has_it_again():
    found = told(whole(WHOLE, author="Di Moss"), whole(TEASER), order=(0, 1, 0))
    cut, again = found.turns
    part = cut.beginning
    assert (part.version, part.held, part.of, cut.step.extent) == (0, 4, 12, "nothing")
    assert [span.of(WHOLE) for span in part.sentences][::7] == [
        "The bridge carried 1,200 cars a day.",
        "It wants to hear the engineers who had looked at the bridge in May.",
    ]
    assert [said.speaker_before for said in part.statements] == ["Bo Reed", "Bo Reed", None]
    assert {1200, 3e6} <= {figure.value for figure in part.figures}
    assert 12 not in {figure.value for figure in part.figures}
    assert (place(again), again.step.extent) == ((0, 0, False, True), "nothing")
    assert again.since == "2024-03-01T10:00:00+00:00"
    assert all(not (turn.step.statements or turn.step.figures or turn.step.fields or turn.back) for turn in found.turns)
    assert (found.told, found.cut, found.is_quiet, found.latest) == ((), None, True, again)


def test_the_rest_of_a_sentence_in_part_is_not_in_the_capture():
    (turn,) = told(bare(WHOLE), bare(f"{TEASER}\nThe bridge carried 1,2…")).turns
    assert [span.of(WHOLE) for span in turn.beginning.sentences[:1]] == ["1,200 cars a day."]
    assert turn.beginning.held == 5


def test_the_captures_at_the_end_are_counted_and_kept_whatever_is_asked_for():
    later = WHOLE.replace("3 million", "5 million")
    part = f"{LINES[0]}\nMayor Ann…"
    found = told(whole(WHOLE), whole(later), whole(TEASER), whole(part), order=(0, 2, 1, 2, 3, 3, 2))
    assert (found.cut.since[:10], found.cut.captures, found.cut.beginning.version) == ("2024-03-04", 4, 2)
    assert found.latest == found.cut
    assert not found.is_quiet
    for day in ("2024-03-04", "2024-03-06"):
        assert (found.since(day).cut, found.since(day).latest) == (found.cut, found.cut)
    late = found.since("2024-03-08")
    assert (late.cut, late.latest, late.is_quiet) == (found.cut, None, True)


def test_a_page_that_went_after_it_was_cut_short_is_told_with_both():
    found = told(bare(WHOLE), bare(TEASER))
    gone = Absence("a", 404, "2024-03-03T10:00:00+00:00", "2024-03-03T10:00:00+00:00")
    at, what = changes_words.latest(replace(found, absence=gone))
    assert (at, what.split("; ")[:2]) == (
        "2024-03-03 10:00",
        ["gone (HTTP 404) when visited 2024-03-03 10:00", "last capture holds only the beginning: 4 of 12 sentences"],
    )


def test_an_edit_meanwhile_is_found_against_the_last_whole_version():
    later = WHOLE.replace("3 million", "5 million").replace("\nDivers", "\nMany divers")
    found = told(whole(WHOLE), whole(TEASER), whole(f"{LINES[0]}\nMayor Ann…"), whole(later), order=(0, 1, 0, 2, 1, 3))
    assert [place(turn) for turn in found.turns] == [
        (0, 1, True, False),
        (0, 0, False, True),
        (0, 2, True, False),
        (0, 1, True, False),
        (0, 3, False, True),
    ]
    last = found.turns[-1]
    assert (last.since[:10], last.until[:10], last.step.count("changed")) == ("2024-03-03", "2024-03-06", 2)
    assert [(one.fate, one.before.value, one.after.value) for one in last.step.figures] == [("changed", 3e6, 5e6)]
    assert found.told == (last,)


def test_an_edit_in_a_short_capture_is_told_and_so_is_that_it_was_undone():
    found = told(whole(WHOLE), whole(TEASER.replace("12 people", "15 people")), order=(0, 1, 0))
    edit, back = found.turns
    assert [(one.fate, one.before.value, one.after.value) for one in edit.step.figures if one.after] == [
        ("changed", 12, 15)
    ]
    assert (edit.beginning, edit.step.count("removed")) == (None, 8)
    assert (found.latest, back.back[:10], back.step.count("added")) == (back, "2024-03-01", 8)


def test_a_text_that_grows_is_an_edit_and_so_is_one_shortened_for_good_and_changed_then():
    grown = told(whole(TEASER), whole(WHOLE))
    assert (grown.turns[0].beginning, grown.turns[0].step.count("added")) == (None, 8)
    after = f"{TEASER}\nThe county will say more on Friday. It has asked for time."
    short = told(whole(WHOLE), whole(TEASER), whole(after))
    assert [turn.beginning is None for turn in short.turns] == [False, True]
    assert (short.turns[1].before, short.turns[1].step.count("removed"), short.turns[1].again) == (0, 8, True)


def test_a_text_that_had_been_whole_before_comes_back_and_is_no_beginning():
    found = told(whole(TEASER), whole(WHOLE), whole(f"{TEASER}\nSubscribe now"), order=(0, 1, 0, 1, 2))
    assert [(turn.beginning, turn.back and turn.back[:10]) for turn in found.turns] == [
        (None, None),
        (None, "2024-03-01"),
        (None, "2024-03-02"),
        (None, "2024-03-01"),
    ]
    assert found.cut is None


def test_a_return_is_told_of_whole_versions_alone():
    other = WHOLE.replace("12 people", "15 people")
    found = told(whole(WHOLE), whole(other), whole(TEASER), order=(0, 2, 1, 2, 0, 2, 0))
    backs = [turn.back and turn.back[:10] for turn in found.turns]
    assert backs == [None, None, None, "2024-03-01", "2024-03-04", "2024-03-01"]


WORDS = st.lists(
    st.sampled_from(["bridge", "river", "mayor", "council", "engineer", "ferry", "Monday", "county", "12", "1,200"]),
    min_size=4,
)
SENTENCES = st.lists(WORDS.map(lambda words: f"{' '.join(words).capitalize()}."), min_size=14, max_size=24)


@settings(max_examples=60, deadline=None)
@given(SENTENCES, st.data())
def test_every_strong_cut_is_found_and_holds_no_edit(sentences, data):
    text = "\n".join(sentences)
    sizes = [len(unit.words) for unit in bare(text).text]
    most = max(k for k in range(len(sentences)) if 2 * sum(sizes[:k]) < sum(sizes) and k <= len(sentences) - GONE)
    if most < FEWEST:
        return
    count = data.draw(st.integers(FEWEST, most))
    found = told(bare(text), bare("\n".join(sentences[:count])))
    turn = found.turns[0]
    assert turn.beginning is not None
    assert [span.of(text) for span in turn.beginning.sentences] == sentences[count:]
    lines = sentences[:count]
    lines.insert(
        data.draw(st.integers(0, count)), data.draw(st.sampled_from(["Nobody ever wrote this.", "Shortened."]))
    )
    assert told(bare(text), bare("\n".join(lines))).turns[0].beginning is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("ha " * 40000, "ha " * 15000 + "ho"),
        ("No. " * 9000, "No. Yes. " * 2000),
        ("It rained. " * 50, "\u200b… … … … … … …"),
        ("a" * 50000 + " b c d e f.\n" * 9, "a" * 49999),
    ],
)
def test_strange_texts_are_judged_in_little_time(before, after):
    started = time.process_time()
    held(bare(before), bare(after))
    assert time.process_time() - started < 5
