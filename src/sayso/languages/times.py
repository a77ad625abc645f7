"""Times: the table of a pack that tells days, hours and periods, and how far they are from today."""

from __future__ import annotations

from typing import Literal

import msgspec


class Times(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
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
    during: list[str] = []
    """Words before a duration that make it the window of what is counted beside it ("over", "within")."""
    during_after: list[str] = []
    """The same behind it (Turkish "içinde")."""
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
    hour_leads: dict[str, int] = {}
    """Minutes told before the hour they are added to ("half past" = 30, German "halb" = -30)."""
    led_hours: dict[str, int] = {}
    """Hours as they are written behind such minutes only (Russian "восьмого" = 8)."""
    lead_openers: list[str] = []
    """Words before such minutes that tell a time of the day ("at" half past three)."""
    hour_marks: list[str] = []
    """Letters between hour and minutes ("h", «时»)."""
    minute_marks: list[str] = []
    zones: dict[str, str] = {}
    """Words behind a clock time: an offset ("+03:00"), an IANA zone ("Europe/Kyiv"), or nothing for local and zero."""
    calendars: dict[Literal["solar", "lunar"], list[list[str]]] = {}
    """The 12 months of the Solar Hijri (Persian) or the Hijri calendar; the first one given counts years unmarked."""
    eras: dict[Literal["solar", "lunar", "minguo", "before", "common"], list[str]] = {}
    """Signs of a year's calendar: behind it («1445هـ», "44 BC") or, for minguo, before it («民國113年»); common years
    are signed where others are usual («2024م»)."""
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
