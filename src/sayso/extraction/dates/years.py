"""Years: the rules that read years and decades, and the year behind another expression."""

from __future__ import annotations

from typing import Final

from sayso.extraction.dates.moments import Found, Moment
from sayso.extraction.numbers.read import number_at

_YEARS: Final = (1500, 2100)
_CENTURY: Final = (1900, 2050)
_STOPS: Final = frozenset(".,:")
_GLUE: Final = frozenset(".,:/'$€£#№")
_DASHES: Final = frozenset("-–—/")
_APOSTROPHES: Final = frozenset("'’")
_FOUR: Final = 4


def year_after(moment: Moment, end: int) -> tuple[int, int | None]:
    """(end, year) when a year follows, after a word like "de" or a comma (not where years stand before months)."""
    at = end
    if moment.form(at) == "," and not moment.words.tails:
        at += 1
    else:
        of = moment.after(at, moment.words.of)
        at = of or moment.after(at, moment.view.lexicon.of) or at
    unit = moment.at(at, moment.view.lexicon.units)
    if unit is not None and unit[1] == "year":
        at = unit[0]
    year = four_digits(moment, at)
    if year is None or moment.view.tokens.breaks[at]:
        return end, None
    return _year_word_after(moment, at + 1), year


def _year_word_after(moment: Moment, end: int) -> int:
    """Token after the word "year" at token `end`, or `end`."""
    unit = moment.at(end, moment.view.lexicon.units)
    return unit[0] if unit is not None and unit[1] == "year" and not moment.view.tokens.breaks[end] else end


def four_digits(moment: Moment, i: int) -> int | None:
    """A year in four plain digits ("2024", "2019/20")."""
    form = moment.form(i)
    if len(form) != _FOUR or not form.isdecimal() or not form.isascii() or not _YEARS[0] <= int(form) < _YEARS[1]:
        return None
    view = moment.view
    before = view.adjacent(i) and moment.form(i - 1) in _GLUE
    inside = before and (moment.form(i - 1) not in _STOPS or (moment.form(i - 2).isdecimal() and view.adjacent(i - 1)))
    digits = moment.form(i + 2) if view.adjacent(i + 1) and view.adjacent(i + 2) else ""
    goes_on = moment.form(i + 1) in _GLUE and digits.isdecimal() and not _next_year(moment, i)
    return None if inside or goes_on else int(form)


def _next_year(moment: Moment, i: int) -> bool:
    """ "2019/20": a slash and the last two digits of the year after."""
    digits = moment.form(i + 2)
    return moment.form(i + 1) == "/" and len(digits) == 2 and int(digits) == (int(moment.form(i)) + 1) % 100


def second_year(moment: Moment, i: int) -> Found | None:
    """The "58" of "1957-58", right behind a year that was read."""
    form, view = moment.form(i), moment.view
    if len(form) != 2 or not form.isdecimal() or moment.form(i - 1) not in _DASHES or moment.done != i - 1:
        return None
    first = moment.form(i - 2)
    if not (view.adjacent(i) and view.adjacent(i - 1)) or len(first) != _FOUR or not first.isdecimal():
        return None
    closed = not (view.adjacent(i + 1) and moment.form(i + 1) in _DASHES)
    return Found(i, i + 1, first[:2] + form) if closed and form > first[2:] else None


def year(moment: Moment, i: int) -> Found | None:
    """In 2024, «عام 2014», «в 2014 году»; not "2000 people" and not "more than 2000"."""
    value, view = four_digits(moment, i), moment.view
    if value is None or moment.before(i, view.lexicon.qualifiers) is not None:
        return None
    unit = moment.at(i + 1, view.lexicon.units)
    before = [start for start in (i - 1, i - 2) if start >= moment.done and _year_word(moment, start, i)]
    if before and value % 10 == 0 and moment.form(before[-1]) in view.lexicon.plurals:
        return Found(moment.opened(before[-1]), i + 1, f"{value // 10:03d}")
    of_decade = _unit_before(moment, i, "decade")
    if of_decade is not None and value % 10 == 0:
        return Found(moment.opened(of_decade), i + 1, f"{value // 10:03d}")
    marked = (unit is not None and unit[1] == "year") or bool(before)
    first = before[-1] if before else i
    if not marked and not _CENTURY[0] <= value < _CENTURY[1] and moment.opened(i) == i:
        return None
    if not marked and (_counts(moment, i + 1) or (view.lexicon.money.at(view.tokens, i - 1) is not None and i > 0)):
        return None
    end = moment.suffixed(_year_word_after(moment, i + 1))
    return Found(moment.opened(first), moment.closed(end), f"{value:04d}")


