"""Join: who the speakers of a set of articles are: first story by story, then under one name in all of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from sayso.languages import gazetteer
from sayso.languages.romanisation import bare, romanise, skeleton
from sayso.linking.article import Annotated
from sayso.linking.likeness.groups import Groups
from sayso.linking.nouns import Story
from sayso.linking.speakers.names import SAME, same_name, script, words

_SAME_SINGLE = 0.89
_SAME_IN_LONGER = 0.9
_SURE_SINGLE = 0.94
"""A name alone that is not the last of a full name must be surer."""
_MANY, _FAR = 200, 0.7  # where a story has more full names, only those are compared whose consonants are this near
Mention = tuple[str, int]
"""An article's id and the index of an attribution in it."""


@dataclass(frozen=True, slots=True)
class Form:
    """A name as some article of a story writes it."""

    name: str
    public: str | None
    """The gazetteer's name; None where it knows none or the story knows better."""
    mentions: tuple[Mention, ...]


Named = tuple[Form, ...]
"""One speaker of one story, under all names that the story gives him."""


def speakers(articles: Sequence[Annotated], stories: Iterable[Story] = ()) -> dict[Mention, str]:
    """Each attribution with a speaker -> the speaker's one name in all articles.

    One speaker: the same full name; names that sound alike across scripts in one story; a surname alone where one full
    name of the story holds it; names that the gazetteer knows. The name is the gazetteer's, else the most frequent
    Latin one, else the most frequent.
    """
    story_of = {article: story.id for story in stories for article in story.articles}
    told: dict[str, list[Annotated]] = defaultdict(list)
    for article in articles:
        told[story_of.get(article.id, article.id)].append(article)
    return across([in_story(told[id]) for id in sorted(told)])


def in_story(articles: Sequence[Annotated]) -> list[Named]:
    """The speakers that the articles of one story name."""
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for article in sorted(articles, key=lambda a: a.id):
        for i, attribution in enumerate(article.attributions):
            if attribution.speaker and attribution.speaker.strip():
                mentions[" ".join(attribution.speaker.split())].append((article.id, i))
    names = sorted(mentions)
    full = [name for name in names if len(words(name)) > 1]
    single = [name for name in names if len(words(name)) == 1]
    taken = _taken(single, full)
    public = {name: None if name in taken else _known(name) for name in names}
    groups: Groups[str] = Groups(names)
    homes: dict[str, str] = {}
    for name in names:
        groups.join(name, homes.setdefault(public[name] or " ".join(words(name)) or name, name))
    _join_full(full, public, groups)
    _join_short([name for name in single if not public[name]], full, groups)
    return [tuple(Form(n, public[n], tuple(mentions[n])) for n in group) for group in groups.lists()]


def across(stories: Iterable[Sequence[Named]]) -> dict[Mention, str]:
    """Each mention -> the speaker's one name in all stories; stories join speakers by full or public names alone."""
    found = [named for story in stories for named in story]
    groups: Groups[int] = Groups(range(len(found)))
    homes: dict[str, int] = {}
    for i, named in enumerate(found):
        for form in named:
            key = form.public or " ".join(words(form.name))
            if form.public or len(words(form.name)) > 1:
                groups.join(i, homes.setdefault(key, i))
    return {
        mention: name
        for group in groups.lists()
        for name in [_canonical([form for i in group for form in found[i]])]
        for i in group
        for form in found[i]
        for mention in form.mentions
    }


def _taken(single: Sequence[str], full: Sequence[str]) -> set[str]:
    """The single names that some full name of the story ends in: the story decides who they are."""
    last = list(dict.fromkeys(words(name)[-1] for name in full))
    near = _Near(last)
    return {name for name in single if any(same_name(name, last[i]) >= _SAME_SINGLE for i in near.to(name))}


def _join_full(full: Sequence[str], public: Mapping[str, str | None], groups: Groups[str]) -> None:
    """Full names of one story that are one name in two scripts or spellings."""
    for a, b in _candidates(full):
        clash = public[a] and public[b] and public[a] != public[b]
        longer = abs(len(words(a)) - len(words(b)))
        if not clash and longer <= 1 and same_name(a, b) >= (_SAME_IN_LONGER if longer else SAME):
            groups.join(a, b)


class _Near:
    """Of many names those whose consonants are not far from another's; of a few all."""

    def __init__(self, names: Sequence[str]) -> None:
        self._heard = [_consonants(name) for name in names]
        self._lengths = np.array([len(one) for one in self._heard])

    def to(self, name: str, start: int = 0) -> list[int]:
        """Places of the names near `name`, from `start` on."""
        if len(self._heard) <= _MANY:
            return list(range(start, len(self._heard)))
        own = _consonants(name)
        apart = cdist([own], self._heard[start:], scorer=Levenshtein.distance, dtype=np.int32)[0]
        near = apart <= _FAR * np.maximum(len(own), self._lengths[start:])
        return (np.flatnonzero(near) + start).tolist()


def _consonants(name: str) -> str:
    return "".join(skeleton(bare(word)) for word in words(name))


def _candidates(full: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The pairs of names that may be one."""
    near = _Near(full)
    yield from ((name, full[j]) for i, name in enumerate(full) for j in near.to(name, i + 1))


def _join_short(short: Sequence[str], full: Sequence[str], groups: Groups[str]) -> None:
    """Single names of one story: to the one full name that ends in them, else to each other."""
    last, holding = _by_word(full, last=True), _by_word(full, last=False)
    near_last, near_any, near_short = _Near(list(last)), _Near(list(holding)), _Near(short)
    for name in short:
        homes = _homes(name, last, near_last, _SAME_SINGLE, groups)
        homes = homes or _homes(name, holding, near_any, _SURE_SINGLE, groups)
        if len(homes) == 1:
            groups.join(name, next(iter(homes.values())))
        elif not homes:
            for other in (short[i] for i in near_short.to(name)):
                if same_name(name, other) >= _SAME_SINGLE:
                    groups.join(name, other)


def _by_word(full: Sequence[str], *, last: bool) -> dict[str, list[str]]:
    """Words of full names, or their last ones alone -> the names."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in full:
        for word in words(name)[-1:] if last else words(name):
            found[word].append(name)
    return found


def _homes(
    name: str, having: Mapping[str, Sequence[str]], near: _Near, least: float, groups: Groups[str]
) -> dict[str, str]:
    """The groups of full names with a word that sounds like `name`, each with one of its names."""
    listed = list(having)
    alike = [listed[i] for i in near.to(name) if same_name(name, listed[i]) >= least]
    return {groups.of(full): full for word in alike for full in having[word]}


def _known(name: str) -> str | None:
    entry = gazetteer.by_name(name)
    return entry.name if entry else None


def _canonical(group: Sequence[Form]) -> str:
    """The gazetteer's name; else of the fullest Latin names the most frequent; else of the fullest."""
    public = sorted({form.public for form in group if form.public})
    if public:
        return public[0]
    weights: Counter[str] = Counter()
    for form in group:
        weights[form.name] += len(form.mentions)
    return min(weights, key=lambda name: (not _latin(name), -min(len(words(name)), 2), -weights[name], name))


def _latin(name: str) -> bool:
    return romanise(name) == "" or script(name) == "latin"
