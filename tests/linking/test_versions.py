"""What differs between two versions: sentences and words, noise, statements, figures, notes, and turns in time."""

from __future__ import annotations

import time
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.linking.edit_pairs import PAIRS, Pair
from tests.linking.editions import bare, whole

from sayso.languages.noise import tables
from sayso.languages.pack import available
from sayso.linking.edits.edition import Edition
from sayso.linking.edits.history import Moment, history
from sayso.linking.edits.noise import lines
from sayso.linking.edits.nouns import Step
from sayso.linking.edits.sequences import matching, rising
from sayso.linking.edits.step import step

SIGNS = {"changed": "~", "added": "+", "removed": "-", "moved": ">"}
MARKS = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}


def told(before: Edition, after: Edition, found: Step) -> str:
    """Edits and noise in the notation of `edit_pairs`."""
    shown = []
    for edit in found.edits:
        words = ""
        for piece in edit.pieces:
            opening, closing = MARKS[piece.op]
            text = piece.span.of((before if piece.op == "removed" else after).version.text)
            words += opening + text.rstrip() + closing + text[len(text.rstrip()) :]
        shown.append(f"{SIGNS[edit.kind]} {words}")
    return "\n".join(shown + [f"noise {one.rule}" for one in found.noise])


def name(pair: Pair) -> str:
    return f"{pair.lang}-{pair.edits[:40]}"


@pytest.mark.parametrize("pair", PAIRS, ids=name)
def test_edits_are_those_an_editor_would_name(pair):
    before, after = bare(pair.before, pair.lang), bare(pair.after, pair.lang)
    assert told(before, after, step(before, after)) == pair.edits
    back = step(after, before)
    assert (len(back.edits), len(back.noise)) == (
        pair.edits.count("\n") + 1 - pair.edits.count("noise"),
        pair.edits.count("noise"),
    )


@pytest.mark.parametrize("pair", PAIRS, ids=name)
def test_a_version_does_not_differ_from_itself(pair):
    one = bare(pair.before, pair.lang)
    assert step(one, one) == Step()


def test_pieces_are_the_later_sentence_without_a_gap():
    for pair in PAIRS:
        before, after = bare(pair.before, pair.lang), bare(pair.after, pair.lang)
        for edit in step(before, after).edits:
            later = "".join(piece.span.of(pair.after) for piece in edit.pieces if piece.op != "removed")
            assert later == (edit.after.of(pair.after) if edit.after else "")


# Noise and notes


def test_every_language_has_words_of_noise():
    assert set(tables()) == {code for code in available() if code != "und"}


@pytest.mark.parametrize("lang", tables())
def test_native_examples_of_noise_are_noise_and_lines_of_articles_are_none(lang):
    rules, examples = lines(lang), tables()[lang].examples
    expected = {"counters": "counter", "invites": "invitation", "walls": "invitation", "also": "link elsewhere"}
    for kind, rule in expected.items():
        assert {line: rules.rule(line) for line in getattr(examples, kind)} == dict.fromkeys(
            getattr(examples, kind), rule
        )
    assert {rules.rule(line) for line in examples.time_lines} <= {"time line", "update line"}
    noted = (*examples.notes, *examples.ways)
    assert [line for line in noted if not rules.notes.is_note(line) or rules.rule(line)] == []
    assert [
        line
        for line in examples.updates
        if not rules.notes.tells(line) or rules.notes.is_note(line) or rules.rule(line)
    ] == []
    assert [line for line in examples.text if rules.notes.tells(line) or rules.rule(line)] == []


@pytest.mark.parametrize("lang", tables())
def test_a_note_of_correction_is_pointed_out(lang):
    examples = tables()[lang].examples
    text, note = examples.text[0], examples.notes[0]
    found = step(bare(text, lang), bare(f"{text}\n{note}", lang))
    assert [span.of(f"{text}\n{note}") for span in found.notes] == [note]
    assert found.told


@pytest.mark.parametrize("lang", tables())
def test_a_page_that_says_it_was_updated_tells_a_change(lang):
    examples = tables()[lang].examples
    text, update = examples.text[0], examples.updates[0]
    found = step(bare(text, lang), bare(f"{text}\n{update}", lang))
    assert (found.told, found.notes, found.count("added")) == (True, (), 1)
    assert not step(bare(f"{text}\n{update}", lang), bare(text, lang)).told


