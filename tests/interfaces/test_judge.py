"""`sayso judge` as people meet it, and what they said after new articles, in another ledger, and against each other."""

from __future__ import annotations

import json
import shutil
import sys
import threading

import pytest

from sayso import workspace
from sayso.errors import InputError
from sayso.interfaces import cli
from sayso.models.encoder import Encoder
from sayso.workspace import opening

pytestmark = pytest.mark.encoder

BRIDGE = (
    "Harbour bridge stays shut",
    'Mayor Anna Berger closed the harbour bridge in Marsa. "The bridge stays shut until all 40 pillars are tested," '
    "Berger said. She told reporters that {} inspectors were at work.",
)
PORT = (
    "Drought ends in the valley",
    'Farmers in Tolmin cheered the rain. "Three days of rain have ended the drought," minister Ivo Kos said. '
    "Kos said that {} wells were full again.",
)


OWN = {
    "b1": "Lorries wait in long rows along the quay, and bakers on the other bank sell out before eight.",
    "b2": "Commuters now cross by a small ferry which carries nine people and two bicycles at a time.",
    "b3": "Two schools near the river have moved their morning lessons so that pupils can walk around.",
    "b4": "An engineer showed cracks as wide as a thumb to a crowd of curious anglers and children.",
    "p1": "Brass bands played in the square while old men held out their hats to catch the drops.",
    "p2": "Shepherds drove their flocks down from the hills, where the first streams run once more.",
}


def row(id, story, count, day="2024-05-06"):
    title, text = story
    text = f"{text} {OWN[id]}"
    return {
        "id": id,
        "lang": "en",
        "outlet": f"Outlet {id}",
        "title": title,
        "text": text.format(count),
        "published": day,
    }


ROWS = [row("b1", BRIDGE, 30), row("b2", BRIDGE, 30), row("b3", BRIDGE, 13), row("p1", PORT, 5), row("p2", PORT, 5)]
LATER = row("b4", BRIDGE, 30, "2024-05-07")


class Shell:
    """Runs `sayso WORDS` in this process; `status` is that of the last one."""

    def __init__(self, folder, capsys, monkeypatch):
        self.folder, self.status = folder, 0
        self._capsys, self._monkeypatch = capsys, monkeypatch
        monkeypatch.setenv("SAYSO_LEDGER", str(folder / "ledger"))
        monkeypatch.setenv("COLUMNS", "400")

    def __call__(self, *words, by="Ann"):
        self._monkeypatch.setenv("SAYSO_JUDGE", by)
        self._monkeypatch.setattr(sys, "argv", ["sayso", *map(str, words)])
        self.status = 0
        try:
            cli.main()
        except SystemExit as end:
            self.status = int(end.code or 0)
        said = self._capsys.readouterr()
        return said.out + said.err

    def json(self, *words):
        return json.loads(self(*words, "--json"))

    def read(self, *rows):
        file = self.folder / "rows.jsonl"
        file.write_text("".join(json.dumps(one) + "\n" for one in rows), encoding="utf-8")
        self("read", file)

    def stories(self):
        """The articles of each story, in order."""
        found = [self.json("story", s["id"]) for s in self.json("stories")]
        return sorted("".join(sorted(a["article"] for s in f["sources"] for a in [s, *s["copies"]])) for f in found)

    def id_of(self, article):
        with workspace.open_ledger().view() as view:
            return next(s.id for s in view.stories() if article in s.articles)

    def thread_of(self, words):
        with workspace.open_ledger().view() as view:
            return next(t for t in view.threads() if words in t.gist)

    def machine(self):
        with workspace.open_ledger().view() as view:
            return view.machine_links()


@pytest.fixture(scope="module")
def encoder():
    return Encoder()


@pytest.fixture(scope="module")
def linked(tmp_path_factory, encoder):
    """A folder with a ledger of ROWS, linked."""
    folder = tmp_path_factory.mktemp("linked")
    (folder / "rows.jsonl").write_text("".join(json.dumps(one) + "\n" for one in ROWS), encoding="utf-8")
    ledger = workspace.open_ledger(folder / "ledger")
    workspace.read([folder / "rows.jsonl"], ledger)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "encoder", lambda progress=None: encoder)
        workspace.stories(ledger)
    return folder


