"""Attributions: the packs' examples and a few more per language, in marked-up notation; what holds for any text."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.extraction.attributions.read import _nest, attributions
from sayso.extraction.nouns import Attribution
from sayso.languages.pack import available, load
from sayso.text.markup import Mark, parse, render
from sayso.text.span import Span
from sayso.text.tokens import tokenize

MISSED = {
    "Die {c1|Behauptung}, {q1|der Fluss sei vergiftet}, blieb unbelegt.": "a noun with a clause without complementiser",
    "{q1|Die Ernte ist verloren}, {c1|klagte} {s1|ein Landwirt aus dem Tal}.": "a lower-case word ends a German source",
    "La {c1|denuncia} {q1|de que el club pagó al árbitro} no ha sido probada.": "the main clause resumes unseen",
    "L'{c1|accusation} {q1|selon laquelle le club aurait payé l'arbitre} n'a pas été prouvée.": "the same in French",
}
EXAMPLES = [
    pytest.param(code, one, marks=[pytest.mark.xfail(reason=MISSED[one])] if one in MISSED else [])
    for code in available()
    for one in load(code).examples.attributions
]


def found(lang: str, text: str) -> list[Attribution]:
    return attributions(tokenize(text), load(lang))


def mark(text: str, attributions: list[Attribution]) -> str:
    marks: list[Mark] = []
    for number, one in enumerate(attributions, 1):
        for kind, spans in (("s", one.source), ("c", one.cue), ("q", one.content)):
            marks += [Mark(kind, number, span) for span in spans]
    return render(text, marks)


def groups(marks: list[Mark]) -> set[tuple[tuple[str, Span], ...]]:
    """One sorted tuple of (kind, span) per attribution: numbers and order do not matter."""
    by_number: dict[int, list[tuple[str, Span]]] = {}
    for one in marks:
        by_number.setdefault(one.number, []).append((one.kind, one.span))
    return {tuple(sorted(group)) for group in by_number.values()}


@pytest.mark.parametrize(("lang", "example"), EXAMPLES)
def test_examples_of_the_packs(lang: str, example: str) -> None:
    text, marks = parse(example)
    assert groups(parse(mark(text, found(lang, text)))[1]) == groups(marks), mark(text, found(lang, text))


NOBODY = [
    ("en", "Nobody in the council said that the bridge was safe."),
    # verbs of which a particle makes others
    ("en", "The union called off the strike that had begun on Monday."),
    ("en", "Mira Holt called off “the strike of the year”."),
    ("en", "The airline calls back the passengers whom it had left behind."),
    ("en", "The twins could be told apart, that much was clear."),
    ("ar", "لا أحد قال إن الجسر آمن."),
    ("ru", "Никто не говорил, что мост закрыт."),
    ("fr", "Personne n'a affirmé que le pont était fermé."),
    ("de", "Niemand sagte, dass die Brücke gesperrt sei."),
    ("es", "Nadie dijo que el puente estaba cerrado."),
    ("de", "Wer ihn höre, werde sich fragen, ob er recht habe."),
]


@pytest.mark.parametrize(("lang", "text"), NOBODY)
def test_nobody_says_nothing(lang: str, text: str) -> None:
    assert found(lang, text) == []


MORE = [
    # a preposition is no particle
    ("en", "{s1|The minister} {c1|called} {q1|in parliament for the bridge to be closed}."),
    ("en", "{s1|Mira Holt} {c1|called for} {q1|an end to the war}."),
    # a relative pronoun as source
    ("fr", "{q1|« C'est fini »}, {c1|a déclaré} {s1|Paul Roche}, {c2|selon} {s2|lequel} {q2|le pont rouvrira}."),
    # auxiliaries, objects and addressees beside the subject
    ("ar", "وكان {s1|الوزير سامي الحداد} {c1|قد أعلن} {q1|أن الجسر آمن}."),
    ("ar", "{c1|أوضح} {s1|المتحدث سامي الحداد} للصحفيين {q1|أن الجسر آمن}."),
    ("ru", "Орлова {s1|президент} {c1|назвал} {q1|опасным человеком}."),
    ("ru", "{c1|По} {s1|его} {c1|мнению}, {q1|мост откроют в мае}."),
    # separated particles, subjects behind an auxiliary, subjects parted by commas
    ("de", "{q1|„Wir warten“}, {c1|fügte} {s1|er} {c1|hinzu}."),
    ("de", "{q1|Es habe keine Antwort gegeben}, {c1|hatte} {s1|Reed} am Freitag {c1|mitgeteilt}."),
    ("de", "{s1|Der Sprecher des Amts in Elm, Tom Reed}, {c1|erklärte}, {q1|eine Frage werde niemanden überzeugen}."),
    # left-out and shared subjects
    ("en", "{s1|{s2|Mira Holt}} {c1|said} {q1|the bridge was safe} and {c2|added} {q2|that it would open in May}."),
    ("ar", "{c1|قال} {s1|الوزير سامي الحداد}، الخميس الماضي، {q1|إن الجسر آمن}."),
    ("ar", "و{c1|أضاف}: {q1|«سنفتح الجسر قريبا»}."),
    ("ru", "{q1|«Мост безопасен»}, — {c1|сообщил} {s1|мэр Илья Орлов}."),
    ("ru", "{q1|Мост откроют в мае}, {c1|сообщили} в {s1|мэрии Речного}."),
    ("ru", "{q1|Мост закроют на ремонт в понедельник}. Об этом {c1|сообщил} {s1|мэр Илья Орлов}."),
    ("ru", "{c1|По} {s1|его} {c1|словам}, {q1|мост откроют в мае}."),
    # quotes around, inside and behind the cue
    ("en", "{q1|“We tried,”} {s1|Holt} {c1|said}, {q1|“and we will try again.”}"),
    ("en", "{q1|“We tried,”} {c1|said} {s1|Mira Holt, the mayor of Ely}. {q1|“We will try again.”}"),
    ("en", "{s1|Holt} {c1|said}: {q1|“We tried.”}"),
    ("en", "{s1|Holt} {c1|called} {q1|the report a “fairy tale.”}"),
    ("en", "{q1|The bridge will open in May}, {s1|Holt} {c1|said}."),
    ("en", "{q1|The bridge}, {s1|Holt} {c1|said}, {q1|will not open this year}."),
    ("en", "{s1|HOLT}{c1|:} {q1|The bridge is safe, and it was always safe}."),
    # a comma or a stop inside a number bounds nothing
    ("es", "{c1|Según} {s1|un informe del puerto}, {q1|la deuda era de 18,7 millones al cierre del año}."),
    ("en", "{q1|The dam holds 4.5 or 3,200,000 litres}, {s1|Mira Holt} {c1|said}."),
    # the narrator's words inside the marks
    ("ru", "{q1|«Мост закрыт}, — {c1|заявил} журналистам {s1|мэр Илья Орлов}. — {q1|Ждите весны»}."),
    ("uk", "{q1|«Міст закрито}, — {c1|заявив} {s1|мер Ілля Орлов}. — {q1|Чекайте весни»}."),
    ("ru", "Мост закрыт. {q1|«Это неправда»}, — {c1|ответил} {s1|Орлов}."),
    # inside the marks, too, stands what others said
    (
        "fr",
        "{q1|« Nous partons}, {c1|a déclaré} mardi {s1|le ministre de l'Intérieur Paul Morel}, {q1|et c'est sûr »}.",
    ),
    ("fr", "{q1|« Nous partons}, {c1|assure} {s1|l'avocat}, {q1|et c'est sûr »}."),
    (
        "fr",
        "{q1|« Il est venu à Elm, a annoncé un plan pour la France, puis est reparti »}, {c1|a dit} {s1|Paul Morel}.",
    ),
    ("fr", "{q1|« Il a menti, a promis aux ministres un rapport, puis s'est tu »}, {c1|a dit} {s1|Paul Morel}."),
    ("fr", "{q1|« Elle est venue, elle a dit à Paul de partir, puis s'est tue »}, {c1|a dit} {s1|Paul Morel}."),
    ("it", "{q1|«Partiamo}, {c1|spiega} {s1|il ministro dell'Interno}, {q1|e non torniamo»}."),
    ("it", "{q1|«È venuto, ha detto a Roma che va bene, poi è ripartito»}, {c1|ha detto} {s1|Carlo Rossi}."),
    ("it", "{q1|«È venuto, ha annunciato un ponte per Elm, poi è sparito»}, {c1|ha detto} {s1|Carlo Rossi}."),
    # who is cited by a report
    (
        "ru",
        "{s2|Агентство «Север»} {c1|со ссылкой на} {s1|полицию} {c2|сообщило}, {q1|{q2|что мост закрыт}}.",
    ),
    (
        "uk",
        "{s2|Агентство «Північ»} {c1|з посиланням на} {s1|поліцію} {c2|повідомило}, {q1|{q2|що міст закрито}}.",
    ),
    (
        "ru",
        "{q1|{q2|Мост закрыт}}. Об этом {c2|сообщает} {s2|агентство «Север»} {c1|со ссылкой на} {s1|полицию}.",
    ),
    # those who are told
    ("de", "{q1|„Das war zu spät“}, {c1|sagte} {s1|Leiterin Karin Holt} der „Elmer Zeitung“."),
    ("de", "{q1|„Das war zu spät“}, {c1|sagte} {s1|der Sprecher der Stadt Elm}."),
    # an infinitive before the cue, a surname like an infinitive, a name for a function
    ("en", "{s1|{s2|Two experts}} who {c1|asked} {q1|not to be named} {c2|said} {q2|the hull was weak}."),
    ("es", "{q1|«No habrá más impuestos»}, {c1|prometió} {s1|Quintanar} ante los periodistas."),
    ("en", "{c1|According to} {s1|the operator, Blue Strait Lines}, {q1|the crew was small}."),
    ("de", "{s1|Die Rätin Jana Holt (Grüne)} {c1|nannte} {q1|den Plan „unanständig“}."),
    ("en", "On Friday {s1|the minister's office} {c1|did not respond to} {q1|questions}."),
    # what is denied is told once
    ("en", "{s1|Holt} {c1|denied} claims {q1|that the port was closed}."),
    # languages without a pack: marks alone
    ("und", "{q1|„ჩვენ არ გავხსნით არხს ორშაბათამდე“}, — {c1|განაცხადა} {s1|ნავსადგურის უფროსმა}."),
    ("und", '{s1|Mkuu wa bandari} {c1|alisema}, {q1|"Hatutafungua mfereji kabla ya Jumatatu ijayo."}'),
    ("und", "{q1|»Vi åbner ikke kanalen før mandag«}, {c1|siger} {s1|havnechef Jan Nyman}."),
    ("und", '{q1|"לא נפתח את התעלה לפני יום שני"}, {c1|אמר} {s1|מנהל הנמל}.'),
    ("und", "{q1|「月曜日までに運河を再開することはない」}と港長は述べた。"),
    ("und", '{q1|"हम सोमवार से पहले नहर नहीं खोलेंगे,"} बंदरगाह प्रमुख ने कहा।'),
    # nobody named, nothing attributed
    ("en", "{q1|The bridge} {c1|is expected} {q1|to open in May}."),
    ("en", "The so-called “green bridge” was repainted."),
    ("en", "I think the bridge is safe."),
    ("en", "Don't cross the 'old' bridge; it's the council's."),
]


@pytest.mark.parametrize(("lang", "example"), MORE)
def test_more(lang: str, example: str) -> None:
    text, marks = parse(example)
    assert groups(parse(mark(text, found(lang, text)))[1]) == groups(marks), mark(text, found(lang, text))


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Holt denied that the bridge was closed.", "denies"),
        ("Holt did not say that the bridge was closed.", "denies"),
        ("Holt declined to say when the bridge would open.", "declines"),
        ("Holt warned that the bridge was weak.", "warns"),
        ("Holt vowed to open the bridge.", "promises"),
    ],
)
def test_stance(text: str, stance: str) -> None:
    assert [one.stance for one in found("en", text)][:1] == [stance]


NEGATED = [
    # who does not deny says nothing of it either way
    ("en", "The ministry neither confirmed nor denied that its plane had been shot down.", "declines"),
    ("en", "The ministry has neither denied nor confirmed that its plane had been shot down.", "declines"),
    ("en", "The ministry did not deny that its plane had been shot down.", "declines"),
    ("ru", "Министерство не подтвердило и не опровергло, что самолёт был сбит.", "declines"),
    ("ru", "Министерство не опровергло, что самолёт был сбит.", "declines"),
    ("uk", "Міністерство не підтвердило і не спростувало, що літак було збито.", "declines"),
    ("es", "El ministerio no confirmó ni negó que su avión hubiera sido derribado.", "declines"),
    ("pt", "O ministério não confirmou nem negou que o avião tivesse sido abatido.", "declines"),
    ("it", "Il ministero non ha confermato né smentito che l'aereo sia stato abbattuto.", "declines"),
    ("fr", "Le ministère n'a ni confirmé ni démenti que son avion avait été abattu.", "declines"),
    ("fr", "Le ministère n'a pas nié que son avion avait été abattu.", "declines"),
    ("de", "Das Ministerium hat weder bestätigt noch dementiert, dass das Flugzeug abgeschossen wurde.", "declines"),
    ("de", "Das Ministerium dementierte nicht, dass das Flugzeug abgeschossen wurde.", "declines"),
    ("ar", "لم ينف المتحدث أن الطائرة أسقطت.", "declines"),
    ("tr", "Bakanlık uçağın düşürüldüğünü yalanlamadı.", "declines"),
    ("tr", "Bakanlık uçağın düşürüldüğünü ne doğruladı ne de yalanladı.", "declines"),
    # who does not say it denies it still
    ("ru", "Министерство не подтвердило, что самолёт был сбит.", "denies"),
    ("es", "El ministerio no confirmó que su avión hubiera sido derribado.", "denies"),
    ("fr", "Le ministère n'a pas confirmé que son avion avait été abattu.", "denies"),
    ("fr", "Le ministère a démenti que son avion avait été abattu.", "denies"),
    ("de", "Das Ministerium dementierte, dass das Flugzeug abgeschossen wurde.", "denies"),
    ("tr", "Bakanlık uçağın düşürüldüğünü yalanladı.", "denies"),
    # what undoes a negation
    ("en", "The minister not only said that the bridge was safe.", "asserts"),
    ("de", "Der Minister sagte nicht nur, dass die Brücke sicher sei.", "asserts"),
    ("de", "Die Polizei bestätigte nicht zuletzt, dass zwei Menschen starben.", "asserts"),
    ("de", "Der Minister hat nicht nur gesagt, dass die Brücke sicher sei.", "asserts"),
    ("fr", "Le ministre n'a pas seulement dit que le pont était sûr.", "asserts"),
    ("fr", "Le ministre ne dit pas seulement que le pont est sûr.", "asserts"),
    ("es", "El ministro no solo dijo que el puente era seguro.", "asserts"),
    ("it", "Il ministro non solo ha detto che il ponte è sicuro.", "asserts"),
    ("pt", "O ministro não só disse que a ponte era segura.", "asserts"),
    ("ru", "Министр не только сказал, что мост безопасен.", "asserts"),
    ("uk", "Міністр не лише сказав, що міст безпечний.", "asserts"),
    ("zh", "部长不仅表示桥是安全的。", "asserts"),
    ("de", "Der Minister sagte nicht, dass nur die Brücke sicher sei.", "denies"),
    ("fr", "Le ministre n'a pas dit que seulement le pont était sûr.", "denies"),
    ("es", "El ministro no solo no dijo que el puente era seguro.", "denies"),
    ("ru", "Министр не сказал, что только мост безопасен.", "denies"),
]


@pytest.mark.parametrize(("lang", "text", "stance"), NEGATED)
def test_what_a_negation_makes_of_a_stance(lang: str, text: str, stance: str) -> None:
    assert {one.stance for one in found(lang, text)} == {stance}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“We tried,” Holt said.", "direct"),
        ("Holt said that they tried.", "indirect"),
        ("Holt said that they “tried every road”.", "mixed"),
    ],
)
def test_type(text: str, kind: str) -> None:
    assert [one.type for one in found("en", text)] == [kind]


def test_the_particle_tells_what_a_german_verb_says() -> None:
    stances = [one.stance for text in DE_PARTICLES for one in found("de", text)]
    assert stances == ["denies", "asserts"]


DE_PARTICLES = (
    "Die Rätin Jana Holt wies den Vorwurf zurück, dass sie gelogen habe.",
    "Die Rätin Jana Holt wies darauf hin, dass der Hafen offen sei.",
)


def test_nested_attributions_know_their_holder() -> None:
    inner = found("en", "Holt said that Reed had claimed that the bridge was weak.")[1]
    assert inner.nested_in == 0
    assert inner.rule == "clause"


def test_an_unclosed_quote_is_reopened_in_the_next_paragraph() -> None:
    text = "Holt said: “We tried.\n\n“We will try again.”"
    (one,) = found("en", text)
    assert [span.of(text) for span in one.content] == ["“We tried", "“We will try again.”"]


def test_every_rule_is_named_and_scored() -> None:
    for one in found("en", "“We tried,” Holt said. According to Reed, they did not. Holt wants to try again."):
        assert one.rule
        assert 0 < one.score < 1


PIECES = st.sampled_from(
    [
        *(
            "Holt",
            "said",
            " ",
            ", ",
            ". ",
            "\n",
            "“",
            "”",
            "«",
            "»",
            '"',
            "'",
            "’",
            "that ",
            "— ",
            ": ",
            "according to ",
        ),
        *(
            "قال ",
            "إن ",
            "وأضاف",
            "сказал",
            "что ",
            "по ",
            "словам ",
            "sagte ",
            "mit",
            "il",
            "の",
            "「",
            "」",
            "😀",
            "é",
        ),
        *("ﷺ", "\u064b", "(", ")", "-", "1"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=80), st.sampled_from(available()))
def test_spans_stand_in_the_text_in_order_and_apart(text: str, lang: str) -> None:
    for number, one in enumerate(found(lang, text)):
        assert one.content
        for spans in (one.source, one.cue, one.content):
            assert list(spans) == sorted(spans)
            for span in spans:
                assert 0 <= span.start < span.end <= len(text)
                assert not span.of(text)[0].isspace()
                assert not span.of(text)[-1].isspace()
            assert all(a.end <= b.start for a, b in pairwise(spans))
        assert one.nested_in is None or 0 <= one.nested_in < number


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["said ", "“said", '"Holt said, ', "Holt said that ", "“a” said, ", "by Holt, who "])
def test_time_grows_with_the_length_only(piece: str) -> None:
    def spent(size: int) -> float:
        tokens, words = tokenize(piece * (size // len(piece))), load("en")
        start = time.process_time()
        attributions(tokens, words)
        return time.process_time() - start

    spent(1000)
    small, large = max(spent(6_000), 0.01), spent(60_000)
    assert large < 40 * small


def test_a_report_is_nested_where_nine_tenths_of_it_lie_in_a_content() -> None:
    def one(cue: tuple[int, int], content: tuple[int, int]) -> Attribution:
        return Attribution((), (Span(*cue),), (Span(*content),), "indirect")

    outer, inner, beyond = one((0, 5), (10, 100)), one((20, 25), (30, 102)), one((40, 45), (50, 130))
    assert [found.nested_in for found in _nest([outer, inner, beyond])] == [None, 0, None]
