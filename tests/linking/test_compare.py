"""The side-by-side view, from articles in marked-up notation and links made by hand."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.documents.nouns import Version
from sayso.extraction.nouns import Attribution, Figure, Time
from sayso.linking.article import Annotated
from sayso.linking.comparison.compare import compare
from sayso.linking.comparison.nouns import Comparison, Passage
from sayso.linking.nouns import (
    Conflict,
    Duplicate,
    FigureMember,
    FigureThread,
    Link,
    Links,
    StatementMember,
    Story,
    Thread,
)
from sayso.text.markup import parse
from sayso.text.span import Span


def article(id: str, lang: str, published: str | None, marked: str, speakers: list[str | None], **more) -> Annotated:
    """Statement n is {s n|source} {c n|cue} {q n|content}; figures are {f n|…} with values from `more`."""
    text, marks = parse(marked)

    def spans(kind: str, n: int):
        return tuple(m.span for m in marks if m.kind == kind and m.number == n)

    values, nested = more.pop("values", ()), more.pop("nested", {})
    attributions = tuple(
        Attribution(
            spans("s", n), spans("c", n), spans("q", n), type="indirect", speaker=name, nested_in=nested.get(n - 1)
        )
        for n, name in enumerate(speakers, 1)
    )
    figures = tuple(
        Figure(spans("f", n)[0], value, "reposts", "exact", scope="X", as_of=published)
        for n, value in enumerate(values, 1)
    )
    return Annotated(
        id,
        text,
        lang,
        published,
        outlet=more.pop("outlet", f"Outlet {id}"),
        attributions=attributions,
        figures=figures,
        attribution_ids=tuple(range(len(attributions))),
        figure_ids=tuple(range(len(figures))),
        **more,
    )


EN = article(
    "en",
    "en",
    "2024-02-10",
    "Dr. Stone left. {s1|Ann Lee} {c1|said} {q1|the pier was safe}. It had {f1|269,000 reposts}. Rain fell.",
    ["Ann Lee"],
    values=[269000],
    url="https://en.example/1",
)
AR = article(
    "ar",
    "ar",
    "2024-02-11",
    "{c1|قالت} {s1|آن لي} إن {q1|الرصيف لم يكن آمناً}. وبلغ العدد {f1|296 ألفاً}.",
    ["Ann Lee"],
    values=[296000],
)
COPY = replace(EN, id="copy", published="2024-02-12", outlet="Copier", url=None)
DE = article(
    "de",
    "de",
    None,
    "{s1|Bo Ek} {c1|meinte}, {s2|Lee} {c2|sage}, {q2|der Steg sei sicher}. Es waren {f1|269.000}.",
    ["Bo Ek", "Ann Lee"],
    values=[269000],
    nested={1: 0},
)
STORY = Story("st", "The pier", ("ar", "copy", "de", "en"), (Link("st", "ar", 0.9, "same names and dates"),))


def member(id: str, n: int, relation: str, reason: str = "") -> StatementMember:
    return StatementMember(id, n, (), relation, reason)


THREAD = Thread(
    "t1",
    "the pier was safe",
    (
        member("ar", 0, "changed", "a negation was added"),
        member("copy", 0, "verbatim"),
        member("de", 1, "translation"),
        member("en", 0, "verbatim"),
    ),
    "Ann Lee",
)
FIGURES = FigureThread("f1", "reposts", "X", tuple(FigureMember(id, 0) for id in ("ar", "copy", "de", "en")))
LINKS = Links(
    stories=(STORY,),
    threads=(THREAD,),
    figure_threads=(FIGURES,),
    conflicts=(
        Conflict("figure", "f1", FIGURES.members, "Different figure for reposts."),
        Conflict("statement", "t1", THREAD.members, "Told in different words: a negation was added."),
    ),
    duplicates=(Duplicate(("en", "copy"), "wire copy"),),
)


@pytest.fixture
def view() -> Comparison:
    return compare(STORY, [DE, COPY, AR, EN], LINKS, times={"en": [Time(EN.attributions[0].cue[0], "2024-02-09")]})


def test_sources_stand_by_date_with_undated_last_and_copies_under_their_original(view):
    assert [s.article for s in view.sources] == ["en", "ar", "de"]
    assert [s.outlet for s in view.sources[0].copies] == ["Copier"]
    assert view.sources[1].reason == "same names and dates"
    assert view.outlets == ("Outlet en", "Outlet ar", "Outlet de")
    assert view.languages == ("ar", "de", "en")


def test_a_speaker_is_one_across_scripts_with_the_names_as_written(view):
    lee = view.speakers[0]
    assert lee.name == "Ann Lee"
    assert lee.written == (("ar", ("آن لي",)), ("de", ("Lee",)), ("en", ("Ann Lee",)))


def test_a_pronoun_is_no_name():
    he = article(
        "he", "en", None, "{s1|He} {c1|said} {q1|yes}, and {s2|Lee} {c2|said} {q2|no}.", ["Ann Lee", "Ann Lee"]
    )
    view = compare(Story("st", "", ("he",)), [he], Links())
    assert view.speakers[0].written == (("en", ("Lee",)),)


def test_tellings_stand_in_their_own_words_with_what_changed(view):
    (saying,) = view.speakers[0].sayings
    assert saying.conflict
    assert [(t.passage.article, t.relation, t.changed, t.earliest) for t in saying.tellings] == [
        ("en", "verbatim", "", True),
        ("ar", "changed", "a negation was added", False),
        ("de", "translation", "", False),
    ]
    assert [t.passage.words for t in saying.tellings] == [
        ("the pier was safe",),
        ("الرصيف لم يكن آمناً",),
        ("der Steg sei sicher",),
    ]


def test_a_nested_statement_names_who_passes_it_on(view):
    telling = next(t for t in view.speakers[0].sayings[0].tellings if t.passage.article == "de")
    assert telling.through == ("Bo Ek",)


def test_a_nesting_that_bites_its_tail_ends():
    loop = replace(DE, attributions=tuple(replace(a, nested_in=1 - i) for i, a in enumerate(DE.attributions)))
    view = compare(STORY, [loop], Links())
    assert {t.through for s in view.speakers for saying in s.sayings for t in saying.tellings} == {
        ("Bo Ek",),
        ("Ann Lee",),
    }


def test_a_sentence_is_not_cut_at_an_abbreviation_of_its_language(view):
    assert view.speakers[0].sayings[0].tellings[0].passage.sentence == "Ann Lee said the pier was safe."
    first = replace(
        EN,
        attributions=(replace(EN.attributions[0], content=(EN.attributions[0].content[0]._replace(start=4, end=9),)),),
    )
    shown = compare(STORY, [first], Links()).speakers[0].sayings[0].tellings[0].passage
    assert (shown.words, shown.sentence) == (("Stone",), "Dr. Stone left.")


def test_every_side_of_a_figure_conflict_is_different_and_only_one_day_is_the_earliest(view):
    (figure,) = view.figures
    assert figure.conflict
    assert [(t.passage.article, t.value, t.standing, t.earliest, t.passage.words) for t in figure.tellings] == [
        ("en", 269000, "different", True, ("269,000 reposts",)),
        ("ar", 296000, "different", False, ("296 ألفاً",)),
        ("de", 269000, "different", False, ("269.000",)),
    ]


def test_another_value_without_a_conflict_is_compatible():
    links = replace(LINKS, conflicts=())
    assert [t.standing for t in compare(STORY, [EN, AR], links).figures[0].tellings] == ["compatible", "compatible"]


def test_tellings_that_agree_are_the_same_figure():
    links = replace(LINKS, conflicts=())
    assert [t.standing for t in compare(STORY, [EN, AR, DE], links).figures[0].tellings] == [
        "same",
        "compatible",
        "same",
    ]


def standings(*values: int | None, leasts: tuple[int | None, ...] = ()) -> list[str]:
    """How tellings of these values stand to each other, one a day, nothing of them a conflict."""
    articles = [
        replace(
            EN, id=f"a{i}", published=f"2024-02-{i + 1:02}", figures=(replace(EN.figures[0], value=v, least=least),)
        )
        for i, (v, least) in enumerate(zip(values, leasts or (None,) * len(values), strict=True))
    ]
    ids = tuple(a.id for a in articles)
    thread = replace(FIGURES, members=tuple(FigureMember(id, articles[0].figure_ids[0]) for id in ids))
    view = compare(replace(STORY, articles=ids, reasons=()), articles, Links(figure_threads=(thread,)))
    return [t.standing for t in view.figures[0].tellings]


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ((17, 17), "same same"),
        ((17, 19), "compatible compatible"),
        ((17, 19, 19, 17), "compatible compatible compatible compatible"),
        ((17, 17, 19), "same same compatible"),
        ((20, 19), "compatible compatible"),
        ((150_000_000, 149_800_000), "same same"),
        ((150_000_000, 149_800_000, 150_300_000), "same same same"),
        ((150_000_000, 156_000_000), "compatible compatible"),
        ((296_000, 300_000), "compatible compatible"),
    ],
)
def test_unequal_values_are_never_the_same_figure_unless_rounded(values, wanted):
    assert " ".join(standings(*values)) == wanted


@pytest.mark.parametrize(
    ("leasts", "wanted"),
    [((24, 2_000), "compatible compatible"), ((24, 24), "same same"), ((24, 24, 2_000), "same same compatible")],
)
def test_dozens_are_not_the_same_figure_as_thousands(leasts, wanted):
    assert " ".join(standings(*(None,) * len(leasts), leasts=leasts)) == wanted


def test_nobody_is_earliest_on_a_shared_or_unknown_day():
    for day in ("2024-02-10T08:00", None):
        articles = [replace(EN, published=day), replace(AR, published=day)]
        view = compare(STORY, articles, LINKS)
        assert not any(t.earliest for t in view.speakers[0].sayings[0].tellings)
        assert not any(t.earliest for t in view.figures[0].tellings)


def test_an_article_without_outlet_goes_by_its_host_then_title_then_id():
    bare = replace(EN, outlet=None, title="A title")
    shown = [
        compare(STORY, [a], Links()).sources[0].outlet
        for a in (bare, replace(bare, url=None), replace(bare, url=None, title=None))
    ]
    assert shown == ["en.example", "A title", "en"]


def test_conflicts_show_each_side_once_with_its_sentence(view):
    assert [(c.kind, [s.article for s in c.sides]) for c in view.conflicts] == [
        ("figure", ["en", "ar", "de"]),
        ("statement", ["en", "ar", "de"]),
    ]
    assert view.conflicts[0].sides[0].sentence == "It had 269,000 reposts."
    assert view.conflicts[0].why == "Different figure for reposts."


def test_a_conflict_of_an_article_with_its_copy_alone_is_none():
    links = replace(LINKS, conflicts=(Conflict("figure", "f1", FIGURES.members[1:2] + FIGURES.members[3:], "…"),))
    assert compare(STORY, [EN, COPY], links).conflicts == ()


def test_times_name_every_article_once(view):
    assert [(t.value, [p.words for p in t.passages]) for t in view.times] == [("2024-02-09", [("said",)])]


def test_statements_and_figures_outside_threads_are_kept():
    view = compare(STORY, [EN], Links())
    assert view.speakers[0].sayings[0].thread is None
    assert view.figures[0].tellings[0].standing == "only"


def test_names_that_linking_chose_are_used():
    view = compare(STORY, [EN], Links(), names={"Ann Lee": "Ann B. Lee"})
    assert [s.name for s in view.speakers] == ["Ann B. Lee"]


def test_unnamed_statements_stand_last():
    view = compare(STORY, [replace(EN, attributions=(replace(EN.attributions[0], speaker=None),)), AR], Links())
    assert [s.name for s in view.speakers] == ["Ann Lee", None]


def test_records_without_text_are_compared_by_their_gists():
    bare = replace(EN, text=None, gists=("the pier was safe",))
    passage = compare(STORY, [bare], LINKS).speakers[0].sayings[0].tellings[0].passage
    assert (passage.words, passage.spans, passage.sentence) == (("the pier was safe",), (), "")


def test_a_version_tells_the_address_and_what_told_the_date():
    version = Version(
        "ar",
        AR.text or "",
        "ar",
        "sha256:0",
        url="https://ar.example",
        published="2024-02-11",
        published_from="dateline",
    )
    source = compare(STORY, [AR], Links(), versions={"ar": version}).sources[0]
    assert (source.url, source.published_from) == ("https://ar.example", "dateline")


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_input_is_of_no_account(view, seed):
    articles = [EN, AR, COPY, DE]
    random.Random(seed).shuffle(articles)
    times = {"en": [Time(EN.attributions[0].cue[0], "2024-02-09")]}
    assert compare(STORY, articles, LINKS, times=times) == view


def test_every_word_shown_can_be_sliced_from_its_article(view):
    texts = {a.id: a.text or "" for a in (EN, AR, DE)}
    passages = [t.passage for s in view.speakers for saying in s.sayings for t in saying.tellings]
    passages += [t.passage for f in view.figures for t in f.tellings] + [s for c in view.conflicts for s in c.sides]
    for passage in passages:
        assert tuple(span.of(texts[passage.article]) for span in passage.spans) == passage.words
        assert texts[passage.article][passage.sentence_start :].startswith(passage.sentence)
        assert "".join(piece for piece, _ in passage.marked()) == passage.sentence
        assert tuple(piece for piece, marked in passage.marked() if marked) == passage.words


@given(st.text(min_size=1), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4), st.integers(0, 9))
def test_a_marked_sentence_is_whole_however_its_spans_lie(sentence, pairs, start):
    spans = tuple(Span(min(a, b, len(sentence)), min(max(a, b), len(sentence))).shift(start) for a, b in pairs)
    pieces = Passage("a", "o", "en", None, (), spans, sentence, start).marked()
    assert "".join(piece for piece, _ in pieces) == sentence
    marked = "".join(("x" if mark else "-") * len(piece) for piece, mark in pieces)
    covered = {i for s in spans for i in range(s.start - start, s.end - start)}
    assert marked == "".join("x" if i in covered else "-" for i in range(len(sentence)))


def reposts(
    id: str, asserted_by: str | None, text: str = "It had {f1|269,000 reposts}. {q1|Rain fell}, she said."
) -> Annotated:
    told = article(id, "en", "2024-02-10", text, ["Ann Lee"], values=[269000])
    return replace(told, figures=(replace(told.figures[0], asserted_by=asserted_by),))


@pytest.mark.parametrize(
    ("tellings", "dropped"),
    [
        ([reposts("a", "Ann Lee"), reposts("b", None)], [None, "Ann Lee"]),
        ([reposts("a", "Ann Lee"), reposts("b", None), reposts("c", None)], [None, None, None]),
        ([reposts("a", "Ann Lee"), reposts("b", None, "{q1|It had {f1|269,000 reposts}}, she said.")], [None, None]),
        (
            [reposts("a", "Ann Lee"), reposts("b", None, "With Lee it had {f1|269,000 reposts} yet. {q1|Rain}.")],
            [None, "Ann Lee"],
        ),
        (
            [reposts("a", "Ann Stone"), reposts("b", None, "With Stone it had {f1|269,000 reposts}. {q1|Rain}.")],
            [None, None],
        ),
        ([reposts("a", None), reposts("b", None)], [None, None]),
    ],
)
def test_a_figure_on_nobodys_word_that_a_source_asserts_elsewhere_is_told(tellings, dropped):
    thread = FigureThread("f", "reposts", "X", tuple(FigureMember(a.id, 0) for a in tellings))
    made = compare(Story("s", "", tuple(a.id for a in tellings)), tellings, Links(figure_threads=(thread,)))
    assert [telling.dropped for telling in made.figures[0].tellings] == dropped
