"""What is told as a version cut short, and what as an edit: python benchmarks/beginnings.py [../shared] [--misses].

Cut short: real pages that break off, with what they tell of themselves; and the beginning of an article, up to the end
of a paragraph or sentence or within one, as pages give it that ask for money, some with lines of noise or a wall. Of
these it counts whether all that is missing is named, of some also the statements. Edits: the same beginnings with a
changed number, or with a notice on top, between or behind; articles shortened by less, cut to a beginning with a
sentence, a link or a correction of its own, cut to some of their sentences, short ones cut to one, those that
`edits.py` plants; and other articles of the same set.
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
from sayso.extraction.read import read as read_text
from sayso.languages.detect import detect
from sayso.languages.noise import tables
from sayso.linking.article import Annotated
from sayso.linking.edits.beginning import FEWEST as HELD
from sayso.linking.edits.beginning import GONE
from sayso.linking.edits.edition import Edition, edition
from sayso.linking.edits.history import Moment, Turn, history

PROBE = 25  # characters of the text at which a page breaks off
LONGEST = 0.45  # share of the characters that a version cut short holds
READ = 8  # articles of a language whose statements are read
CUTS = ("half a page", "paragraph", "sentence", "within a sentence", "within a word", "with noise", "with a wall")
EDITS = (
    "changed number",
    "notice on top",
    "notice between",
    "notice behind",
    "notice, then a wall",
    "own sentence",
    "own link",
    "correction",
    "shortened",
    "some sentences",
    "one sentence",
    "planted",
    "another article",
)
NOTICES = {
    "en": "Parts of this article were removed after a complaint.",
    "ar": "حذفت أجزاء من هذا المقال بعد شكوى.",
    "ru": "Часть этой статьи удалена по требованию суда.",
    "fr": "Des passages de cet article ont été retirés après une plainte.",
    "de": "Teile dieses Artikels wurden nach einer Beschwerde entfernt.",
    "es": "Partes de este artículo fueron retiradas tras una queja.",
    "it": "Alcuni passaggi sono stati rimossi dopo un reclamo.",
    "pt": "Trechos deste artigo foram retirados após uma queixa.",
    "tr": "Bu yazının bazı bölümleri bir şikâyet üzerine çıkarıldı.",
    "uk": "Частину цієї статті вилучено на вимогу суду.",
    "fa": "بخش‌هایی از این مطلب پس از شکایت حذف شد.",
    "zh": "本文部分内容因投诉已被删除。",
}
Case = tuple[str, Version, Version]
"""Kind, the whole version and what came after it."""


def version(text: str, lang: str) -> Version:
    return Version("a", text, lang, "-")


def turned(before: Version, after: Version, statements: bool = False) -> Turn | None:
    """What a history of the two tells; `statements`: with those that rules find."""
    moments = [Moment(f"2024-03-0{day}T10:00:00+00:00", None, "-", day - 1) for day in (1, 2)]
    return next(iter(history("a", [edited(one, statements) for one in (before, after)], moments).turns), None)


def edited(one: Version, statements: bool) -> Edition:
    said = read_text(one.text, one.lang, tagger=None).attributions if statements else ()
    return edition(one, Annotated("a", one.text, one.lang, attributions=said))


def articles(shared: Path) -> dict[str, list[str]]:
    """Language -> texts; those of real pages among them."""
    found = texts(shared)
    for path in sorted((shared / "data" / "pages").glob("*.html.gz")):
        one = read(path, gzip.decompress(path.read_bytes()))
        lang = detect(one.text).split("-")[0] if one else ""
        if one and lang in found and sum(map(len, cut(one.text, lang))) >= FEWEST:
            found[lang].append(one.text)
    return found


def read(path: Path, body: bytes) -> Version | None:
    """The article in a page; None where there is none."""
    url = f"https://{path.name[:2]}.example/{path.name}"
    capture = Capture(path.name, body, "text/html", "2026-01-01T00:00:00+00:00", url)
    return next((one for one in versions(capture) if isinstance(one, Version)), None)


def halves(folder: Path) -> Iterator[Case]:
    """Real pages that break off within the article, where less than half of its text is read from what came."""
    for path in sorted(folder.glob("*.html.gz")):
        body = gzip.decompress(path.read_bytes())
        whole = read(path, body)
        for share in (0.1, 0.2, 0.3, 0.4) if whole else ():
            at = int(share * len(whole.text))
            end = body.rfind(whole.text[at : at + PROBE].encode())
            part = read(path, body[:end]) if end > 0 else None
            if part and len(part.text) < len(whole.text) / 2:
                yield "half a page", whole, part


def begun(text: str, lang: str, chance: random.Random) -> tuple[list[list[str]], str]:
    """The first sentences of a text, line by line, fewer than half of it; and the last one; none where too short."""
    lines = cut(text, lang)
    flat = [(i, sentence) for i, line in enumerate(lines) for sentence in line]
    size, passed, last = sum(len(one) for _, one in flat), 0, 0
    while last < len(flat) - GONE and passed + len(flat[last][1]) < LONGEST * size:
        passed += len(flat[last][1])
        last += 1
    if last < HELD:
        return [], ""
    count = chance.randint(HELD, last)
    held = [[one for i, one in flat[:count] if i == k] for k in range(len(lines))]
    return [line for line in held if line], flat[count - 1][1]


def short(text: str, lang: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """The text cut short in each way that it allows, and those with a word of their own."""
    lines, last = begun(text, lang, chance)
    if not lines:
        return
    first = joined(lines, lang)
    yield "sentence", first
    table, examples = tables()[lang], tables()[lang].examples
    if len([one for line in lines[:-1] for one in line]) >= HELD:
        yield "paragraph", joined(lines[:-1], lang)
    words = last.split()
    if len(words) > 4:
        base = first[: len(first) - len(last)] + last[: len(" ".join(words[: chance.randint(2, len(words) - 2)]))]
        yield "within a sentence", base + chance.choice(("…", " ...", " […]", ""))
        yield "within a word", base[:-2] + chance.choice(("…", "..."))
    yield "with noise", "\n".join([first.translate(STYLES), table.invites[0], *examples.counters])
    yield "with a wall", "\n".join([first, *examples.walls])
    numbers = list(NUMBER.finditer(first))
    if numbers:
        one = chance.choice(numbers)
        yield "changed number", f"{first[: one.start()]}{int(one[0]) + 7}{first[one.end() :]}"
    yield "notice on top", f"{NOTICES[lang]}\n{first}"
    yield "notice between", joined([*lines[:1], [NOTICES[lang]], *lines[1:]], lang)
    yield "notice behind", f"{first}\n{NOTICES[lang]}"
    yield "notice, then a wall", "\n".join([first, NOTICES[lang], *examples.walls])
    yield "own link", f"{first}\n{next(one for one in examples.also if ':' in one or '：' in one)}"
    yield "correction", f"{first}\n{chance.choice(examples.notes)}"


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
    if others:
        yield "own sentence", space.join([*flat[: chance.randint(1, max(1, len(flat) // 4))], chance.choice(others)])
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
            some = [*short(text, lang, chance), *(changed(text, other, lang, chance) if text != other else ())]
            yield from ((kind, version(text, lang), version(after, lang)) for kind, after in some)
            few = [one for line in cut(text, lang) for one in line][:GONE]
            yield "one sentence", version(("" if lang == "zh" else " ").join(few), lang), version(few[0], lang)


def bare(text: str) -> str:
    return "".join(text.split())


def unnamed(before: Version, turn: Turn) -> bool:
    """Whether what the turn names as missing is not the end of the whole text, lines of noise aside."""
    text, one = bare("".join(unit.span.of(before.text) for unit in edited(before, False).text)), turn.beginning
    gone = bare("".join(span.of(before.text) for span in one.sentences)) if one else ""
    return not text.endswith(gone)


def statements(before: Version, after: Version) -> tuple[int, int]:
    """Statements of the whole version behind what the other holds, and how many of them are named as missing."""
    turn = turned(before, after, statements=True)
    if turn is None or turn.beginning is None:
        return 0, 0
    start = turn.beginning.sentences[0].start
    said = edited(before, statements=True).article.attributions
    behind = {tuple(one.content) for one in said if one.content and one.content[0].start >= start}
    return len(behind), len(behind & {tuple(one.before) for one in turn.beginning.statements})


def main(data: Path, misses: bool) -> None:
    count, told, left, said = Counter[str](), Counter[str](), Counter[bool](), Counter[str]()
    spent, behind, named = 0.0, 0, 0
    for kind, before, after in cases(data):
        began = time.process_time()
        turn = turned(before, after)
        spent += time.process_time() - began
        found = turn is not None and turn.beginning is not None
        count[kind] += 1
        told[kind] += found
        if turn and found:
            left[unnamed(before, turn)] += 1
        if kind == "paragraph" and said[before.lang] < READ:
            said[before.lang] += 1
            all_of_them, some = statements(before, after)
            behind, named = behind + all_of_them, named + some
        if misses and found != (kind in CUTS):
            print(f"  {before.lang} {kind}: {after.text[:100]!r} … {after.text[-100:]!r}")
    for title, kinds in (("cut short", CUTS), ("edits", EDITS)):
        print(f"{title:24} versions  told as cut short")
        for kind in kinds:
            print(f"  {kind:22} {count[kind]:8}  {told[kind]:8}  {told[kind] / max(1, count[kind]):.1%}")
        print(f"  all {sum(count[kind] for kind in kinds):27}  {sum(told[kind] for kind in kinds):8}")
    print(f"told as cut short, but not all that is missing is named: {left[True]} of {left.total()}")
    print(f"statements behind the beginning, in {sum(said.values())} articles: {behind}; named as missing: {named}")
    print(f"{sum(count.values())} pairs in {spent:.2f} s of CPU time")


if __name__ == "__main__":
    given = [word for word in sys.argv[1:] if not word.startswith("--")]
    main(Path(given[0] if given else Path(__file__).parent.parent.parent / "shared"), "--misses" in sys.argv)
