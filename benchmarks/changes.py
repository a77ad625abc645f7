"""Changed tellings of parallel sentences: how often a translation is called changed, which planted changes are seen.

python benchmarks/changes.py [../shared]

Translations (PUD, English against each language) are of one sentence, so every change that is told of them is wrong.
Planted: a number of a sentence takes another value; a negation or a modal verb of a sentence falls away.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from pathlib import Path

from sayso.extraction.nouns import Attribution
from sayso.extraction.read import read
from sayso.languages import pack
from sayso.languages.drift import tables
from sayso.linking.article import Annotated
from sayso.linking.telling import Telling, telling
from sayso.linking.threads.changes import differs
from sayso.text.folding import fold
from sayso.text.span import Span
from sayso.text.tokens import tokenize


def main(shared: Path) -> None:
    path = shared / "data" / "linking" / "pud_parallel.dev.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    english = [_told(row["en"], "en") for row in rows]
    print("lang  translations called changed   planted: number      negation     modality")
    for lang in [code for code in tables() if code in rows[0]]:
        own = english if lang == "en" else [_told(row[lang], lang) for row in rows]
        wrong = [d.why for a, b in zip(own, english, strict=True) if (d := differs(a, b))]
        numbers = [_number(one) for one in own if one.figures]
        seen = [
            _seen(numbers, "number"),
            *(_seen(_without(own, lang, kind), kind) for kind in ("negation", "modality")),
        ]
        print(f"{lang:4}  {len(wrong):4} of {len(own)}                  {'   '.join(seen)}")
        print("".join(f"      {why}\n" for why in wrong), end="")


def _told(text: str, lang: str, like: Telling | None = None) -> Telling:
    """The whole of `text` as a statement; `like` lends its figures."""
    found = read(text, lang, tagger=None)
    said = (Attribution((), (), (Span(0, len(text)),), "direct"),)
    figures = like.article.figures if like else found.figures
    return telling(Annotated("a", text, lang, attributions=said, figures=figures, times=found.times), 0, None)


def _number(one: Telling) -> tuple[Telling, Telling]:
    """The statement, and itself with its first number changed by half."""
    first, *rest = one.article.figures
    changed = replace(first, value=None if first.value is None else first.value * 1.5 + 1)
    return one, replace(one, article=replace(one.article, figures=(changed, *rest)))


def _without(told: list[Telling], lang: str, kind: str) -> list[tuple[Telling, Telling]]:
    """Statements that have exactly one mark of the pack, with themselves without it."""
    words, table = pack.load(lang).language, tables()[lang]
    marks = {fold(w).text for w in (words.negations if kind == "negation" else words.modals) if w not in table.unsure}
    pairs = []
    for one in told:
        tokens = tokenize(one.words)
        at = [i for i, form in enumerate(tokens.forms) if form in marks]
        if len(at) == 1 and len(one.forms) > 5:
            span = tokens.span(at[0], at[0] + 1)
            text = re.sub(" {2,}", " ", one.words[: span.start] + one.words[span.end :])
            pairs.append((one, _told(text, lang, one)))
    return pairs


def _seen(pairs: list[tuple[Telling, Telling]], kind: str) -> str:
    seen = sum((found := differs(a, b)) is not None and found.change == kind for a, b in pairs)
    return f"{seen:3} of {len(pairs):3}"


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared"))