@pytest.mark.parametrize("heading", ["Correction", "Correction, 13 May 2026", "**Correction (May 13, 2:35 p.m.)**"])
def test_a_note_under_a_heading_has_all_its_sentences(heading):
    after = f"It rained.\n{heading}\nIt rained on Monday. It did not snow.\nThe mayor spoke."
    found = step(bare("It rained.\nThe mayor spoke."), bare(after))
    assert [span.of(after) for span in found.notes] == [f"{heading}\nIt rained on Monday. It did not snow."]
    assert found.count("added") == 0


def test_a_short_note_is_no_heading_of_the_next_line():
    after = "It rained.\nCorrection: rain.\nThe mayor spoke."
    found = step(bare("It rained."), bare(after))
    assert [span.of(after) for span in found.notes] == ["Correction: rain."]


# Lines with a label, and whether they begin a note of correction.
LABELS = [
    ("en", "Correction, 13 May: It rained.", True),
    ("en", "Correction (May 13, 2026, 2:35 p.m.): It rained.", True),
    ("en", "Correction 2026-05-13: It rained.", True),
    ("en", "CORRECTION – 13 May – It rained.", True),
    ("en", "• Correction #2: It rained.", True),
    ("de", "Korrektur vom 13. Mai: Es regnete.", True),
    ("fr", "Rectificatif du 13 mai à 14h35 : il a plu.", True),
    ("ru", "Исправление от 13 мая 2026 года: шёл дождь.", True),
    ("zh", "更正（5月13日）：下雨了。", True),
    ("en", "Correction of 12 figures: what they did.", False),
    ("en", "Correction in May: what they did.", False),
    ("en", "Correction, 13 May in the year of the great flood of the valley and its 12 towns: It rained.", False),
    ("en", "Correction-fluid: 12 bottles.", False),
    ("en", "Corrections 13: It rained.", True),
    ("en", "Correctional 13: It rained.", False),
]


@pytest.mark.parametrize(("lang", "line", "is_note"), LABELS)
def test_a_date_may_stand_between_a_label_and_its_colon(lang, line, is_note):
    assert lines(lang).notes.is_note(line) == is_note


# What is told with each label: a note of correction, another change, or nothing.
TOLD = [
    ("Editor's note: The number has been corrected.", "note"),
    ("Editor's note (13 May): The number has been corrected.", "note"),
    ("Editor's note: We spoke to him on Monday. We misspelled his name.", "note"),
    ("Editor's note: This article has been updated.", "change"),
    ("Editor's note: The author is a former minister.", "nothing"),
    ("Update: An earlier version of this article gave another number.", "note"),
    ("Update, 2:35 p.m.: The number has been corrected.", "note"),
    ("Update: Three people died.", "change"),
    ("Update: The minister made a mistake.", "change"),
    ("Update-cycles are short.", "nothing"),
    ("This article has been withdrawn.", "note"),
    ("This article has since been taken down.", "note"),
    ("The article has been withdrawn.", "nothing"),
    ("“This article has been withdrawn,” he read.", "nothing"),
]


@pytest.mark.parametrize(("line", "expected"), TOLD)
def test_a_label_alone_makes_no_note_of_correction(line, expected):
    found = step(bare("It rained."), bare(f"It rained.\n{line}"))
    told = "note" if found.notes else "change" if found.told else "nothing"
    assert told == expected


# Metadata


def test_a_headline_alone_and_metadata_alone_are_told_as_such():
    old = bare("It rained.", title="Rain", author="Ann Lee", modified="2024-03-02T10:00:00Z")
    headline = step(old, bare("It rained.", title="Heavy rain", author="Ann Lee", modified="2024-03-02T12:00:00Z"))
    author = step(old, bare("It rained.", title="“Rain”", author="Bo Lee", modified="2024-03-02T12:00:00+02:00"))
    style = step(bare("It rained.", title="“Rain”"), bare("It rained.", title='"Rain"'))
    assert (headline.extent, headline.told) == ("headline", True)
    assert (author.extent, author.told) == ("metadata", False)
    assert [field.name for field in author.fields] == ["title", "author"]
    assert (style.extent, style.noise[0].rule) == ("noise", "quotation marks")


