"""Replied: to which statement a reply replies, of its own article or of another: what points to it, and how surely."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sayso.linking.replies.remarks import Page, Remark
from sayso.linking.replies.reply import Reply

_FEWEST = 3  # words of a statement that can be replied to
LEAST = 0.5
"""Attributions that are less sure are no side of an exchange."""
_NEAR, _NEXT = 2, 1  # sentences between a statement and a reply that refers to what was just said
_NAMED_INSIDE = 3  # words in common with the statement of somebody whom only the denied words themselves name
_RARE = 2  # statements of one article that may share a name that still joins them: these two
_BACK, _AHEAD = 60, 20  # statements of the article among which the one replied to is looked for
_POSTINGS = 200  # statements of a story that share a word or a speaker; a word that more of them share joins none
_SPEAKERS = 300  # speakers of a story, in one language, whose names are looked for in each reply
_SHARED = 4  # words in common that point to a statement in another article


@dataclass(frozen=True, slots=True)
class Found:
    """A statement that a reply may reply to: how surely, and why in words."""

    score: float
    page: Page
    remark: Remark
    why: str
    shared: int = 0
    guessed: bool = False
    """Nothing but its place right before the reply points to it."""


@dataclass(frozen=True, slots=True)
class Around:
    """The statements around a reply, the nearest first."""

    page: Page
    before: list[Remark]
    after: list[Remark]


def around(page: Page, sure: Sequence[Remark], at: int) -> Around:
    """What `sure`, an article's statements in order, holds near the one at `at`."""
    return Around(page, list(reversed(sure[max(0, at - _BACK) : at])), list(sure[at + 1 : at + 1 + _AHEAD]))


def best_of_article(reply: Reply, here: Around) -> Found | None:
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


def _last(reply: Reply, here: Around) -> Remark | None:
    """The statement right before the reply when another made it; statements inside others don't stand between."""
    holding = reply.remark.attribution.nested_in
    outer = (one for one in here.before if one.index != holding and one.attribution.nested_in is None)
    before = next(outer, None)
    return before if before is not None and before.who != reply.remark.who else None


def _before(reply: Reply, remark: Remark, last: Remark | None, page: Page) -> Found | None:
    """How surely `reply` replies to an earlier statement of its article."""
    named, near = remark.who in reply.named, _near(page, remark, reply, _NEAR)
    shared, marked = _shared(reply, remark)
    right_before = remark is last and _near(page, remark, reply, _NEXT)
    if reply.question is not None:
        asked = remark.index == reply.question and right_before
        return Found(0.75, page, remark, "the question stands right before it", shared) if asked else None
    owns = remark.who in reply.owners
    if _points(reply, remark) and (near or _meant(reply)):
        return Found(0.9, page, remark, f"it names {remark.who}, and both speak of {_both(reply, remark)}", shared)
    if near and ((owns and _is_bare(reply, remark)) or (named and _answers_whoever(reply))):
        return Found(0.85, page, remark, f"it names {remark.who}, who spoke just before", shared)
    if reply.addressed and remark.who not in reply.addressed:
        return None
    if reply.kind == "rebuts" and last is not None and remark.who == last.who and shared:
        return Found(0.75, page, remark, f"{remark.who} spoke before of {_both(reply, remark)}", shared)
    if reply.refers_back and right_before and reply.kind != "rebuts":
        return Found(0.8, page, remark, f"{remark.who} spoke right before", shared, guessed=True)
    if reply.kind in ("answers", "comments") or _disagrees(page, remark, reply):
        return None
    if near and (marked or shared > 1):
        return Found(0.8, page, remark, f"{remark.who} spoke just before of {_both(reply, remark)}", shared)
    return None


def _after(reply: Reply, remark: Remark, page: Page) -> Found | None:
    """How surely `reply` replies to a statement that its article tells only later."""
    shared, marked = _shared(reply, remark)
    points = _points(reply, remark) and (shared > 1 or marked > 0)
    if not points or not _meant(reply) or not _can_be(reply, remark) or _replies(page, remark):
        return None
    why = f"it names {remark.who}, who is told further on to have spoken of {_both(reply, remark)}"
    return Found(0.8, page, remark, why, shared)


def _answers_whoever(reply: Reply) -> bool:
    """True for an answer that names nothing, or nothing but somebody."""
    return reply.kind == "answers" and (reply.topic is None or reply.person)


def _meant(reply: Reply) -> bool:
    """True when the reply is to something that was said, wherever it was: it denies it, or calls it a claim."""
    return reply.saying or reply.kind in ("denies", "rebuts")


def _points(reply: Reply, remark: Remark) -> bool:
    """True when the reply names who said it and speaks of the same: in the narrator's words or as whose claim it is one
    thing in common is enough, inside of what is denied there must be more."""
    shared, marked = _shared(reply, remark)
    if remark.who in reply.owners:
        return shared > 0
    if remark.who in reply.addressed:
        return marked > 0 or shared > 1
    return remark.who in reply.named and shared + marked >= _NAMED_INSIDE


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


def _is_long(page: Page, remark: Remark) -> bool:
    """True for a statement of more than a word or two, which can be replied to."""
    return sum(len(page.within(span)) for span in remark.attribution.content) >= _FEWEST


# Other articles


class Told:
    """What the articles of one story tell, found by speaker and by word."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self.by_speaker: dict[str, list[tuple[Page, Remark]]] = {}
        self.by_word: dict[tuple[str, str], list[tuple[Page, Remark]]] = {}
        self.names: dict[str, dict[str, tuple[str, ...]]] = {}
        for one in pages:
            names = self.names.setdefault(one.lang, {})
            for who, forms in one.names.items():
                if who in names or len(names) < _SPEAKERS:
                    names[who] = tuple(dict.fromkeys((*names.get(who, ()), *forms)))
            for remark in one.remarks:
                if remark.attribution.score >= LEAST and remark.who is not None and _is_long(one, remark):
                    self.by_speaker.setdefault(remark.who, []).append((one, remark))
                    for stem in remark.matter.stems:
                        self.by_word.setdefault((one.lang, stem), []).append((one, remark))

    def seen(self, reply: Reply) -> Reply:
        """The reply; where it answers nothing but somebody who speaks in the story, its own matter tells about what."""
        if reply.kind != "answers" or reply.alone or reply.topic is None:
            return reply
        names = self.names.get(reply.page.lang, {})
        whom = reply.page.named(reply.topic, names) - {reply.remark.who}
        forms = [form for who in whom for form in (*who.split(), *names[who])]
        if not whom or not reply.page.only_names(reply.topic, forms):
            return reply
        return replace(reply, about=reply.remark.matter, alone=True, person=True)

    def best(self, reply: Reply) -> Found | None:
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


def _elsewhere(reply: Reply, page: Page, remark: Remark, named: set[str]) -> Found | None:
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
        return Found(0.75, page, remark, why, shared)
    spelled = shared >= _SHARED and marked and 2 * shared >= len(reply.about.stems)
    if not named and spelled and reply.kind in ("denies", "rebuts"):
        return Found(0.6, page, remark, f"{remark.who} speaks of {_both(reply, remark)} in {outlet}", shared)
    return None
