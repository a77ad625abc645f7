"""Countries: a country by its name, its capital or the adjective made of it, in any language (names: CLDR)."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import tomli

from sayso.languages.latin import plain
from sayso.text.folding import fold_word
from sayso.text.tokens import forms

_FILE = Path(__file__).parent / "countries.toml"
_STEM = 4
"""An adjective and its country share at least so many letters."""
_ENDING = 7
_CHANGED = 2
"""Letters that an adjective may add to what it shares with the country, and that the country may lose."""
_CASE = 2


@cache
def _table() -> dict[str, Any]:
    return tomli.loads(_FILE.read_text(encoding="utf-8"))


@cache
def _codes(language: str) -> dict[str, str]:
    """Folded name -> ISO code, in one language."""
    from babel import Locale
    from babel.core import UnknownLocaleError

    try:
        listed = dict(Locale.parse(language).territories)
    except (UnknownLocaleError, ValueError):
        listed = {}
    adjectives = _table()["adjectives"]
    names = {key(name): code for code, name in listed.items() if code in adjectives}
    return names | {key(name): code for code, forms in _table()["names"].get(language, {}).items() for name in forms}


def key(name: str) -> str:
    """Folded words with single spaces, without accents."""
    return " ".join(plain(form) for form in forms(name) if any(c.isalnum() for c in form))


@cache
def _capitals() -> dict[str, str]:
    return {key(name): code for code, forms in _table()["capitals"].items() for name in forms}


def name_of(code: str) -> str:
    """The name of a country in English news."""
    own = _table()["english"].get(code)
    if own is not None:
        return str(own)
    from babel import Locale

    return str(Locale.parse("en").territories[code])


def adjective_of(code: str) -> str:
    """The English adjective of a country ("French")."""
    return str(_table()["adjectives"][code])


@lru_cache(maxsize=1 << 12)
def country(name: str, language: str, cased: bool = False) -> str | None:
    """ISO code of the country named so; with `cased`, case endings may differ."""
    wanted = key(name)
    code = _codes(language).get(wanted)
    return code or (_nearest(wanted, language, _CASE, 1) if cased and len(wanted) >= _STEM else None)


def capital(name: str) -> str | None:
    """ISO code of the country whose capital is named so, in any language."""
    return _capitals().get(key(name))


@lru_cache(maxsize=1 << 12)
def of_adjective(word: str, language: str) -> str | None:
    """ISO code of the country that an adjective is made of («французские», "espagnol", «الكويتية»)."""
    form = plain(fold_word(word))
    if language in ("ar", "fa"):
        return _of_nisba(form, language)
    marks = _table()["marks"].get(language, [""])
    return _nearest(form, language, _ENDING, _CHANGED) if any(mark in form for mark in marks) else None


def _nearest(form: str, language: str, ending: int, changed: int) -> str | None:
    best: tuple[int, set[str]] = (0, set())
    for name, code in _codes(language).items():
        if " " in name or name[:2] != form[:2]:
            continue
        shared = next(
            (i for i, (a, b) in enumerate(zip(form, name, strict=False)) if a != b), min(len(form), len(name))
        )
        if shared < _STEM or len(form) - shared > ending or len(name) - shared > changed:
            continue
        if shared >= best[0]:
            best = (shared, best[1] | {code} if shared == best[0] else {code})
    return next(iter(best[1])) if len(best[1]) == 1 else None


def _of_nisba(form: str, language: str) -> str | None:
    rules = _table()["nisba"]
    article = rules["article"]
    stems = {form.removesuffix(fold_word(ending)).removeprefix(article) for ending in ("", *rules["endings"])}
    for name, code in _codes(language).items():
        bare = name.removeprefix(article)
        if bare in stems or (len(bare) > _STEM and bare[:-1] in stems):
            return code
    return None
