"""How the ledger's articles tell one quote: every outlet, the exact words, and nothing that only sounds like it."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from sayso import workspace
from sayso.errors import InputError
from sayso.ledger.ledger import Ledger

QUOTE = "Twelve ships left the port on Monday, and not one of them carried weapons"
FILLER = "The council meets on Thursday. Farmers cheered as three days of rain ended the drought in the valley. "
ROWS = [
    ("a", "en", "Harbour Wire", f"{FILLER}\n\n“{QUOTE},” the minister said."),
    ("b", "en", "Lantern Post", "Twelve ships left the port … and not one of them carried weapons, he told us."),
    ("c", "en", "Gull", "“Twenty ships left the port on Monday, and not one of them carried weapons,” she said."),
    (
        "d",
        "ru",
        "Листок",
        "Дождь шёл три дня.\n\n«Двенадцать судов вышли из порта в понедельник, и ни одно из них не везло \
оружия», — сказал министр.",
    ),
    ("e", "ar", "المرفأ", "قال الوزير: «غادرت اثنتا عشرة سفينة الميناء يوم الاثنين ولم تكن أي منها تحمل أسلحة»."),
    ("f", "en", "Echo", "Of the ships not one was on time. Monday came and the twelve left. Them, the port carried."),
    ("g", "de", "Bote", "Der Museumsdirektor wies den Vorwurf des Diebstahls zurück. Die Schau bleibt geöffnet."),
    ("h", "zh", "海报", "部长说：“星期一有十二艘船离开港口，没有一艘携带武器。”"),
]


def filled(folder: Path, rows: list[dict[str, str]]) -> Ledger:
    (folder / "rows.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    made = workspace.open_ledger(folder / "ledger")
    workspace.read([folder / "rows.jsonl"], made)
    return made


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    rows = [
        {"id": id_, "lang": lang, "outlet": outlet, "text": text, "published": f"2024-02-1{i}"}
        for i, (id_, lang, outlet, text) in enumerate(ROWS)
    ]
    return filled(tmp_path_factory.mktemp("renderings"), rows)


@pytest.mark.encoder
def test_every_outlet_with_its_words(ledger: Ledger) -> None:
    found = {row["article"]: row for row in workspace.check_ledger(QUOTE, ledger)}
    assert {id_: row["verdict"] for id_, row in found.items()} == {
        "a": "verbatim", "b": "altered", "c": "altered", "d": "translation", "e": "translation", "h": "translation",
    }  # fmt: skip
    texts = {id_: text for id_, _, _, text in ROWS}
    for id_, row in found.items():
        begin, end = row["span"]
        assert texts[id_][begin:end] == row["words"]
    assert "Двенадцать судов" in found["d"]["words"]
    assert [(edit["op"], edit["quote_words"]) for edit in found["b"]["edits"]] == [("insert", "on Monday")]
    [edit] = found["c"]["edits"]
    assert (edit["quote_words"], edit["transcript_words"]) == ("Twelve", "Twenty")
    assert (found["a"]["outlet"], found["a"]["published"]) == ("Harbour Wire", "2024-02-10")


@pytest.mark.encoder
@pytest.mark.parametrize("quote", ["部长说星期一有十二艘船离开港口", "no weapons were ever found on any aeroplane"])
def test_what_is_not_there_is_not_found(ledger: Ledger, quote: str) -> None:
    found = workspace.check_ledger(quote, ledger)
    if quote.startswith("部"):
        assert found[0]["article"] == "h"
    else:
        assert [(row["verdict"], row["article"], row["span"]) for row in found] == [("not_found", None, None)]


def test_without_meaning_only_words_count(ledger: Ledger) -> None:
    assert {row["article"] for row in workspace.check_ledger(QUOTE, ledger, meaning=False)} == {"a", "b", "c"}
    cut = "twelve ships left … one of them [the twelve] carried weapons"
    assert {row["article"] for row in workspace.check_ledger(cut, ledger, meaning=False)} >= {"a", "b"}


@pytest.mark.parametrize("quote", ["", "…", "[…] « »", '"' * 50, "AND OR NOT NEAR(", "a" * 100_000])
def test_strange_quotes_are_not_found(ledger: Ledger, quote: str) -> None:
    [row] = workspace.check_ledger(quote, ledger, meaning=False)
    assert row["verdict"] == "not_found"


def test_a_quote_of_a_megabyte_is_refused_at_once(ledger: Ledger) -> None:
    began = time.process_time()
    with pytest.raises(InputError, match="words"):
        workspace.check_ledger("no ship left the port " * 45_000, ledger, meaning=False)
    assert time.process_time() - began < 10


@pytest.mark.encoder
def test_a_thread_leads_to_other_languages_and_copies_are_told(tmp_path: Path) -> None:
    quote = "We closed the bridge because we do not take chances with people's lives"
    more = "The council of Kelda will meet on Friday to talk about a ferry for those who live beyond the river."
    rows = [
        {"id": "one", "lang": "en", "outlet": "Gull", "text": f"“{quote},” Dana Marron told reporters. {more}"},
        {"id": "wire", "lang": "en", "outlet": "Echo", "text": f"“{quote},” Dana Marron told reporters. {more}"},
        {
            "id": "two", "lang": "fr", "outlet": "Le Phare",
            "text": "« Nous avons fermé le pont parce que nous ne prenons pas de risques avec la vie des gens », a dit \
Dana Marron aux journalistes. Le conseil de Kelda se réunira vendredi.",
        },
    ]  # fmt: skip
    book = filled(tmp_path, [{**row, "title": "Kelda bridge", "published": "2025-03-04"} for row in rows])
    found = {row["article"]: row for row in workspace.check_ledger(quote, book)}
    assert {id_: (row["verdict"], row["copy_of"]) for id_, row in found.items()} == {
        "one": ("verbatim", None), "wire": ("verbatim", "one"), "two": ("translation", None),
    }  # fmt: skip
    threads = workspace.links(book)["threads"]
    [linked] = [t["id"] for t in threads if {"one", "two"} <= {m["article"] for m in t["members"] if m["content"]}]
    assert found["two"]["notes"] == [f"linked as one statement: thread {linked}"]
    assert "Nous avons fermé" in found["two"]["words"]
    assert all(row["copy_of"] is None for row in workspace.check_ledger("no such words", book))


def test_every_one_of_many_copies_is_found(tmp_path: Path) -> None:
    rows = [{"id": str(i), "lang": "en", "text": f"{i}. {FILLER} “{QUOTE},” he said."} for i in range(400)]
    book = filled(tmp_path, rows)
    began = time.process_time()
    assert len(workspace.check_ledger(QUOTE, book, meaning=False)) == len(rows)
    assert time.process_time() - began < 10


def test_a_batch_of_quotes(ledger: Ledger) -> None:
    lines = [json.dumps({"id": 1, "quote": QUOTE}), "{", json.dumps([1]), json.dumps({"id": 2}), '{"quote": "zzz"}']
    found = [(json.loads(line), error) for line, error in workspace.check_lines_ledger(lines, ledger, meaning=False)]
    assert [error is None for _, error in found] == [True, False, False, False, True]
    first, last = found[0][0], found[-1][0]
    assert (first["id"], first["verdict"], len(first["tellings"])) == (1, "verbatim", 3)
    assert (last["verdict"], last["tellings"]) == ("not_found", [])
