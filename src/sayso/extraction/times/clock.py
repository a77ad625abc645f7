"""Clock: the rule that reads times of the day, and their zones."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from sayso.extraction.dates.moments import Found, Moment
from sayso.extraction.numbers.fractions import part_of
from sayso.extraction.numbers.read import number_at
from sayso.extraction.numbers.units import unit_at_end

_GLUED: Final = re.compile(r"(\d{1,2})([^\W\d_]+)(\d{2})?")
_COMMAS: Final = frozenset(",،")
_CLOSING: Final = frozenset('.,،;؛:!?؟)"»”')
_NOON: Final = 12


class _Read(NamedTuple):
    """Hour and minutes up to token `end`; `sure`: whether they can be nothing but a time of the day."""

    end: int
    hour: int
    minutes: int
    sure: bool


def clock_time(moment: Moment, i: int) -> Found | None:
    """15:30, 8 p.m., 18h30, "um 20.30 Uhr", «الساعة الثالثة عصرا», «下午3时», half past three, 18:00 Moscow time."""
    start, part = _part_before(moment, i)
    opener = moment.at(start, moment.words.oclock)
    at = opener[0] if opener is not None else start
    words = moment.words
    before = moment.before(i, words.oclock), moment.before(i, words.zones)
    opened = opener is not None or before != (None, None)
    led = _led(moment, at, opened or part is not None)
    read = led or _read(moment, at, opened or part is not None)
    if read is None:
        return None
    said = moment.at(read.end, moment.view.lexicon.clock) or (moment.at(read.end, words.led_clock) if led else None)
    if said is not None and _spelled_on(moment, at, read.end) and not opened and part is None:
        said = None
    if said is not None and not read.sure and not opened and _counted(moment, i, read.end, said[0]):
        said = None
    end, zone = _zone(moment, said[0] if said is not None else read.end)
    alone = opened and (part is not None or zone is not None or _stands_alone(moment, end))
    if not (read.sure or said is not None or alone):
        return None
    add = max(part or 0, said[1] if said is not None else 0)
    hour = read.hour % _NOON + _NOON if add == _NOON and read.hour <= _NOON else read.hour
    return _found(moment, i, end, f"T{hour:02d}:{read.minutes:02d}", zone) if hour <= 24 else None


def _stands_alone(moment: Moment, end: int) -> bool:
    """Whether nothing behind a bare hour may be what it counts: a stop, a comma, a preposition or another time."""
    tokens = moment.view.tokens
    if end >= len(tokens) or tokens.breaks[end] or moment.form(end) in _CLOSING:
        return True
    lexicon = moment.view.lexicon
    near = (lexicon.weekdays, lexicon.offsets, lexicon.prepositions, lexicon.parts)
    return any(moment.form(end) in phrases.starts() for phrases in near)


def _part_before(moment: Moment, i: int) -> tuple[int, int | None]:
    """(token after, hours added) of a part of the day before the hour («下午3时»)."""
    part = moment.at(i, moment.words.clock_before)
    return part if part is not None else (i, None)


def _counted(moment: Moment, i: int, end: int, said: int) -> bool:
    """Whether the word behind a bare hour rather counts hours ("3 heures"); a longer phrase wins («7 часов вечера»)."""
    unit = moment.at(end, moment.view.lexicon.units)
    if unit is None or said > unit[0]:
        return False
    of = moment.after(said, moment.view.lexicon.of) is not None
    return of or moment.before(i, moment.words.hour_openers) is None


def _spelled_on(moment: Moment, i: int, end: int) -> bool:
    """Whether the hour is a word that the word behind it touches: «三点» may be three points."""
    return not moment.form(i)[:1].isdecimal() and moment.view.adjacent(end)


def _led(moment: Moment, i: int, opened: bool) -> _Read | None:
    """ "half past three", "Viertel vor 10": minutes before their hour; "a quarter to three investors" is none, nor is
    "sold a quarter to three.", a share before its receivers."""
    lead = moment.at(i, moment.words.hour_leads)
    if lead is None:
        return None
    form = moment.form(lead[0])
    digits = form.isdecimal() and len(form) <= 2 and moment.form(lead[0] + 1) not in (":", ".")
    spelled = (lead[0] + 1, int(form)) if digits else moment.at(lead[0], moment.words.led_hours)
    if spelled is None or not 0 < spelled[1] <= 24:
        return None
    end = spelled[0]
    opened = (opened or moment.before(i, moment.words.lead_openers) is not None) and not _counts(moment, lead[0], end)
    alone = _stands_alone(moment, end) and (lead[1] > 0 or not _share(moment, i))
    sure = opened or alone or _zone(moment, end)[1] is not None or _part_behind(moment, end)
    return _Read(end, spelled[1] - (lead[1] < 0), lead[1] % 60, sure)


def _share(moment: Moment, i: int) -> bool:
    """Whether a part of a whole may begin at token `i` ("a quarter")."""
    lexicon = moment.view.lexicon
    return moment.at(i, lexicon.halves) is not None or part_of(lexicon, moment.form(i)) is not None


def _counts(moment: Moment, i: int, end: int) -> bool:
    """Whether the number at token `i` goes on behind token `end`, or a unit follows ("by a quarter to 10 percent")."""
    number = number_at(moment.view, i)
    return (number is not None and number.end != end) or unit_at_end(moment.view, end) is not None


def _part_behind(moment: Moment, end: int) -> bool:
    """Whether a part of the day stands behind the hour, a word like "this" before it or not."""
    at = moment.after(end, moment.view.lexicon.this) or end
    return moment.at(at, moment.words.day_parts) is not None or moment.at(end, moment.words.part_days) is not None


def _read(moment: Moment, i: int, opened: bool) -> _Read | None:
    """Hour and minutes at token `i`."""
    form = moment.form(i)
    if not form or (moment.form(i - 1) in ":." and moment.view.adjacent(i) and moment.form(i - 2).isdecimal()):
        return None
    if form.isdecimal() and len(form) > 2:
        return None
    if form.isdecimal():
        return _digits(moment, i, opened)
    spelled = moment.at(i, moment.words.hours)
    if spelled is not None:
        return _parted(moment, i, spelled, opened)
    glued = _GLUED.fullmatch(form) if form[0].isdecimal() else None
    if glued is None:
        return None
    hour, letters, minutes = glued[1], glued[2], glued[3]
    if letters in moment.words.clock and minutes is None:
        return _after_noon(_checked(i + 1, hour, "0", sure=True), moment.words.clock[letters])
    if letters in moment.words.hour_marks:
        opened = moment.before(i, moment.words.hour_openers) is not None
        return _checked(i + 1, hour, minutes or "0", sure=minutes is not None or opened)
    return None


def _parted(moment: Moment, i: int, hour: tuple[int, int], opened: bool) -> _Read:
    """The hour with the minutes told behind it, a word for hours between them or not («下午三点半», "à trois heures et
    demie"): without an opener the latter may be a duration."""
    at = hour[0] + (moment.form(hour[0]) in moment.words.hour_marks)
    part = moment.at(at, moment.words.hour_parts)
    if part is None:
        return _Read(hour[0], hour[1], 0, sure=False)
    counted = moment.at(part[0], moment.view.lexicon.units) is not None
    marked = at > hour[0] and moment.before(i, moment.words.hour_openers) is not None
    sure = marked or (opened and (at > hour[0] or not counted))
    return _Read(part[0], hour[1] - (part[1] < 0), part[1] % 60, sure)


def _after_noon(read: _Read | None, add: int) -> _Read | None:
    """The hour of "9pm"."""
    return read._replace(hour=read.hour % _NOON + add) if read is not None and add == _NOON else read


def _digits(moment: Moment, i: int, opened: bool) -> _Read | None:
    """15:30, 20.30 where a clock is meant, 18 h 30, 18时30分, 18."""
    hour, sign, minutes = moment.form(i), moment.form(i + 1), moment.form(i + 2)
    two = minutes.isdecimal() and len(minutes) == 2 and moment.view.adjacent(i + 1) and moment.view.adjacent(i + 2)
    if two and sign == ":":
        return _seconds(moment, i, _checked(i + 3, hour, minutes, sure=True))
    if two and sign == "." and not (moment.form(i + 3) == "." and moment.form(i + 4).isdecimal()):
        dotted = opened or moment.at(i + 3, moment.view.lexicon.clock) or _zone(moment, i + 3)[1] is not None
        return _checked(i + 3, hour, minutes, sure=True) if dotted else None
    if sign in moment.words.hour_marks and minutes.isdecimal() and len(minutes) <= 2:
        end = moment.after(i + 3, moment.words.minute_marks)
        if end is not None or len(minutes) == 2:
            return _checked(end or i + 3, hour, minutes, sure=True)
    if sign in moment.words.hour_marks and int(hour) <= 24 and moment.at(i + 2, moment.words.hour_parts):
        read = _parted(moment, i, (i + 1, int(hour)), opened or moment.view.adjacent(i + 2))
        return read if read.sure else None
    return _checked(i + 1, hour, "0", sure=False)


def _seconds(moment: Moment, i: int, read: _Read | None) -> _Read | None:
    """`read` with seconds passed over; None where the chain goes on."""
    if read is None or moment.form(read.end) != ":" or not moment.view.adjacent(read.end):
        return read
    seconds, chained = moment.form(i + 4), moment.form(i + 5) == ":" and moment.view.adjacent(i + 5)
    return read._replace(end=i + 5) if seconds.isdecimal() and len(seconds) == 2 and not chained else None


def _checked(end: int, hour: str, minutes: str, sure: bool) -> _Read | None:
    return _Read(end, int(hour), int(minutes), sure) if int(hour) <= 24 and int(minutes) < 60 else None


def _zone(moment: Moment, end: int) -> tuple[int, str | None]:
    """(end, zone) of a zone at token `end`, a comma and a case ending before it allowed."""
    end = moment.suffixed(end)
    at = end + 1 if moment.form(end) in _COMMAS else end
    zone = (
        moment.at(at, moment.words.zones)
        if at < len(moment.view.tokens) and not moment.view.tokens.breaks[at]
        else None
    )
    return zone if zone is not None else (end, None)


def _found(moment: Moment, i: int, end: int, clock: str, zone: str | None) -> Found:
    open_ = clock + (f"[{zone}]" if zone else "")
    before = moment.before(i, moment.words.oclock) or moment.before(i, moment.words.hour_openers)
    zoned = moment.before(i if before is None else before, moment.words.zones) if zone is None else None
    first = moment.opened(i if before is None else before)
    if zoned is not None:
        named = moment.at(zoned, moment.words.zones)
        open_ = clock + (f"[{named[1]}]" if named is not None and named[1] else "")
        first = moment.opened(zoned)
    value = at_hour(moment.today, open_) if moment.today else open_.split("[")[0]
    return Found(first, end, value, open_)


def at_hour(day: date, clock: str) -> str:
    """ "2024-02-09T18:00+03:00" of a day and "T18:00[Europe/Moscow]" or "T18:00[+03:00]"."""
    hour, _, zone = clock.rstrip("]").partition("[")
    if "/" in zone:
        zone = _offset(day, hour, zone)
    return f"{day.isoformat()}{hour}{zone}"


def _offset(day: date, hour: str, zone: str) -> str:
    """The offset that an IANA zone has on that day ("+02:00")."""
    moment = datetime.combine(day, time(int(hour[1:3]) % 24, int(hour[4:6])), ZoneInfo(zone))
    return moment.isoformat()[-6:]


def race_time(moment: Moment, i: int) -> Found | None:
    """ "in 3:07:35": hours, minutes and seconds that something took; a clock writes two digits of hours."""
    if moment.form(i + 1) != ":":
        return None
    forms = [moment.form(k) for k in range(i, i + 5)]
    if len(forms[0]) != 1 or forms[1] != ":" or forms[3] != ":" or not all(f.isdecimal() for f in forms[0::2]):
        return None
    touching = all(moment.view.adjacent(k) for k in range(i + 1, i + 5))
    if not touching or len(forms[2]) != 2 or len(forms[4]) != 2 or moment.form(i + 5) == ":":
        return None
    minutes, seconds = int(forms[2]), int(forms[4])
    return Found(i, i + 5, f"PT{forms[0]}H{minutes}M{seconds}S") if max(minutes, seconds) < 60 else None
