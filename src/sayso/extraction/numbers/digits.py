"""Digits: how runs of digits with separators are read in a language."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from typing import Final, NamedTuple

from sayso.extraction.words.numerals import GLUED, LONGEST, SPACES, Numeral, Numerals
from sayso.text.tokens import Tokens

_GROUPERS: Final = ",.'٬،’"
_DECIMALS: Final = ".,٫·"
_SIGNS: Final = frozenset(_GROUPERS + _DECIMALS)
_GROUP: Final = 3
_SPACED: Final = 4
"""Groups after a space that are tried; keeps a line of bare digits linear."""
_BYTE: Final = 255


class Digits(NamedTuple):
    """A run of digit groups: the token after it and its value (None: an identifier, a date, an address)."""

    end: int
    value: Decimal | None
    grouped: bool
    scale: Decimal = Decimal(1)
    unit: str | None = None


def read_digits(tokens: Tokens, i: int, numerals: Numerals) -> Digits:
    """Read the run of digits and separators at digit token `i`. Linear in the run's length."""
    groups, separators, end = [tokens.forms[i]], [], i + 1
    while end < len(tokens.forms):
        step = _separator(tokens, end, numerals)
        if step is None or (step[0] == " " and len(groups) > _SPACED):
            break
        separators.append(step[0])
        groups.append(tokens.forms[step[1]])
        end = step[1] + 1
    if not all(_one_script(tokens.text[tokens.starts[k] : tokens.ends[k]]) for k in range(i, end) if _digit(tokens, k)):
        return Digits(end, None, grouped=False)
    tail = _tail(tokens, end, numerals)
    if tail is not None:
        value = _value([*groups, tail[1]], [*separators, tail[0]], numerals)
        scaled = None if value is None else value * tail[2].scale
        return Digits(end + 2, scaled, bool(separators), tail[2].scale, tail[2].unit)
    value = _value(groups, separators, numerals)
    if value is None and set(separators) <= {" "}:
        return Digits(i + 1, _plain(groups[0]), grouped=False)
    return Digits(end, value, grouped=bool(separators))


def _tail(tokens: Tokens, end: int, numerals: Numerals) -> tuple[str, str, Numeral] | None:
    """(separator, digits, what is glued to them) of the ".1bn" of "2.1bn"."""
    if end + 1 >= len(tokens.forms) or tokens.forms[end] not in _SIGNS:
        return None
    if tokens.starts[end] != tokens.ends[end - 1] or tokens.starts[end + 1] != tokens.ends[end]:
        return None
    found = GLUED.fullmatch(tokens.forms[end + 1])
    numeral = numerals[tokens.forms[end + 1]] if found is not None else None
    return (tokens.forms[end], found[1], numeral) if found is not None and numeral is not None else None


def _digit(tokens: Tokens, i: int) -> bool:
    form = tokens.forms[i]
    return form.isascii() and form.isdecimal()


def _separator(tokens: Tokens, end: int, numerals: Numerals) -> tuple[str, int] | None:
    """(separator, token of the next digits) when digits go on at token `end`."""
    gap = tokens.text[tokens.ends[end - 1] : tokens.starts[end]]
    if gap:
        spaced = gap in SPACES and (numerals.spaced or gap != " ")
        group = spaced and _digit(tokens, end) and len(tokens.forms[end]) == _GROUP
        return (" ", end) if group else None
    sign = tokens.forms[end] if _one_width(tokens, end) else ""
    touching = end + 1 < len(tokens.forms) and tokens.starts[end + 1] == tokens.ends[end] and _digit(tokens, end + 1)
    return (sign, end + 1) if touching and sign in _SIGNS else None


def _one_width(tokens: Tokens, end: int) -> bool:
    """False for a wide comma between narrow digits, which lists them (「20，300」)."""
    sign, before = tokens.text[tokens.starts[end]], tokens.text[tokens.ends[end - 1] - 1]
    return unicodedata.east_asian_width(sign) != "F" or unicodedata.east_asian_width(before) == "F"


def _one_script(written: str) -> bool:
    """All digits of one script ("1٢3" is no number)."""
    return written.isascii() or len({ord(c) - int(c) for c in written if c.isdecimal()}) <= 1


def _plain(digits: str) -> Decimal | None:
    """Ungrouped digits; a leading zero or too many of them make an identifier."""
    if len(digits) > LONGEST or (digits[0] == "0" and len(digits) > 1):
        return None
    return Decimal(digits)


def _value(groups: list[str], separators: list[str], numerals: Numerals) -> Decimal | None:
    """What the groups say together; None when they are no quantity."""
    if sum(map(len, groups)) > LONGEST:
        return None
    if not separators:
        return _plain(groups[0])
    head, last = separators[:-1], separators[-1]
    if _address(groups, separators):
        return None
    if _grouped(groups) and len(set(separators)) == 1 and not _is_decimal(groups, last, numerals):
        return _joined(groups)
    if last in _DECIMALS and last not in head and len(set(head)) <= 1 and (not head or _grouped(groups[:-1])):
        return _with_decimals(groups)
    return None


def _grouped(groups: list[str]) -> bool:
    """1–3 digits, then groups of three (or Indian groups of two before the last three)."""
    first, rest = groups[0], groups[1:]
    if not 1 <= len(first) <= _GROUP or first[0] == "0" or not rest:
        return not rest and first[0] != "0"
    return len(rest[-1]) == _GROUP and (
        all(len(group) == _GROUP for group in rest) or all(len(group) == 2 for group in rest[:-1])
    )


def _is_decimal(groups: list[str], separator: str, numerals: Numerals) -> bool:
    """One separator before exactly three digits: the pack's habit decides, but nobody writes decimals as 000."""
    if len(groups) > 2 or separator not in _DECIMALS:
        return False
    if separator == "٫":
        return True
    return separator == numerals.decimal and separator not in numerals.grouping and not groups[1].endswith("00")


def _address(groups: list[str], separators: list[str]) -> bool:
    """Four numbers below 256 with dots: an IP address, unless the last reads like thousands."""
    dotted = separators == [".", ".", "."]
    return dotted and groups[-1] != "000" and all(int(group) <= _BYTE for group in groups)


def _joined(groups: list[str]) -> Decimal:
    return Decimal("".join(groups))


def _with_decimals(groups: list[str]) -> Decimal | None:
    whole = "".join(groups[:-1])
    if whole[0] == "0" and len(whole) > 1:
        return None
    return Decimal(f"{whole}.{groups[-1]}")
