"""Versions that are cut short: which hold only a beginning, which are edits, and what the turns of a history tell."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.documents.nouns import Version
from sayso.extraction.read import read
from sayso.languages.noise import tables
from sayso.linking.article import Annotated
from sayso.linking.edits.beginning import CUT, GONE, held, nothing
from sayso.linking.edits.edition import Edition, edition
from sayso.linking.edits.history import Beginning, History, Moment, history

WHOLE = """12 people died when the bridge over the Elm fell on Monday, officials in Marrow said. The cause is not known.
Mayor Ann Lee said: “The bridge was safe.” She had visited it in May with the engineers of the county.
The bridge carried 1,200 cars a day. It was built in 1968 and mended in 2011, the records of the county show.
“We will pay for a new one,” the minister Bo Reed said. A new bridge would cost 3 million euros, he told reporters.
Divers searched the water until night. Two cars were lifted out of the river on Tuesday morning.
The council of Marrow meets on Friday. It wants to hear the engineers who had looked at the bridge in May."""
LINES = WHOLE.splitlines()
TEASER = "\n".join(LINES[:2])
WALL = "Read on with Harbour Plus\nAlready a reader of ours? Log in."
RUSSIAN = "\n".join(
    f"Мост номер {n} закрыт с понедельника, сказал мэр города. Причина пока не известна." for n in range(6)
)
CHINESE = "\n".join(f"第{n}号大桥星期一倒塌，官员表示原因不明。河上的交通中断了两天。" for n in range(6))


def bare(text: str, lang: str = "en", **about) -> Edition:
    return edition(Version("a", text, lang, "sha256:0", **about), Annotated("a", text, lang))


def whole(text: str, lang: str = "en", **about) -> Edition:
    """A version as the rules alone read it."""
    found = read(text, lang, tagger=None)
    article = Annotated("a", text, lang, attributions=found.attributions, figures=found.figures, times=found.times)
    return edition(Version("a", text, lang, "sha256:0", **about), article)


def told(*editions: Edition, order: tuple[int, ...] | None = None, is_common=nothing) -> History:
    """The history of captures a day apart, one for each place in `order`."""
    order = order or tuple(range(len(editions)))
    moments = [Moment(f"2024-03-0{day}T10:00:00+00:00", None, "d", version) for day, version in enumerate(order, 1)]
    return history("a", editions, moments, is_common)


CUT_SHORT = [
    ("whole paragraphs", "en", WHOLE, TEASER),
    ("in other styles", "en", WHOLE, TEASER.replace("“", '"').replace("”", '"').replace("\n", "\n\n")),
    ("a sentence in part", "en", WHOLE, f"{TEASER}\nThe bridge carried…"),
    ("a word in part", "en", WHOLE, f"{TEASER}\nThe bridge carr..."),
    ("a word in part, unmarked", "en", WHOLE, f"{TEASER}\nThe bri"),
    ("in brackets", "en", WHOLE, f"{LINES[0]}\nMayor Ann Lee said: “The […]"),
    ("read more in the line", "en", WHOLE, f"{LINES[0]}\nMayor Ann Lee said… Read more"),
    ("one sentence in part", "en", WHOLE, "12 people died when the bridge over…"),
    (
        "with lines of noise",
        "en",
        f"{WHOLE}\n12 comments",
        f"Updated 3 minutes ago\n{TEASER}\nSubscribe now\nShare on X",
    ),
    ("with a changed number", "en", WHOLE, LINES[0].replace("12 people", "15 people")),
    ("a changed number in the end", "en", WHOLE, f"{TEASER}\nThe bridge carried 1,300 cars a day."),
    ("Russian", "ru", RUSSIAN, RUSSIAN[:90]),
    ("Chinese", "zh", CHINESE, CHINESE[:40]),
    ("Chinese, in part", "zh", CHINESE, CHINESE[:33] + "……"),
]


@pytest.mark.parametrize(("lang", "text", "part"), [one[1:] for one in CUT_SHORT], ids=[one[0] for one in CUT_SHORT])
def test_a_version_that_only_begins_as_the_whole_one_is_cut_short(lang, text, part):
    assert held(bare(text, lang), bare(part, lang)) is not None
    found = told(bare(text, lang), bare(part, lang)).turns[0]
    assert found.beginning is not None
    assert not any(edit.kind in ("removed", "added") for edit in found.step.edits)


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
    ("a wall in unknown words", f"{TEASER}\n{WALL}"),
    ("less than a line", "12 people died"),
    ("nothing", ""),
]


@pytest.mark.parametrize("part", [one[1] for one in EDITS], ids=[one[0] for one in EDITS])
def test_what_was_shortened_by_less_or_brings_words_of_its_own_is_an_edit(part):
    found = told(whole(WHOLE), whole(part)).turns[0]
    assert (found.beginning, found.step.extent) == (None, "text")


def test_a_short_report_cut_to_its_first_sentence_is_an_edit():
    sentences = [
        f"{name} was in the boat." for name in ("Ann Lee", "Bo Reed", "Cy Dunn", "Di Moss", "Ed Fry", "Flo Gray")
    ]
    for count in range(2, len(sentences) + 1):
        found = held(bare("\n".join(sentences[:count])), bare(sentences[0]))
        assert (found is not None) == (count - 1 >= GONE)


def test_a_wall_is_known_by_the_other_articles_that_bear_it():
    seen = set(WALL.splitlines())
    found = told(whole(WHOLE), whole(f"{TEASER}\n{WALL}"), is_common=seen.__contains__).turns[0]
    assert found.beginning == Beginning(0, 4, 12)
    assert [(one.rule, one.before) for one in found.step.noise] == [(CUT, None)] * 3
    part = told(whole(WHOLE), whole(f"{TEASER}\n{WALL}"), is_common={WALL.splitlines()[0]}.__contains__)
    assert part.turns[0].beginning is None
    note = "This article has been corrected: the bridge was not safe."
    withdrawn = told(whole(WHOLE), whole(f"{TEASER}\n{note}"), is_common=lambda line: True)
    assert withdrawn.turns[0].beginning is None


@pytest.mark.parametrize("lang", tables())
def test_lines_of_noise_in_every_language_stand_behind_a_beginning(lang):
    examples = tables()[lang].examples
    text = "\n".join([*examples.text, *examples.text[:2], *examples.text])
    part = "\n".join([*examples.text[:2], *examples.invites, *examples.also])
    assert held(bare(text, lang), bare(part, lang)) is not None
    assert held(bare(text, lang), bare(f"{part}\n{examples.notes[0]}", lang)) is None


def test_a_beginning_tells_neither_statements_nor_figures_gone_and_the_whole_text_none_come():
    found = told(whole(WHOLE, author="Di Moss"), whole(TEASER), order=(0, 1, 0))
    cut, again = found.turns
    assert (cut.beginning, cut.step.extent, cut.again) == (Beginning(0, 4, 12), "nothing", False)
    assert (again.before, again.after, again.again, again.step.extent) == (0, 0, True, "nothing")
    assert again.since == "2024-03-01T10:00:00+00:00"
    assert all(not (turn.step.statements or turn.step.figures or turn.step.fields or turn.back) for turn in found.turns)
    assert found.told == ()
    assert (found.beginning, told(whole(WHOLE), whole(TEASER)).beginning) == (None, Beginning(0, 4, 12))


def test_an_edit_meanwhile_is_found_against_the_last_whole_version():
    later = WHOLE.replace("3 million", "5 million").replace("\nDivers", "\nMany divers")
    found = told(whole(WHOLE), whole(TEASER), whole(f"{LINES[0]}\nMayor Ann…"), whole(later), order=(0, 1, 0, 2, 1, 3))
    assert [(turn.before, turn.after, turn.beginning is not None, turn.again) for turn in found.turns] == [
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


def test_an_edit_in_the_beginning_itself_is_told_with_its_figure():
    part = TEASER.replace("12 people", "15 people")
    found = told(whole(WHOLE, title="Bridge falls"), whole(part, title="Bridge fall: 15 dead")).turns[0]
    assert found.beginning == Beginning(0, 4, 12)
    assert [(edit.kind, edit.before.of(WHOLE)[:2], edit.after.of(part)[:2]) for edit in found.step.edits] == [
        ("changed", "12", "15")
    ]
    assert [(one.fate, one.before.value, one.after.value) for one in found.step.figures] == [("changed", 12, 15)]
    assert [field.name for field in found.step.fields] == ["title"]


def test_a_line_that_one_page_alone_gives_between_is_told_in_the_beginning():
    part = f"{LINES[0]}\nPhoto: Di Moss\n{LINES[1]}"
    found = told(whole(WHOLE), whole(part)).turns[0]
    assert found.beginning == Beginning(0, 4, 12)
    assert [(edit.kind, edit.after.of(part)) for edit in found.step.edits] == [("added", "Photo: Di Moss")]
    assert found.step.extent == "text"


def test_a_text_that_grows_is_an_edit_and_so_is_one_shortened_for_good_and_changed_then():
    grown = told(whole(TEASER), whole(WHOLE))
    assert (grown.turns[0].beginning, grown.turns[0].step.count("added")) == (None, 8)
    after = f"{TEASER}\nThe county will say more on Friday. It has asked for time."
    short = told(whole(WHOLE), whole(TEASER), whole(after))
    assert [turn.beginning is None for turn in short.turns] == [False, True]
    assert (short.turns[1].before, short.turns[1].step.count("removed"), short.turns[1].again) == (0, 8, True)


def test_a_return_is_told_of_whole_versions_alone():
    other = WHOLE.replace("12 people", "15 people")
    found = told(whole(WHOLE), whole(other), whole(TEASER), order=(0, 2, 1, 2, 0))
    assert [turn.back and turn.back[:10] for turn in found.turns] == [None, None, None, "2024-03-01"]


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
    count = data.draw(st.integers(1, most)) if most else 0
    if sum(sizes[:count]) < 5:
        return
    found = told(bare(text), bare("\n".join(sentences[:count])))
    turn = found.turns[0]
    assert turn.beginning is not None
    assert turn.step.edits == ()
    own = bare("\n".join([*sentences[:count], "Nobody of us ever wrote these new words before."]))
    assert told(bare(text), own).turns[0].beginning is None


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
