"""Whatever people say, no two things that they tell apart stay together, and what is not followed is named."""

from __future__ import annotations

import time
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from sayso.linking.judgements.partition import Said, settle


def same(id, *things, by="ann", at=None):
    return Said(id, by, at or id, True, things)


def apart(id, left, right=(), by="ann", at=None):
    return Said(id, by, at or id, False, tuple(left), tuple(right))


def groups(machine, *said, ties=()):
    return ["".join(group) for group in settle(machine, said, ties).groups]


def test_what_nobody_speaks_of_stays_as_the_machine_found_it():
    assert groups(["abc", "d", "ef"]) == ["abc", "d", "ef"]


def test_same_joins_whole_groups_and_different_splits_one():
    assert groups(["abc", "d", "ef"], same("1", "a", "e")) == ["abcef", "d"]
    assert groups(["abcd"], apart("1", "d", "abc")) == ["abc", "d"]
    assert groups(["abcd"], apart("1", "abcd")) == ["a", "b", "c", "d"]


def test_what_is_split_off_together_stays_together():
    assert groups(["abcde"], apart("1", "de", "abc")) == ["abc", "de"]


def test_a_thing_that_nobody_speaks_of_goes_with_its_nearest_else_with_the_most():
    assert groups(["dabce"], apart("1", "d", "abc")) == ["d", "abce"]
    assert groups(["dabce"], apart("1", "d", "abc"), ties=[("e", "d")]) == ["de", "abc"]


def test_the_later_word_of_one_person_stands():
    assert groups(["ab"], apart("1", "a", "b"), same("2", "a", "b")) == ["ab"]
    assert groups(["a", "b"], same("1", "a", "b"), apart("2", "a", "b")) == ["a", "b"]
    settled = settle(["a", "b"], [same("1", "a", "b"), apart("2", "a", "b")])
    assert (settled.clashes, settled.overruled) == ([], {"1": ("2", True)})


def test_a_later_word_on_a_part_leaves_the_rest():
    settled = settle(["abcd"], [same("1", *"abcd"), apart("2", "a", "bcd")])
    assert settled.groups == [["a"], ["b", "c", "d"]]
    assert settled.overruled == {"1": ("2", False)}
    assert groups(["abcd"], apart("1", "ab", "cd"), same("2", "a", "c")) == ["ac", "b", "d"]


def test_of_two_people_the_careful_word_stands_whoever_came_last():
    for order in ("12", "21"):
        settled = settle(["ab"], [same(order[0], "a", "b"), apart(order[1], "a", "b", by="bob")])
        assert settled.groups == [["a"], ["b"]]
        assert [(c.judgement, c.against) for c in settled.clashes] == [(order[0], order[1])]


def test_a_chain_that_contradicts_itself_is_named():
    settled = settle(["a", "b", "c"], [same("1", "a", "b"), same("2", "b", "c"), apart("3", "a", "c", by="bob")])
    assert settled.groups == [["a"], ["b", "c"]]  # the newer "same" is followed
    [clash] = settled.clashes
    assert (clash.judgement, clash.against) == ("1", "3")
    assert clash.chain == (("a", "1"), ("b", "2"), ("c", "")) or clash.chain == (("c", "2"), ("b", "1"), ("a", ""))


def test_things_outside_the_groups_lead_from_one_to_another():
    assert groups(["a", "b"], same("1", "a", "x"), same("2", "x", "b")) == ["ab"]


def test_things_that_became_one_are_not_told_apart():
    assert groups(["ab"], apart("1", "a", "a")) == ["ab"]


THINGS = "abcdefgh"
SIDE = st.lists(st.sampled_from(THINGS), min_size=1, max_size=4, unique=True).map(tuple)


@st.composite
def judgements(draw):
    said = []
    for number in range(draw(st.integers(0, 9))):
        left = draw(SIDE)
        right = tuple(t for t in draw(SIDE) if t not in left) if draw(st.booleans()) else ()
        said.append(Said(f"{number}", draw(st.sampled_from("xyz")), f"{number}", draw(st.booleans()), left, right))
    return said


@st.composite
def partitions(draw):
    places = [draw(st.integers(0, 3)) for _ in THINGS]
    return [g for g in ([t for t, p in zip(THINGS, places, strict=True) if p == n] for n in range(4)) if g]


def last_words(said):
    """(person, pair) -> the last judgement that says anything of the pair."""
    last = {}
    for one in said:
        pairs = combinations(one.things, 2) if one.same else one.pairs()
        last.update({(one.by, frozenset(pair)): one for pair in pairs})
    return last


@given(partitions(), judgements(), st.randoms())
def test_any_judgements_give_a_partition_in_which_no_standing_different_pair_is_together(machine, said, random):
    settled = settle(machine, said)
    assert sorted(t for group in settled.groups for t in group) == sorted(THINGS)
    where = {thing: i for i, group in enumerate(settled.groups) for thing in group}
    named = {clash.judgement for clash in settled.clashes}
    for (_, pair), one in last_words(said).items():
        x, y = sorted(pair)
        if one.same:
            assert where[x] == where[y] or one.id in named
        else:
            assert where[x] != where[y]
    for clash in settled.clashes:
        assert clash.against in {one.id for one in said if not one.same}
        assert {id for _, id in clash.chain if id} <= {one.id for one in said if one.same}
        assert clash.chain[0][0] != clash.chain[-1][0]
    shuffled = said[:]
    random.shuffle(shuffled)
    assert settle(machine, shuffled) == settled


@given(partitions(), judgements())
def test_settling_what_is_settled_changes_nothing(machine, said):
    once = settle(machine, said).groups
    assert settle(once, said).groups == once


def test_ten_thousand_judgements_take_seconds_whatever_they_say():
    n = 10_000
    chain = [same(f"{i:05}", i, i + 1) for i in range(n // 2)]
    clashing = [apart(f"{n + i}", [i], [n // 2 - i], by="bob") for i in range(n // 4)]
    flipping = [same(f"{i:05}", 0, 1) if i % 2 else apart(f"{i:05}", [0], [1]) for i in range(n)]
    hub = [same(f"{i:05}", 0, i) if i % 2 else apart(f"{i:05}", [0], [i], by="bob") for i in range(1, n)]
    for said in (chain + clashing, flipping, hub):
        started = time.monotonic()
        settle([[thing] for thing in range(n + 1)], said)
        settle([list(range(n + 1))], said)
        assert time.monotonic() - started < 20
