"""Figures: the tables of a pack that tell quantities: numbers, what bounds them, what they count and where."""

from __future__ import annotations

import msgspec


class Numbers(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Number words and signs. `vague` words are at least so many ("dozens": 24) and give no value of their own,
    unless they stand among `words` too ("vingtaine": about 20). A scale alone is a number only where it stands among
    `words` too ("mille", «миллион», not "million")."""

    decimal: str
    grouping: list[str]
    words: dict[str, int | float]
    scales: dict[str, int | float]
    fractions: dict[str, float]
    vague: dict[str, int]
    joiners: list[str]
    ranges: list[tuple[str, str]]
    """["from", "to"]; an empty first word when only the middle one is written."""
    openers: list[str] = []
    """Number words that never are the last of several (两: 两万, not 万两)."""
    prefixes: dict[str, int | float]
    """Numbers as first part of a word ("zwei-" in "zweistündig"), see `units.stems`."""
    glued: list[str]
    """Letters written onto numbers and other words of quantity and time (Arabic و, ب, ال)."""
    shares: list[str] = []
    """Words between the two numbers of a share (one "in" five)."""
    ratios: list[str]
    """Those of them that say nothing else, so that both numbers together are the share ("one in five")."""
    multiples: dict[str, int | float]
    """Words that tell a change by so many times ("doubled" = 2, "halved" = 0.5)."""
    ordinals: list[str]
    """Signs right after digits that may make an ordinal (German "30. Geburtstag")."""
    minus: list[str]
    """Words for a minus sign ("minus", "negative"). These and the next lists are read where a text is only a number."""
    ones: list[str]
    """Articles that count one there ("un")."""
    points: list[str]
    """Words for the decimal sign ("point", "virgule")."""
    overs: list[str]
    """Words between numerator and denominator ("over", "out of")."""
    divided: list[str]
    """The same where the denominator comes first (三"分之"二)."""
    mixed: list[str]
    """Words between a whole number and such a fraction (一"又"三分之二)."""
    parts: dict[str, int]
    """Names of parts ("third" = 3)."""
    part_endings: list[str]
    """Endings that make one of a number word ("-esimo"); a word of its own where the number stands before ("avos")."""
    elides: bool
    """Whether a last digit right behind a scale counts tenths of it (四百五 is 450)."""
    numbering: list[str] = []
    """Words before a number that names instead of counting ("number 24", "Nr. 5")."""


class Qualifiers(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words before (or after) a number that bound it."""

    over: list[str]
    about: list[str]
    at_least: list[str]
    nearly: list[str]
    up_to: list[str]
    under: list[str]
    after_over: list[str]
    """The same said after the number ("or more")."""
    after_about: list[str]
    after_at_least: list[str] = []
    changes: list[str]
    """Words shortly before a number that make it a change, not a level ("rose", "an increase of")."""
    levels: list[str]
    """Words right before a number behind such words that make it a level again ("rose *to*")."""
    moving: list[str] = []
    """More words for going from one level to another ("*went* from 12 to 31")."""
    moves: list[tuple[str, str]] = []
    """["from", "to"] of two levels; a pair that is among `ranges` too needs a word of change or of `moving` near."""
    after_changes: list[str]
    """Words right behind a number that make it a change ("12 percent *more*")."""
    passing: list[str]
    """Verbs for "went beyond" that may stand some words before their number."""


class Units(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`things`: canonical name -> words counted ("views": ["views", "view"]). `money`: ISO 4217 -> words and signs.

    `verbs`: canonical name -> words near a number that tell what was counted ("viewed … times" -> views).
    """

    things: dict[str, list[str]]
    money: dict[str, list[str]]
    verbs: dict[str, list[str]]
    states: dict[str, list[str]] = {}
    """Canonical name -> words behind a number that tell where those counted are, or how ("in hospital")."""
    bearing: list[str] = []
    """Words beside a place among `states` that say no more than being or being brought there ("are", "taken")."""
    stems: dict[str, list[str]]
    """Canonical name or time unit -> beginnings of the second part of a compound ("metr" in "400-metre")."""
    duals: dict[str, list[str]]
    """Canonical name or time unit -> forms that mean two of them (Arabic "ساعتين")."""
    of: list[str]
    """Words that may stand between a number and what it counts ("dozens of", "millones de")."""
    leading: dict[str, list[str]]
    """Canonical name -> words for it that stand before the number ("yüzde" 12, 百分之五, "magnitude" 7.8)."""
    cents: dict[str, list[str]]
    """Unit -> words for hundredths of money ("cents": "cent", "pence": "pence")."""
    across: list[str] = []
    """Words behind a length ("tall", "wide") that make a lone "m" metres where it may be millions."""
    tenths: list[str] = []
    """Words for tenths of the money told before them («3元5角»)."""
    coins: dict[str, tuple[str, float]] = {}
    """Words for parts of money that stand alone, with the money and how much of it one is («五角钱»)."""
    acts: dict[str, list[str]] = {}
    """Canonical name -> verbs that tell it only together with one of its `objects` ("opened" the video: views)."""
    objects: dict[str, list[str]] = {}
    """Canonical name -> what is counted so ("views": ["video", "page"])."""
    per: list[str] = []
    """Words between a price and what it is the price of ("per", "a")."""


class Scopes(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`platforms`: canonical platform -> its names."""

    platforms: dict[str, list[str]]
    contrasts: list[str] = []
    """Words that turn from one scope to another ("while", "whereas")."""
    within: list[str] = []
    """Prepositions before the place that a count holds for ("in", «в»)."""
    endings: list[str] = []
    """Case endings of place names («Турции»)."""
