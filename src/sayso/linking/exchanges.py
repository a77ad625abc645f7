"""Exchanges: which statement answers, denies, rebuts or comments on which. Words make one, likeness alone never."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sayso.languages.replies import ReplyKind
from sayso.linking.article import Annotated, early
from sayso.linking.nouns import Exchange, ExchangeMember
from sayso.linking.remarks import Page, Remark, page
from sayso.linking.replies import Reply, replies
from sayso.linking.speakers import Mention

_FEWEST = 3  # words of a statement that can be replied to
LEAST = 0.5
"""Attributions that are less sure are no side of an exchange."""
_NEAR, _NEXT = 2, 1  # sentences between a statement and a reply that refers to what was just said
_RARE = 2  # statements of one article that may share a name that still joins them: these two
_BACK, _AHEAD = 60, 20  # statements of the article among which the one replied to is looked for
_POSTINGS = 200  # statements of a story that share a word or a speaker; a word that more of them share joins none
_SHARED = 4  # words in common that point to a statement in another article


@dataclass(frozen=True, slots=True)
class _Found:
    """A statement that a reply may reply to: how surely, and why in words."""

    score: float
    page: Page
    remark: Remark
    why: str
    shared: int = 0
    guessed: bool = False
    """Nothing but its place right before the reply points to it."""


def exchanges(articles: Sequence[Annotated], names: Mapping[Mention, str]) -> list[Exchange]:
    """Exchanges within the articles of one story and between them, in order of date and text.

    Each reply replies to one statement, or to what its own article names. Articles without text have none.
    """
    pages = [made for article in sorted(articles, key=early) if (made := page(article, names)) is not None]
    told = _Told(pages)
    return [made for one in pages for made in _of_page(one, told)]


def _of_page(page: Page, told: _Told) -> Iterator[Exchange]:
    """The exchanges whose reply stands on `page`.

    "Responded" behind another's statement may as well answer a reporter: it counts for two who surely talk.
    """
    sure = [remark for remark in page.remarks if remark.attribution.score >= LEAST and remark.who is not None]
    places = {remark.index: place for place, remark in enumerate(sure)}
    found: list[tuple[Reply, _Found | None]] = []
    for reply in replies(page):
        if reply.remark.index in places:
            found.append((reply, _best(reply, _around(page, sure, places[reply.remark.index])) or told.best(reply)))
    talk = {_pair(reply, one) for reply, one in found if one is not None and not (reply.loose and one.guessed)}
    for reply, one in found:
        best = one if one is not None and (not reply.loose or _pair(reply, one) in talk) else None
        if best is not None or reply.alone:
            yield _exchange(reply, best)


def _is_long(page: Page, remark: Remark) -> bool:
    """True for a statement of more than a word or two, which can be replied to."""
    return sum(len(page.within(span)) for span in remark.attribution.content) >= _FEWEST


def _pair(reply: Reply, found: _Found) -> frozenset[str | None]:
    return frozenset((reply.remark.who, found.remark.who))


@dataclass(frozen=True, slots=True)
class _Around:
    """The statements around a reply, the nearest first."""

    page: Page
    before: list[Remark]
    after: list[Remark]


def _around(page: Page, sure: Sequence[Remark], at: int) -> _Around:
    return _Around(page, list(reversed(sure[max(0, at - _BACK) : at])), list(sure[at + 1 : at + 1 + _AHEAD]))


# Which statement


def _best(reply: Reply, here: _Around) -> _Found | None:
    """The statement of the reply's own article that words and matter point to most; the nearest of equals."""
    others = [remark for remark in here.before if _can_be(reply, remark) and _is_long(here.page, remark)]
    last = _last(reply, here)
    found = [one for remark in others if (one := _before(reply, remark, last, here.page)) is not None]
    found += [one for remark in here.after if (one := _after(reply, remark, here.page)) is not None]
    return max(found, key=lambda one: (one.score, one.shared), default=None)


def _can_be(reply: Reply, remark: Remark) -> bool:
    """True for another's statement, that neither holds the reply nor is held by it without being named there."""
    own, other = reply.remark, remark.attribution
    if remark.who == own.who or own.attribution.nested_in == remark.index:
        return False
    if reply.topic is not None and any(span.overlap(reply.topic) for span in other.content) and not reply.saying:
        return False
    return other.nested_in != own.index or (reply.saying and remark.who in reply.named)


