"""Talk: who was named so far in an article, and whom pronouns, roles and left-out subjects may mean."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from sayso.extraction.people.mentions import Mention
from sayso.languages.speech import Pronoun

_NEAR = 60
"""Words before a pronoun within which a subject is meant rather than another person."""


@dataclass(slots=True)
class Talk:
    """The latest speakers by kind. `phrases`: what speakers that are no persons are called in English."""

    people: list[Mention]
    anyone: str | None = None
    person: str | None = None
    body: str | None = None
    many: str | None = None
    bodies: list[tuple[frozenset[str], str]] = field(default_factory=list)
    genders: dict[str, str] = field(default_factory=dict)
    phrases: dict[str, str] = field(default_factory=dict)
    sources: frozenset[str] = frozenset()
    outlets: frozenset[str] = frozenset()
    outlet: str | None = None
    place: int = 0
    teller: str | None = None
    reporters: frozenset[str] = frozenset()
    holders: dict[frozenset[str], tuple[list[Mention], frozenset[str]]] = field(default_factory=dict)
    _about: dict[str, dict[str, None]] | None = None
    _posts: dict[str, set[str]] | None = None
    """`sources`: persons who speak somewhere in the article. `bodies`: folded words of each body's source, and its
    name. `genders`: m or f of persons by their given names, and of speakers by the first pronoun that stood for them.
    `outlets`: bodies that report what others say; `outlet`: the last. `place`: the token where the last speaker was
    told. `teller`: who tells that somebody says something, and means another one by a word for a role.
    `reporters`: who tells what another one is cited for, and so is no other's word for a body.
    `holders`: words of a role -> who has it, as `holders.holder` found, and the names of those of whom that is told."""

    def one(self, name: str) -> str:
        """A person speaks."""
        self.anyone = self.person = name
        return name

    def called(self, name: str, english: str | None) -> str | None:
        """`name`, if it has a name in English."""
        if english is None:
            return None
        self.phrases[name] = english
        return name

    def a_body(self, name: str, forms: frozenset[str]) -> str:
        """A body speaks; `forms` are the words of its source."""
        self.anyone = name
        if name in self.outlets:
            self.outlet = name
        else:
            self.body = name
        self.bodies.append((forms, name))
        return name

    def before(self, place: int) -> Iterator[Mention]:
        """Persons mentioned before a token, the latest first."""
        return map(self.people.__getitem__, range(self.mentioned(place) - 1, -1, -1))

    def mentioned(self, place: int) -> int:
        """How many mentions stand before a token."""
        return bisect_left(self.people, place, key=lambda m: m.place)

    def about(self, name: str) -> Iterable[str]:
        """The words for what the roles of a person are about, in the order of the mentions, each once."""
        if self._about is None:
            self._about = {}
            for mention in self.people:
                self._about.setdefault(mention.name, {}).update(dict.fromkeys(sorted(mention.about)))
        return self._about.get(name, {})

    def posts(self, name: str) -> frozenset[str]:
        """All words for roles and titles around a person's name; none where no role of his is told (a "Dr" is none)."""
        if self._posts is None:
            self._posts = {mention.name: set() for mention in self.people if mention.roles}
            for mention in self.people:
                if mention.name in self._posts:
                    self._posts[mention.name] |= mention.posts
        return frozenset(self._posts.get(name, ()))

    def take_post(self, name: str, posts: frozenset[str]) -> None:
        """Words for a role stood for a person: they are his where no role of his is told."""
        if not self.posts(name) and self._posts is not None:
            self._posts[name] = set(posts)

    def antecedent(self, pronoun: Pronoun, place: int) -> str | None:
        """The latest speaker that a pronoun may stand for; where none has spoken, the person named last.

        None where everybody is known to be of another gender.
        """
        if pronoun.number == "pl":
            return self.many or self.anyone
        if pronoun.gender == "n":
            return self.body or self._anyone_of("n")
        named = [self.person] if self.person else []
        name = next((one for one in chain(named, self._named(place)) if self._may_be(one, pronoun.gender)), None)
        who = name or self._anyone_of(pronoun.gender)
        if who is not None and pronoun.gender != "any":
            self.genders.setdefault(who, pronoun.gender)
        return self.one(name) if name is not None else who

    def _named(self, place: int) -> Iterator[str]:
        """Whom a pronoun may mean: subjects near before it, then all others, the latest first."""
        near = self.mentioned(place - _NEAR)
        for mention in self.before(place):
            if mention.place < place - _NEAR:
                break
            if mention.subject:
                yield mention.name
        for number, mention in zip(range(self.mentioned(place) - 1, -1, -1), self.before(place), strict=True):
            if number < near or not mention.subject:
                yield mention.name

    def _anyone_of(self, gender: str) -> str | None:
        """The last speaker of any kind, unless known to be of another gender."""
        return self.anyone if self.anyone is not None and self._may_be(self.anyone, gender) else None

    def _may_be(self, name: str, gender: str) -> bool:
        """Whether a speaker's gender is unknown or fits a pronoun's."""
        return gender == "any" or self.genders.get(name, gender) == gender
