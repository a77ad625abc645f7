"""What a language pack must hold: the same keys in every language, empty where a language has nothing to say.

All words are written as in running text, every inflected form that news uses; they are folded when they are looked up.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Stance = Literal["asserts", "denies", "declines", "asks", "expects", "answers", "urges", "promises", "agrees", "warns"]
Manner = Literal["plain", "doubting", "factive", "loaded"]
Takes = Literal["quote", "clause", "bare", "infinitive", "object"]


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table in which every key is known and required."""


class Language(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`capitals`: what is capitalised inside a sentence. `order`: where the subject stands in reporting clauses."""

    code: str
    name: str
    native: str
    script: str
    direction: Literal["ltr", "rtl"]
    capitals: Literal["names", "nouns", "none"]
    order: Literal["svo", "vso", "sov"]
    proclitics: list[str]
    """Letters written together with the next word that are not part of it (Arabic و, ف)."""
    abbreviations: list[str]
    """Words whose final stop does not end a sentence, written with it."""
    negations: list[str]
    modals: list[str]
    """Words that make a fact a possibility ("could", "might")."""


class Quotes(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`pairs`: [opening, closing], outer marks first; the same mark twice for marks without a direction."""

    pairs: list[tuple[str, str]]


class Cue(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
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


class Complements(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words that open the content of a cue."""

    clause: list[str]
    infinitive: list[str]


class According(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Phrases that attribute without a verb: `before` the source, `after` it, `around` it; `hearsay` names none."""

    before: list[str]
    after: list[str]
    around: list[tuple[str, str]]
    hearsay: list[str]


class Grammar(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
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
    infinitive_endings: list[str] = []
    """Endings that tell an infinitive where it may stand without an opener («обещал закрыть», "prometió abrir")."""
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
    parentheses: list[str] = []
    """Openers of a cue clause set apart from its content ("as", «как», "comme")."""


class Pronoun(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A third-person pronoun that can be a source."""

    form: str
    gender: Literal["m", "f", "n", "any"]
    number: Literal["sg", "pl"]


class People(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
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


class Numbers(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
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


class Qualifiers(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
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
    after_changes: list[str]
    """Words right behind a number that make it a change ("12 percent *more*")."""
    passing: list[str]
    """Verbs for "went beyond" that may stand some words before their number."""


class Units(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`things`: canonical name -> words counted ("views": ["views", "view"]). `money`: ISO 4217 -> words and signs.

    `verbs`: canonical name -> words near a number that tell what was counted ("viewed … times" -> views).
    """

    things: dict[str, list[str]]
    money: dict[str, list[str]]
    verbs: dict[str, list[str]]
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
    acts: dict[str, list[str]] = {}
    """Canonical name -> verbs that tell it only together with one of its `objects` ("opened" the video: views)."""
    objects: dict[str, list[str]] = {}
    """Canonical name -> what is counted so ("views": ["video", "page"])."""
    per: list[str] = []
    """Words between a price and what it is the price of ("per", "a")."""


class Scopes(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`platforms`: canonical platform -> its names."""

    platforms: dict[str, list[str]]
    contrasts: list[str] = []
    """Words that turn from one scope to another ("while", "whereas")."""
    within: list[str] = []
    """Prepositions before the place that a count holds for ("in", «в»)."""
    endings: list[str] = []
    """Case endings of place names («Турции»)."""


class Times(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Calendar words. `units` from second to decade; `months` 12 and `weekdays` 7 (Monday first) lists of forms."""

    order: Literal["dmy", "mdy", "ymd"]
    months: list[list[str]]
    weekdays: list[list[str]]
    units: dict[Literal["second", "minute", "hour", "day", "week", "month", "year", "decade"], list[str]]
    offsets: dict[str, int]
    """Words for whole days: "yesterday": -1, "today": 0."""
    parts: list[str]
    """Parts of a day that go with one ("morning", "night")."""
    last: list[str]
    this: list[str]
    next: list[str]
    ago: list[str]
    """Words after (or before) a duration that count it back from now."""
    ahead: list[str]
    first: list[str]
    """Openers of windows: "in the first", "within"."""
    since: list[tuple[str, str]] = []
    """[before, after] a duration counted from an event ("23 hours" after release); empty where nothing is written."""
    past: list[str]
    """Openers of periods up to now: "for the past", "over the last"."""
    early_late: list[str]
    """Words that narrow a period without changing its value ("early", "late", "earlier")."""
    prepositions: list[str]
    """Words that belong to a time expression's span when they open it ("on", "in")."""
    several: list[str]
    """Counts without a number before a unit ("several", "a few")."""
    every: dict[Literal["hour", "day", "week", "month", "year"], list[str]]
    """Rates: "daily", "every day", "per day"."""
    vague: dict[str, str]
    """Words without a date of their own: "now" = "PRESENT_REF", "recently" = "PAST_REF"."""
    ages: list[str]
    """Words that make a number of years an age ("old", "aged"); an age is no figure."""
    plurals: list[str] = []
    """Forms of `units` that mean several of them where no number stands ("years")."""
    elsewhere: list[str] = []
    """Words that count a duration from a moment the text tells, not from the published day ("earlier", "later")."""
    lasting: list[str] = []
    """Openers of such plurals ("for" years, "seit" Jahren)."""
    seasons: list[list[str]] = []
    """Spring, summer, autumn, winter."""
    centuries: list[str] = []
    later: list[str] = []
    """Words that put the days and months behind them into the future ("will", "scheduled")."""
    deadlines: list[str] = []
    """Words before a day that something is to end or begin by ("before", "until")."""
    later_endings: list[str] = []
    """Endings of verbs that put a deadline into the future (Spanish "-remos")."""
    past_endings: list[str] = []
    """Endings of past verbs, where a clause without them puts a deadline into the future (Russian "-ли")."""
    decades: list[str]
    """Letters after the digits of a decade ("1990s")."""
    clock: dict[str, int]
    """Words after an hour, with the hours they add: "am" = 0, "pm" = 12."""
    clock_before: dict[str, int] = {}
    """Words before an hour, with the hours they add («下午» = 12)."""
    oclock: list[str] = []
    """Words that make the number behind them an hour of the day ("alle", «الساعة», "saat")."""
    hour_openers: list[str] = []
    """The same where a word for hours follows ("à" 21 heures)."""
    soon: list[str] = []
    """Words before a duration that count it from now where the future is told ("in" two weeks)."""
    hours: dict[str, int] = {}
    """Hours written as words («الثالثة» = 3); they count with a word of `oclock` or `clock` beside them."""
    hour_parts: dict[str, int] = {}
    """Minutes told as a part of the hour behind it («والنصف» = 30, «إلا الربع» = -15)."""
    hour_marks: list[str] = []
    """Letters between hour and minutes ("h", «时»)."""
    minute_marks: list[str] = []
    zones: dict[str, str] = {}
    """Words behind a clock time: an offset ("+03:00"), an IANA zone ("Europe/Kyiv"), or nothing for local and zero."""
    calendars: dict[Literal["solar", "lunar"], list[list[str]]] = {}
    """The 12 months of the Solar Hijri (Persian) or the Hijri calendar; the first one given counts years unmarked."""
    eras: dict[Literal["solar", "lunar", "minguo", "before"], list[str]] = {}
    """Signs of a year's calendar: behind it («1445هـ», "44 BC") or, for minguo, before it («民國113年»)."""
    weekends: list[str] = []
    quarters: list[str] = []
    halves: list[str] = []
    ranks: dict[str, int] = {}
    """Ordinal words that tell quarters, halves, centuries and days of a month; -1 for the last."""
    day_parts: dict[Literal["MO", "MI", "AF", "EV", "NI"], list[str]] = {}
    """Parts of a day that are told without their day ("this morning", "every evening")."""
    part_days: dict[str, tuple[int, Literal["MO", "MI", "AF", "EV", "NI"]]] = {}
    """Words for a part of a day near today: "tonight" = [0, "NI"]."""
    each: list[str] = []
    """Words that make a day, a month or a part of a day come again ("every" Tuesday)."""
    shifts: dict[Literal["day", "week", "month", "quarter", "year"], dict[str, int]] = {}
    """Words for a period so many units from this one («前年» = -2 years, «торік» = -1)."""
    of: list[str] = []
    """Words between a part and what it is part of (March "of" last year)."""
    through: list[str] = []
    """Words between the two ends of a stretch of days ("5 to 9 February")."""
    day_marks: list[str] = []
    """Words behind the number of a day («日»)."""
    tails: list[str] = []
    """Words behind a period that narrow it without changing its value («底», "ortasında")."""
    digits: list[str] = []
    """Zero to nine where years are written digit by digit («二〇一四»)."""
    calendar_weeks: bool = False
    """Whether "last Friday" is the Friday of last week («上周五»)."""
    uncounted: bool = False
    """Whether a unit without a number is one of it («неделю назад»)."""


class VoiceWords(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words that carry a point of view."""

    hedge: list[str]
    loaded: list[str]
    factive: list[str]


class FigureExample(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A native example of a figure: `text` with the figure marked {f|…}."""

    text: str
    value: int | float | None = None
    """Left out for vague counts ("dozens")."""
    value_high: int | float | None = None
    unit: str | None = None
    qualifier: str = "exact"
    scope: str | None = None
    window: str | None = None
    change: bool = False


class TimeExample(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A native example of a time: `text` with the time marked {t|…}, read on the day `published`."""

    text: str
    published: str
    value: str


class Examples(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Native examples, run as tests. Attributions in `sayso.text.markup` notation (s, c, q)."""

    attributions: list[str]
    figures: list[FigureExample]
    times: list[TimeExample]
    sentences: list[list[str]]
    """Each list: sentences that, joined by one space, must be cut apart again exactly there."""


class Words(Strict, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One language pack as written in its TOML file."""

    language: Language
    quotes: Quotes
    cues: list[Cue]
    complements: Complements
    according: According
    pronouns: list[Pronoun]
    people: People
    numbers: Numbers
    qualifiers: Qualifiers
    units: Units
    scopes: Scopes
    times: Times
    voice: VoiceWords
    examples: Examples
    grammar: Grammar = Grammar()
