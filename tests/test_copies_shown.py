"""Copies as they are shown: the conflicts that a list of stories counts are those that each story shows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sayso import workspace

TEXTS = {
    "en": "The Lower Tarn dam overflowed on Friday and its operator opened the gates. Interior Minister Pavel Orlov "
    "said on Saturday that the company had warned his ministry. The flood killed 17 people, the regional hospital "
    "said. Roads to four villages are closed and the railway is out of service, the railway said. Orlov said he "
    "would visit the region on Monday. Schools stay closed until Wednesday, the governor said.",
    "de": "Der Damm am unteren Tarn lief am Freitag über und der Betreiber öffnete die Tore. Innenminister Pawel Orlow "
    "sagte am Samstag, dass die Firma sein Ministerium gewarnt hatte. Bei der Flut starben 17 Menschen, teilte das "
    "Krankenhaus mit. Die Straßen zu vier Dörfern sind gesperrt und die Bahn fährt nicht mehr, sagte die Firma. "
    "Orlow sagte, er werde die Region am Montag besuchen. Die Schulen bleiben bis Mittwoch geschlossen.",
    "fr": "Le barrage du bas Tarn a débordé vendredi et l'exploitant a ouvert les vannes. Le ministre de l'Intérieur "
    "Pavel Orlov a déclaré samedi que la société avait prévenu son ministère. La crue a tué 17 personnes, a annoncé "
    "l'hôpital régional. Les routes vers quatre villages sont fermées et le train ne circule plus, a dit la compagnie. "
    "Orlov a dit qu'il se rendrait dans la région lundi. Les écoles restent fermées jusqu'à mercredi.",
}
APART, ONE = ("Alpha", "Beta", "Gamma"), ("Alpha", "Alpha", "Alpha")
CASES = [
    ("en", "killed 17", "killed 18", APART),
    ("en", "had warned", "had not warned", ONE),
    ("de", "starben 17", "starben 71", APART),
    ("fr", "avait prévenu", "n'avait pas prévenu", APART),
]


@pytest.mark.encoder
@pytest.mark.parametrize(("lang", "here", "there", "outlets"), CASES)
def test_as_many_conflicts_are_shown_as_counted(
    tmp_path: Path, lang: str, here: str, there: str, outlets: tuple[str, ...]
) -> None:
    """One text, a copy of it, and one that says otherwise; in three outlets, or on three pages of one."""
    text = TEXTS[lang]
    rows = [
        {"id": str(i), "lang": lang, "outlet": outlet, "title": "Tarn", "published": "2025-05-03", "text": words}
        for i, (outlet, words) in enumerate(zip(outlets, (text, text, text.replace(here, there)), strict=True))
    ]
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    book = workspace.open_ledger(tmp_path / "ledger")
    assert len(workspace.read([tmp_path / "rows.jsonl"], book).new) == 3
    [told] = workspace.stories(book)
    shown = workspace.story(book, told.id)
    assert told.conflicts == len(shown.conflicts)
    assert [len(source.copies) for source in shown.sources] == [1, 0]
    assert {side.article for clash in shown.conflicts for side in clash.sides} in ({"0", "2"}, set())
    if there == "killed 18":  # a toll of one day may have grown
        assert {t.value for view in shown.figures for t in view.tellings} >= {17, 18}
    else:
        assert told.conflicts
