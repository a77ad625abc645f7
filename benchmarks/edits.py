"""Known edits planted in articles, and which of them are found: python benchmarks/edits.py [../shared] [--misses].

In each text some sentences have a number or a word changed, lose or get a few words, are removed, added (one of another
article) or moved; then also quotation marks and dashes change their style, and lines of noise (time, counter, links)
differ. Right is an edit of the right kind on exactly the right sentences. Beside it difflib.unified_diff over the same
sentences, read as kindly as can be: lines of one hunk are paired in order as changed, and what it removes in one place
and adds in another counts as moved.
"""

from __future__ import annotations

import difflib
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, zip_longest
from pathlib import Path

from sayso.documents.nouns import Version
from sayso.documents.read import captures, versions
from sayso.extraction.nouns import Reading
from sayso.extraction.read import read
from sayso.languages import pack
from sayso.languages.noise import tables
from sayso.linking.article import Annotated
from sayso.linking.edits.edition import Edition, edition
from sayso.linking.edits.history import Moment, history
from sayso.linking.edits.looks import look
from sayso.linking.edits.step import step
from sayso.text.segments import paragraphs, sentences

LANGUAGES = ("en", "ar", "ru", "fr", "de", "es", "it", "pt", "tr", "uk", "fa", "zh")
MOST = 40  # texts of a language
ROUNDS = 4  # each with other edits
FEWEST = 12  # sentences of a text; shorter ones are joined with the next
KINDS = ("number", "word", "trim", "extend", "remove", "add", "move")
NUMBER = re.compile(r"(?<![\w.,])[1-9]\d{0,5}(?![\w]|[.,]\d)")
WORD = re.compile(r"[^\W\d_]{5,}")
STYLES = str.maketrans({"“": '"', "”": '"', "«": "“", "»": "”", "„": "“", "–": "—"})

Found = tuple[str, tuple[str, ...], tuple[str, ...]]
"""Kind, the look of the earlier sentence and of the later one."""


@dataclass
class Planted:
    """A text, its edited copy, the edits, and for changed sentences what was put for what."""

    before: str
    after: str
    edits: Counter[Found] = field(default_factory=Counter)
    words: dict[tuple[str, ...], tuple[str, str]] = field(default_factory=dict)