def _last(reply: Reply, here: _Around) -> Remark | None:
    """The statement right before the reply when another made it; statements inside others don't stand between."""
    holding = reply.remark.attribution.nested_in
    outer = (one for one in here.before if one.index != holding and one.attribution.nested_in is None)
    before = next(outer, None)
    return before if before is not None and before.who != reply.remark.who else None


def _before(reply: Reply, remark: Remark, last: Remark | None, page: Page) -> _Found | None:
    """How surely `reply` replies to an earlier statement of its article."""
    named, near = remark.who in reply.named, _near(page, remark, reply, _NEAR)
    shared, marked = _shared(reply, remark)
    right_before = remark is last and _near(page, remark, reply, _NEXT)
    if reply.question is not None:
        asked = remark.index == reply.question and right_before
        return _Found(0.75, page, remark, "the question stands right before it", shared) if asked else None
    owns = remark.who in reply.owners
    if named and (marked or shared > 1 or (shared and owns)) and (near or _meant(reply)):
        return _Found(0.9, page, remark, f"it names {remark.who}, and both speak of {_both(reply, remark)}", shared)
    if near and ((owns and _is_bare(reply, remark)) or (named and reply.kind == "answers" and reply.topic is None)):
        return _Found(0.85, page, remark, f"it names {remark.who}, who spoke just before", shared)
    if reply.addressed and remark.who not in reply.addressed:
        return None
    if reply.kind == "rebuts" and last is not None and remark.who == last.who and shared:
        return _Found(0.75, page, remark, f"{remark.who} spoke before of {_both(reply, remark)}", shared)
    if reply.refers_back and right_before and reply.kind != "rebuts":
        return _Found(0.8, page, remark, f"{remark.who} spoke right before", shared, guessed=True)
    if reply.kind in ("answers", "comments") or _disagrees(page, remark, reply):
        return None
    if near and (marked or shared > 1):
        return _Found(0.8, page, remark, f"{remark.who} spoke just before of {_both(reply, remark)}", shared)
    return None


def _after(reply: Reply, remark: Remark, page: Page) -> _Found | None:
    """How surely `reply` replies to a statement that its article tells only later."""
    shared, marked = _shared(reply, remark)
    named = remark.who in reply.named and (marked or shared > 1)
    if not named or not _meant(reply) or not _can_be(reply, remark) or _replies(page, remark):
        return None
    why = f"it names {remark.who}, who is told further on to have spoken of {_both(reply, remark)}"
    return _Found(0.8, page, remark, why, shared)


def _meant(reply: Reply) -> bool:
    """True when the reply is to something that was said, wherever it was: it denies it, or calls it a claim."""
    return reply.saying or reply.kind in ("denies", "rebuts")


def _is_bare(reply: Reply, remark: Remark) -> bool:
    """True when the topic tells whose words it means, but not what about ("Trump's remarks")."""
    return not (reply.about.stems - reply.page.stems(remark.who or ""))


def _near(page: Page, remark: Remark, reply: Reply, sentences: int) -> bool:
    """Few sentences apart, and no further than in the paragraph before."""
    apart = reply.remark.begins - remark.ends
    lines = page.line(reply.remark.span.start) - page.line(max(remark.span.start, remark.span.end - 1))
    return apart <= sentences and lines <= 1


def _shared(reply: Reply, remark: Remark) -> tuple[int, int]:
    """Words in common, and how many of them are names or numbers that few other statements have."""
    common = _common(reply, remark)
    marked = common & (reply.about.marked | remark.matter.marked)
    return len(common), sum(reply.page.counts[stem] <= _RARE for stem in marked)


def _common(reply: Reply, remark: Remark) -> frozenset[str]:
    """Stems that both have; the names of the two speakers don't count."""
    names = reply.page.stems(reply.remark.who or "") | reply.page.stems(remark.who or "")
    return (reply.about.stems & remark.matter.stems) - names


def _both(reply: Reply, remark: Remark) -> str:
    """The words in common as the reply's article writes them, two at most."""
    spans = (*reply.region, *reply.remark.attribution.content)
    return " and ".join(f"“{word}”" for word in reply.page.written(spans, _common(reply, remark))[:2])


