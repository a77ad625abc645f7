"""Real news pages: what is read of each, how long it takes, and the same of trafilatura as it comes.

python benchmarks/pages.py [../shared]

A page is whole when it gives title, outlet, date and text, or is told to hold no article. Where a page carries its text
as data too (articleBody of JSON-LD) and shows it, the words read are compared with it, F1 over words.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from sayso.documents.pages.article import article_of
from sayso.documents.pages.declared import declared
from sayso.documents.pages.markup import tree_of
from sayso.documents.pages.page import Page, page
from sayso.errors import InputError, NoArticle

FIELDS = ("title", "outlet", "published", "text", "author", "modified", "canonical")
_WORD = re.compile(r"\w+")
_SHOWN = 0.5


@dataclass(frozen=True, slots=True)
class Seen:
    """One page: what was read of it, or why it was not."""

    name: str
    found: Page | None
    why: str | None
    seconds: float
    body: str | None
    """articleBody, where it is about as long as what was read."""
    blind: str
    """What is read when articleBody is not looked at."""


def main(shared: Path) -> None:
    files = sorted((shared / "data" / "pages").glob("*.gz"))
    bodies = {file.name.split(".")[0]: gzip.decompress(file.read_bytes()) for file in files}
    page(next(iter(bodies.values())))
    seen = [look(name, body) for name, body in bodies.items()]
    print(f"pages: {len(seen)}, median {median(map(len, bodies.values())) / 1e3:.0f} KB")
    for field in FIELDS:
        print(f"  {field:10} {sum(bool(one.found and getattr(one.found, field)) for one in seen):3}")
    whole = [one for one in seen if is_whole(one)]
    print(f"  whole      {len(whole):3} ({len(whole) / len(seen):.1%}), of these told to hold no article:")
    for one in seen:
        if one.why:
            print(f"      {one.name}: {one.why}")
    print("  not whole:", [one.name for one in seen if one not in whole] or "none")
    print("  steps:", dict(Counter(one.found.step for one in seen if one.found)))
    told = [one for one in seen if one.found and one.body]
    print(
        f"  articleBody carried by {len(told)}, F1 of words: {_spread([_f1(one.found.text, one.body) for one in told])}"
    )
    print(f"    without looking at it: {_spread([_f1(one.blind, one.body) for one in told])}")
    print(f"  CPU ms a page: {_times([one.seconds for one in seen])}")
    _peer(bodies, seen)


def look(name: str, body: bytes) -> Seen:
    """What is read of a page, with the CPU time that it takes, the lesser of two."""
    took, found, why = 9e9, None, None
    for _ in range(2):
        begun = time.process_time()
        try:
            found = page(body, name=name)
        except NoArticle as error:
            why = str(error).split(": ", 1)[-1]
        except InputError as error:
            why = f"refused: {error}"
        took = min(took, time.process_time() - begun)
    tree, _ = tree_of(body, name)
    if tree is None or found is None:
        return Seen(name, found, why, took, None, "")
    said = declared(tree)
    blind = "\n".join(article_of(tree, replace(said, body=None)).paragraphs)
    long = said.body is not None and len(said.body) > _SHOWN * len(found.text)
    return Seen(name, found, why, took, said.body if long else None, blind)


def is_whole(one: Seen) -> bool:
    """All four are there, or the page is told to hold no article."""
    if one.found is None:
        return not str(one.why).startswith("refused")
    return all((one.found.text, one.found.title, one.found.outlet, one.found.published))


def _peer(bodies: dict[str, bytes], seen: list[Seen]) -> None:
    from trafilatura import bare_extraction

    names = {"title": "title", "outlet": "sitename", "published": "date", "text": "text", "author": "author"}
    counts, times, scores = Counter[str](), [], []
    for one in seen:
        begun = time.process_time()
        found = bare_extraction(bodies[one.name], with_metadata=True, include_comments=False)
        times.append(time.process_time() - begun)
        values = found.as_dict() if found is not None and not isinstance(found, dict) else {}
        counts.update(ours for ours, theirs in names.items() if values.get(theirs))
        counts["whole"] += all(values.get(names[field]) for field in ("title", "outlet", "published", "text"))
        if one.body:
            scores.append(_f1(values.get("text") or "", one.body))
    print("trafilatura.bare_extraction:", json.dumps(counts))
    print(f"  F1 of words on the same pages: {_spread(scores)}\n  CPU ms a page: {_times(times)}")


def _f1(read: str, told: str) -> float:
    cut = re.sub(r"<[^<>]{1,300}>", " ", told)
    ours, theirs = (Counter(_WORD.findall(text.casefold())) for text in (read, cut))
    shared = (ours & theirs).total()
    return 2 * shared / max(1, ours.total() + theirs.total())


def _spread(scores: list[float]) -> str:
    return f"mean {sum(scores) / max(1, len(scores)):.3f}, median {median(scores):.3f}, least {min(scores):.3f}"


def _times(seconds: list[float]) -> str:
    ordered = sorted(seconds)
    return f"median {1e3 * median(ordered):.1f}, 95 % under {1e3 * ordered[int(0.95 * len(ordered))]:.1f}"


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[2] / "shared"))
