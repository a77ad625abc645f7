"""Behind: the noun phrase after a cue that names who says it, with its appositions."""

from __future__ import annotations

from sayso.extraction.cues.scene import Scene
from sayso.extraction.cues.sources import BARS, COMMAS, in_word, skip_calendar
from sayso.extraction.words.vocabulary import Vocabulary
from sayso.text.span import Span


def right_source(scene: Scene, first: int, limit: int, *, tag: bool = True) -> tuple[tuple[Span, ...], int]:
    """The noun phrase that begins at `first`, with its apposition; and the token after it.

    Inserted times and prepositional phrases between commas are passed: «قال بيسكوف، الخميس الماضي، إن». Behind a `tag`
    ("said Holt, the mayor") anything else may be an apposition; elsewhere it must name a function («par X, avocat,»).
    """
    spans: list[Span] = []
    i = skip_calendar(scene, first, limit)
    while scene.words.order == "vso" and i < limit and scene.tokens.forms[i] in scene.words.adverbs:
        i += 1
    while not scene.words.attached and i < limit and scene.tokens.forms[i] in scene.words.addressees:
        i += 1
    if i < limit and _complements(scene, scene.tokens.forms[i]):
        return (), first
    end = _phrase_end(scene, i, limit)
    if end == i:
        return (), first
    _append(scene, spans, i, end)
    i = end
    while i < limit and scene.tokens.forms[i] in COMMAS:
        end = _phrase_end(scene, i + 1, limit)
        apposed = tag or _names_function(scene, i + 1, end, limit) or _names_the_function(scene, first, i, end, limit)
        if end == i + 1 or not _closes(scene, end, limit) or not apposed:
            break
        if not _starts_aside(scene, i + 1):
            _append(scene, spans, i + 1, end)
        i = end
    return tuple(spans), i


def _names_function(scene: Scene, first: int, last: int, limit: int) -> bool:
    return last < limit and not scene.words.nominal.isdisjoint(scene.tokens.forms[first : min(first + 4, last)])


def _names_the_function(scene: Scene, first: int, comma: int, last: int, limit: int) -> bool:
    """ "the operator, Blue Strait Lines," — a function without a name, and a name of several words between commas."""
    words, tokens = scene.words, scene.tokens
    if not words.names_capital or last - comma < 3 or last + 1 >= limit or tokens.forms[last] not in COMMAS:
        return False
    if any(tokens.word(i)[0].isupper() for i in range(first + 1, comma)) or tokens.forms[last + 1] in words.relatives:
        return False
    named = all(tokens.word(i)[0].isupper() or tokens.forms[i] in words.particles for i in range(comma + 1, last))
    return named and any(form in words.roles or form in words.bodies for form in tokens.forms[first:comma])


def _complements(scene: Scene, form: str) -> bool:
    """A preposition, or one written together with a definite noun: no subject begins so."""
    words = scene.words
    return form in words.prepositions or (bool(words.attached) and form.startswith(words.attached))


def _is_complement(words: Vocabulary, form: str) -> bool:
    """A preposition, or an addressee written together with one («للصحفيين»)."""
    return form in words.prepositions or form in words.addressees


def _append(scene: Scene, spans: list[Span], first: int, last: int) -> None:
    span = scene.span(first, last)
    if span is None:
        return
    if spans and scene.tokens.text[spans[-1].end : span.start].strip() in COMMAS:
        spans[-1] = Span(spans[-1].start, span.end)
    else:
        spans.append(span)


def _starts_aside(scene: Scene, i: int) -> bool:
    form = scene.tokens.forms[i]
    return form in scene.words.calendar or form in scene.words.prepositions or form in scene.words.adverbs


def _phrase_end(scene: Scene, first: int, limit: int) -> int:
    """End of the noun phrase that begins at `first`."""
    forms, words = scene.tokens.forms, scene.words
    i = first
    while i < limit:
        form = forms[i]
        if _is_addressee(scene, first, i):
            break
        if form == "(":
            closing = next((j for j in range(i, min(limit, i + 12)) if forms[j] == ")"), None)
            if closing is None:
                break
            i = closing + 1
            continue
        if form in COMMAS or scene.inside[i] >= 0 or (form in BARS and not in_word(scene, i)):
            break
        if i in scene.heads or words.complements.at(scene.tokens, i) is not None:
            break
        if i > first and (_is_complement(words, form) or form in words.calendar or _new_clause(scene, i, form)):
            break
        if form in words.subordinators:
            break
        i += 1
    return i


def _is_addressee(scene: Scene, first: int, i: int) -> bool:
    """Where nouns are capitalised: an article behind a name („sagte Karin Holt der Zeitung“), not behind a function."""
    words, tokens = scene.words, scene.tokens
    if not words.capital_nouns or i == first or tokens.forms[i] not in words.articles or tokens.word(i)[0].isupper():
        return False
    if tokens.forms[i - 1].endswith(words.nominal_endings) or not tokens.word(i - 1)[0].isupper():
        return False
    return tokens.forms[first] not in words.articles or (i - 2 > first and tokens.word(i - 2)[0].isupper())


def _new_clause(scene: Scene, i: int, form: str) -> bool:
    """A relative pronoun; where nouns are capitalised, also a lower-case word behind one (the finite verb)."""
    words = scene.words
    if not words.capital_nouns:
        return form in words.relatives
    plain = form not in words.articles and form not in words.particles and form not in words.coordinators
    return plain and form.islower() and scene.tokens.word(i)[0].islower() and scene.tokens.word(i - 1)[0].isupper()


def _closes(scene: Scene, end: int, limit: int) -> bool:
    """An inserted phrase must be closed: by a comma, a colon, a quote, a complementiser or the sentence's end."""
    if end >= limit:
        return True
    form = scene.tokens.forms[end]
    return (
        form in COMMAS
        or form in BARS
        or scene.inside[end] >= 0
        or scene.words.complements.at(scene.tokens, end) is not None
    )
