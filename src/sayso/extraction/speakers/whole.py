"""Whole: a source as it names someone: whole words and names, without what stands around a name in its clause."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from sayso.extraction.nouns import Attribution, Spans
from sayso.extraction.people.english import spaced, words_of
from sayso.extraction.people.known import known
from sayso.extraction.people.names import Names, is_name_word, token_range
from sayso.extraction.people.persons import named_person
from sayso.extraction.people.talk import Talk
from sayso.extraction.words.vocabulary import Vocabulary
from sayso.languages.gazetteer import by_name
from sayso.languages.glossary import Glossary, heads

_STOPS = frozenset(".!?؟。！？।")
_MARKS = frozenset(',،;؛:：()（）[]"“”«»„‟「」『』《》-–—/|')
_JOINED = 3
"""Parts of a source with at most so many words between them, and no mark, are one phrase."""
_AHEAD = 4
"""Words that a name may have behind the end of a source."""

Range = tuple[int, int]


def whole(found: Names, one: Attribution) -> Spans:
    """The source's parts as spans of whole words; nothing where no part of it can name anybody.

    Parts in another sentence fall away; parts that only a few words separate are joined; prepositions before a part
    fall away; a name that goes on behind the source's end is taken whole.
    """
    taken = [token_range(found.tokens, span) for span in (*one.cue, *one.content)]
    parts: list[Range] = []
    for span in one.source:
        first, last = token_range(found.tokens, span)
        if first >= last:
            continue
        if parts and not _STOPS.isdisjoint(found.tokens.forms[parts[-1][1] : first]):
            break
        if parts and _are_near(found, parts[-1][1], first, taken):
            parts[-1] = parts[-1][0], last
        else:
            parts.append((first, last))
    trimmed = (_trimmed(found, *part) for part in parts if not _is_empty(found, *part))
    return tuple(found.tokens.span(*_with_name(found, *part, taken)) for part in trimmed)


def _are_near(found: Names, end: int, first: int, taken: list[Range]) -> bool:
    """Whether a few words and no mark, of neither cue nor content, stand between two parts."""
    if not 0 < first - end <= _JOINED:
        return False
    between = found.tokens.forms[end:first]
    if not (_MARKS.isdisjoint(between) and found.words.prepositions.isdisjoint(between)):
        return False
    return not any(a < first and end < b for a, b in taken)


def _is_empty(found: Names, first: int, last: int) -> bool:
    """Only words that no noun phrase is made of: adverbs, conjunctions, pronouns as objects."""
    words, table = found.words, words_of(found)
    idle = table.idle if table is not None else frozenset[str]()
    if table is not None and last - first == 1 and _is_compared(found, table, first):
        return True
    return all(
        form in idle or (form in words.idle and form not in words.pronouns) for form in found.tokens.forms[first:last]
    )


def _is_compared(found: Names, table: Glossary, i: int) -> bool:
    """One word that letters for "as" open («كفنانة»)."""
    form = found.tokens.forms[i]
    rests = [form[len(letters) :] for letters in table.likening if form.startswith(letters)]
    nouns = _nouns(found.words)
    return any(rest in nouns or table.at([rest], 0, 1) is not None for rest in rests) and form not in nouns


@cache
def _nouns(words: Vocabulary) -> frozenset[str]:
    """Words that name persons and bodies, also without their first letters where those are an article's."""
    return words.nominal | {noun[len(d) :] for noun in words.nominal for d in words.definite}


def _trimmed(found: Names, first: int, last: int) -> Range:
    """The phrase without prepositions before it («в МЧС»), nor those to whom it is said («Громова журналистам»)."""
    words, tokens = found.words, found.tokens
    start = first
    while start + 1 < last and tokens.forms[start] in words.lone_prepositions:
        if tokens.forms[start] in words.particles and not tokens.word(start).islower():
            break
        start += 1
    while last - 1 > start and tokens.forms[last - 1] in words.addressees:
        last -= 1
    return start, last if spaced(found) else _without_cue(found, start, last)


