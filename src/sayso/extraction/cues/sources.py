"""Sources: the noun phrase before a cue that names who says it."""

from __future__ import annotations

from typing import NamedTuple

from sayso.extraction.cues.hits import Hit
from sayso.extraction.cues.scene import STOPS, Scene
from sayso.languages.latin import is_given
from sayso.text.span import Span

COMMAS = frozenset(",،，")
BARS = frozenset(";؛:：-–—…") | STOPS
_DASHES = frozenset("–—")
_NAME = 12
_RELATIVE = 5
"""Words from a relative pronoun to the end of its verb."""
_FAR = 40
"""A subject is looked for at most this many tokens before its cue."""


class Edge(NamedTuple):
    """Where the clause of a cue begins (token) and what bounds it: start, comma, quote, link, coordinator, relative."""

    begin: int
    why: str


def clause_edge(scene: Scene, stop: int, floor: int) -> Edge:
    """Walk left from token `stop` (the cue's first) to the edge of its clause; nothing before `floor` belongs to it."""
    words, forms = scene.words, scene.tokens.forms
    low = max(floor, stop - _FAR)
    i = stop - 1
    while i >= low:
        form = forms[i]
        if scene.inside[i] >= 0:
            return Edge(i + 1, "quote")
        if form == ")":
            i = _opening(forms, i, low)
        elif form in COMMAS:
            return Edge(i + 1, "comma")
        elif form in BARS and not in_word(scene, i):
            return Edge(i + 1, "bar")
        elif words.bare == "direct" and i + 1 in scene.verb_ends and i + 1 < stop:
            return Edge(i + 1, "cue")
        elif form in words.relatives and i + 1 == stop:
            return Edge(i + 1, "relative")
        elif form in words.coordinators and (i + 1 == stop or not _joins_names(scene, i, stop)):
            return Edge(i + 1, "coordinator")
        elif form in words.subordinators or _opens_clause(scene, i):
            return Edge(i + 1, "link")
        i -= 1
    return Edge(max(low, floor), "start")


def in_word(scene: Scene, i: int) -> bool:
    """A hyphen inside a word, the stop of an abbreviation."""
    tokens = scene.tokens
    if i == 0 or i + 1 >= len(tokens):
        return False
    tight = tokens.starts[i] == tokens.ends[i - 1]
    return tight if tokens.forms[i] == "." else tight and tokens.starts[i + 1] == tokens.ends[i]


def _opening(forms: list[str], i: int, low: int) -> int:
    """The bracket that the one at `i` closes, or `i` itself."""
    return next((j for j in range(i, low - 1, -1) if forms[j] == "("), i)


def _opens_clause(scene: Scene, i: int) -> bool:
    """A complementiser at `i` that belongs to a cue before it (and is not a relative pronoun)."""
    if scene.words.complements.at(scene.tokens, i) is None:
        return False
    return scene.tokens.forms[i] not in scene.words.relatives or i in scene.ends


def _joins_names(scene: Scene, i: int, stop: int) -> bool:
    """A coordinator between two parts of one subject ("Holt and Reed said"), not between two clauses."""
    tokens = scene.tokens
    if i + 1 >= stop or i == 0 or not scene.words.has_case:
        return False
    return tokens.word(i - 1)[0].isupper() and (tokens.word(i + 1)[0].isupper() or stop - i <= 3)


def left_source(scene: Scene, hit: Hit, edge: Edge, floor: int) -> tuple[Span, ...] | None:
    """The subject before the cue: () when left out, None when the author speaks ("I think")."""
    forms, words = scene.tokens.forms, scene.words
    if edge.why == "relative":
        return _antecedent(scene, edge.begin - 1, floor)
    if edge.begin == hit.first:
        return ()
    if edge.why == "cue" and (relative := around_infinitive(scene, edge.begin, hit.first)) is not None:
        return _antecedent(scene, relative, floor)
    auxiliary = far_auxiliary(scene, hit, edge)
    if auxiliary is not None and auxiliary > strip_lead(scene, edge.begin, auxiliary):
        return _as_source(scene, strip_lead(scene, edge.begin, auxiliary), auxiliary)
    opening = edge.begin if auxiliary is None else auxiliary + 1
    if words.capital_nouns and opening < hit.first and _is_adverbial(scene, opening):
        return ()
    first = strip_lead(scene, opening, hit.first)
    if first < hit.first and forms[first] in words.insiders:
        return None
    if hit.first - first == 1 and forms[first] in words.relatives:
        return _antecedent(scene, first, floor)
    first, last = _bare_subject(scene, first, hit.first)
    return _as_source(scene, first, _before_citing(scene, first, last))


