"""What is told as a version cut short, and what as an edit: python benchmarks/beginnings.py [../shared] [--misses].

Cut short: real pages that break off; and the beginning of an article, up to the end of a paragraph or sentence or
within one, as pages give it that ask for money; some with lines of noise, another style or a changed number. Edits:
articles shortened by less, cut to a beginning with a sentence or a note of its own, cut to some of their sentences,
short ones cut to one, those that `edits.py` plants; and other articles of the same set.
"""

from __future__ import annotations

import gzip
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from edits import FEWEST, NUMBER, STYLES, cut, joined, plant, texts

from sayso.documents.nouns import Capture, Version
from sayso.documents.read import versions
from sayso.languages.detect import detect
from sayso.languages.noise import tables
from sayso.linking.article import Annotated
from sayso.linking.edits.beginning import GONE, held, shared
from sayso.linking.edits.edition import Edition, edition
from sayso.linking.edits.step import step

PROBE = 25  # characters of the text at which a page breaks off
LONGEST = 0.45  # share of the characters that a version cut short holds
CUTS = (
    "half a page",
    "paragraph",
    "sentence",
    "within a sentence",
    "within a word",
    "with noise",
    "with a changed number",
)
EDITS = ("shortened", "own sentence", "note", "some sentences", "one sentence", "planted", "another article")
Case = tuple[str, str, str, str]
"""Kind, language, the whole text and what came after it."""


def edited(text: str, lang: str) -> Edition:
    return edition(Version("a", text, lang, "-"), Annotated("a", text, lang))


def articles(shared: Path) -> dict[str, list[str]]:
    """Language -> texts; those of real pages among them."""
    found = texts(shared)
    for path in sorted((shared / "data" / "pages").glob("*.html.gz")):
        text = read(path, gzip.decompress(path.read_bytes()))
        lang = detect(text).split("-")[0]
        if lang in found and sum(map(len, cut(text, lang))) >= FEWEST:
            found[lang].append(text)
    return found


def read(path: Path, body: bytes) -> str:
    """The article's text in a page; "" where there is none."""
    url = f"https://{path.name[:2]}.example/{path.name}"
    capture = Capture(path.name, body, "text/html", "2026-01-01T00:00:00+00:00", url)
    return next((one.text for one in versions(capture) if isinstance(one, Version)), "")


def halves(folder: Path) -> Iterator[Case]:
    """Real pages that break off within the article, where less than half of its text is read from what came."""
    for path in sorted(folder.glob("*.html.gz")):
        body = gzip.decompress(path.read_bytes())
        text = read(path, body)
        for share in (0.1, 0.2, 0.3, 0.4):
            at = int(share * len(text))
            end = body.rfind(text[at : at + PROBE].encode()) if text else -1
            part = read(path, body[:end]) if end > 0 else ""
            if part and len(part) < len(text) / 2:
                yield "half a page", detect(text), text, part


def short(text: str, lang: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """The text cut short in each way that it allows."""
    lines = cut(text, lang)
    flat = [(i, sentence) for i, line in enumerate(lines) for sentence in line]
    size, passed, last = sum(len(one) for _, one in flat), 0, 0
    while last < len(flat) - GONE and passed + len(flat[last][1]) < LONGEST * size:
        passed += len(flat[last][1])
        last += 1
    if not last:
        return
    count = chance.randint(1, last)
    begun = joined([[one for i, one in flat[:count] if i == k] for k in range(len(lines))], lang)
    whole = [k for k in range(1, len(lines)) if sum(map(len, lines[:k])) <= last]
    if whole:
        yield "paragraph", joined(lines[: chance.choice(whole)], lang)
    yield "sentence", begun
    words = flat[count - 1][1].split()
    if len(words) > 4:
        kept = flat[count - 1][1][: len(" ".join(words[: chance.randint(2, len(words) - 2)]))]
        base = begun[: len(begun) - len(flat[count - 1][1])] + kept
        yield "within a sentence", base + chance.choice(("…", " ...", " […]", ""))
        yield "within a word", base[:-2] + chance.choice(("…", "..."))
    examples = tables()[lang].examples
    noise = [chance.choice(examples.time_lines), begun.translate(STYLES), *examples.invites, examples.also[0]]
    yield "with noise", "\n".join(noise)
    numbers = list(NUMBER.finditer(begun))
    if numbers and len(begun) > 300:
        one = chance.choice(numbers)
        yield "with a changed number", f"{begun[: one.start()]}{int(one[0]) + 7}{begun[one.end() :]}"


def changed(text: str, other: str, lang: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """What editors make of a text, and another text."""
    lines, others = cut(text, lang), [one for line in cut(other, lang) for one in line if len(one) > 30]
    flat = [one for line in lines for one in line]
    size, passed, count = sum(map(len, flat)), 0, 0
    while passed < 0.55 * size:
        passed += len(flat[count])
        count += 1
    space = "" if lang == "zh" else " "
    if count < len(flat):
        yield "shortened", space.join(flat[:count])
    begun = chance.randint(1, max(1, len(flat) // 4))
    if others:
        yield "own sentence", space.join([*flat[:begun], chance.choice(others)])
    yield "note", space.join(flat[:begun]) + "\n" + chance.choice(tables()[lang].examples.notes)
    some = sorted(chance.sample(range(2, len(flat)), len(flat) // 4))
    yield "some sentences", space.join(flat[k] for k in (0, *some))
    planted = plant(text, lang, list(others), chance, noise=False)
    if planted and planted.edits:
        yield "planted", planted.after
    yield "another article", other


def cases(shared: Path) -> Iterator[Case]:
    yield from halves(shared / "data" / "pages")
    for lang, found in articles(shared).items():
        chance = random.Random(f"{lang} beginnings")
        for text, other in zip(found, [*found[1:], *found[:1]], strict=True):
            yield from ((kind, lang, text, after) for kind, after in short(text, lang, chance))
            if text != other:
                yield from ((kind, lang, text, after) for kind, after in changed(text, other, lang, chance))
            few = [one for line in cut(text, lang) for one in line][:GONE]
            yield "one sentence", lang, ("" if lang == "zh" else " ").join(few), few[0]


def main(data: Path, misses: bool) -> None:
    count, told, within = Counter[str](), Counter[str](), Counter[bool]()
    spent = 0.0
    for kind, lang, before, after in cases(data):
        whole, part = edited(before, lang), edited(after, lang)
        began = time.process_time()
        found = held(whole, part)
        spent += time.process_time() - began
        count[kind] += 1
        told[kind] += found is not None
        if found and kind in CUTS:
            within[len(step(*shared(whole, part, found)).edits) > (kind == CUTS[-1])] += 1
        if misses and (found is None) == (kind in CUTS):
            print(f"  {lang} {kind}: {after[:100]!r} … {after[-100:]!r}")
    for title, kinds in (("cut short", CUTS), ("edits", EDITS)):
        print(f"{title:24} versions  told as cut short")
        for kind in kinds:
            print(f"  {kind:22} {count[kind]:8}  {told[kind]:8}  {told[kind] / max(1, count[kind]):.1%}")
    print(f"versions cut short in which edits are told beside those planted: {within[True]} of {within.total()}")
    print(f"{sum(count.values())} pairs in {spent:.2f} s of CPU time")


if __name__ == "__main__":
    given = [word for word in sys.argv[1:] if not word.startswith("--")]
    main(Path(given[0] if given else Path(__file__).parent.parent.parent / "shared"), "--misses" in sys.argv)