# Statements and figures

BEFORE = (
    "12 people died when the bridge fell, officials said. Mayor Ann Lee said: “The bridge was safe.” "
    "The river carries 1,200 boats a year. “We will pay for it,” the minister Bo Reed said."
)


@pytest.mark.parametrize(
    ("was", "now", "statements", "figures"),
    [
        ("12 people", "15 people", [("changed", "number")], [("changed", 12, 15)]),
        ("was safe", "was not safe", [("changed", "negation")], []),
        ("the minister Bo Reed said", "the minister Cy Dunn said", [("changed", "speaker")], []),
        ("We will pay for it", "We may well pay for it", [("changed", "modality")], []),
        ("The bridge was safe.", "The bridge had a crack in January.", [("changed", "wording")], []),
        ("1,200 boats", "1,300 boats", [], [("changed", 1200, 1300)]),
        (" Mayor Ann Lee said: “The bridge was safe.”", "", [("went", None)], []),
        (" The river carries 1,200 boats a year.", "", [], [("went", 1200, None)]),
        (
            "Reed said.",
            "Reed said. “It was I,” Di Moss said. A new bridge costs 3 million euros.",
            [("came", None)],
            [("came", None, 3000000)],
        ),
        ("officials said", "officials said on Monday", [], []),
        ("“The bridge was safe.”", '"The bridge was safe."', [], []),
    ],
)
def test_statements_and_figures_that_came_went_or_changed(was, now, statements, figures):
    assert was in BEFORE
    found = step(whole(BEFORE), whole(BEFORE.replace(was, now)))
    assert [(one.fate, one.change) for one in found.statements] == statements
    values = [(one.fate, one.before and one.before.value, one.after and one.after.value) for one in found.figures]
    assert values == figures


DENIED = [
    ("ar", "قال سامي الحداد إن المجلس أغلق الجسر وكان مستعدا للفيضان.", "وكان", "ولم يكن"),
    ("ar", "قال سامي الحداد: «كانت المدينة مستعدة».", "كانت", "لم تكن"),
    ("ar", "قال الوزير سامي الحداد إن الجسر آمن.", "قال الوزير", "لم يقل الوزير"),
    ("ar", "وأكد الوزير سامي الحداد أن الجسر آمن.", "وأكد", "ولم يؤكد"),
    ("fa", "شهردار علی رضایی گفت که پل در زمستان بسته می‌شود.", "می‌شود", "نمی‌شود"),
    ("fa", "شهردار علی رضایی گفت که پل امن است.", "گفت", "نگفت"),
    ("tr", "Elif Kaya köprünün güvenli olduğunu söyledi.", "olduğunu", "olmadığını"),
    ("tr", "Elif Kaya köprünün güvenli olduğunu söyledi.", "söyledi", "söylemedi"),
    ("ru", "Мэр Илья Орлов сказал, что деньги есть.", "деньги есть", "денег нет"),
    ("ru", "Мэр Илья Орлов сказал, что мост цел.", "сказал", "не сказал"),
    ("uk", "Мер Ілля Орлов сказав, що гроші є.", "гроші є", "грошей немає"),
    ("de", "Die Bürgermeisterin Lise Moreau sagte, die Stadt habe einen Plan.", "einen", "keinen"),
    ("de", "Die Bürgermeisterin Lise Moreau sagte, dass die Brücke sicher sei.", "sagte", "sagte nicht"),
    ("fr", "Le maire Jean Morel a dit que le pont était sûr.", "a dit", "n'a pas dit"),
    ("es", "El alcalde Luis Gil dijo que el puente era seguro.", "dijo", "no dijo"),
    ("en", "The mayor Ann Lee said that the bridge was safe.", "said", "did not say"),
    ("en", "The mayor Ann Lee said that the bridge was safe.", "said", "denied"),
    ("zh", "市长李梅说，桥是安全的。", "桥是", "桥不是"),
]


