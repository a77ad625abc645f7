"""Reply: which statements of an article are made in reply, by the words that say so, and what those words name."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from sayso.extraction.nouns import Spans
from sayso.languages.replies import ReplyKind
from sayso.linking.replies.phrases import STOPS, phrases
from sayso.linking.replies.remarks import Matter, Page, Remark
from sayso.linking.replies.words import Hit
from sayso.text.span import Span

_OPENING = 5  # words of an object among which a noun for what was said makes it one ("the latest claims")


@dataclass(frozen=True, slots=True)
class Reply:
    """A statement made in reply."""

    page: Page
    remark: Remark
    kind: ReplyKind
    words: Spans
    topic: Span | None
    """What it replies to, as its article names it."""
    saying: bool
    """The topic is something that was said ("the claims …")."""
    alone: bool
    """The topic tells enough to stand without a statement."""
    refers_back: bool
    """Its words refer to what was just said ("replied", "in response")."""
    loose: bool
    """They may as well answer a request for comment ("responded")."""
    region: Spans
    """The words around it in which those who are replied to may be named."""
    named: frozenset[str]
    """Speakers named there."""
    owners: frozenset[str]
    """Those of them whose words the topic names ("Holt’s claim")."""
    addressed: frozenset[str]
    """Those of them whom the reply's own words don't name."""
    about: Matter
    person: bool = False
    """The topic is nothing but somebody ("in response to the union leader Hadi Nassar")."""
    question: int | None = None
    """The statement right before it, when that is a question put to its speaker."""


def replies(page: Page) -> list[Reply]:
    """The article's replies in order of the text; of a statement that declines to answer none."""
    hits = phrases(page)
    found: list[Reply] = []
    for place, remark in enumerate(page.remarks):
        if remark.attribution.stance != "declines":
            made = _reply(page, place, hits.get(remark.index, []))
            found += [made] if made is not None else []
    return found


def _reply(page: Page, place: int, hits: list[Hit]) -> Reply | None:
    remark = page.remarks[place]
    cue = page.reply.cue(page.tokens, remark.attribution.cue)
    kind, words = cue if cue is not None else ("", ())
    if kind in ("denies", "rebuts"):
        return _denial(page, remark, "rebuts" if kind == "rebuts" else "denies", words, hits)
    if hits:
        return _by_phrase(page, remark, hits, words if kind == "answers" else ())
    if kind == "answers":
        return _answer(page, place, words)
    return _to_question(page, place) if kind != "asks" else None


def _denial(page: Page, remark: Remark, kind: ReplyKind, words: Spans, hits: list[Hit]) -> Reply | None:
    """What is denied is the content; where that is something said ("the claims by Holt"), it is the topic too."""
    told = next((hit for hit in hits if hit.topic is not None), None)
    object_ = _object(page, remark)
    if kind == "denies" and object_ is None and not _is_clause(page, remark):
        return None
    topic = told.topic if told is not None else object_
    content = remark.attribution.content
    about = remark.matter | (page.matter(topic) if topic is not None else Matter())
    return _made(
        page,
        remark,
        kind,
        (*words, *(span for hit in hits for span in hit.words)),
        about,
        topic=topic,
        saying=object_ is not None,
        alone=object_ is not None,
        refers_back=kind == "rebuts" and object_ is None,
        region=content,
    )


def _by_phrase(page: Page, remark: Remark, hits: list[Hit], words: Spans) -> Reply:
    """A reply by what stands beside its cue ("asked about …")."""
    hit = next((hit for hit in hits if hit.topic is not None), hits[0])
    saying = hit.topic is not None and page.reply.says(page.tokens, hit.topic)
    alone = hit.topic is not None and (saying or hit.way != "answering")
    about = page.matter(hit.topic) if hit.topic is not None else remark.matter
    return _made(
        page,
        remark,
        "answers" if words else hit.kind,
        (*hit.words, *words),
        about,
        topic=hit.topic,
        saying=saying,
        alone=alone,
        refers_back=hit.topic is None,
    )


def _answer(page: Page, place: int, words: Spans) -> Reply | None:
    """ "Holt replied that …", or "Holt responded to the claims, saying …", where the words come after."""
    remark = page.remarks[place]
    topic = _object(page, remark)
    if topic is None:
        after = page.within(Span(words[-1].end, len(page.tokens.text)))
        towards = len(after) > 0 and page.tokens.forms[after[0]] in page.reply.towards
        return _made(page, remark, "answers", words, remark.matter, refers_back=not towards)
    later = (one for one in page.remarks[place + 1 :] if one.begins <= remark.ends + 1 and one.who == remark.who)
    said = next((one for one in later if one.attribution.content[0].start >= topic.end), None)
    if said is None:
        return None
    return _made(page, said, "answers", words, page.matter(topic), topic=topic, saying=True, alone=True)