def _before_citing(scene: Scene, first: int, last: int) -> int:
    """The end of a subject, or where a phrase begins that tells whom it cites («агентство со ссылкой на полицию»)."""
    citing = (hit.first for hit in scene.hits_between(first + 1, last) if hit.hint.role == "before")
    return next(citing, last)


def around_infinitive(scene: Scene, first: int, last: int) -> int | None:
    """The relative pronoun of a clause that ends with the infinitive `[first, last)` ("who asked not to be named")."""
    forms, words = scene.tokens.forms, scene.words
    start = first
    while start < last and forms[start] in words.negations:
        start += 1
    if start == last or forms[start] not in words.infinitives:
        return None
    return next((i for i in range(first - 1, max(0, first - _RELATIVE), -1) if forms[i] in words.relatives), None)


def _bare_subject(scene: Scene, first: int, last: int) -> tuple[int, int]:
    """The subject among other phrases: behind an auxiliary or an object, before an addressee or an adjunct."""
    tokens, words = scene.tokens, scene.words
    if words.order == "vso":
        while first + 1 < last and tokens.forms[first] in words.leading:
            first += 1
    elif words.capital_nouns:
        last = next(
            (
                i
                for i in range(first + 1, last)
                if tokens.forms[i] in words.prepositions or tokens.forms[i] in words.calendar
            ),
            last,
        )
    elif words.name_endings and last - first >= 2 and tokens.word(last - 2)[0].isupper():
        form, opens = tokens.forms[last - 1], last - 2 in scene.starts_set
        if form in words.roles:
            return last - 1, last
        if tokens.word(last - 1)[0].islower() and not (opens or words.is_adverb(form) or form in words.particles):
            last -= 1
    return first, last


def _is_adverbial(scene: Scene, i: int) -> bool:
    """Where the verb stands second, an adverb or a prepositional phrase before it sends the subject behind it."""
    form, words = scene.tokens.forms[i], scene.words
    return form in words.prepositions or form in words.adverbs or form in words.parentheses or form in words.calendar


def far_auxiliary(scene: Scene, hit: Hit, edge: Edge) -> int | None:
    """An auxiliary of the cue that other words part from it („Sie hat am Dienstag angekündigt“)."""
    if not scene.words.capital_nouns or edge.why == "relative":
        return None
    return next((i for i in range(edge.begin, hit.first) if scene.tokens.forms[i] in scene.words.auxiliaries), None)


def _is_adverb(scene: Scene, i: int) -> bool:
    """An adverb, not a name that ends like one ("Kelly")."""
    return scene.words.is_adverb(scene.tokens.forms[i]) and not scene.tokens.word(i)[0].isupper()


def _as_source(scene: Scene, first: int, last: int) -> tuple[Span, ...]:
    while last > first and _is_adverb(scene, last - 1):
        last -= 1
    span = scene.span(first, last)
    return (span,) if span is not None else ()


def strip_lead(scene: Scene, first: int, last: int) -> int:
    """Skip adverbs, calendar words and a leading prepositional phrase before the subject."""
    forms, words = scene.tokens.forms, scene.words
    i = first
    while i < last and (forms[i] in words.adverbs or forms[i] in words.connectors or forms[i] in BARS):
        i += 1
    if i >= last or forms[i] not in words.prepositions:
        return skip_calendar(scene, i, last)
    if forms[i] in words.within and skip_calendar(scene, i + 1, last) == i + 1 and scene.words.order == "svo":
        return _tail_phrase(scene, i + 1, last)
    after = skip_calendar(scene, i, last)
    return after if after > i + 1 and after < last else _tail_phrase(scene, i + 1, last)


def skip_calendar(scene: Scene, first: int, last: int) -> int:
    """First token after a time that opens `[first, last)`, or `first` where none does."""
    forms, words = scene.tokens.forms, scene.words
    i, seen = first, False
    while i < last:
        form = forms[i]
        if form in words.calendar or form[:1].isdecimal():
            seen = True
        elif not (form in words.prepositions or (form in words.articles and not seen)):
            break
        i += 1
    return i if seen and i < last else first


