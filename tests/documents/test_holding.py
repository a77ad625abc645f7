"""Pages that hold no article, and pages that look like those but do hold one; all texts and outlets are invented."""

from __future__ import annotations

import pytest

from sayso.documents.pages.page import page
from sayso.errors import NoArticle

HEADLINES = {
    "en": [
        "Harbour bridge opens two years late",
        "Council votes for a new tram line",
        "Ferry fares rise by a third in May",
    ],
    "de": [
        "Hafenbrücke öffnet zwei Jahre zu spät",
        "Rat stimmt für eine neue Linie",
        "Fähre wird im Mai um ein Drittel teurer",
    ],
    "ar": [
        "جسر الميناء يفتح بعد عامين من التأخير",
        "المجلس يصوت لصالح خط ترام جديد",
        "أسعار العبارة ترتفع بمقدار الثلث في مايو",
    ],
    "ja": [
        "港の橋が二年遅れて開通する見通しとなった",
        "市議会は新しい路面電車の路線を可決した",
        "五月から渡し船の運賃が三割上がる見込み",
    ],
}
TEASERS = {
    "en": "The minister said on Friday that the work on the pillars had taken far longer than anybody had expected.",
    "de": "Die Ministerin sagte am Freitag, die Arbeit an den Pfeilern habe viel länger gedauert als erwartet.",
    "ar": "قالت الوزيرة يوم الجمعة إن العمل على الأعمدة استغرق وقتا أطول بكثير مما كان يتوقعه جميع السكان.",
    "ja": "大臣は金曜日、橋脚の工事には誰もが予想していたよりもはるかに長い時間がかかったと記者団に語った。",
}
LANGUAGES = list(HEADLINES)


def html(body: str, head: str = "", lang: str = "en") -> bytes:
    menu = "".join(f"<li><a href='/{n}'>Menu entry {n}</a></li>" for n in range(12))
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">{head}</head><body>'
        f"<header><nav><ul>{menu}</ul></nav></header>{body}<footer><p>© 2026 Harbour Post, all rights.</p></footer>"
        "</body></html>"
    ).encode()


def teasers(lang: str, times: int, card: str) -> str:
    return "".join(
        card.format(
            number=number, title=HEADLINES[lang][number % 3] + f" {number}", text=f"{TEASERS[lang][:-1]} ({number})."
        )
        for number in range(times)
    )