def texts(shared: Path) -> dict[str, list[str]]:
    """Language -> texts of the development sets and of the examples."""
    found: dict[str, list[str]] = {lang: [] for lang in LANGUAGES}
    for path in sorted((Path(__file__).parent.parent / "examples" / "articles").iterdir()):
        for capture in captures(path):
            for version in versions(capture):
                if isinstance(version, Version):
                    found.setdefault(version.lang.split("-")[0], []).append(version.text)
    names = {"en": "polnear.dev", "de": "wikinews-de.dev"}
    for lang in LANGUAGES:
        path = shared / "data" / "attribution" / f"{names.get(lang, f'{lang}.dev')}.jsonl"
        found[lang] += [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    return {lang: list(long_enough(found[lang], lang)) for lang in LANGUAGES}


def long_enough(found: list[str], lang: str) -> Iterator[str]:
    """Texts of so many sentences, put together from as many as it takes."""
    whole = ""
    for text in found:
        whole = f"{whole}\n{text}".strip()
        if sum(map(len, cut(whole, lang))) >= FEWEST:
            yield whole
            whole = ""


def cut(text: str, lang: str) -> list[list[str]]:
    """Lines of sentences, without lines that are noise themselves."""
    known = pack.find(lang)
    short = known.language.abbreviations if known else ()
    lines = [line.of(text) for line in paragraphs(text)]
    return [[span.of(line) for span in sentences(line, short)] for line in lines]


def plant(text: str, lang: str, donor: list[str], chance: random.Random, noise: bool) -> Planted | None:
    """Some edits, in every second text side by side; None where sentences are cut otherwise after them."""
    lines = cut(text, lang)
    before = [list(line) for line in lines]
    places = [(i, j) for i, line in enumerate(lines) for j in range(len(line))]
    looks = Counter(look(lines[i][j]) for i, j in places)
    own = [k for k, (i, j) in enumerate(places) if looks[look(lines[i][j])] == 1 and len(look(lines[i][j])) > 3]
    own = own if chance.random() < 0.5 else own[::3]
    planted = Planted("", "")
    moved: list[str] = []
    for k in sorted(chance.sample(own, min(len(own) // 3, chance.randint(2, 8))), reverse=True):
        (i, j), kind = places[k], chance.choice(KINDS)
        sentence = lines[i][j]
        if kind == "remove":
            del lines[i][j]
            planted.edits["removed", look(sentence), ()] += 1
        elif kind == "add" and donor:
            lines[i].insert(j, donor.pop())
            planted.edits["added", (), look(lines[i][j])] += 1
        elif kind == "move":
            moved.append(sentence)
        elif new := change(sentence, kind, donor, chance):
            lines[i][j] = new[2]
            planted.edits["changed", look(sentence), look(new[2])] += 1
            planted.words[look(sentence)] = new[:2]
    for sentence in moved[:2]:
        move(lines, sentence, planted, chance)
    planted.before, planted.after = joined(before, lang), joined(lines, lang)
    if cut(planted.after, lang) != [line for line in lines if line]:
        return None
    if noise:
        examples = tables()[lang].examples
        planted.before += f"\n{examples.time_lines[0]}\n{examples.counters[0]}\n{examples.also[0]}"
        planted.after = f"{examples.time_lines[-1]}\n{planted.after.translate(STYLES)}\n{examples.counters[-1]}"
    return planted


def change(sentence: str, kind: str, donor: list[str], chance: random.Random) -> tuple[str, str, str] | None:
    """What was put for what, and the sentence with it; None where there is nothing of that kind to change."""
    found: re.Match[str] | None = None
    new = ""
    words = list(WORD.finditer(sentence))
    if kind == "number" and (numbers := list(NUMBER.finditer(sentence))):
        found = chance.choice(numbers)
        new = str(int(found[0]) + chance.randint(1, 9))
    elif kind == "word" and len(words) > 3:
        found = chance.choice(words)
        new = found[0][::-1].lower()
    elif kind == "trim" and len(words) > 6:
        found = re.search(r"[ ,]+\S+ \S+ \S+?(?=[.!?]?$)", sentence)
    elif kind == "extend" and len(words) > 4 and donor:
        found = re.search(r"(?<=\w)(?=[.!?]$)", sentence)
        new = ", " + " ".join(re.findall(r"\w+", donor[-1])[:5]).lower()
    if found is None:
        return None
    return found[0].strip(), new.strip(), sentence[: found.start()] + new + sentence[found.end() :]


def move(lines: list[list[str]], sentence: str, planted: Planted, chance: random.Random) -> None:
    """Put a sentence at the end of another line, far enough that it is plain which one moved."""
    i = next(n for n, line in enumerate(lines) if sentence in line)
    far = [n for n in range(len(lines)) if sum(map(len, lines[min(i, n) + 1 : max(i, n)])) > 5]
    if far:
        lines[i].remove(sentence)
        lines[chance.choice(far)].append(sentence)
        planted.edits["moved", look(sentence), look(sentence)] += 1


def joined(lines: list[list[str]], lang: str) -> str:
    return "\n".join(("" if lang == "zh" else " ").join(line) for line in lines if line)


def ours(
    before: Edition, after: Edition
) -> tuple[Counter[Found], dict[tuple[str, ...], tuple[str, str]], Counter[str]]:
    """Edits, for changed sentences what was put for what, and values of figures that changed."""
    found, a, b = step(before, after), before.version.text, after.version.text
    edits: Counter[Found] = Counter()
    words: dict[tuple[str, ...], tuple[str, str]] = {}
    for edit in found.edits:
        was, now = edit.before.of(a) if edit.before else "", edit.after.of(b) if edit.after else ""
        edits[edit.kind, look(was), look(now)] += 1
        lost = [p.span.of(a).strip() for p in edit.pieces if p.op == "removed"]
        got = [p.span.of(b).strip() for p in edit.pieces if p.op == "added"]
        words[look(was)] = " … ".join(lost), " … ".join(got)
    values = Counter(f"{f.before.value}→{f.after.value}" for f in found.figures if f.before and f.after)
    return edits, words, values


def peers(before: str, after: str, lang: str) -> Counter[Found]:
    """What unified_diff says, hunk by hunk."""
    a, b = ([s for line in cut(text, lang) for s in line] for text in (before, after))
    edits: Counter[Found] = Counter()
    gone, come = [], []
    for sign, sentence in [
        *((line[0], line[1:]) for line in list(difflib.unified_diff(a, b, lineterm=""))[2:]),
        (" ", ""),
    ]:
        if sign == "-":
            gone.append(sentence)
        elif sign == "+":
            come.append(sentence)
        else:
            for was, now in zip_longest(gone, come):
                kind = "changed" if was and now else "removed" if was else "added"
                edits[kind, look(was or ""), look(now or "")] += 1
            gone, come = [], []
    for kind, was, now in [one for one in edits if one[0] == "removed"]:
        if edits.get(("added", (), was)):
            edits -= Counter([(kind, was, now), ("added", (), was)])
            edits["moved", was, was] += 1
    return edits


def edited(text: str, lang: str) -> Edition:
    found: Reading = read(text, lang, tagger=None)
    article = Annotated("a", text, lang, attributions=found.attributions, figures=found.figures, times=found.times)
    return edition(Version("a", text, lang, "-"), article)


@dataclass
class Score:
    """Counts over all texts of one line of the table."""

    texts: int = 0
    gold: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def add(self, gold: Counter[Found], said: Counter[Found]) -> None:
        self.texts += 1
        for counter, found in ((self.gold, gold), (self.right, gold & said), (self.said, said)):
            for (kind, _, _), count in found.items():
                counter[kind] += count

    def shares(self) -> tuple[float, float]:
        """Precision and recall in %."""
        right = 100 * self.right.total()
        return right / max(1, self.said.total()), right / max(1, self.gold.total())

    def line(self, name: str) -> str:
        kinds = "  ".join(f"{kind} {self.right[kind]}/{self.gold[kind]}" for kind in sorted(self.gold))
        precision, recall = self.shares()
        about = f"{name:13} texts {self.texts}, edits {self.gold.total()}: P {precision:.1f} R {recall:.1f}"
        return f"{about}   {kinds}   {self.seconds:.2f} s"


def planted(shared: Path, noise: bool) -> Iterator[tuple[str, Planted]]:
    """Every text some times, each time with other edits."""
    for lang, found in texts(shared).items():
        chance = random.Random(f"{lang} edits")
        own, others = found[:MOST], found[MOST:] or found
        for text in own * ROUNDS:
            known = {look(s) for line in cut(text, lang) for s in line}
            lines = [line for other in chance.sample(others, min(3, len(others))) for line in cut(other, lang)]
            pool = [s for s in dict.fromkeys(chain.from_iterable(lines)) if 20 < len(s) < 300 and look(s) not in known]
            chance.shuffle(pool)
            one = plant(text, lang, pool, chance, noise)
            if one and one.edits:
                yield lang, one


def main(shared: Path, misses: bool) -> None:
    for noise in (False, True):
        mine, theirs, by_lang = Score(), Score(), {lang: Score() for lang in LANGUAGES}
        exact = changed = figures = told = 0
        for lang, one in planted(shared, noise):
            before, after = edited(one.before, lang), edited(one.after, lang)
            began = time.process_time()
            edits, words, values = ours(before, after)
            mine.seconds += time.process_time() - began
            began = time.process_time()
            peer = peers(one.before, one.after, lang)
            theirs.seconds += time.process_time() - began
            mine.add(one.edits, edits)
            by_lang[lang].add(one.edits, edits)
            theirs.add(one.edits, peer)
            for sentence, pair in one.words.items():
                changed += sentence in words
                exact += words.get(sentence) == pair
            covered = {str(figure.value) for figure in before.article.figures}
            for was, now in one.words.values():
                if (
                    was.isdecimal()
                    and was in covered
                    and str(int(now)) in {str(f.value) for f in after.article.figures}
                ):
                    figures += 1
                    told += values[f"{was}→{now}"] > 0
            if misses and edits != one.edits:
                show(lang, one.edits - edits, edits - one.edits)
        print("with styles and noise" if noise else "edits alone")
        print(mine.line("sayso"))
        print(theirs.line("unified_diff"))
        print(f"  changed sentences whose marked words are exactly those planted: {exact} of {changed}")
        print(f"  planted numbers that were read as figures and are told as changed: {told} of {figures}")
        shares = {lang: "/".join(f"{share:.0f}" for share in score.shares()) for lang, score in by_lang.items()}
        print("  P/R: " + "  ".join(f"{lang} {words}" for lang, words in shares.items()))


def scale() -> None:
    """How long histories and long texts take, in CPU-seconds."""
    chance = random.Random("scale")
    words = [f"word{i}" for i in range(3000)]

    def text(size: int) -> list[str]:
        return [" ".join(chance.choices(words, k=20)).capitalize() + "." for _ in range(size)]

    first, began = text(100), time.process_time()
    stages = [[s if (i + k) % 25 else f"{s[:-1]} {k}." for i, s in enumerate(first)] for k in range(200)]
    editions = [edition(Version("a", "\n".join(one), "en", "-"), Annotated("a", "", "en")) for one in stages]
    moments = [Moment(f"2024-03-{1 + k // 24:02}T{k % 24:02}:00", None, "-", k) for k in range(200)]
    found = history("a", editions, moments)
    print(f"200 versions of 2,000 words, {len(found.turns)} turns: {time.process_time() - began:.1f} s")
    for name, other in (("all different", text(20000)), ("in another order", [])):
        one = text(20000)
        other = other or chance.sample(one, len(one))
        began = time.process_time()
        before, after = (edition(Version("a", "\n".join(t), "en", "-"), Annotated("a", "", "en")) for t in (one, other))
        cutting = time.process_time() - began
        step(before, after)
        spent = time.process_time() - began
        print(f"20,000 sentences (400,000 words) {name}: {spent:.1f} s, {cutting:.1f} of them to cut both texts")


def show(lang: str, missed: Counter[Found], wrong: Counter[Found]) -> None:
    for name, found in (("missed", missed), ("wrong", wrong)):
        for kind, was, now in found:
            print(f"  {lang} {name} {kind}: {' '.join(was)[:110]} | {' '.join(now)[:110]}")


if __name__ == "__main__":
    given = [word for word in sys.argv[1:] if not word.startswith("--")]
    main(Path(given[0] if given else Path(__file__).parent.parent.parent / "shared"), "--misses" in sys.argv)
    scale()
