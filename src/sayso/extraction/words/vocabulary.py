"""Vocabulary: a pack's words of attribution as the rules look them up, built once per pack."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sayso.languages.replies import GAP, TOPIC
from sayso.languages.schema import Words
from sayso.languages.speech import Cue
from sayso.text.folding import fold_word
from sayso.text.phrases import Phrases
from sayso.text.tokens import first_form, forms, forms_of

_BUILT: dict[int, tuple[Words, Vocabulary]] = {}


@dataclass(frozen=True, slots=True)
class Hint:
    """What a phrase in the text may be: a cue, one of the according-phrases, or none though it begins as a cue does.

    `shift`: letters of a proclitic written together with it. `closes`: closing halves of an `around` phrase.
    `lead`: letters of the next word that are no part of it («وفقا لـ»). `splits`: particles that may end the clause,
    each with what the verb says then; `whole`: the verb is a cue without them too.
    """

    role: Literal["cue", "before", "after", "around", "hearsay", "none"]
    cue: Cue | None = None
    shift: int = 0
    closes: tuple[tuple[str, ...], ...] = ()
    lead: str = ""
    splits: tuple[tuple[str, Cue], ...] = ()
    whole: bool = False


class Vocabulary:
    """Folded sets and phrase tables of one pack."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.order = words.language.order
        self.names_capital = words.language.capitals == "names"
        self.capital_nouns = words.language.capitals == "nouns"
        self.has_case = words.language.capitals != "none"
        self.bare = words.grammar.bare
        self._set_cues(words)
        self._set_grammar(words)
        self._set_people(words)
        self._set_closed(words)

    def _set_cues(self, words: Words) -> None:
        """What opens, names and closes a report."""
        grammar, proclitics = words.grammar, words.language.proclitics
        self.hints = Phrases(_with_proclitics(_cue_hints(words) + _other_hints(words), proclitics))
        self.nouns = {
            fold_word(form): Hint("cue", cue) for cue in words.cues if cue.kind == "noun" for form in cue.forms
        }
        self.starts = self.hints.starts()
        self.verb_starts = self.hints.starts_of(_is_verb)
        openers = words.complements.clause
        self.complements = Phrases((p, True) for p in [*openers, *(c + p for c in proclitics for p in openers)])
        self.openers = Phrases((phrase, True) for phrase in openers)
        self.infinitives = frozenset(
            form for phrase in words.complements.infinitive if (form := first_form(phrase)) is not None
        )
        self.infinitive_endings = tuple(map(fold_word, grammar.infinitive_endings))
        self.abbreviations = frozenset(fold_word(a.rstrip(".").rsplit(".")[-1]) for a in words.language.abbreviations)

    def _set_grammar(self, words: Words) -> None:
        """Closed classes of words."""
        grammar, proclitics = words.grammar, words.language.proclitics
        self.negations = _single(words.language.negations)
        self.negating = self.negations | {fold_word(c) + form for c in proclitics for form in self.negations}
        self.undoing = _single(words.language.undoing)
        self.auxiliaries = _single(grammar.auxiliaries) | _single(words.language.modals)
        self.leading = self.auxiliaries | {fold_word(c) + form for c in proclitics for form in self.auxiliaries}
        self.passives = _single(grammar.passives)
        self.deniers = _deniers(words, self.auxiliaries | self.passives, self.negating)
        self.cited = _single(words.according.cited)
        self.before_nouns = _single(grammar.before_nouns)
        self.prepositions = _single(grammar.prepositions)
        self.possessives = _single(grammar.possessives)
        self.within = _single(grammar.within)
        self.coordinators = _single(grammar.coordinators)
        self.subordinators = _single(grammar.subordinators)
        self.interrogatives = _single(grammar.interrogatives)
        self.relatives = _single(grammar.relatives)
        self.connectors = self.coordinators | self.subordinators
        self.attached = tuple(map(fold_word, grammar.attached))
        self.blockers = _single(grammar.blockers)
        self.adverbs = _single(grammar.adverbs)
        self.adverb_endings = tuple(map(fold_word, grammar.adverb_endings))
        self.insiders = _single(grammar.insiders)
        self.tags = _single(grammar.tags)
        self.parentheses = _single(grammar.parentheses)
        self.ties = _single(grammar.ties)
        self.nobody = Phrases((phrase, True) for phrase in grammar.nobody)
        self.anaphora = Phrases((phrase, True) for phrase in grammar.anaphora)
        self.asked = Phrases(_asked(words))

    def _set_people(self, words: Words) -> None:
        """What the heads of sources are made of."""
        grammar, people = words.grammar, words.people
        self.pronouns = {fold_word(p.form): p for p in words.pronouns}
        self.titles = _forms(people.titles)
        self.roles = _forms(people.roles)
        self.bodies = _forms(people.bodies)
        self.crowds = _forms(people.crowds)
        self.addressees = frozenset(letters + form for letters in self.attached for form in self.crowds)
        self.addressees |= _single(grammar.addressees)
        self.articles = _single(people.articles)
        self.particles = _single(people.particles)
        self.nominal = self.titles | self.roles | self.bodies | self.crowds
        self.nominal_endings = tuple(self.nominal)
        self.name_endings = tuple(sorted(map(fold_word, grammar.name_endings), key=len, reverse=True))
        self.definite = tuple(map(fold_word, grammar.definite))

    def _set_closed(self, words: Words) -> None:
        """Words of voice, of the calendar, and all that no name is made of."""
        times, openers = words.times, words.complements.clause
        self.voice = Phrases(
            (phrase, kind)
            for kind, phrases in (
                ("hedge", words.voice.hedge),
                ("loaded", words.voice.loaded),
                ("factive", words.voice.factive),
            )
            for phrase in phrases
        )
        self.voice_starts = self.voice.starts()
        self.time_units = _single(form for forms in times.units.values() for form in forms)
        self.calendar = _single(
            [form for forms in times.weekdays for form in forms]
            + [form for forms in times.months for form in forms if len(form) > 3]
            + [*times.offsets, *times.parts, *times.last, *times.this, *times.next, *times.ago]
            + [form for forms in times.units.values() for form in forms]
        ) - (self.articles | self.prepositions | self.coordinators)
        self.closed = (
            self.prepositions
            | self.subordinators
            | self.coordinators
            | self.articles
            | self.adverbs
            | self.insiders
            | self.calendar
            | self.relatives
            | frozenset(self.pronouns)
            | _single(openers)
        ) - self.particles
        self._set_joined()

    def _set_joined(self) -> None:
        """Classes taken together once, since joining large sets at every token takes most of the time."""
        self.linking = self.relatives - self.articles
        self.posts = self.roles | self.titles
        self.before_names = self.prepositions | self.particles
        self.asides = self.before_names - self.articles
        self.lone_prepositions = (
            self.prepositions - self.articles - self.relatives - self.nominal - self.pronouns.keys()
        )
        self.noun_ends = (self.nominal | self.relatives | self.prepositions) - self.particles
        self.idle = self.adverbs | self.connectors | self.negations
        self.empty = self.closed | self.articles | self.auxiliaries | self.passives | self.negations
        self.common = self.nominal | self.closed | self.verb_starts | self.negations
        self.before_verbs = self.relatives | self.nominal | self.adverbs | self.auxiliaries | self.passives
        self.before_verbs |= self.pronouns.keys()

    def is_adverb(self, form: str) -> bool:
        """True for words that belong neither to a subject nor to its cue ("also", "repeatedly")."""
        return form in self.adverbs or bool(
            self.adverb_endings and len(form) > 4 and form.endswith(self.adverb_endings)
        )

    def is_undone(self, forms: Sequence[str], i: int) -> bool:
        """True where the word behind the negation at `i` leaves said what it stands by ("not only")."""
        return i + 1 < len(forms) and forms[i + 1] in self.undoing

    def is_definite(self, form: str) -> bool:
        """True when a definite article is written together with the word."""
        return bool(self.definite) and form.startswith(self.definite)


