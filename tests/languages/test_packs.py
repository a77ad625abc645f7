"""Every language pack: loads, holds nothing twice, and its examples are well-formed; a bad pack is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sayso.errors import PackError
from sayso.languages.measures import measures
from sayso.languages.pack import FOLDER, available, load, load_file
from sayso.text.markup import parse, render
from sayso.text.tokens import tokenize

FULL = {"en", "ar", "ru", "fr", "de", "es", "pt", "it", "tr", "uk", "fa", "zh"}
PACKS = available()
SPOKEN = tuple(code for code in PACKS if code != "und")


def folded(phrase: str) -> str:
    """What the rules compare: words folded, white space as one."""
    return " ".join(tokenize(phrase).forms) or phrase


def twice(words: Iterable[str]) -> list[str]:
    return sorted(word for word, count in Counter(words).items() if count > 1)


def word_lists(value: Any, key: str) -> Iterator[tuple[str, list[str]]]:
    """Every list of words and every table with words as keys, with its key in the file."""
    if isinstance(value, dict):
        yield f"{key} (keys)", list(value)
        for name, item in value.items():
            yield from word_lists(item, f"{key}.{name}")
    elif isinstance(value, list):
        if all(isinstance(item, str) for item in value):
            yield key, value
        else:
            for i, item in enumerate(value):
                yield from word_lists(item, f"{key}[{i}]")


def test_there_are_the_six_languages():
    assert set(PACKS) >= FULL


@pytest.mark.parametrize("code", PACKS)
def test_pack_loads_under_its_own_code(code: str):
    assert load(code).language.code == code
    assert load(f"{code}-XX") == load(code)


@pytest.mark.parametrize("code", PACKS)
def test_no_cue_form_is_in_two_classes_of_its_kind(code: str):
    forms: dict[str, list[str]] = {}
    for cue in load(code).cues:
        forms.setdefault(cue.kind, []).extend(map(folded, cue.forms))
    assert {kind: twice(words) for kind, words in forms.items() if twice(words)} == {}


@pytest.mark.parametrize("code", PACKS)
def test_no_list_holds_a_word_twice(code: str):
    plain = msgspec.to_builtins(load(code))
    for kept in ("cues", "examples", "quotes"):
        del plain[kept]
    pairs = (".ranges[", ".around[")
    lists = [(key, words) for key, words in word_lists(plain, code) if not any(pair in key for pair in pairs)]
    assert {key: twice(words) for key, words in lists if twice(words)} == {}


@pytest.mark.parametrize("code", PACKS)
def test_no_word_is_two_units(code: str):
    units = load(code).units
    for table in (units.things, units.money, units.duals):
        assert twice(word for words in table.values() for word in {folded(word) for word in words}) == []


@pytest.mark.parametrize("code", PACKS)
def test_attribution_examples_are_markup_and_nothing_else(code: str):
    for example in load(code).examples.attributions:
        text, marks = parse(example)
        assert marks, example
        assert {mark.kind for mark in marks} <= {"s", "c", "q"}, example
        assert {mark.number for mark in marks if mark.kind == "q"} == {mark.number for mark in marks}, example
        assert not any(mark.span.of(text) != mark.span.of(text).strip() for mark in marks), example
        assert parse(render(text, marks)) == (text, marks)


@pytest.mark.parametrize("code", PACKS)
def test_figure_and_time_examples_mark_one_span_and_know_their_units(code: str):
    words = load(code)
    units = {*words.units.things, *words.units.money, *words.units.stems, *words.times.units, None}
    units |= {f"{unit}s" for unit in words.times.units} | {"share", *words.units.leading, *words.units.cents}
    units |= {*measures().measures, *measures().codes}
    for figure in words.examples.figures:
        assert [mark.kind for mark in parse(figure.text)[1]] == ["f"], figure
        assert figure.unit in units, figure
        assert figure.scope is None or figure.scope in words.scopes.platforms, figure
    for time in words.examples.times:
        assert [mark.kind for mark in parse(time.text)[1]] == ["t"], time
        assert date.fromisoformat(time.published[:10])


@pytest.mark.parametrize("code", [code for code in SPOKEN if code in FULL])
def test_full_packs_have_native_examples_of_everything(code: str):
    examples = load(code).examples
    assert len(examples.attributions) >= 12
    assert len(examples.figures) >= 10
    assert len(examples.times) >= 10
    assert len(examples.sentences) >= 4


@pytest.mark.parametrize("code", [code for code in SPOKEN if code in FULL])
def test_full_packs_have_every_stance(code: str):
    stances = {cue.stance for cue in load(code).cues}
    assert stances >= {"asserts", "denies", "declines", "asks", "expects", "answers", "urges", "promises", "warns"}
    assert {cue.kind for cue in load(code).cues} >= {"verb", "participle", "noun"}
    assert {cue.manner for cue in load(code).cues} >= {"plain", "doubting", "factive"}


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        ('direction = "ltr"', 'direction = "up"', "language.direction", "up"),
        ('kind = "verb"', 'kind = "adverb"', "cues[0].kind", "adverb"),
        ('kind = "verb"\n', "", "cues[0]", "kind"),
        ('code = "en"', 'code = "en"\ncolour = "red"', "language", "colour"),
        ('months = [["January", "Jan"], ', "months = [", "times.months", "12"),
        ('pairs = [["“", "”"]', 'pairs = [["“"]', "quotes.pairs[0]", "length"),
        ('forms = ["said"', 'forms = [" ", "said"', "cues[0].forms", "empty"),
        ("[language]", "[language", "file", "not valid TOML"),
    ],
)
def test_a_bad_pack_is_named_with_key_and_reason(tmp_path: Path, old: str, new: str, key: str, reason: str):
    good = (FOLDER / "en.toml").read_text(encoding="utf-8")
    assert old in good
    path = tmp_path / "bad.toml"
    path.write_text(good.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackError) as raised:
        load_file(path)
    assert raised.value.file == "bad.toml"
    assert raised.value.key == key
    assert reason in raised.value.reason


def test_an_unknown_language_is_told_which_there_are():
    with pytest.raises(PackError, match=r"xx\.toml: file: no such language pack; there are: .*en"):
        load("xx")
