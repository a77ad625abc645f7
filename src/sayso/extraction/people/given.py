"""Given: names of people in scripts without capitals, found by given names and families that are known."""

from __future__ import annotations

from sayso.extraction.people.names import Names
from sayso.languages.arabic import parts
from sayso.languages.people import Known, People, people

_LONGEST = 6


def name_at(found: Names, i: int, stop: int) -> int | None:
    """The end of the name that a known given name opens at token `i`, at least two words; None where none does.

    One character alone opens none: it is part of a common word more often (安全).
    """
    table = people(found.words.words.language.code)
    tokens = found.tokens
    opening = table.first(tokens.word(i)) if table is not None else None
    if table is None or opening is None or not _opens(opening) or len(tokens.word(i)) == 1:
        return None
    end, open_part, strange = i + 1, False, 0
    while end < min(stop, i + _LONGEST) and not tokens.breaks[end]:
        step = _step(found, table, opening, end, open_part, strange == 0)
        if step is None or (end - i >= 2 and not open_part and _is_title(found, table, end)):
            break
        strange += (
            not open_part and not table.knows(tokens.word(end)) and not found.words.is_definite(tokens.forms[end])
        )
        open_part = step
        end += 1
    return end if end - i >= 2 and not open_part else None


def _is_title(found: Names, table: People, i: int) -> bool:
    """A title that is a name too, with no name behind it («فيصل بن خالد أمير منطقة عسير»)."""
    tokens = found.tokens
    behind = i + 1 < len(tokens.forms) and not tokens.breaks[i + 1] and tokens.word(i + 1)[:1].isalpha()
    forms = {tokens.forms[i], *(article + tokens.forms[i] for article in found.words.definite)}
    return behind and not forms.isdisjoint(found.words.nominal) and not table.knows(tokens.word(i + 1))


def _opens(known: Known) -> bool:
    """Given names, and parts that begin a name («عبد», «أبو»)."""
    return known.gender is not None or (known.latin[0].isupper() and known.latin not in ("Al", "Allah"))


def _step(found: Names, table: People, opening: Known, i: int, open_part: bool, new: bool) -> bool | None:
    """Whether the word at `i` goes on with the name: None where not, True for a part that another must follow.

    A `new` word may be unknown.
    """
    words, form, word = found.words, found.tokens.forms[i], found.tokens.word(i)
    if not word[:1].isalpha():
        return None
    if open_part:
        return False
    known = table.first(word)
    if known is not None and (known.group == "western") == (opening.group == "western"):
        return known.group == "native" and known.gender is None and word not in parts()["joined"]
    if form in words.nominal or form in words.closed or form in words.verb_starts:
        return None
    if table.last(word) is not None or _ends_as_family(table, form):
        return False
    if words.is_definite(form):
        return False if form.startswith(parts()["article"]) and opening.group != "western" else None
    return False if new and (opening.group == "western" or not words.definite) else None


def _ends_as_family(table: People, form: str) -> bool:
    return any(len(suffix) > 1 and len(form) > len(suffix) + 1 and form.endswith(suffix) for suffix in table.suffixes)


def learn_given(found: Names) -> None:
    """Learn all full names of a text that given names open; they are its runs of words."""
    table = people(found.words.words.language.code)
    if table is None or found.words.has_case:
        return
    forms, after = found.tokens.forms, 0
    for i, form in enumerate(forms):
        end = name_at(found, i, len(forms)) if i >= after and form in table.given else None
        if end is not None:
            found.learn(i, end)
            found.runs.append((i, end))
            after = end


def chinese_name(text: str, before: tuple[str, ...]) -> str | None:
    """The name that closes a Chinese source: behind a role word, or alone; or one written with a dot."""
    table = people("zh")
    text = text.strip("“”\"'《》「」 ")
    if table is None or not text:
        return None
    role = max((text.rfind(word) + len(word) for word in before if word in text), default=0)
    rest = text[role:].lstrip("、:： ")
    if any(dot in rest for dot in "·・‧"):
        return rest
    family = rest[:2] if table.last(rest[:2]) is not None and len(rest) > 2 else rest[:1]
    is_family = table.last(family) is not None or family in table.characters
    return rest if len(family) < len(rest) <= len(family) + 2 and is_family else None
