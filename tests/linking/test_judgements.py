"""The machine's links as people want them: from links made by hand, without an encoder."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.extraction.nouns import Attribution, Figure
from sayso.linking.article import Annotated
from sayso.linking.figures.join import as_thread as figure_thread
from sayso.linking.figures.quantities import Told
from sayso.linking.judgements import afresh, places
from sayso.linking.judgements.bench import Bench
from sayso.linking.judgements.nouns import Judgement, Thing, from_row, made, to_row
from sayso.linking.judgements.shown import judged, touched, whole
from sayso.linking.nouns import Exchange, ExchangeMember, Links
from sayso.linking.stories.join import as_one
from sayso.linking.telling import telling
from sayso.linking.threads.join import as_thread
from sayso.linking.within import within
from sayso.text.markup import parse
from sayso.text.span import Span

BRIDGE = {
    "a": "Mira Holt said {q|the bridge is safe and {f|40} pillars have been tested twice}.",
    "b": "“{q|The bridge is safe and {f|40} pillars have been tested},” Mira Holt said.",
    "c": "“{q|The bridge is safe and {f|14} pillars have been tested},” Mira Holt said.",
}
PORT = {
    "d": "Mira Holt said {q|the port opens on Monday with {f|12} new cranes}.",
    "e": "“{q|The port opens on Monday with {f|12} new cranes},” Mira Holt said.",
}


def article(id: str, marked: str) -> Annotated:
    text, marks = parse(marked)
    said = tuple(Attribution((), (), (m.span,), "direct", "Mira Holt") for m in marks if m.kind == "q")
    told = tuple(Figure(m.span, int(m.span.of(text)), "things") for m in marks if m.kind == "f")
    numbers = tuple(range(len(said))), tuple(range(len(told)))
    return Annotated(id, text, "en", "2024-05-06", f"Title {id}", f"Outlet {id}", None, said, told, *numbers)


ARTICLES = {id: article(id, marked) for id, marked in (BRIDGE | PORT).items()}


def machine() -> Links:
    """Two stories, each with one thread of statements and one of figures; a conflict of 40 against 14."""
    stories, found = [], []
    for ids in (BRIDGE, PORT):
        own = [ARTICLES[id] for id in ids]
        story = as_one(own)
        threads = (as_thread([telling(one, 0, "Mira Holt") for one in own]),)
        figures = (figure_thread(story, [Told(one.id, 0, one.figures[0]) for one in own]),)
        stories.append(story)
        found.append(replace(within(story, own, {}), threads=threads, figure_threads=figures))
    return Links(
        tuple(stories),
        tuple(t for part in found for t in part.threads),
        tuple(f for part in found for f in part.figure_threads),
        found[0].conflicts,
    )


MACHINE = machine()


def thing(id: str, kind: str = "article") -> Thing:
    return Thing(id) if kind == "article" else places.thing(ARTICLES[id], kind, 0)


def said(
    about: str, verdict: str, left: str, right: str = "", by: str = "Ann", day: int = 1, note: str = ""
) -> Judgement:
    kind = {"story": "article", "figures": "figure"}.get(about, "statement")
    sides = tuple(tuple(thing(id, kind) for id in side) for side in (left, right))
    return Judgement(about, verdict, *sides, by, f"2026-03-{day:02}T08:00:00.000000+00:00", note)


def shown(*judgements: Judgement, articles: dict[str, Annotated] = ARTICLES) -> tuple[Links, dict[str, object]]:
    found = judged(MACHINE, judgements, articles.values())
    return whole(MACHINE, found), {ruling.judgement: ruling for ruling in found.rulings}


def stories(links: Links) -> list[str]:
    return sorted("".join(story.articles) for story in links.stories)


def threads(links: Links) -> list[str]:
    return sorted("".join(m.article for m in thread.members) for thread in links.threads)


def quantities(links: Links) -> list[str]:
    return sorted("".join(m.article for m in thread.members) for thread in links.figure_threads)


def test_without_judgements_the_machines_links_are_shown():
    assert shown()[0] == MACHINE
    assert stories(MACHINE) == ["abc", "de"]
    assert [c.kind for c in MACHINE.conflicts] == ["statement"]


def test_a_withdrawn_judgement_changes_nothing():
    one = replace(said("story", "different", "c", "ab"), withdrawn="2026-03-02T00:00:00+00:00")
    links, rulings = shown(one)
    assert links == MACHINE
    assert rulings[one.id].state == "withdrawn"


def test_a_split_story_takes_its_threads_and_conflicts_with_it():
    one = said("story", "different", "c", "ab", note="another bridge")
    links, rulings = shown(one)
    assert stories(links) == ["ab", "c", "de"]
    assert not links.conflicts
    assert rulings[one.id].state == "stands"
    assert rulings[one.id].together
    story = next(s for s in links.stories if "a" in s.articles)
    assert story.judged == (
        "judged another story than c (“Title c”) by Ann on 2026-03-01: another bridge; "
        f"the machine holds them together, score {MACHINE.stories[0].reasons[2].score:.2f}",
    )
    assert story.reasons[0].reason.startswith("with “Title b”")


def test_joined_stories_are_compared_anew_and_joined_ones_say_so():
    links, rulings = shown(one := said("story", "same", "a", "d"))
    assert stories(links) == ["abcde"]
    assert rulings[one.id].together is False
    assert links.stories[0].judged[0].endswith("the machine holds them apart")
    assert MACHINE.stories[0].judged == ()


def test_the_rest_of_the_links_stay_the_same_to_the_letter():
    links, _ = shown(said("story", "different", "c", "ab"))
    assert MACHINE.stories[1] in links.stories
    assert MACHINE.threads[1] in links.threads
    assert [s.articles for s in touched(MACHINE, [said("story", "different", "c", "ab")])] == [("a", "b", "c")]


def test_a_split_thread_is_told_anew_and_a_statement_alone_is_no_thread():
    links, _ = shown(said("thread", "different", "c", "ab"))
    assert threads(links) == ["ab", "de"]
    [thread] = [t for t in links.threads if t.members[0].article == "a"]
    assert {m.relation for m in thread.members} <= {"verbatim", "trimmed", "paraphrase"}
    assert thread.judged[0].startswith("judged another statement than c (“The bridge")
    assert stories(links) == stories(MACHINE)


def test_threads_of_two_stories_can_be_joined():
    links, _ = shown(said("thread", "same", "a", "d"))
    assert threads(links) == ["abcde"]
    assert stories(links) == ["abc", "de"]


def test_figures_can_be_split_and_joined():
    assert quantities(shown(said("figures", "different", "c", "ab"))[0]) == ["ab", "de"]
    assert quantities(shown(said("figures", "same", "c", "d"))[0]) == ["abcde"]


def test_a_rejected_conflict_is_left_out_and_kept_with_the_judgement():
    links, rulings = shown(one := said("conflict", "same", "abc"))
    assert not links.conflicts
    assert rulings[one.id].why == f"left out: {MACHINE.conflicts[0].why}"


def test_what_a_rejected_conflict_called_changed_is_told_in_other_words():
    machines = next(t for t in MACHINE.threads if t.id == MACHINE.conflicts[0].thread)
    assert "changed" in {m.relation for m in machines.members}
    links, _ = shown(said("conflict", "same", "abc", note="one count"))
    thread = next(t for t in links.threads if t.id == machines.id)
    [told] = [m for m in thread.members if m.article == "c"]
    assert (told.relation, told.change, told.words, told.against) == ("paraphrase", None, "", "")
    assert told.reason == "judged no difference by Ann on 2026-03-01: one count"
    assert thread.judged == (f"{told.reason}; the machine finds that they differ",)
    assert [m for m in thread.members if m.article != "c"] == [m for m in machines.members if m.article != "c"]


def test_a_conflict_with_a_telling_that_was_not_judged_is_shown_again():
    links, rulings = shown(one := said("conflict", "same", "ac"))
    assert len(MACHINE.conflicts[0].members) == 3
    assert links.conflicts == MACHINE.conflicts
    assert rulings[one.id].state == "waits"
    assert rulings[one.id].why.startswith("the conflict has another member since")
    gone = said("conflict", "same", "de")
    assert shown(gone)[1][gone.id].why == "the machine finds no such conflict now"


def test_who_says_that_a_conflict_is_one_outweighs_who_says_that_it_is_none():
    reject, accept = said("conflict", "same", "abc"), said("conflict", "different", "abc", by="Bob")
    links, rulings = shown(reject, accept)
    assert links.conflicts[0].judged == (
        "judged a difference by Bob on 2026-03-01; the machine finds that they differ",
    )
    assert rulings[reject.id].state == "contradicted"
    assert "Bob" in rulings[reject.id].why


def test_the_last_word_of_one_person_on_a_conflict_stands():
    first, last = said("conflict", "different", "abc"), said("conflict", "same", "abc", day=2)
    links, rulings = shown(last, first)
    assert not links.conflicts
    assert rulings[first.id].state == "overruled"


def test_a_rejected_exchange_is_left_out():
    sides = [ExchangeMember(id, 0, ARTICLES[id].attributions[0].content) for id in "ba"]
    exchange = Exchange("x1", "denies", *sides, (), (), 0.9, "“denied”")
    links = replace(MACHINE, exchanges=(exchange,))
    one = said("exchange", "different", "b", "a")
    found = judged(links, [one], ARTICLES.values())
    assert not whole(links, found).exchanges
    assert [r.state for r in found.rulings] == ["stands"]
    assert whole(links, judged(links, [said("exchange", "same", "b", "a")], ARTICLES.values())).exchanges[0].judged


def test_contradictions_are_named_with_their_chain():
    judgements = [
        said("story", "same", "a", "d"),
        said("story", "same", "d", "e", day=2),
        said("story", "different", "a", "e", by="Bob", day=3),
    ]
    links, rulings = shown(*judgements)
    where = {id: s.id for s in links.stories for id in s.articles}
    assert where["a"] != where["e"]
    why = rulings[judgements[0].id].why
    assert rulings[judgements[0].id].state == "contradicted"
    assert "a (“Title a”) = d (“Title d”) = e (“Title e”)" in why or "e (“Title e”) = d (“Title d”) = a" in why
    assert "Bob tells the first and the last of them apart" in why
    assert all(one.id in why for one in judgements)


def test_a_statement_is_found_again_in_another_reading_of_the_article():
    one = said("thread", "different", "c", "ab")
    text = ARTICLES["c"].text or ""
    newer = replace(ARTICLES["c"], attributions=(Attribution((), (), (Span(1, 40),), "direct", "Mira Holt"),))
    longer = replace(
        newer, text=f"Update: {text}", attributions=(replace(newer.attributions[0], content=(Span(9, 55),)),)
    )
    for other in (newer, longer):
        links, rulings = shown(one, articles={**ARTICLES, "c": other})
        assert threads(links) == ["ab", "de"]
        assert rulings[one.id].state == "stands"


def test_a_statement_that_is_no_more_is_reported_and_the_judgement_kept():
    one = said("thread", "different", "c", "a")
    for gone in (replace(ARTICLES["c"], attributions=()), article("c", "{q|Something else} was said. {f|1}")):
        _, rulings = shown(one, articles={**ARTICLES, "c": gone} if gone.attributions else ARTICLES | {"c": gone})
        assert rulings[one.id].state == "waits"
        assert "no such statement any more in c" in rulings[one.id].why


def test_an_article_that_is_not_here_is_reported_and_still_leads_on():
    waits, first, second = said("story", "same", "a"), said("story", "same", "a"), said("story", "same", "d", day=2)
    first, second = replace(first, right=(Thing("x"),)), replace(second, right=(Thing("x"),))
    waits = replace(waits, right=(Thing("y"),))
    links, rulings = shown(waits, first, second)
    assert rulings[waits.id].state == "waits"
    assert rulings[waits.id].why == "the ledger holds no article 'y'"
    assert stories(links) == ["abcde"]


def test_judged_links_do_not_depend_on_the_order_of_judgements():
    judgements = [
        said("story", "same", "a", "d"),
        said("story", "different", "b", "e", by="Bob"),
        said("thread", "same", "a", "d"),
    ]
    assert shown(*judgements) == shown(*reversed(judgements))


def test_what_was_found_in_a_story_that_people_made_is_kept(monkeypatch):
    class Kept(dict):
        def recall(self, kind, digests):
            return {digest: self[kind, digest] for digest in digests if (kind, digest) in self}

        def remember(self, kind, found):
            self.update({(kind, digest): one for digest, one in found.items()})

    kept, judgements = Kept(), [said("story", "different", "c", "ab")]
    first = judged(MACHINE, judgements, ARTICLES.values(), memory=kept)
    assert sorted(digest for _, digest in kept) == sorted(first.used)
    monkeypatch.setattr(afresh, "within", None)
    assert judged(MACHINE, judgements, ARTICLES.values(), memory=kept) == first
    changed = ARTICLES | {"a": replace(ARTICLES["a"], title="Another title")}
    with pytest.raises(TypeError):
        judged(MACHINE, judgements, changed.values(), memory=kept)


# The noun


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ([], "not an object"),
        ({}, "missing required field"),
        ({"about": "weather"}, "Invalid enum value 'weather'"),
        ({"right": [{"article": "a"}]}, "nothing can be judged against itself"),
        ({"right": []}, "needs two things to judge between"),
        ({"left": [], "right": []}, "needs two things"),
        ({"at": "yesterday"}, "needs ISO 8601 times"),
        ({"by": "  "}, "needs the name of the person"),
        ({"about": "thread"}, "a judgement about a thread is between statements"),
        ({"note": "\ud800"}, "half of a surrogate pair"),
        (
            {"left": [{"article": f"l{i}"} for i in range(400)], "right": [{"article": f"r{i}"} for i in range(400)]},
            "160000 pairs",
        ),
    ],
)
def test_a_senseless_row_is_refused_with_the_reason(row, reason):
    good = {"about": "story", "verdict": "different", "left": [{"article": "a"}], "right": [{"article": "b"}]}
    good |= {"by": "Ann", "at": "2026-03-01T08:00:00Z"}
    from_row(good)
    with pytest.raises(InputError, match=reason):
        from_row({**good, **row} if isinstance(row, dict) and row else row)


def test_times_are_kept_in_one_spelling_so_that_later_is_later():
    row = to_row(said("story", "same", "a", "b"))
    moved = from_row({**row, "at": "2026-03-01T10:00:00+02:00"})
    assert moved.id == from_row(row).id == row["id"]


@given(
    st.text(max_size=20),
    st.text(max_size=20),
    st.lists(st.text(min_size=1, max_size=9), min_size=2, max_size=5, unique=True),
)
def test_whatever_is_judged_comes_back_from_json(by, note, articles):
    try:
        one = made("story", "same", [Thing(articles[0])], [Thing(id) for id in articles[1:]], by, note)
    except InputError:
        assert not by.strip() or any(0xD800 <= ord(c) < 0xE000 for c in by + note + "".join(articles))
        return
    assert from_row(to_row(one)) == one


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["story", "thread", "figures"]),
            st.booleans(),
            st.permutations("abcde"),
            st.sampled_from(["Ann", "Bob"]),
        ),
        max_size=6,
    )
)
def test_any_judgements_on_stories_threads_and_figures_keep_apart_what_is_told_apart(given_words):
    judgements = [
        said(about, "same" if same else "different", order[0], order[1], by, day)
        for day, (about, same, order, by) in enumerate(given_words, 1)
    ]
    links, rulings = shown(*judgements)
    assert sorted("".join(stories(links))) == list("abcde")
    assert shown(*judgements)[0] == links
    where = {
        "story": {id: i for i, s in enumerate(links.stories) for id in s.articles},
        "thread": {m.article: i for i, t in enumerate(links.threads) for m in t.members},
        "figures": {m.article: i for i, t in enumerate(links.figure_threads) for m in t.members},
    }
    for one in judgements:
        if one.verdict == "different" and rulings[one.id].state == "stands":
            left, right = (where[one.about].get(side[0].article, side[0].article) for side in (one.left, one.right))
            assert left != right
    assert all(rulings[one.id].why for one in judgements if rulings[one.id].state != "stands")


def test_things_told_apart_from_each_other_are_counted():
    one = said("figures", "different", "abc")
    bench = Bench([one], ARTICLES)
    assert bench.sentence(one, map(bench.node, one.left)) == "judged 3 different quantities by Ann on 2026-03-01"
