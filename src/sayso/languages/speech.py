"""Speech: the tables of a pack that tell who says something: cues, what stands around them, and people."""

from __future__ import annotations

from typing import Literal

import msgspec

Stance = Literal["asserts", "denies", "declines", "asks", "expects", "answers", "urges", "promises", "agrees", "warns"]
Manner = Literal["plain", "doubting", "factive", "loaded"]
Takes = Literal["quote", "clause", "bare", "infinitive", "object"]


class Cue(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Reporting expressions of one behaviour.

    `kind`: verb (its subject is the source) · participle (source inherited) · noun ("his claim that") ·
    impersonal (nobody is named, unless behind a preposition: «сообщается», «говорится в заявлении»).
    `takes`: quote · clause (with a complementiser) · bare (a clause without one) · infinitive · object (a noun phrase).
    """

    kind: Literal["verb", "participle", "noun", "impersonal"]
    stance: Stance
    manner: Manner
    takes: list[Takes]
    forms: list[str]


class Complements(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words that open the content of a cue."""

    clause: list[str]
    infinitive: list[str]


class According(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Phrases that attribute without a verb: `before` the source, `after` it, `around` it; `hearsay` names none."""

    before: list[str]
    after: list[str]
    around: list[tuple[str, str]]
    cited: list[str] = []
    """Words before the one who is cited by a noun for what is said («*عن* مصدر قوله إن»)."""
    hearsay: list[str]


class Grammar(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Closed classes of words that bound clauses and noun phrases; a language leaves out what it does not have."""

    auxiliaries: list[str] = []
    """Verbs that join a cue's span ("has", "would")."""
    passives: list[str] = []
    """Auxiliaries that turn the subject into the one spoken of ("is expected to")."""
    prepositions: list[str] = []
    """Openers of phrases that are no part of a source ("in", "during")."""
    possessives: list[str] = []
    """Endings behind an apostrophe that make an owner ("Holt's claim")."""
    within: list[str] = []
    """Prepositions right after a cue that lead to its source («сообщили в Кремле», "accused by")."""
    coordinators: list[str] = []
    subordinators: list[str] = []
    """Words that open a new clause ("because", "while", "but")."""
    relatives: list[str] = []
    separable: list[str] = []
    """Particles that a verb leaves at the end of its clause („teilte am Montag mit“)."""
    other_verbs: list[str] = []
    """Verbs that begin as a cue does, of which a particle makes others that tell nothing said ("called off")."""
    infinitive_endings: list[str] = []
    """Endings that tell an infinitive where it may stand without an opener («обещал закрыть», "prometió abrir")."""
    before_nouns: list[str] = []
    """Words that a noun follows and no verb («عدم ذكر اسمه»)."""
    blockers: list[str] = []
    """Words after which a complementiser opens no content («قبل أن», «غير أن»)."""
    interrogatives: list[str] = []
    """Complementisers that also ask ("how", "where"): they open a content only right behind the cue."""
    adverbs: list[str] = []
    """Words between subject and cue that belong to neither ("also", "later")."""
    adverb_endings: list[str] = []
    """Endings that tell an adverb between subject and cue ("repeatedly")."""
    name_endings: list[str] = []
    """Case endings of surnames («Пескова», «Песковым»)."""
    attached: list[str] = []
    """Prepositions written together with a definite noun: what begins so is no subject ("بال", "لل")."""
    definite: list[str] = []
    """A definite article (with its prepositions) that is written together with its noun ("ال", "بال")."""
    insiders: list[str] = []
    """First and second persons: as subjects outside quotation marks they are the author's, not a source's."""
    nobody: list[str] = []
    """Negative quantifiers: a cue whose subject opens so says nothing positively ("nobody", «никто»)."""
    addressees: list[str] = []
    """Those who are told, where their case says so («журналистам»): right behind a cue they are no subject."""
    anaphora: list[str] = []
    """Phrases by which a cue takes the sentence before as its content («об этом», «بذلك»)."""
    bare: Literal["none", "direct", "comma"] = "none"
    """Whether a clause without complementiser follows a cue, and how ("said it was", „sagte, es sei“)."""
    tags: list[str] = []
    """One-word [according] phrases that count only behind their content („…“, so die Ministerin)."""
    ties: list[str] = []
    """Letters between a verb and the pronoun tied to it ("a-t-il")."""
    parentheses: list[str] = []
    """Openers of a cue clause set apart from its content ("as", «как», "comme")."""


class Pronoun(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A third-person pronoun that can be a source."""

    form: str
    gender: Literal["m", "f", "n", "any"]
    number: Literal["sg", "pl"]


class People(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words inside the noun phrases that name sources."""

    titles: list[str]
    roles: list[str]
    """Functions held by one person ("spokesman", "minister")."""
    bodies: list[str]
    """Organisations' head words ("ministry", "agency")."""
    crowds: list[str]
    """Unnamed groups that speak ("officials", "sources")."""
    articles: list[str]
    """Determiners that open a noun phrase."""
    particles: list[str]
    """Lower-case words inside names ("von", "al")."""