def vocabulary(words: Words) -> Vocabulary:
    """The vocabulary of a pack; the same pack gives the same object."""
    built = _BUILT.get(id(words))
    if built is None:
        built = _BUILT[id(words)] = (words, Vocabulary(words))
    return built[1]


def _forms(phrases: Iterable[str]) -> frozenset[str]:
    """All folded words of `phrases`."""
    return frozenset(form for form in forms_of(phrases) if form[:1].isalnum())


def _single(phrases: Iterable[str]) -> frozenset[str]:
    """The folded words among `phrases`; those of several words are left out."""
    return frozenset(found[0] for phrase in phrases if len(found := forms(phrase)) == 1)


def _deniers(words: Words, auxiliaries: frozenset[str], negating: frozenset[str]) -> frozenset[str]:
    """The own word of each verb of denying ("denied", «démenti»)."""
    phrases = (forms(form) for cue in words.cues if (cue.kind, cue.stance) == ("verb", "denies") for form in cue.forms)
    own = ([form for form in phrase if form not in auxiliaries] for phrase in phrases if negating.isdisjoint(phrase))
    return frozenset(phrase[0] for phrase in own if len(phrase) == 1)


def _asked(words: Words) -> list[tuple[str, bool]]:
    """How the phrases begin by which a speaker was asked, and whether the asker is named behind that ("asked by")."""
    begun = ((phrase.partition(TOPIC)[0], GAP in phrase) for phrase in words.replies.asked)
    own = [(phrase.partition(GAP)[0].strip(" ,"), gap) for phrase, gap in begun]
    clitics = ("", *words.language.proclitics)
    return [(letters + phrase, gap) for phrase, gap in own if phrase for letters in clitics]


