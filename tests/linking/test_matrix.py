"""Statements by outlet: what each carries, changes, leaves out, from articles and links made by hand."""

from __future__ import annotations

from sayso.extraction.nouns import Attribution
from sayso.linking.article import Annotated
from sayso.linking.comparison.compare import compare
from sayso.linking.comparison.matrix import Matrix, matrix
from sayso.linking.comparison.nouns import Comparison
from sayso.linking.nouns import Duplicate, Links, StatementMember, Story, Thread, Unattributed
from sayso.text.markup import parse

SAFE = "{q|The pier could close in March.}"


def article(id: str, marked: str = SAFE, day: str | None = "2024-03-02", outlet: str | None = None) -> Annotated:
    text, marks = parse(marked)
    said = tuple(Attribution((), (), (mark.span,), "indirect", speaker="Ann Lee") for mark in marks if mark.kind == "q")
    places = tuple(range(len(said)))
    return Annotated(id, text, "en", day, None, outlet or f"Outlet {id}", None, said, attribution_ids=places)


def of(articles: list[Annotated], *threads: Thread, copies: tuple[Duplicate, ...] = ()) -> Matrix:
    return matrix(compared(articles, *threads, copies=copies))


def compared(articles: list[Annotated], *threads: Thread, copies: tuple[Duplicate, ...] = ()) -> Comparison:
    links = Links(threads=threads, duplicates=copies)
    return compare(Story("s", "The pier", tuple(a.id for a in articles)), articles, links)


def member(one: Annotated, relation="verbatim", index: int = 0, **changed: str) -> StatementMember:
    return StatementMember(one.id, index, one.attributions[index].content, relation, "why", **changed)


def states(made: Matrix) -> list[list[str]]:
    return [[cell.state for cell in row.cells] for row in made.rows]


def test_each_outlet_carries_changes_or_leaves_out():
    a, b, c, d = (article(id) for id in "abcd")
    silent = article("e", "Nothing was said.")
    thread = Thread(
        "t",
        "",
        (
            member(a),
            member(b, "trimmed"),
            member(c, "translation"),
            member(d, "changed", change="modality", words="will close", against="could close"),
        ),
    )
    made = of([a, b, c, d, silent], thread)
    assert states(made) == [["verbatim", "trimmed", "translation", "changed", "left out"]]
    (row,) = made.rows
    assert (row.speaker, row.words, row.carried) == ("Ann Lee", "The pier could close in March.", 4)
    assert row.cells[3].changes == ("modality",)
    assert [(t.here, t.there) for t in row.cells[3].tellings] == [("will close", "could close")]


def test_what_was_published_before_is_not_left_out():
    late, early, undated = article("b"), article("a", "Rain fell.", "2024-03-01"), article("c", "Rain fell.", None)
    made = of([late, early, undated, article("d", day="2024-03-03")], Thread("t", "", (member(late),)))
    assert [column.outlet for column in made.columns] == ["Outlet a", "Outlet b", "Outlet d", "Outlet c"]
    assert states(made)[0] == ["earlier", "verbatim", "left out", "left out"]


def test_copies_are_counted_beside_what_they_copy_and_are_no_outlets():
    a, b, c = article("a"), article("b"), article("c")
    made = of(
        [a, b, c], Thread("t", "", (member(a), member(b), member(c))), copies=(Duplicate(("a", "b"), "wire copy"),)
    )
    assert [(column.outlet, column.copies) for column in made.columns] == [("Outlet a", 1), ("Outlet c", 0)]
    assert states(made) == [["verbatim", "verbatim"]]


def test_articles_of_one_outlet_share_a_column_in_which_a_change_is_told():
    a, b, c = article("a", outlet="Post"), article("b", outlet="Post"), article("c")
    changed = member(b, "changed", change="number", words="3", against="4")
    made = of([a, b, c], Thread("t", "", (member(a), changed, member(c))))
    assert [len(column.articles) for column in made.columns] == [2, 1]
    assert states(made) == [["changed", "verbatim"]]


def test_what_is_told_on_nobodys_word_is_a_change():
    a, b = article("a"), article("b", "The pier could close in March.")
    fact = Unattributed("b", article("b").attributions[0].content, "The pier could close in March.", "Ann Lee", "why")
    made = of([a, b], Thread("t", "", (member(a),), unattributed=(fact,)))
    (cell,) = (row.cells[1] for row in made.rows)
    assert (cell.state, cell.changes) == ("changed", ("attribution",))
    assert [(one.source, one.passage.words) for one in cell.facts] == [("Ann Lee", ("The pier could close in March.",))]


def test_what_most_outlets_carry_stands_first_and_what_is_told_once_last():
    two = "{q|The pier could close in March.} {q|It is sixty years old.} {q|Rain fell in the night.}"
    a, b, c = article("a", two), article("b", two), article("c", two)
    pair = Thread("p", "", (member(a, index=1), member(b, index=1)))
    trio = Thread("q", "", (member(a), member(b), member(c)))
    made = of([a, b, c], pair, trio)
    assert [row.thread for row in made.rows] == ["q", "p", None, None, None, None]
    assert [len(made.shared), len(made.lone)] == [2, 4]
    assert states(made)[2] == ["once", "left out", "left out"]


def test_a_story_without_statements_has_no_rows():
    made = of([article("a", "Rain fell.")])
    assert (made.rows, [column.outlet for column in made.columns]) == ((), ["Outlet a"])
