"""Edged: sources and contents between the right words: what belongs to neither falls away, what was cut is whole."""

from __future__ import annotations

from dataclasses import replace

from sayso.extraction.cues.scene import Scene
from sayso.extraction.nouns import Attribution
from sayso.extraction.people.names import token_range
from sayso.text.span import Span

_APOSTROPHES = frozenset("'’")


def edged(laid: Scene, one: Attribution) -> Attribution:
    """The same attribution: no source that is a verb, an object or a matter; no words told in two paragraphs."""
    kept = [span for span in one.source if not _is_no_subject(laid, one, *token_range(laid.tokens, span))]
    kept = [span for span in kept if not _is_article(laid, span)] or kept
    content = one.content
    if not kept and len(one.source) == 1 and _is_described(laid, one, *token_range(laid.tokens, one.source[0])):
        content = (Span(one.source[0].start, content[0].end), *content[1:])
    source = tuple([_from_word(laid, _trimmed(laid, span)) for span in kept])
    told = tuple([_from_word(laid, _in_paragraph(laid, one, span)) for span in content])
    return one if source == one.source and told == one.content else replace(one, source=source, content=told)


def _is_no_subject(laid: Scene, one: Attribution, first: int, last: int) -> bool:
    verb = first < last and _is_verb(laid, first, last)
    return verb or _is_matter(laid, one, first, last) or _is_described(laid, one, first, last)


def _is_article(laid: Scene, span: Span) -> bool:
    """An article alone, left of a phrase between the subject and its verb ("in *the* film *Holt* said")."""
    return all(laid.tokens.forms[i] in laid.words.articles for i in range(*token_range(laid.tokens, span)))


def _is_verb(laid: Scene, first: int, last: int) -> bool:
    """A verb with its object in one word, also behind the pronoun whose clause it makes («كل من يشاهدها»)."""
    words, forms = laid.words, laid.tokens.forms
    relative = next((i for i in range(first, min(first + 2, last)) if forms[i] in words.relatives), None)
    at = first if relative is None else relative + 1
    return at < last and words.is_verb_with_object(forms[at]) and (relative is not None or at == last - 1)


def _is_matter(laid: Scene, one: Attribution, first: int, last: int) -> bool:
    """Before a verb, what it speaks of («Del general dijo que …»), told from a name by its small letter."""
    words, forms = laid.words, laid.tokens.forms
    if not one.cue or first >= last or forms[first] not in words.matters:
        return False
    noun = next((i for i in range(first + 1, last) if forms[i] not in words.articles), last)
    return laid.tokens.ends[last - 1] <= one.cue[0].start and noun < last and laid.tokens.word(noun)[0].islower()


def _is_described(laid: Scene, one: Attribution, first: int, last: int) -> bool:
    """Between a verb of describing and the clause that says as what: the verb's object («وصف الأمر بأنه هراء»)."""
    if not one.cue or not one.content or not laid.words.describing:
        return False
    verb = token_range(laid.tokens, one.cue[-1])[1] - 1
    said = token_range(laid.tokens, one.content[0])[0]
    described = laid.tokens.forms[verb] in laid.words.describing and verb + 1 == first and last == said
    return described and laid.words.complements.at(laid.tokens, said) is not None


def _trimmed(laid: Scene, span: Span) -> Span:
    """Without a day before the subject («в пятницу представитель»), or a verb's small words behind it («الوزير قد»)."""
    words, forms = laid.words, laid.tokens.forms
    low, high = first, last = token_range(laid.tokens, span)
    dated = first > 0 and forms[first - 1] in words.prepositions and laid.tokens.word(first).islower()
    while last - first > 1 and (forms[first] in words.coordinators or (dated and forms[first] in words.calendar)):
        first += 1
    loose = not words.names_capital and words.linking.isdisjoint(forms[first:last])
    while (
        loose and last - first > 1 and forms[last - 1] in words.adverbs and not laid.tokens.word(last - 1)[0].isupper()
    ):
        last -= 1
    first = _behind_object(laid, first, last)
    start = span.start if first == low else laid.tokens.starts[first]
    return Span(start, span.end if last == high else laid.tokens.ends[last - 1])


def _behind_object(laid: Scene, first: int, last: int) -> int:
    """Where cases tell: the role that an object stands before («Карлсона президент назвал …»)."""
    words, tokens = laid.words, laid.tokens
    if last - first < 2 or not words.name_endings or tokens.forms[last - 1] not in words.roles:
        return first
    name = tokens.word(last - 2)
    inflected = name[0].isupper() and tokens.forms[last - 2].endswith(words.name_endings)
    return last - 1 if inflected and tokens.word(last - 1)[0].islower() else first


def _in_paragraph(laid: Scene, one: Attribution, span: Span) -> Span:
    """Words that no quotation mark opens end with their paragraph: the part on the cue's side stands."""
    first, last = token_range(laid.tokens, span)
    cuts = [i for i in range(first + 1, last) if laid.tokens.breaks[i] and laid.inside[i] < 0]
    if not cuts or laid.tokens.forms[first] in laid.words.openings:
        return span
    ahead = not one.cue or one.cue[0].start < span.end
    return (laid.span(first, cuts[0]) if ahead else laid.span(cuts[-1], last)) or span


def _from_word(laid: Scene, span: Span) -> Span:
    """From the word on whose vowel an apostrophe stands for («d’abaisser»), not from the apostrophe."""
    first = token_range(laid.tokens, span)[0]
    words, forms, starts = laid.words, laid.tokens.forms, laid.tokens.starts
    if not first or forms[first] not in _APOSTROPHES or laid.tokens.ends[first - 1] != starts[first]:
        return span
    small = words.articles | words.prepositions | words.infinitives | words.openers.starts()
    return Span(starts[first - 1], span.end) if forms[first - 1] in small else span