def _disagrees(page: Page, remark: Remark, reply: Reply) -> bool:
    """True for a statement that itself denies or negates: who denies the same thing next doesn't deny the denial."""
    return reply.kind == "denies" and (_replies(page, remark) or page.negates(remark))


def _replies(page: Page, remark: Remark) -> bool:
    found = page.reply.cue(page.tokens, remark.attribution.cue)
    return found is not None and found[0] in ("denies", "rebuts")


# Other articles


class _Told:
    """What the articles of one story tell, found by speaker and by word."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self.by_speaker: dict[str, list[tuple[Page, Remark]]] = {}
        self.by_word: dict[tuple[str, str], list[tuple[Page, Remark]]] = {}
        self.names: dict[str, dict[str, tuple[str, ...]]] = {}
        for one in pages:
            names = self.names.setdefault(one.lang, {})
            for who, forms in one.names.items():
                names[who] = tuple(dict.fromkeys((*names.get(who, ()), *forms)))
            for remark in one.remarks:
                if remark.attribution.score >= LEAST and remark.who is not None and _is_long(one, remark):
                    self.by_speaker.setdefault(remark.who, []).append((one, remark))
                    for stem in remark.matter.stems:
                        self.by_word.setdefault((one.lang, stem), []).append((one, remark))

    def best(self, reply: Reply) -> _Found | None:
        """The statement of another article that `reply` names or spells out; None where it refers to its own."""
        if reply.kind == "comments" or reply.question is not None or reply.refers_back:
            return None
        known = self.names.get(reply.page.lang, {})
        named = {who for span in reply.region for who in reply.page.named(span, known)} - {reply.remark.who}
        found = [
            one for page, remark in self._candidates(reply, named) if (one := _elsewhere(reply, page, remark, named))
        ]
        return max(found, key=lambda one: (one.score, one.shared), default=None)

    def _candidates(self, reply: Reply, named: set[str]) -> list[tuple[Page, Remark]]:
        listed = [self.by_speaker.get(who, ()) for who in sorted(named)]
        if not named:
            listed = [self.by_word.get((reply.page.lang, stem), ()) for stem in sorted(reply.about.stems)]
        told = {
            (page.article.id, remark.index): (page, remark)
            for postings in listed
            if len(postings) <= _POSTINGS
            for page, remark in postings
        }
        return list(told.values())


def _elsewhere(reply: Reply, page: Page, remark: Remark, named: set[str]) -> _Found | None:
    """How surely `reply` replies to a statement of another article in its language, of its day or before."""
    if page is reply.page or page.lang != reply.page.lang or remark.who == reply.remark.who:
        return None
    days = page.article.day(), reply.page.article.day()
    if (days[0] and days[1] and days[0] > days[1]) or _disagrees(page, remark, reply):
        return None
    shared, marked = _shared(reply, remark)
    outlet = page.article.outlet or page.article.id
    if remark.who in named and shared > 1:
        why = f"it names {remark.who}, who speaks of {_both(reply, remark)} in {outlet}"
        return _Found(0.75, page, remark, why, shared)
    spelled = shared >= _SHARED and marked and 2 * shared >= len(reply.about.stems)
    if not named and spelled and reply.kind in ("denies", "rebuts"):
        return _Found(0.6, page, remark, f"{remark.who} speaks of {_both(reply, remark)} in {outlet}", shared)
    return None


# Made


def _exchange(reply: Reply, found: _Found | None) -> Exchange:
    own = _member(reply.page, reply.remark)
    other = None if found is None else _member(found.page, found.remark)
    kind: ReplyKind = reply.kind
    told = " … ".join(span.of(reply.page.tokens.text) for span in reply.words)
    why = "it names what it is about" if found is None else found.why
    key = (kind, own.article, own.attribution, other and other.article, other and other.attribution)
    return Exchange(
        id=f"e{hashlib.sha256(repr(key).encode()).hexdigest()[:12]}",
        kind=kind,
        reply=own,
        statement=other,
        words=reply.words,
        topic=() if reply.topic is None else (reply.topic,),
        score=0.7 if found is None else found.score,
        reason=f"“{told}”: {why}.",
    )


def _member(page: Page, remark: Remark) -> ExchangeMember:
    ids = page.article.attribution_ids
    return ExchangeMember(page.article.id, ids[remark.index] if ids else remark.index, remark.attribution.content)
