"""Stories in languages that neither the background bank nor a pack has: meaning alone joins nothing across them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.linking.article import Annotated
from sayso.linking.stories.join import stories
from sayso.models.encoder import Encoder


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(threads=1)


UNRELATED = {
    "sw": [
        (
            "Wakulima wa kahawa wameanza mavuno mapema",
            "Wakulima katika milima ya kusini wamesema mvua za mwaka huu zimeleta mavuno mazuri ya kahawa.",
        ),
        (
            "Timu ya taifa yashinda mechi ya fainali",
            "Mashabiki walisherehekea usiku kucha baada ya timu yao kushinda kwa mabao mawili dhidi ya wapinzani wao.",
        ),
        (
            "Hospitali mpya yafunguliwa mjini",
            "Waziri wa afya amefungua hospitali mpya yenye vitanda mia mbili na vifaa vya kisasa vya upasuaji.",
        ),
    ],
    "ka": [
        (
            "ყავის ფასი ქალაქში გაიზარდა",
            "კაფეების მფლობელები ამბობენ, რომ ყავის ფასი ბოლო ორ თვეში მნიშვნელოვნად გაიზარდა.",
        ),
        (
            "მუზეუმში ახალი გამოფენა გაიხსნა",
            "დამთვალიერებლებს შეუძლიათ ნახონ ძველი ხელნაწერები და მინიატურები, რომლებიც აქამდე არ გამოფენილა.",
        ),
        (
            "მდინარე ნაპირებიდან გადმოვიდა",
            "ძლიერი წვიმის შემდეგ მდინარემ დატბორა რამდენიმე სოფელი და გზები ჩაკეტა.",
        ),
    ],
    "hi": [
        (
            "किसानों ने नई मंडी का स्वागत किया",
            "गांव के किसानों ने कहा कि नई मंडी खुलने से उन्हें अपनी सब्जियों का बेहतर दाम मिलेगा।",
        ),
        (
            "शहर में मेट्रो की नई लाइन शुरू",
            "यात्रियों ने पहले दिन लंबी कतारों में खड़े होकर नई मेट्रो लाइन का सफर किया।",
        ),
        (
            "क्रिकेट टीम ने श्रृंखला जीती",
            "आखिरी मैच में कप्तान के शतक की बदौलत टीम ने श्रृंखला अपने नाम कर ली।",
        ),
    ],
    "ko": [
        (
            "도서관이 새 건물로 이전했다",
            "시립 도서관이 강변의 새 건물에서 다시 문을 열었으며 장서는 두 배로 늘었다.",
        ),
        (
            "태풍으로 항공편이 취소되었다",
            "강한 바람 때문에 남부 공항의 항공편 수십 편이 취소되었다고 공항 측이 밝혔다.",
        ),
        (
            "쌀값이 석 달째 올랐다",
            "농림 당국은 가뭄으로 수확이 줄어 쌀값이 계속 오르고 있다고 설명했다.",
        ),
    ],
    "th": [
        (
            "ชาวนาเริ่มเก็บเกี่ยวข้าวเร็วกว่าปีก่อน",
            "ชาวนาในภาคเหนือกล่าวว่าฝนที่ตกมากทำให้ข้าวสุกเร็วกว่าปกติ",
        ),
        (
            "รถไฟฟ้าสายใหม่เปิดให้บริการ",
            "ผู้โดยสารจำนวนมากเข้าแถวรอขึ้นรถไฟฟ้าสายใหม่ในวันแรกของการเปิดให้บริการ",
        ),
        (
            "นักว่ายน้ำทำลายสถิติโลก",
            "นักว่ายน้ำหญิงวัยยี่สิบปีทำลายสถิติโลกในการแข่งขันรอบชิงชนะเลิศเมื่อคืนนี้",
        ),
    ],
}
FERRY = {
    "sw": [
        (
            "Kivuko cha Marwen chazama",
            "Kivuko cha Marwen kilizama karibu na bandari ya Tolvik; watu 214 waliokolewa, nahodha Joran Beck alisema.",
        ),
        (
            "Watu 214 waokolewa Tolvik",
            "Nahodha Joran Beck alisema watu 214 waliokolewa baada ya kivuko cha Marwen kuzama bandarini Tolvik.",
        ),
    ],
    "fi": [
        (
            "Marwen-lautta upposi",
            "Marwen-lautta upposi Tolvikin sataman lähellä; 214 ihmistä pelastettiin, kertoi kapteeni Joran Beck.",
        ),
    ],
}


def told(texts: dict[str, list[tuple[str, str]]]) -> list[Annotated]:
    return [
        Annotated(id=f"{lang}{i}", title=title, text=text, lang=lang, published="2024-05-01")
        for lang, told in texts.items()
        for i, (title, text) in enumerate(told)
    ]


@pytest.mark.encoder
def test_unrelated_articles_in_languages_that_the_background_lacks_stay_apart(encoder):
    assert [s.articles for s in stories(told(UNRELATED), encoder) if len(s.articles) > 1] == []


@pytest.mark.encoder
def test_names_and_meaning_together_join_such_languages(encoder):
    ferry = [replace(a, id=f"ferry-{a.id}") for a in told(FERRY)]
    found = stories([*told(UNRELATED), *ferry], encoder)
    assert [sorted(s.articles) for s in found if len(s.articles) > 1] == [["ferry-fi0", "ferry-sw0", "ferry-sw1"]]
