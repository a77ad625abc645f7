"""Names: whether two names are one, across scripts and inflections, and who the speakers of a set of articles are."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler, Levenshtein

from sayso.languages import gazetteer
from sayso.languages.romanisation import bare, inflected, romanise, skeleton, sounds
from sayso.linking.article import Annotated
from sayso.linking.groups import Groups
from sayso.linking.nouns import Story
from sayso.text.folding import fold_word
from sayso.text.tokens import tokenize

SAME = 0.89
"""From here on two names are taken for one when a story holds both."""
_WORST = 0.85
"""Below this two words are not one name, however alike the rest of the names is."""
_SAME_SINGLE = 0.89
_SAME_IN_LONGER = 0.9
_SURE_SINGLE = 0.94
"""A name alone that is not the last of a full name must be surer."""
_WEIGHT = 0.17  # of each of two distances between 0 and 1
_SPELLING = 0.78  # Jaro-Winkler of two spellings of one name in one script
Mention = tuple[str, int]
"""An article's id and the index of an attribution in it."""
_Form = tuple[str, str]
"""A story's id and a name as some article of it writes it."""


def same_word(a: str, b: str) -> float:
    """How alike two single names sound (⅔…1, 0 for nothing to hear): edit distance over sounds and over consonants."""
    if fold_word(a) == fold_word(b):
        return 1.0
    return max(_alike(sounds(a), sounds(b)), _alike(bare(a), bare(b)))


@lru_cache(maxsize=1 << 16)
def _alike(a: str, b: str) -> float:
    if not a or not b:
        return 0.0
    apart = Levenshtein.normalized_distance(a, b) + Levenshtein.normalized_distance(skeleton(a), skeleton(b))
    return 1 - _WEIGHT * apart


def same_name(a: str, b: str) -> float:
    """How surely two names are one (0…1).

    The words of the shorter name are paired in order with words of the longer; the mean of the pairs counts, and no
    pair may be bad. Names in one script are held to their letters: only case endings and spellings may differ.
    """
    left, right = sorted((words(a), words(b)), key=len)
    if not left or abs(len(left) - len(right)) > 1 + len(left):
        return 0.0
    compare = _same_script_word if _script(a) == _script(b) else same_word
    return _paired([[compare(x, y) for y in right] for x in left])


def words(name: str) -> list[str]:
    """The words of a name, folded, without marks and single letters."""
    return [form for form in tokenize(name).forms if len(form) > 1 and any(c.isalnum() for c in form)]


def _paired(table: list[list[float]]) -> float:
    """Highest mean over all ways to pair every row with a later column than the row before; 0 with a bad pair."""
    best = [0.0] * (len(table[0]) + 1)
    for row in table:
        now = [-math.inf]
        for column, value in enumerate(row):
            pair = best[column] + value if value >= _WORST else -math.inf
            now.append(max(now[-1], pair))
        best = now
    return max(0.0, best[-1] / len(table))


def _script(name: str) -> str:
    """A rough name of the script: its first letter's block of 256 code points, Latin as one."""
    first = next((c for c in name if c.isalpha()), "a")
    return "latin" if ord(first) < 0x250 else str(ord(first) >> 8)


@lru_cache(maxsize=1 << 16)
def _same_script_word(a: str, b: str) -> float:
    """1 for one word, also in two cases or spellings; else how alike the letters are, which alone is never enough."""
    left, right = fold_word(a), fold_word(b)
    if left == right or sounds(a) == sounds(b) or bare(a) == bare(b) or inflected(left, right):
        return 1.0
    alike = JaroWinkler.similarity(sounds(a), sounds(b))
    return max(_WORST, min(alike, SAME - 0.01)) if alike >= _SPELLING else 0.0