@pytest.mark.parametrize(("lang", "text", "was", "now"), DENIED)
def test_a_negation_that_changes_the_verb_changes_the_meaning(lang, text, was, now):
    assert text.count(was) == 1
    before, after = whole(text, lang), whole(text.replace(was, now), lang)
    assert [(one.fate, one.change) for one in step(before, after).statements] == [("changed", "negation")]
    assert [(one.fate, one.change) for one in step(after, before).statements] == [("changed", "negation")]


TURNS = [
    ("en", "The mayor Ann Lee {} that the bridge was safe.", "denied", "said", "said now, denied before"),
    (
        "en",
        "The mayor Ann Lee {} that the bridge was safe.",
        "denied",
        "neither confirmed nor denied",
        "no longer denied",
    ),
    ("en", "The mayor Ann Lee {} that the bridge was safe.", "denied", "did not deny", "no longer denied"),
    ("en", "The mayor Ann Lee {} that the bridge was safe.", "did not deny", "denied", "denied now, not before"),
    ("en", "The mayor Ann Lee {} that the bridge was safe.", "said", "denied", "denied now, said before"),
    ("ru", "Мэр Анна Ли {}, что мост безопасен.", "опровергла", "не подтвердила и не опровергла", "no longer denied"),
    ("es", "El alcalde Luis Gil {} que el puente fuera seguro.", "negó", "no confirmó ni negó", "no longer denied"),
    ("de", "Die Polizei in Elm {}, dass zwei Menschen starben.", "bestätigte", "bestätigte nicht nur", None),
    # To deny that it is so is to say that it is not so.
    ("en", "The mayor Ann Lee {}.", "said that the bridge was not safe", "denied that the bridge was safe", None),
    ("en", "The mayor Ann Lee {}.", "denied that the bridge was safe", "said that the bridge was not safe", None),
    ("es", "El alcalde Luis Gil {}.", "dijo que el puente no era seguro", "negó que el puente fuera seguro", None),
]


@pytest.mark.parametrize(("lang", "text", "was", "now", "why"), TURNS)
def test_only_what_is_said_now_is_told_as_said(lang, text, was, now, why):
    found = step(whole(text.format(was), lang), whole(text.format(now), lang)).statements
    turns = [one.why for one in found if one.change == "negation"]
    assert turns == ([why] if why else [])


@pytest.mark.parametrize(("was", "now"), [("sagte", "sagte am Montag"), ("einen Plan", "einen guten Plan")])
def test_what_denies_nothing_is_no_negation(was, now):
    text = "Die Bürgermeisterin Lise Moreau sagte, die Stadt habe einen Plan."
    found = step(whole(text, "de"), whole(text.replace(was, now), "de"))
    assert "negation" not in [one.change for one in found.statements]


def test_a_statement_that_one_reading_missed_did_not_come():
    before, after = "The bridge was safe, they said.", "The old bridge was safe, they said."
    missed = bare(before)
    assert step(missed, whole(after)).statements == ()
    assert [one.fate for one in step(bare("It rained."), whole(after)).statements] == ["came"]


def test_a_figure_in_a_sentence_of_its_own_is_the_one_that_changed():
    before = "A ferry sank off Marrow. 12 people died. The port is shut."
    after = (
        "A ferry sank off Marrow. Officials now put the toll of the disaster at 15 people who died. The port is shut."
    )
    found = step(whole(before), whole(after))
    assert [(one.fate, one.before.value, one.after.value) for one in found.figures] == [("changed", 12, 15)]


def test_what_only_moved_neither_came_nor_went():
    first, *rest = BEFORE.split(". ", 1)
    after = f"{rest[0]} {first}."
    found = step(whole(BEFORE), whole(after))
    assert found.edits
    assert found.statements == found.figures == ()


# Turns in time


def test_a_version_that_comes_back_is_told_with_the_time_it_was_there_first():
    editions = [bare("It rained."), bare("It snowed all day."), bare("It rained.", author="Bo")]
    moments = [
        Moment(f"2024-03-0{day}T10:00:00+00:00", None, "d", version) for day, version in enumerate((0, 1, 1, 0, 2), 1)
    ]
    found = history("a", editions, moments)
    assert [(turn.since[:10], turn.until[:10], turn.back and turn.back[:10]) for turn in found.turns] == [
        ("2024-03-01", "2024-03-02", None),
        ("2024-03-03", "2024-03-04", "2024-03-01"),
        ("2024-03-04", "2024-03-05", None),
    ]
    assert found.turns[2].step.extent == "metadata"
    assert [turn.until[:10] for turn in found.since("2024-03-04").turns] == ["2024-03-04", "2024-03-05"]