def _year_word(moment: Moment, start: int, end: int) -> bool:
    found = moment.view.lexicon.units.at(moment.view.tokens, start)
    return found is not None and found == (end, "year")


def _unit_before(moment: Moment, i: int, unit: str) -> int | None:
    """Start of the word for `unit` that ends at token `i`."""
    if i <= moment.done or moment.view.tokens.breaks[i]:
        return None
    return i - 1 if moment.view.lexicon.units.at(moment.view.tokens, i - 1) == (i, unit) else None


def _counts(moment: Moment, i: int) -> bool:
    """Whether the word after four digits is something counted, a scale or a unit."""
    view = moment.view
    if i >= len(view.tokens) or view.tokens.breaks[i]:
        return False
    lexicon = view.lexicon
    listed = (lexicon.things, lexicon.money, lexicon.units, lexicon.numerals.phrases)
    return any(phrases.at(view.tokens, i) is not None for phrases in listed)


def written_year(moment: Moment, i: int) -> Found | None:
    """«二〇一四年»: a year whose four digits are words, with the word "year" behind it."""
    digits = "".join(moment.words.digits.get(moment.form(at), " ") for at in range(i, i + _FOUR))
    end = _year_word_after(moment, i + _FOUR)
    if len(digits) != _FOUR or " " in digits or end == i + _FOUR or not _YEARS[0] <= int(digits) < _YEARS[1]:
        return None
    return Found(moment.opened(i), moment.closed(end), digits)


def decade(moment: Moment, i: int) -> Found | None:
    """1990s, 90er, 90-х; "años 90", "anni Novanta" are read at the word for years."""
    form = moment.form(i)
    digits, rest, end = form[:4], form[4:], i + 1
    if not (digits.isdecimal() and len(digits) == _FOUR):
        digits, rest = form[:2], form[2:]
    if not digits.isdecimal() or not digits.isascii() or digits[-1] != "0" or len(digits) not in (2, _FOUR):
        return None
    if not rest and moment.form(end) in "-'’" and moment.view.adjacent(end) and moment.view.adjacent(end + 1):
        rest, end = moment.form(end + 1), end + 2
    named = moment.after(end, moment.words.decades) if not rest else None
    if named is None and (not rest or rest not in moment.view.lexicon.decades):
        return None
    end = _year_word_after(moment, named or end)
    first = i - 1 if moment.form(i - 1) in _APOSTROPHES and moment.view.adjacent(i) and i > moment.done else i
    if len(digits) == _FOUR:
        return Found(moment.opened(first), end, digits[:3])
    return Found(moment.opened(first), end, f"19{digits[0]}", f"XX{digits[0]}")


def years_of(moment: Moment, i: int) -> Found | None:
    """ "años 90", "anni Novanta", "années quatre-vingt-dix": the word for years before a decade's number."""
    lexicon, end = moment.view.lexicon, i + 1
    if moment.form(i) not in lexicon.plurals or moment.view.lexicon.units.at(moment.view.tokens, i) != (end, "year"):
        return None
    end += moment.form(end) in _APOSTROPHES
    if end >= len(moment.view.tokens) or moment.view.tokens.breaks[end]:
        return None
    number = number_at(moment.view, end)
    if number is None or number.value is None or number.unit is not None or number.value not in _DECADES:
        return None
    digit = str(int(number.value) // 10)
    return Found(moment.opened(i), number.end, f"19{digit}", f"XX{digit}")


_DECADES: Final = frozenset(range(20, 100, 10))
