"""Exchanges: which statement answers, denies, rebuts or comments on which. Words make one, likeness alone never."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from sayso.languages.replies import ReplyKind
from sayso.linking.article import Annotated, early
from sayso.linking.nouns import Exchange, ExchangeMember
from sayso.linking.replies.remarks import Page, Remark, page
from sayso.linking.replies.replied import LEAST, Found, Told, around, best_of_article
from sayso.linking.replies.reply import Reply, replies
from sayso.linking.speakers.join import Mention


def exchanges(articles: Sequence[Annotated], names: Mapping[Mention, str]) -> list[Exchange]:
    """Exchanges within the articles of one story and between them, in order of date and text.

    Each reply replies to one statement, or to what its own article names. Articles without text have none.
    """
    pages = [made for article in sorted(articles, key=early) if (made := page(article, names)) is not None]
    told = Told(pages)
    return [made for one in pages for made in _of_page(one, told)]


def _of_page(page: Page, told: Told) -> Iterator[Exchange]:
    """The exchanges whose reply stands on `page`, one for each reply.

    "Responded" behind another's statement may as well answer a reporter: it counts for two who surely talk.
    """
    sure = [remark for remark in page.remarks if remark.attribution.score >= LEAST and remark.who is not None]
    places = {remark.index: place for place, remark in enumerate(sure)}
    found: list[tuple[Reply, Found | None]] = []
    for reply in map(told.seen, replies(page)):
        if reply.remark.index in places:
            found.append(
                (reply, best_of_article(reply, around(page, sure, places[reply.remark.index])) or told.best(reply))
            )
    talk = {_pair(reply, one) for reply, one in found if one is not None and not (reply.loose and one.guessed)}
    surest: dict[int | str, Exchange] = {}
    for reply, one in found:
        best = one if one is not None and (not reply.loose or _pair(reply, one) in talk) else None
        if best is not None or reply.alone:
            made = _exchange(reply, best)
            known = surest.get(made.reply.attribution)
            surest[made.reply.attribution] = made if known is None or made.score > known.score else known
    yield from surest.values()


def _pair(reply: Reply, found: Found) -> frozenset[str | None]:
    return frozenset((reply.remark.who, found.remark.who))


def _exchange(reply: Reply, found: Found | None) -> Exchange:
    own = _member(reply.page, reply.remark)
    other = None if found is None else _member(found.page, found.remark)
    kind: ReplyKind = reply.kind
    told = " … ".join(span.of(reply.page.tokens.text) for span in reply.words)
    alone = "it names whom it answers" if reply.person else "it names what it is about"
    why = alone if found is None else found.why
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