def _to_question(page: Page, place: int) -> Reply | None:
    """What somebody says right after a question that was put to them ("Kelly asked Putin whether … Putin said …")."""
    if place == 0:
        return None
    remark, before = page.remarks[place], page.remarks[place - 1]
    asked = page.reply.cue(page.tokens, before.attribution.cue)
    content = before.attribution.content
    if asked is None or asked[0] != "asks" or before.who == remark.who or remark.begins - before.ends > 1:
        return None
    start = asked[1][-1].end
    between = Span(start, content[0].start) if content[0].start > start else None
    if between is None or remark.who not in page.named(between):
        return None
    return _made(page, remark, "answers", asked[1], remark.matter, question=before.index)


def _made(
    page: Page,
    remark: Remark,
    kind: ReplyKind,
    words: Spans,
    about: Matter,
    *,
    topic: Span | None = None,
    saying: bool = False,
    alone: bool = False,
    refers_back: bool = False,
    region: Spans = (),
    question: int | None = None,
) -> Reply:
    """A reply; in `region`, and in its topic, those who are replied to may be named besides in its sentence."""
    around = _around(page, remark)
    told = (topic,) if topic is not None else () if remark.attribution.type == "direct" else region
    addressed = frozenset(who for span in around for who in page.named(span)) - {remark.who}
    owned = page.reply.owned(page.tokens, topic) if topic is not None and saying else None
    return Reply(
        page=page,
        remark=remark,
        kind=kind,
        words=_joined(page.tokens.text, words),
        topic=topic,
        saying=saying,
        alone=alone,
        refers_back=refers_back,
        loose=any(page.reply.loose.at(page.tokens, i) for span in words for i in page.within(span)),
        region=(*around, *told),
        named=addressed | frozenset(who for span in told for who in page.named(span)) - {remark.who},
        owners=frozenset(page.named(owned)) - {remark.who} if owned is not None else frozenset(),
        addressed=addressed,
        about=about,
        question=question,
    )


def _around(page: Page, remark: Remark) -> Spans:
    """The sentence of the cue without what is quoted in it and without the source."""
    attribution = remark.attribution
    head = remark.head
    sentence = page.sentences[page.sentence(head.start)]
    holes = sorted((*attribution.source, *attribution.content))
    found: list[Span] = []
    start = sentence.start
    for hole in (*holes, Span(sentence.end, sentence.end)):
        if start < hole.start:
            found.append(Span(start, min(hole.start, sentence.end)))
        start = max(start, hole.end)
    return tuple(span for span in found if span.length)


def _joined(text: str, spans: Iterable[Span]) -> Spans:
    """Spans in order; those with nothing but white space between them become one."""
    joined: list[Span] = []
    for span in sorted(set(spans)):
        if joined and not text[joined[-1].end : span.start].strip():
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def _object(page: Page, remark: Remark) -> Span | None:
    """The content, when it is what was said and no clause: "the claims put forward by Kelly"."""
    content = remark.attribution.content[0]
    places = page.within(content)
    before = bisect_left(page.tokens.starts, content.start) - 1
    led = before >= 0 and page.tokens.forms[before] in page.reply.prepositions  # "fired back with a statement"
    if not places or led or content.start < remark.head.start or _opens_clause(page, remark):
        return None
    opening = page.tokens.span(places[0], min(places[-1] + 1, places[0] + _OPENING))
    return content if page.reply.says(page.tokens, opening) else None


def _opens_clause(page: Page, remark: Remark) -> bool:
    """True for quoted words, and for a content with a comma, complementiser, auxiliary or pronoun in front."""
    content = remark.attribution.content[0]
    before = bisect_left(page.tokens.starts, content.start) - 1
    around = {page.tokens.forms[i] for i in (before, *page.within(content)[:1]) if i >= 0}
    opened = not around.isdisjoint(page.reply.clauses) or (before >= 0 and page.tokens.forms[before] in STOPS)
    return opened or remark.attribution.type == "direct"


def _is_clause(page: Page, remark: Remark) -> bool:
    """True where what is denied is told as a clause, also where the language shows that by no word of its own."""
    language = page.reply.words.language
    return language.order == "sov" or language.script == "Hans" or _opens_clause(page, remark)
