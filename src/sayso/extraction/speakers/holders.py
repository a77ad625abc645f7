"""Holders: which person of the article a word for a role means."""

from __future__ import annotations

from bisect import bisect_left

from sayso.extraction.people.mentions import Mention, fits
from sayso.extraction.people.names import Names
from sayso.extraction.people.roles import are_of_one, callings
from sayso.extraction.people.talk import Talk
from sayso.languages.callings import of_anyone
from sayso.languages.countries import country, of_adjective
from sayso.languages.glossary import Gloss, heads
from sayso.text.folding import fold_word


def likely(
    found: Names, talk: Talk, place: int, stop: int, kinds: frozenset[str], gloss: tuple[int, Gloss] | None
) -> str | None:
    """Whom a role may mean that nobody is known to have: who spoke last, else who was named last, or is the only one.

    Those who are sources somewhere come first. Where it is told what the role is of, one of whom no role is known, or
    the only source who has that role, unless of another country. Nobody of whom other roles are known.
    """
    if gloss is not None and gloss[1].english in heads("described") and stop - place == len(gloss[1].words):
        return next((mention.name for mention in talk.before(place)), None)
    calling = _calling(found, kinds, gloss)
    who = _likely(found, talk, place, kinds, _able(found, talk, kinds, calling))
    if who is not None and not _about(found, kinds) and not any(map(of_anyone, calling)):
        talk.take_post(who, kinds & found.words.posts)
    return who


def _likely(found: Names, talk: Talk, place: int, kinds: frozenset[str], able: frozenset[str]) -> str | None:
    """`likely` among those who are `able` to have the role."""
    sources = [mention for mention in talk.people if mention.name in talk.sources]
    only = {mention.name for mention in sources}
    if _about(found, kinds):
        who = _likely_of(found, talk, sources, kinds)
        return who if who in able else None
    if talk.person is not None and talk.person in able:
        return talk.person
    named = (mention.name for mention in talk.before(place) if mention.name in only or mention.roles)
    before = next((name for name in named if name in able), None)
    everyone = only or {mention.name for mention in talk.people}
    return before or (next(iter(everyone)) if len(everyone) == 1 and everyone <= able else None)


def _calling(found: Names, kinds: frozenset[str], gloss: tuple[int, Gloss] | None) -> frozenset[str]:
    """What the words of a role are in English, that of their head also without what it is of."""
    known = callings(found.words, kinds)
    return known if gloss is None else known | {gloss[1].english, gloss[1].english.rsplit(" ", 1)[-1]}


def _able(found: Names, talk: Talk, kinds: frozenset[str], calling: frozenset[str]) -> frozenset[str]:
    """Who may have a role: those whose known ones allow it; of those without any, who speak, or anybody where the word
    is said of everyone."""
    words, spoke = found.words, talk.sources
    asked, anyone = kinds & words.roles, any(map(of_anyone, calling))
    names = {mention.name for mention in talk.people}
    if talk.person is not None and talk.person not in talk.phrases:
        names, spoke = names | {talk.person}, spoke | {talk.person}
    told = {name: talk.posts(name) for name in names}
    return frozenset(
        name
        for name, posts in told.items()
        if (are_of_one(words, posts, asked, calling) if posts else anyone or name in spoke)
    )


def _likely_of(found: Names, talk: Talk, sources: list[Mention], kinds: frozenset[str]) -> str | None:
    code = found.words.words.language.code
    if any(of_adjective(form, code) or country(form, code) for form in _about(found, kinds)):
        return None
    only = {mention.name for mention in sources}
    same = {mention.name for mention in sources if fits(found.words, mention, kinds & found.words.roles, frozenset())}
    free = {name for name in only if fold_word(name.split()[-1]) not in kinds}
    others = {mention.name for mention in talk.people if mention.roles}
    if len(same & free) == 1 or (len(only) == len(free) == 1 and not free & others):
        return next(iter(same & free or free))
    with_roles = {mention.name for mention in talk.people if mention.roles}
    named = [talk.person] if talk.person is not None and talk.person not in talk.phrases else []
    return next((name for name in named if name not in with_roles and fold_word(name.split()[-1]) not in kinds), None)


def _about(found: Names, kinds: frozenset[str]) -> frozenset[str]:
    """Words of a phrase that are no roles: what the role is of."""
    words = found.words
    rest = kinds - words.roles - words.titles
    return frozenset(f for f in rest if f.isalpha() and f not in words.closed and not words.is_adverb(f))


def holder(found: Names, kinds: frozenset[str], place: int, talk: Talk) -> str | None:
    """The person who has the role: one who spoke, else the one last named before it, else the first named after it."""
    if kinds not in talk.holders:
        words, roles, about = found.words, kinds & found.words.roles, _about(found, kinds)
        able = [mention for mention in talk.people if fits(words, mention, roles, about)]
        talk.holders[kinds] = able or _whose(found, kinds, talk), frozenset(mention.name for mention in able)
    able, names = talk.holders[kinds]
    if talk.person in names:
        return talk.person
    earlier = bisect_left(able, place, key=lambda mention: mention.place)
    return able[max(0, earlier - 1)].name if able else None


def _whose(found: Names, kinds: frozenset[str], talk: Talk) -> list[Mention]:
    """The only person with a role that is told to be of another person ("Reed's lawyer")."""
    words, about = found.words, _about(found, kinds) - found.words.particles
    others = {fold_word(part) for mention in talk.people for part in mention.name.split()}
    if not about or not about <= others:
        return []
    able = [mention for mention in talk.people if fits(words, mention, kinds & words.roles, frozenset())]
    able = [mention for mention in able if about.isdisjoint(map(fold_word, mention.name.split()))]
    return able if len({mention.name for mention in able}) == 1 else []