def test_two_hundred_versions_of_two_thousand_words_take_less_than_five_seconds():
    words = [f"word{i}" for i in range(700)]
    sentences = [" ".join(words[(7 * i + k) % 700] for k in range(20)).capitalize() + "." for i in range(100)]
    texts = []
    for k in range(200):
        changed = [f"{sentence[:-1]} {k}." if i % 50 == k % 50 else sentence for i, sentence in enumerate(sentences)]
        texts.append("\n".join(changed))
    started = time.process_time()
    editions = [bare(text) for text in texts]
    moments = [Moment(f"2024-03-02T{k // 60:02}:{k % 60:02}:00+00:00", None, "d", k) for k in range(200)]
    found = history("a", editions, moments)
    assert time.process_time() - started < 5
    assert all(turn.step.count("changed") == 4 for turn in found.turns)


# Long and strange texts


def test_time_grows_with_the_length_of_texts_that_share_nothing_but_words():
    def spent(size: int) -> float:
        texts = [
            "\n".join(f"It {'is' if i % 3 else 'was'} {i * 7 + side} so {i + side}." for i in range(size))
            for side in (0, 1)
        ]
        before, after = map(bare, texts)
        started = time.process_time()
        step(before, after)
        return time.process_time() - started

    assert spent(2000) < 12 * max(spent(500), 0.02)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("ha " * 20000, "ha " * 15000 + "ho ha " * 2000),
        ("No. " * 5000, "No. Yes. " * 2500),
        ("", "It rained."),
        ("\u200b", "…"),
        ("{[-x-]}", "{+x+}"),
        ("a" * 50000, "a" * 49999 + "b"),
        ("1" * 50000, "1 234" * 10000),
        ("a-" * 20000, "1,1." * 20000),
        ("comments (" * 15 + "1 , 1 ' " * 5, "share | " * 20),
    ],
)
def test_strange_texts_are_compared_in_little_time(before, after):
    started = time.process_time()
    found = step(bare(before), bare(after))
    assert found.edits or found.noise
    assert time.process_time() - started < 5


@given(st.lists(st.integers(0, 6), max_size=40), st.lists(st.integers(0, 6), max_size=40))
def test_matching_joins_equal_items_in_order(a, b):
    pairs = matching(a, b)
    assert all(a[i] == b[j] for i, j in pairs)
    assert all(x[0] < y[0] and x[1] < y[1] for x, y in pairwise(pairs))
    if a == b:
        assert len(pairs) == len(a)


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=9, unique=True))
def test_rising_finds_the_heaviest_chain(pairs):
    def best(last: tuple[int, int], rest: list[tuple[int, int]]) -> int:
        after = [p for p in rest if p[0] > last[0] and p[1] > last[1]]
        return max((1 + p[0] + best(p, after) for p in after), default=0)

    chosen = rising(pairs, [1 + i for i, _ in pairs])
    assert sum(1 + i for i, _ in chosen) == best((-1, -1), pairs)


@settings(max_examples=60, deadline=None)
@given(st.text('ab .\n“"-—\u200b۱2:', max_size=60), st.text('ab .\n“"-—\u200b۱2:', max_size=60))
def test_every_word_of_both_texts_is_kept_lost_or_got(before, after):
    ours, theirs = bare(before), bare(after)
    found = step(ours, theirs)
    looks = [Counter(look for unit in one.text for look in unit.looks) for one in (ours, theirs)]
    changes = Counter()
    for edit in found.edits:
        for piece in edit.pieces:
            side = before if piece.op == "removed" else after
            cut = bare(piece.span.of(side).replace("\n", " "))
            sign = {"removed": -1, "added": 1, "same": 0}[piece.op]
            for unit in cut.units:
                for look in unit.looks:
                    changes[look] += sign
    assert {look: looks[1][look] - looks[0][look] for look in looks[0] | looks[1]} == {
        look: changes[look] for look in looks[0] | looks[1]
    }
