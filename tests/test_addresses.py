"""Articles at addresses: the same bytes at several of them, and several texts at one."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from itertools import permutations
from pathlib import Path

import pytest
from tests.fetching import outlet
from tests.fetching.outlet import page
from typer.testing import CliRunner

from sayso import workspace
from sayso.documents.nouns import Capture, Record, first_id, id_at, id_of
from sayso.errors import LedgerError, NotFound
from sayso.interfaces import changes_page, changes_rows, changes_words
from sayso.interfaces.cli import app
from sayso.ledger.evidence.proof import proven
from sayso.ledger.ledger import Ledger
from sayso.linking.edits.another import FEWEST, is_another
from sayso.workspace.intake import Intake
from sayso.workspace.reading import engine

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
AMP = "https://amp.north.example/news/bridge-1"
NORTH, SOUTH = "https://north.example/news/bridge-1", "https://south.example/mirror/bridge-1"
WALL = (
    "You have reached the end of your free reading for this month. Please subscribe to the Gazette to continue: every "
    "subscription pays for reporters who cover courts, councils and schools near you. Already a reader? Sign in with "
    "the name and password that we sent by post when your delivery began, or call our desk on working days."
)
FERRY = (
    "Ferries to the islands will run twice as often next summer, the harbour company announced. A third ship, bought "
    "from a yard abroad, is to enter service in June; tickets cost eleven crowns, children travel free of charge. "
    "Residents had collected nine thousand signatures for it since the winter storms cut the islands off for days."
)
PORT = (
    "Judges put off the case about the fish market until spring: no witness came, and the defence asked for another "
    "check of the scales. Traders may have their goods back once they pay for the months in storage, a clerk said, "
    "while a master from the neighbouring town looks at every weight and every chain that stood in the hall."
)


def html(title: str, text: str) -> bytes:
    """A page with one article."""
    body = f"<article><h1>{title}</h1><p>{escape(text)}</p></article>"
    return f"<!doctype html><html><head><title>{title}</title></head><body>{body}</body></html>".encode()


BRIDGE = page(1)
LOGIN, SHIPS = html("Log in", WALL), html("More ferries", FERRY)


def fetched(url: str, body: bytes = BRIDGE, day: int = 1, hour: int = 8) -> Capture:
    return Capture(
        url, body, "text/html", f"2026-03-{day:02}T{hour:02}:00:00+00:00", url, Record("response", head=HEAD)
    )


def take(ledger: Ledger, *captures: Capture) -> dict[str, tuple[str, ...]]:
    """Read captures as `sayso read` and `watch` do; ids by what became of them."""
    intake = Intake(ledger, engine(1), tagger=False)
    for capture in captures:
        intake.take([capture])
    report = intake.report()
    assert report.failures == ()
    return {kind: ids for kind in ("new", "newer", "known") if (ids := getattr(report, kind))}


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return workspace.open_ledger(tmp_path / "ledger")


def at(url: str) -> str:
    return id_at(url)


def captured(ledger: Ledger, id: str) -> list[tuple[str | None, str]]:
    with ledger.view() as view:
        return [(one.url, one.at[8:10]) for one in view.captured(id)]


def assert_sound(ledger: Ledger) -> None:
    """Verified, and every text made again from its capture."""
    found = workspace.verify(ledger, spans=True)
    assert found.findings == ()
    versions = workspace.counts(ledger)["versions"]
    assert found.notes[-1].startswith(f"{versions} texts were made again from their captures")


CANONICAL = page(1, extra=f'<link rel="canonical" href="{NORTH}">')


@pytest.mark.parametrize(
    ("captures", "articles"),
    [
        ([fetched(NORTH), fetched(NORTH, day=2)], [NORTH]),
        ([fetched(NORTH), fetched("http://www.north.example/news/bridge-1/?utm_source=x", day=2)], [NORTH]),
        ([fetched(NORTH), fetched(SOUTH, day=2)], [NORTH, SOUTH]),
        ([fetched(NORTH), fetched(f"{NORTH}?page=2", day=2)], [NORTH, f"{NORTH}?page=2"]),
        ([fetched(NORTH, CANONICAL), fetched(AMP, CANONICAL, day=2)], [NORTH]),
        ([fetched(AMP, CANONICAL), fetched(NORTH, CANONICAL, day=2)], [NORTH]),
        ([fetched(NORTH, CANONICAL), fetched(SOUTH, CANONICAL, day=2)], [NORTH, SOUTH]),
    ],
)
def test_the_same_bytes_are_an_article_for_each_address_that_names_one(
    ledger: Ledger, captures: Sequence[Capture], articles: list[str]
) -> None:
    assert take(ledger, *captures)["new"] == tuple(map(at, articles))
    again = [fetched(one.url or "", one.body, day=day) for day, one in enumerate(captures, 8)]
    assert set(take(ledger, *again)) == {"known"}
    for url in articles:
        days = [day for where, day in captured(ledger, at(url)) if where == url]
        assert days[-1:] > ["07"]
    told = [moment for url in articles for moment in captured(ledger, at(url))]
    assert len(told) == len(set(told)) == 2 * len(captures)
    assert_sound(ledger)


FEED = "https://n.example/feed"
ITEMS = {"https://n.example/a1": WALL, FEED: FERRY, "https://else.example/a2": PORT}


def feed(address: str = FEED, day: int = 1) -> Capture:
    """A feed with the whole texts of two pages, of which one stands elsewhere, and an item that links to the feed."""
    told = "<entry><title>T</title><id>{0}</id><link href='{0}'/><content type='html'>{1}</content></entry>"
    body = outlet.feed(*(told.format(url, text) for url, text in ITEMS.items()))
    return replace(fetched(address, body, day), media_type="application/atom+xml")


def test_a_feed_that_is_an_item_of_itself_is_a_capture_of_each(ledger: Ledger) -> None:
    ids = tuple(map(at, ITEMS))
    assert take(ledger, feed()) == {"new": ids}
    assert take(ledger, feed(day=2)) == {"known": ids}
    for id in ids:
        assert captured(ledger, id) == [(FEED, "01"), (FEED, "02")]
        assert [one.url for one in workspace.changes(ledger, id).moments] == [FEED, FEED]
        proof = proven(workspace.prove(ledger, id))
        assert [said["url"] for _, said in proof.entries if said["kind"] == "capture"] == [FEED, FEED]
    for day, (url, body) in enumerate(((url, html("Bridge", PLAIN * 3 + other)) for url, other in
                                       zip(ITEMS, (PORT, WALL, FERRY), strict=True)), 3):  # fmt: skip
        take(ledger, fetched(url, body, day))
    assert {one.article for one in workspace.changed(ledger)} >= set(ids)
    assert_sound(ledger)


def test_no_proof_is_made_of_an_article_without_a_capture_in_the_log(ledger: Ledger) -> None:
    take(ledger, fetched(NORTH))
    with sqlite3.connect(ledger.folder / "ledger.sqlite") as connection:
        changed = connection.execute("""UPDATE log SET leaf = '{"kind":"seen"}' WHERE leaf LIKE '%"kind":"capture"%'""")
        assert changed.rowcount == 1
    with pytest.raises(LedgerError, match="tells of no capture of the article"):
        workspace.prove(ledger, at(NORTH))


def test_a_mirror_takes_no_capture_from_a_page_of_another_host(ledger: Ledger) -> None:
    take(ledger, fetched(AMP, CANONICAL), fetched(SOUTH, CANONICAL, day=2))
    assert captured(ledger, at(NORTH)) == [(AMP, "01")]
    assert captured(ledger, at(SOUTH)) == [(SOUTH, "02")]


def test_a_mirror_that_stays_moves_no_version_of_the_other_address(ledger: Ledger) -> None:
    take(ledger, fetched(NORTH), fetched(SOUTH), fetched(NORTH, page(1, weeks=5), day=2), fetched(SOUTH, day=3))
    with ledger.view() as view:
        assert "for 5 weeks" in view.version(at(NORTH)).text
        assert "for 2 weeks" in view.version(at(SOUTH)).text
        assert (len(view.history(at(NORTH))), len(view.history(at(SOUTH)))) == (2, 1)
    for url, days in ((NORTH, {"01", "02"}), (SOUTH, {"01", "03"})):
        proof = proven(workspace.prove(ledger, at(url), every=True))
        captures = [said for _, said in proof.entries if said["kind"] == "capture"]
        assert {said["url"] for said in captures} == {url}
        assert {str(said["captured"])[8:10] for said in captures} == days


def test_a_file_with_known_bytes_is_known_and_an_address_for_them_is_not(ledger: Ledger, tmp_path: Path) -> None:
    file = Capture("bridge.html", BRIDGE, "text/html", "2026-03-04T08:00:00+00:00")
    assert take(ledger, fetched(NORTH), file) == {"new": (at(NORTH),), "known": (at(NORTH),)}
    other = workspace.open_ledger(tmp_path / "other")
    assert take(other, file, fetched(NORTH, day=5)) == {"new": (id_of(file), at(NORTH))}
    assert captured(other, at(NORTH)) == [(NORTH, "05")]
    assert_sound(other)


PLAIN = "The harbour of Marrow was closed on Monday after twelve boats had sunk in the storm, its master said. "


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (WALL, FERRY, True),
        (WALL, WALL, False),
        (WALL, WALL.upper(), False),
        (WALL, f"{FERRY} {' '.join(WALL.split()[:12])}", False),
        (PLAIN + WALL, PLAIN + FERRY, False),
        (PLAIN, FERRY, False),  # too short to tell
        ("Мэр сказал, что мост закрыт. " + "Паромы ходят каждый час, билет стоит десять крон, дети ездят даром, а " * 2
         + "жители собрали девять тысяч подписей после зимних бурь, которые отрезали острова на много дней подряд.",
         "Суд отложил дело о рыбном рынке до весны: свидетели не пришли, защита просит новую экспертизу весов, "
         "прокурор согласился и добавил, что торговцы получат товар назад, если заплатят сбор за хранение до мая, "
             "а весы проверит мастер из соседнего города.",
         True),
        ("港口公司周三宣布明年夏天渡轮班次将增加一倍第三艘船六月投入使用儿童免费乘坐居民去年冬天收集了九千个签名",
         "法院把鱼市场案件推迟到春天证人没有出庭辩方要求重新检查秤检察官表示同意商人如果支付保管费可以拿回货物",
         True),
        ("港口公司周三宣布明年夏天渡轮班次将增加一倍第三艘船六月投入使用儿童免费乘坐居民去年冬天收集了九千个签名",
         "港口公司周三宣布明年夏天渡轮班次将增加两倍第三艘船五月投入使用儿童半价乘坐居民去年冬天收集了一万个签名",
         False),
    ],
)  # fmt: skip
def test_what_is_another_text_and_what_an_edit(before: str, after: str, found: bool) -> None:
    assert is_another(before, after) is is_another(after, before) is found


def test_fewest_runs_are_told_to_the_word() -> None:
    words, others = ([f"{letter}{i}" for i in range(FEWEST + 3)] for letter in "ab")
    assert is_another(" ".join(words), " ".join(others))
    assert not is_another(" ".join(words[1:]), " ".join(others))


def test_another_text_at_an_address_is_an_article_of_its_own(ledger: Ledger) -> None:
    id = at(NORTH)
    assert take(ledger, fetched(NORTH)) == {"new": (id,)}
    assert take(ledger, fetched(NORTH, LOGIN, day=2)) == {"new": (f"{id}-2",)}
    assert take(ledger, fetched(NORTH, LOGIN, day=3)) == {"known": (f"{id}-2",)}
    assert take(ledger, fetched(NORTH, html("Sign in", f"Welcome. {WALL}"), day=4)) == {"newer": (f"{id}-2",)}
    assert take(ledger, fetched(NORTH, SHIPS, day=5)) == {"new": (f"{id}-3",)}
    assert take(ledger, fetched(NORTH, page(1, weeks=5), day=6)) == {"newer": (id,)}
    assert take(ledger, fetched(NORTH, day=7)) == {"known": (id,)}
    with ledger.view() as view:
        assert [v.id for v in view.versions()] == [id, f"{id}-2", f"{id}-3"]
        assert view.version(id[:5]).id == id
        assert [(one.version, one.at[8:10]) for one in view.captured(id)] == [(1, "01"), (0, "06"), (1, "07")]
    assert_sound(ledger)


@pytest.fixture
def taken(ledger: Ledger) -> Ledger:
    """An address whose page asks for money since the third day, after an edit on the second."""
    later = fetched(NORTH, page(1, weeks=5), day=2)
    take(ledger, fetched(NORTH), later, fetched(NORTH, LOGIN, day=3), fetched(NORTH, LOGIN, day=4))
    return ledger


def test_changes_say_that_another_text_stands_there_and_list_no_edits_of_it(taken: Ledger) -> None:
    id = at(NORTH)
    (listed,) = workspace.changed(taken)
    assert (listed.article, len(listed.versions), len(listed.turns)) == (id, 2, 1)
    said = f"another text stands at its address since 2026-03-03 08:00: {id}-2 “Log in”"
    assert changes_words.latest(listed) == ("2026-03-03 08:00", said)
    assert f"The address: {said}." in changes_page.page([listed])
    other = workspace.changes(taken, f"{id}-2")
    assert [changes_words.other(other, one) for one in other.others] == [
        f"another text stood at its address before, when captured 2026-03-01 08:00 and, last, 2026-03-02 08:00: "
        f"{id} “Bridge 1 stays closed”"
    ]
    assert workspace.changes(taken, NORTH).article == id
    assert workspace.changed(taken, since="2026-03-05") == []

    def run(*words: str) -> str:
        return (
            CliRunner().invoke(app, ["changes", *words, "--ledger", str(taken.folder)], env={"COLUMNS": "240"}).stdout
        )

    assert said in run()
    assert f"The address: {said}." in run(id)
    (row,) = json.loads(run("--json"))
    assert (row["kind"], row["since"][:10], row["until"][:10]) == ("another text", "2026-03-02", "2026-03-03")
    others = json.loads(run(id, "--json"))["others"]
    assert others == row["others"]
    assert (others[0]["article"], others[0]["last"], others[0]["again"]) == (
        f"{id}-2",
        "2026-03-04T08:00:00+00:00",
        None,
    )


@pytest.mark.parametrize(
    ("bodies", "told"),
    [
        ([BRIDGE, LOGIN], ["stands since 2026-03-02: {}-2 “Log in”"]),
        ([BRIDGE, LOGIN, BRIDGE], ["stood when captured 2026-03-02: {}-2 “Log in”; this one again 2026-03-03"]),
        (
            [BRIDGE, LOGIN, LOGIN, BRIDGE, LOGIN],
            ["stands since 2026-03-05: {}-2 “Log in”; it stood there first when captured 2026-03-02"],
        ),
        (
            [BRIDGE, LOGIN, SHIPS, LOGIN],
            [
                "stands since 2026-03-04: {}-2 “Log in”; it stood there first when captured 2026-03-02",
                "stood when captured 2026-03-03: {}-3 “More ferries”",
            ],
        ),
        (
            [BRIDGE, LOGIN, LOGIN, BRIDGE, SHIPS],
            [
                "stood when captured 2026-03-02 and, last, 2026-03-03: {}-2 “Log in”; this one again 2026-03-04",
                "stands since 2026-03-05: {}-3 “More ferries”",
            ],
        ),
    ],
)  # fmt: skip
def test_texts_that_take_turns_at_an_address_are_told_as_they_came(
    ledger: Ledger, bodies: list[bytes], told: list[str]
) -> None:
    take(ledger, *(fetched(NORTH, body, day) for day, body in enumerate(bodies, 1)))
    found = workspace.changes(ledger, NORTH)
    shown = [
        changes_words.other(found, one).replace(" 08:00", "").replace(" at its address", "") for one in found.others
    ]
    assert shown == [f"another text {words.format(at(NORTH))}" for words in told]
    assert found.turns == ()


@pytest.mark.parametrize(
    ("bodies", "told"),
    [
        ([BRIDGE, LOGIN], "stood before, when captured 2026-03-01: {}"),
        ([BRIDGE, LOGIN, BRIDGE], "stands since 2026-03-03: {}; it stood there first when captured 2026-03-01"),
        (
            [BRIDGE, LOGIN, BRIDGE, LOGIN],
            "stood when captured 2026-03-01 and, last, 2026-03-03: {}; this one again 2026-03-04",
        ),
    ],
)
def test_the_second_text_is_told_when_the_first_stood_and_stands(
    ledger: Ledger, bodies: list[bytes], told: str
) -> None:
    take(ledger, *(fetched(NORTH, body, day) for day, body in enumerate(bodies, 1)))
    found = workspace.changes(ledger, f"{at(NORTH)}-2")
    (shown,) = (changes_words.other(found, one) for one in found.others)
    shown = shown.replace(" 08:00", "").replace(" at its address", "")
    assert shown == "another text " + told.format(f"{at(NORTH)} “Bridge 1 stays closed”")


def test_the_list_tells_the_text_that_came_last_and_when(ledger: Ledger) -> None:
    bodies = [BRIDGE, LOGIN, LOGIN, page(1, weeks=5), LOGIN]
    take(ledger, *(fetched(NORTH, body, day) for day, body in enumerate(bodies, 1)))
    (listed,) = workspace.changed(ledger)
    row = changes_rows.line(listed)
    assert (row["kind"], row["since"][8:10], row["until"][8:10], row["turns"]) == ("another text", "04", "05", 1)


def test_an_edited_file_without_an_address_is_another_article_and_changes_say_so(ledger: Ledger) -> None:
    for day, body in enumerate((BRIDGE, page(1, weeks=5)), 1):
        assert len(take(ledger, replace(fetched("", body, day), name="dam.html", url=None, record=None))["new"]) == 1
    said = CliRunner().invoke(app, ["changes", "--ledger", str(ledger.folder)], env={"COLUMNS": "240"}).stdout
    assert "A file without an address has no history" in " ".join(said.split())


def test_a_right_to_left_title_reorders_no_english_sentence(ledger: Ledger) -> None:
    title = "تسجيل الدخول"
    take(ledger, fetched(NORTH), fetched(NORTH, html(title, WALL), day=2))
    said = f"-2 “\u2068{title}\u2069”"
    (found,) = workspace.changed(ledger)
    assert said in changes_words.latest(found)[1]
    assert said in changes_page.page([found])
    for words in ((), (at(NORTH),)):
        command = ["changes", *words, "--ledger", str(ledger.folder)]
        assert said in CliRunner().invoke(app, command, env={"COLUMNS": "240"}).stdout


def test_rows_with_ids_of_their_own_are_versions_whatever_they_say(ledger: Ledger, tmp_path: Path) -> None:
    for day, text in enumerate((WALL, FERRY), 1):
        row = json.dumps({"id": "a1", "text": text, "url": NORTH}).encode()
        take(ledger, Capture(f"r{day}", row, "application/json", f"2026-03-0{day}T08:00:00+00:00"))
    with ledger.view() as view:
        assert len(view.history("a1")) == 2


def row(day: int, text: str, id: str | None = None, url: str = NORTH) -> Capture:
    body = json.dumps({"text": text, "url": url, **({"id": id} if id else {})}).encode()
    return Capture(f"r{day}", body, "application/json", f"2026-03-{day:02}T08:00:00+00:00")


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        ([("-2", WALL), ("", FERRY)], {"-2": WALL, "": FERRY}),
        ([("-2", WALL), (None, FERRY)], {"-2": WALL, "": FERRY}),
        ([("-2", WALL), (None, FERRY), (None, PORT)], {"-2": WALL, "": FERRY, "-3": PORT}),
        ([("-3", WALL), ("", FERRY), (None, PORT)], {"-3": WALL, "": FERRY, "-4": PORT}),
        ([("", WALL), ("-" + "9" * 5000, PORT), (None, FERRY)], {"": WALL, "-" + "9" * 5000: PORT, "-2": FERRY}),
        ([("-3", WALL), (None, WALL + " Thanks.")], {"-3": WALL + " Thanks."}),
        ([("", WALL), ("", FERRY)], {"": FERRY}),
        ([(None, WALL), ("", FERRY)], {"": FERRY}),
        ([(None, WALL), (None, FERRY)], {"": WALL, "-2": FERRY}),
    ],
)
def test_no_text_takes_the_id_of_another(
    ledger: Ledger, rows: list[tuple[str | None, str]], kept: dict[str, str]
) -> None:
    named = [(None if end is None else at(NORTH) + end, text) for end, text in rows]
    take(ledger, *(row(day, text, id) for day, (id, text) in enumerate(named, 1)))
    with ledger.view() as view:
        assert {one.id.removeprefix(at(NORTH)): one.text for one in view.versions()} == kept
    assert_sound(ledger)


def test_what_one_ledger_prints_another_takes_in_whole_in_any_order(ledger: Ledger, tmp_path: Path) -> None:
    take(ledger, fetched(NORTH), fetched(NORTH, LOGIN, day=2), fetched(NORTH, SHIPS, day=3))
    with ledger.view() as view:
        found = list(view.versions())
    for number, order in enumerate(permutations(found)):
        other = workspace.open_ledger(tmp_path / f"other-{number}")
        take(other, *(row(day, one.text, one.id) for day, one in enumerate(order, 4)))
        with other.view() as view:
            assert {one.id: one.text for one in view.versions()} == {one.id: one.text for one in found}


def test_a_new_reader_of_pages_parts_no_article_from_itself(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    from sayso.documents import read as documents

    take(ledger, fetched(NORTH))
    monkeypatch.setitem(documents._ALONE, "text/html", lambda capture: page_version(capture, FERRY))
    monkeypatch.setattr("sayso.workspace.intake.made_by", lambda tagger: "another reader")
    assert take(ledger, fetched(NORTH, day=2)) == {"newer": (at(NORTH),)}


def page_version(capture: Capture, text: str):
    from sayso.documents.nouns import Version

    return Version(id_of(capture, capture.url), text, "en", capture.digest, url=capture.url)


@pytest.mark.parametrize(
    ("id", "first"),
    [
        ("0123456789ab", "0123456789ab"),
        ("0123456789ab-2", "0123456789ab"),
        ("0123456789ab-12", "0123456789ab"),
        ("0123456789ab-0", "0123456789ab-0"),
        ("a1-2", "a1-2"),
    ],
)
def test_ids_of_other_texts(id: str, first: str) -> None:
    assert first_id(id) == first


def test_the_beginning_of_an_id_means_the_first_text_and_no_other_article(taken: Ledger) -> None:
    take(taken, fetched(SOUTH))
    with taken.view() as view:
        assert view.version(at(NORTH)[:6]).id == at(NORTH)
        assert view.version(f"{at(NORTH)}-").id == f"{at(NORTH)}-2"
        with pytest.raises(NotFound):
            view.version("nothing")