CARDS = {
    "article": "<article class='c'><h2><a href='/a/{number}'>{title}</a></h2><p>{text}</p></article>",
    "linked": "<div><a href='/a/{number}'><h3>{title}</h3><p>{text}</p></a></div>",
    "items": "<li><h3><a href='/a/{number}'>{title}</a></h3><div>{text}</div></li>",
    "pictured": "<section><a href='/{number}'><img></a><h3><a href='/{number}'>{title}</a></h3><p>{text}</p></section>",
    "plain": "<div class='r'><a href='/a/{number}'>{title}</a><p>{text}</p></div>",
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("card", CARDS)
@pytest.mark.parametrize("times", [4, 30])
def test_a_list_of_other_articles_is_none(lang: str, card: str, times: int):
    body = f"<main><h1>{HEADLINES[lang][1].split()[0]}</h1>{teasers(lang, times, CARDS[card])}</main>"
    with pytest.raises(NoArticle):
        page(html(body, '<meta property="og:type" content="website">', lang), "https://harbour.example/section/town")


@pytest.mark.parametrize("url", ["https://harbour.example/", "https://harbour.example"])
def test_a_front_page_is_none_even_with_a_long_text(url: str):
    with pytest.raises(NoArticle, match="front page"):
        page(html(f"<main>{news('en', 9)}</main>"), url)


WALLS = {
    "an error": "<main><h1>404</h1><p>{short}</p><p><a href='/'>{title}</a></p></main>",
    "a log-in": "<main><h1>{title}</h1><p>{text}</p><form><input type='password'></form><p>{text2}</p></main>",
    "a dialog": "<div role='dialog'><h2>{title}</h2><p>{text}</p><p>{text2}</p><p>{text3}</p><button>OK</button></div>",
    "consent": "<div class='cookie-consent'><p>{text}</p><p>{text2}</p><p>{text3}</p><button>{title}</button></div>",
    "a search": "<main><form><input name='q'></form><p>{title}</p><ol>{list}</ol></main>",
    "a redirect": "<p><a href='/a/1'>{title}</a></p>",
    "nothing": "<div id='root'></div><script src='/a.js'></script><script src='/b.js'></script><script>x</script>",
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("wall", WALLS)
def test_what_stands_before_articles_is_none(lang: str, wall: str):
    text = TEASERS[lang]
    body = WALLS[wall].format(
        title=HEADLINES[lang][0],
        short=text[: len(text) // 2],
        text=text,
        text2=text[:-1] + " 2.",
        text3=text[:-1] + " 3.",
        list=teasers(lang, 8, CARDS["items"]),
    )
    with pytest.raises(NoArticle):
        page(html(body, "", lang), "https://harbour.example/some/page")


@pytest.mark.parametrize("kind", ["VideoObject", "ImageGallery"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_of_pictures_with_a_caption_is_none(lang: str, kind: str):
    head = f'<script type="application/ld+json">{{"@type": "{kind}", "name": "{HEADLINES[lang][0]}"}}</script>'
    with pytest.raises(NoArticle):
        page(html(f"<main><h1>{HEADLINES[lang][0]}</h1><video></video><p>{TEASERS[lang]}</p></main>", head, lang))


def news(lang: str, paragraphs: int = 3) -> str:
    return "".join(f"<p>{TEASERS[lang][:-1]} {number}.</p>" for number in range(paragraphs))


ARTICLES = {
    "short, but said to be one": (
        "<article><h1>{title}</h1><p>{text}</p></article>",
        '<meta property="og:type" content="article">',
    ),
    "beside cards": ("<main><article><h1>{title}</h1>{news}</article><div>{cards}</div></main>", ""),
    "in a form": ("<form><div id='content'><h1>{title}</h1>{news}</div></form>", ""),
    "in bare blocks": ("<main><h1>{title}</h1><div>{text} 1.</div><div>{text} 2.</div><div>{text} 3.</div></main>", ""),
    "broken by lines": ("<main><h1>{title}</h1><div>{text} 1.<br><br>{text} 2.<br/><br/>{text} 3.</div></main>", ""),
    "with a log-in": (
        "<main><article><h1>{title}</h1>{news}{news2}</article><form><input type='password'></form></main>",
        "",
    ),
    "marked all over": ("<main class='sidebar widget card'><h1>{title}</h1>{news}</main>", ""),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", ARTICLES)
def test_an_article_is_one(lang: str, kind: str):
    body, head = ARTICLES[kind]
    whole = body.format(
        title=HEADLINES[lang][0],
        text=TEASERS[lang],
        news=news(lang),
        news2=news(lang, 9)[len(news(lang)) :],
        cards=teasers(lang, 12, CARDS["article"]),
    )
    found = page(html(whole, head, lang), "https://harbour.example/a/1")
    assert TEASERS[lang][:-1] in found.text
    assert found.title == HEADLINES[lang][0]
    assert "(3)" not in found.text
    assert "Menu entry" not in found.text


SHORT = {
    "en": "The ferry to Dal stays in the harbour today, its owner said. The crew is on strike, the union says.",
    "ar": "قال رئيس البلدية إن الجسر يبقى مغلقا اليوم أمام السيارات. ولم يعرف السبب بعد، كما قالت الشرطة.",
}


@pytest.mark.parametrize("lang", SHORT)
def test_a_short_report_is_an_article_where_the_page_marks_it_as_its_own(lang):
    head = "<title>Ferry stays in the harbour | Harbour Post</title>"
    marked = f"<main><article><h1>Ferry stays in the harbour</h1><p>{SHORT[lang]}</p></article></main>"
    assert page(html(marked, head, lang)).text == SHORT[lang]
    with pytest.raises(NoArticle, match="does not say that it is an article"):
        page(html(marked.replace("article>", "div>"), head, lang))