def _tail_phrase(scene: Scene, first: int, last: int) -> int:
    """Start of the last noun phrase between `first` and `last`: at its article, title or first capital."""
    tokens, words = scene.tokens, scene.words
    for i in range(first + 1, last):
        form = tokens.forms[i]
        if form in words.articles or form in words.pronouns:
            return i
        if words.names_capital and tokens.word(i)[0].isupper() and not tokens.word(i - 1)[0].isupper():
            return i
    return first


def before_comma(scene: Scene, hit: Hit, floor: int) -> tuple[Span, ...]:
    """ "Holt, the mayor of Ely, said": the name before the inserted phrase and the phrase."""
    edge = apposition_edge(scene, hit, floor)
    return _as_source(scene, edge.begin, hit.first - 1) if edge is not None else ()


def apposition_edge(scene: Scene, hit: Hit, floor: int) -> Edge | None:
    """Where the clause begins when the comma before the cue closes an apposition; None when it does not."""
    forms, words = scene.tokens.forms, scene.words
    comma = hit.first - 1
    for j in range(comma - 1, max(floor, comma - _FAR), -1):
        if scene.inside[j] >= 0:
            return None
        if forms[j] in COMMAS:
            inserted = forms[j + 1]
            if inserted in words.coordinators or inserted in words.subordinators:
                return None
            if inserted not in words.relatives and any(i in scene.heads for i in range(j + 1, comma)):
                return None
            edge = clause_edge(scene, j, floor)
            first = strip_lead(scene, edge.begin, j)
            return Edge(first, edge.why) if _is_name_phrase(scene, first, j) else None
    return None


def _is_name_phrase(scene: Scene, first: int, last: int) -> bool:
    """Short, with a capital, a given name or an article in front: rather a name with its titles than a clause."""
    if not 0 < last - first <= _NAME:
        return False
    form, words = scene.tokens.forms[first], scene.words
    opens = form in words.articles or form in words.nominal or scene.tokens.word(first)[0].isupper()
    if not words.has_case:
        opens = opens or is_given(scene.tokens.word(first), words.words.language.code)
    return opens and form not in words.prepositions and form not in words.subordinators


def _antecedent(scene: Scene, relative: int, floor: int) -> tuple[Span, ...]:
    """The noun phrase before a relative pronoun (and the comma or preposition before that)."""
    forms = scene.tokens.forms
    last = relative
    while last > floor and forms[last - 1] in COMMAS:
        last -= 1
    first = last
    while first > floor and last - first < 12 and forms[first - 1] not in COMMAS and forms[first - 1] not in BARS:
        if scene.inside[first - 1] >= 0 or forms[first - 1] in scene.words.subordinators:
            break
        if first - 1 in scene.heads:
            break
        first -= 1
    return _as_source(scene, strip_lead(scene, first, last), last)


def _after_asides(scene: Scene, first: int, last: int) -> int:
    """First token behind phrases with a preposition that commas close ("During the talk, of two hours, Holt …")."""
    forms, words = scene.tokens.forms, scene.words
    while first < last and forms[first] in words.asides:
        comma = next((i for i in range(first, last) if forms[i] in COMMAS), None)
        if comma is None:
            break
        first = comma + 1
    return first


def leading_phrase(scene: Scene, first: int, last: int) -> tuple[Span, ...]:
    """The subject that opens a clause, told by capitals and words for roles: for verbs that share it further on."""
    tokens, words = scene.tokens, scene.words
    i = strip_lead(scene, _after_asides(scene, first, last), last)
    if i < last and tokens.forms[i] in words.insiders:
        return ()
    if i < last and tokens.forms[i] in words.pronouns:
        return (tokens.span(i, i + 1),)
    end, solid = i, i
    while end < last:
        form = tokens.forms[end]
        if (tokens.word(end)[0].isupper() and form not in words.closed) or form in words.nominal:
            solid = end + 1
        elif not (form in words.articles or form in words.particles or form in "-.'" or in_word(scene, end)):
            break
        end += 1
    span = scene.span(i, solid) if solid > i else None
    return (span,) if span is not None else ()