def _is_verb(hint: Hint) -> bool:
    """A cue that is no noun, without letters of another word."""
    return hint.cue is not None and hint.cue.kind != "noun" and not hint.shift


def _other_hints(words: Words) -> list[tuple[str, Hint]]:
    """The according-phrases, and what is no cue."""
    found = sorted(map(_before_hint, words.according.before), key=lambda pair: not pair[1].lead)
    found += [(phrase, Hint("none")) for phrase in words.grammar.other_verbs]
    found += [(phrase, Hint("after")) for phrase in words.according.after]
    found += [(phrase, Hint("hearsay")) for phrase in words.according.hearsay]
    halves: dict[str, list[tuple[str, ...]]] = {}
    for opening, closing in words.according.around:
        halves.setdefault(opening, []).append(tuple(forms(closing)))
    found += [(opening, Hint("around", closes=tuple(closes))) for opening, closes in halves.items()]
    return found


def _before_hint(phrase: str) -> tuple[str, Hint]:
    """A phrase that ends in a tatweel is written together with the source."""
    if not phrase.endswith("ـ"):
        return phrase, Hint("before")
    stem, _, lead = phrase.rpartition(" ")
    return stem, Hint("before", lead=fold_word(lead))


def _cue_hints(words: Words) -> list[tuple[str, Hint]]:
    """Every form of a cue; a verb and its separable particle also apart."""
    separable = frozenset(map(fold_word, words.grammar.separable))
    found = [(form, hint) for cue in words.cues for hint in (Hint("cue", cue),) for form in cue.forms]
    if not separable:
        return found
    whole = {form for form, _ in found}
    apart: dict[str, dict[str, Cue]] = {}
    for form, hint in found:
        verb, _, particle = form.partition(" ")
        if fold_word(particle) in separable and hint.cue is not None:
            apart.setdefault(verb, {}).setdefault(fold_word(particle), hint.cue)
    found = [
        (form, hint) for form, hint in found if form not in apart and fold_word(form.partition(" ")[2]) not in separable
    ]
    for verb, particles in apart.items():
        own = next((c for c in words.cues if verb in c.forms), None) if verb in whole else None
        cue = own or next(iter(particles.values()))
        found.append((verb, Hint("cue", cue, splits=tuple(particles.items()), whole=own is not None)))
    return found


def _with_proclitics(hints: list[tuple[str, Hint]], proclitics: list[str]) -> list[tuple[str, Hint]]:
    """Every hint also with each proclitic written before it."""
    found = list(hints)
    for letters in proclitics:
        shifted = {id(hint): replace(hint, shift=len(letters)) for _, hint in hints}
        found += [(letters + phrase, shifted[id(hint)]) for phrase, hint in hints]
    return found