def speakers(articles: Sequence[Annotated], stories: Iterable[Story] = ()) -> dict[Mention, str]:
    """Each attribution with a speaker -> the speaker's one name in all articles.

    One speaker: the same full name; names that sound alike across scripts in one story; a surname alone where one full
    name of the story holds it; names that the gazetteer knows. The name is the gazetteer's, else the most frequent
    Latin one, else the most frequent.
    """
    story_of = {article: story.id for story in stories for article in story.articles}
    forms: dict[_Form, list[Mention]] = defaultdict(list)
    for article in sorted(articles, key=lambda a: a.id):
        for i, attribution in enumerate(article.attributions):
            if attribution.speaker and attribution.speaker.strip():
                name = " ".join(attribution.speaker.split())
                forms[story_of.get(article.id, article.id), name].append((article.id, i))
    known = _known_forms(sorted(forms))
    groups = _joined(sorted(forms), known)
    counts = {form: len(mentions) for form, mentions in forms.items()}
    return {
        mention: name
        for group in groups
        for name in [_canonical(group, counts, known)]
        for form in group
        for mention in forms[form]
    }


def _known_forms(forms: list[_Form]) -> dict[_Form, str | None]:
    """The gazetteer's name of each form, None where it knows none or the story knows better."""
    by_story = _by_story(forms)
    return {form: None if _taken(form, by_story[form[0]]) else _known(form[1]) for form in forms}


def _by_story(forms: list[_Form]) -> dict[str, list[_Form]]:
    found: dict[str, list[_Form]] = defaultdict(list)
    for form in forms:
        found[form[0]].append(form)
    return found


def _joined(forms: list[_Form], known: Mapping[_Form, str | None]) -> list[list[_Form]]:
    """Forms in groups of one speaker each."""
    groups: Groups[_Form] = Groups(forms)
    keys: dict[str, _Form] = {}
    for form in forms:
        full = " ".join(words(form[1]))
        key = known[form] or (full if len(words(form[1])) > 1 else f"{form[0]} {full}")
        groups.join(form, keys.setdefault(key, form))
    for found in _by_story(forms).values():
        _join_full(found, known, groups)
        _join_short(found, known, groups)
    return groups.lists()


def _taken(form: _Form, forms: list[_Form]) -> bool:
    """True for a single name that some full name of the story ends in: the story decides who it is."""
    if len(words(form[1])) != 1:
        return False
    return any(len(own := words(f[1])) > 1 and same_name(form[1], own[-1]) >= _SAME_SINGLE for f in forms)


def _join_full(forms: list[_Form], known: Mapping[_Form, str | None], groups: Groups[_Form]) -> None:
    """Full names of one story that are one name in two scripts or spellings."""
    full = [form for form in forms if len(words(form[1])) > 1]
    for i, a in enumerate(full):
        for b in full[i + 1 :]:
            clash = known[a] and known[b] and known[a] != known[b]
            longer = abs(len(words(a[1])) - len(words(b[1])))
            if not clash and longer <= 1 and same_name(a[1], b[1]) >= (_SAME_IN_LONGER if longer else SAME):
                groups.join(a, b)


def _join_short(forms: list[_Form], known: Mapping[_Form, str | None], groups: Groups[_Form]) -> None:
    """Single names of one story: to the one full name that ends in them, else to each other."""
    short = [form for form in forms if len(words(form[1])) == 1 and not known[form]]
    full = [form for form in forms if len(words(form[1])) > 1]
    for form in short:
        homes = {groups.of(f): f for f in full if same_name(form[1], words(f[1])[-1]) >= _SAME_SINGLE}
        homes = homes or {
            groups.of(f): f for f in full if max(same_name(form[1], w) for w in words(f[1])) >= _SURE_SINGLE
        }
        if len(homes) == 1:
            groups.join(form, next(iter(homes.values())))
        elif not homes:
            for other in short:
                if same_name(form[1], other[1]) >= _SAME_SINGLE:
                    groups.join(form, other)


def _known(name: str) -> str | None:
    entry = gazetteer.by_name(name)
    return entry.name if entry else None


def _canonical(group: list[_Form], counts: Mapping[_Form, int], known: Mapping[_Form, str | None]) -> str:
    """The gazetteer's name; else of the fullest Latin names the most frequent; else of the fullest."""
    public = sorted(filter(None, (known[form] for form in group)))
    if public:
        return public[0]
    weights: Counter[str] = Counter()
    for form in group:
        weights[form[1]] += counts[form]
    return min(weights, key=lambda name: (not _latin(name), -min(len(words(name)), 2), -weights[name], name))


def _latin(name: str) -> bool:
    return romanise(name) == "" or _script(name) == "latin"