def _without_cue(found: Names, first: int, last: int) -> int:
    """The end of a phrase without the verb of saying that closes it, where no space parts them («徐家金介绍»)."""
    for i in range(max(first + 2, last - _AHEAD), last - 1):
        match = found.words.hints.at(found.tokens, i)
        if match is not None and match[0] == last and match[1].cue is not None and match[1].cue.kind != "noun":
            return i
    return last


def _with_name(found: Names, first: int, last: int, taken: list[Range]) -> Range:
    """The phrase up to the end of a name that begins in it, or right behind it."""
    end = max(_names_beyond(found, first, last), default=last)
    return (first, last) if any(a < end and last < b for a, b in taken) else (first, end)


def _names_beyond(found: Names, first: int, last: int) -> Iterator[int]:
    """Ends of names behind `last`."""
    tokens = found.tokens
    limit = next(
        (
            i
            for i in range(last, min(len(tokens.forms), last + _AHEAD))
            if tokens.breaks[i] or tokens.forms[i] in _MARKS
        ),
        min(len(tokens.forms), last + _AHEAD),
    )
    if limit > last and not found.words.capital_nouns:
        yield from (high for low, high in found.runs_between(first, last) if low < last < high <= limit)
    for end in range(limit, last, -1):
        for start in range(max(first, end - _AHEAD), last):
            if start + 1 < end and by_name(found.text(start, end)) is not None:
                yield end
                return
    yield from _name_right_behind(found, last, limit)


def _name_right_behind(found: Names, last: int, limit: int) -> Iterator[int]:
    """The end of a person's name behind a role or an adjective that it was cut from."""
    forms, words = found.tokens.forms, found.words
    if limit - last < 2 or not (forms[last - 1] in words.nominal or words.is_definite(forms[last - 1])):
        return
    yield from (high for low, high in found.runs_between(last, limit) if low == last)
    for end in range(limit, last + 1, -1):
        entry = known(found, found.text(last, end))
        if entry is not None and entry.kind == "person":
            yield end
            return


def speaking(found: Names, one: Attribution, talk: Talk) -> Spans:
    """The parts of a source that may name who speaks: those behind the agency that was told («сообщили ТАСС в МЧС»)
    where cases do without a preposition; the first alone where it tells a body, a crowd or a document."""
    spans = one.source
    if len(spans) < 2:
        return spans
    first, last = token_range(found.tokens, spans[0])
    entry = known(found, found.text(first, last))
    if entry is not None and entry.kind == "body":
        return spans[1:] if entry.name in talk.outlets and _is_told(found, one) else spans[:1]
    if last - first == 1 and is_name_word(found, first) and named_person(found, spans[0]) is None:
        second = token_range(found.tokens, spans[1])
        return spans[1:] if _tells_no_person(found, *second) and _is_told(found, one) else spans
    return spans[:1] if _tells_no_person(found, first, last) else spans


def _is_told(found: Names, one: Attribution) -> bool:
    """Whether the first part is told what the second says: a preposition alone leads from it to that one."""
    one_end, other = one.source[0].end, one.source[1].start
    if not found.words.name_endings or any(one_end <= cue.start < other for cue in one.cue):
        return False
    first = token_range(found.tokens, one.source[1])[0]
    return first > 0 and found.tokens.forms[first - 1] in found.words.within


def _tells_no_person(found: Names, first: int, last: int) -> bool:
    table = words_of(found)
    matches = (table.at(found.tokens.forms, i, last) for i in range(first, last)) if table is not None else ()
    gloss = next((match[1] for match in matches if match is not None and match[1].kind != "modifiers"), None)
    return (
        gloss is not None
        and gloss.english not in heads("persons")
        and found.words.posts.isdisjoint(found.tokens.forms[first:last])
    )