@pytest.fixture
def sayso(linked, encoder, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(opening, "encoder", lambda progress=None: encoder)
    shutil.copytree(linked, tmp_path, dirs_exist_ok=True)
    return Shell(tmp_path, capsys, monkeypatch)


def test_nobody_has_judged(sayso):
    assert sayso.stories() == ["b1b2b3", "p1p2"]
    assert "No judgements." in sayso("judge", "--list")


def test_a_split_is_shown_everywhere_and_outlives_new_articles(sayso, tmp_path):
    before = sayso.machine()
    said = sayso("judge", sayso.id_of("b1"), "--split", "b3", "--note", "another bridge")
    assert sayso.status == 0, said
    assert "stands" in said
    assert "judged another story than b1 (“Harbour bridge stays shut”) and 1 more by Ann" in said
    assert "the machine holds them together, score" in said
    assert sayso.machine() == before
    assert sayso.stories() == ["b1b2", "b3", "p1p2"]
    assert "another bridge" in sayso("story", sayso.id_of("b3"))
    sayso("report", tmp_path / "report.html")
    assert "judged another story than b3" in (tmp_path / "report.html").read_text(encoding="utf-8")
    sayso.read(LATER)
    assert sayso.stories() == ["b1b2b4", "b3", "p1p2"]
    assert sorted(sayso.machine().stories[0].articles) == ["b1", "b2", "b3", "b4"]
    sayso("export", tmp_path / "out")
    links = json.loads((tmp_path / "out" / "links.json").read_text(encoding="utf-8"))
    assert [j["state"] for j in links["judgements"]] == ["stands"]
    assert all(story["judged"] for story in links["stories"] if "p1" not in story["articles"])
    assert (tmp_path / "out" / "judgements.jsonl").read_text(encoding="utf-8").count("\n") == 1


def test_stories_are_joined_and_an_article_moves_alone(sayso):
    sayso("judge", sayso.id_of("p1"), "--join", "b3")
    assert sayso.status == 0
    assert sayso.stories() == ["b1b2", "b3p1p2"]
    sayso("judge", sayso.id_of("p1"), "--join", sayso.id_of("b1"))
    assert sayso.stories() == ["b1b2b3p1p2"]


def test_a_thread_is_split_by_article_and_joined_by_place(sayso):
    thread = sayso.thread_of("pillars")
    assert {m.article for m in thread.members} == {"b1", "b2", "b3"}
    sayso("judge", thread.id, "--split", "b3")
    assert {m.article for m in sayso.thread_of("pillars").members} == {"b1", "b2"}
    start = next(m for m in thread.members if m.article == "b3").content[0].start
    assert f"b3@{start}" in sayso("story", sayso.id_of("b1"), "--ids")
    sayso("judge", sayso.thread_of("pillars").id, "--join", f"b3@{start}")
    again = sayso.thread_of("pillars")
    assert {m.article for m in again.members} == {"b1", "b2", "b3"}
    assert "judged one statement by Ann" in again.judged[-1]
    assert [one["state"] for one in sayso.json("judge", "--list")] == ["overruled", "stands"]


def test_a_rejected_conflict_is_left_out_until_it_is_undone(sayso):
    conflict = sayso.json("story", sayso.id_of("b1"))["conflicts"][0]
    said = sayso("judge", f"c{conflict['thread']}", "--reject")
    assert "left out:" in said
    left = [c["thread"] for c in sayso.json("story", sayso.id_of("b1"))["conflicts"]]
    assert left.count(conflict["thread"]) == 0
    [judged] = sayso.json("judge", "--list")
    assert "withdrawn" in sayso("judge", "--undo", judged["id"][:5])
    assert conflict in sayso.json("story", sayso.id_of("b1"))["conflicts"]
    assert "No judgements." in sayso("judge", "--list")
    assert "was withdrawn on" in sayso("judge", "--undo", judged["id"])


def test_two_people_who_contradict_each_other_are_both_kept_and_named(sayso):
    story = sayso.id_of("b1")
    sayso("judge", story, "--accept", by="Ann")
    sayso("judge", story, "--split", "b3", by="Bob")
    said = sayso("judge", "--list")
    assert "contradicted" in said
    assert "Bob tells the first and the last of them apart" in said
    assert sayso.stories() == ["b1b2", "b3", "p1p2"]


def test_judgements_merge_between_ledgers_and_stay_withdrawn(sayso, tmp_path, monkeypatch):
    sayso("judge", sayso.id_of("b1"), "--split", "b3")
    sayso("judge", "--export", tmp_path / "one.jsonl")
    monkeypatch.setenv("SAYSO_LEDGER", str(tmp_path / "other"))
    sayso.read(*ROWS)
    assert sayso.stories() == ["b1b2b3", "p1p2"]
    assert "1 judgement new or newly withdrawn, 0 known already." in sayso("judge", "--import", tmp_path / "one.jsonl")
    assert sayso.stories() == ["b1b2", "b3", "p1p2"]
    assert sayso.json("judge", "--import", tmp_path / "one.jsonl") == {"changed": 0, "known": 1, "failed": 0}
    [judged] = sayso.json("judge", "--list")
    sayso("judge", "--undo", judged["id"])
    sayso("judge", "--import", tmp_path / "one.jsonl")
    assert sayso.stories() == ["b1b2b3", "p1p2"]
    sayso("judge", "--export", tmp_path / "two.jsonl")
    monkeypatch.setenv("SAYSO_LEDGER", str(tmp_path / "ledger"))
    sayso("judge", "--import", tmp_path / "two.jsonl")
    assert sayso.stories() == ["b1b2b3", "p1p2"]


def test_a_bad_line_of_an_import_is_named_and_the_rest_kept(sayso, tmp_path):
    sayso("judge", sayso.id_of("b1"), "--split", "b3")
    sayso("judge", "--export", tmp_path / "one.jsonl")
    good = (tmp_path / "one.jsonl").read_text(encoding="utf-8")
    (tmp_path / "bad.jsonl").write_text("{broken\n" + good + '{"about": "story"}\n', encoding="utf-8")
    said = sayso("judge", "--import", tmp_path / "bad.jsonl")
    assert sayso.status == 1
    assert "0 judgements new or newly withdrawn, 1 known already." in said
    assert "bad.jsonl:1: is not valid JSON" in said
    assert "bad.jsonl:3: Object missing required field" in said


@pytest.mark.parametrize(
    ("words", "status", "reason"),
    [
        ((), 2, "give one of --accept"),
        (("s", "--accept", "--reject"), 2, "give one of --accept"),
        (("--accept",), 2, "needs the id of a story"),
        (("s1", "--list"), 2, "is given, but neither"),
        (("nothing", "--accept"), 1, "no story, thread, conflict or exchange 'nothing'"),
        (("s", "--accept"), 1, "ids begin with 's'"),
        (("BRIDGE", "--split"), 1, "needs what to split off"),
        (("BRIDGE", "--accept", "b1"), 1, "takes nothing but the id"),
        (("BRIDGE", "--split", "p1"), 1, "no member 'p1'"),
        (("BRIDGE", "--split", "b"), 1, "3 ids begin with 'b'"),
        (("BRIDGE", "--split", "b1", "b2", "b3"), 1, "nothing would be left"),
        (("BRIDGE", "--join", "BRIDGE"), 1, "cannot be joined to itself"),
        (("BRIDGE", "--join", "THREAD"), 1, "is not of the kind"),
        (("THREAD", "--join", "p1"), 1, "say which as ARTICLE@PLACE"),
        (("CONFLICT", "--split", "b3"), 1, "one can only --accept or --reject it"),
        (("BRIDGE", "--accept", "--by", " "), 1, "needs the name of the person"),
        (("--undo", "j0"), 1, "no judgement 'j0'"),
        (("--import", "nowhere.jsonl"), 1, "cannot be read"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_sentence(sayso, words, status, reason):
    thread = sayso.thread_of("pillars").id
    with workspace.open_ledger().view() as view:
        conflict = f"c{view.conflicts()[0].thread}"
    meant = {"BRIDGE": sayso.id_of("b1"), "THREAD": thread, "CONFLICT": conflict}
    said = sayso("judge", *(meant.get(word, word) for word in words))
    assert sayso.status == status, said
    assert reason in said
    assert "Traceback" not in said
    assert not sayso.json("judge", "--list")


def test_an_article_alone_cannot_be_judged_against_itself(sayso):
    sayso("judge", sayso.id_of("b1"), "--split", "b3")
    assert "cannot be joined to itself" in sayso("judge", sayso.id_of("b3"), "--join", "b3")
    assert "nothing to accept or reject" in sayso("judge", sayso.id_of("b3"), "--accept")


def test_judging_from_two_threads_at_once_loses_nothing(sayso):
    ledger = workspace.open_ledger()
    story = sayso.id_of("b1")
    people = [f"P{i}" for i in range(4)]
    threads = [threading.Thread(target=workspace.judge, args=(ledger, story, "accept", (), by)) for by in people]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(one.judgement.by for one in workspace.judgements(ledger)) == people
    with ledger.view() as view:
        assert view.judged


def test_a_judge_without_a_name_is_asked_for_one(monkeypatch):
    import getpass

    def nobody() -> str:
        raise OSError("no user")

    monkeypatch.delenv("SAYSO_JUDGE", raising=False)
    monkeypatch.setattr(getpass, "getuser", nobody)
    with pytest.raises(InputError, match="say who judges"):
        workspace.judging_name()
