"""Edits as an editor would name them: pairs of texts in seven languages, all invented, and what differs.

Each line of the expectation is one edit in the order of the later text: "~" changed, "+" added, "-" removed, ">" moved,
[-removed-] and {+added+} words in it; "noise RULE" a difference that is none.
"""

from __future__ import annotations

from typing import NamedTuple


class Pair(NamedTuple):
    """Two texts and the edits between them, one a line."""

    lang: str
    before: str
    after: str
    edits: str


PAIRS = [
    # A number
    Pair(
        "en",
        "Twelve boats sank. 12 people died in the harbour of Marrow.",
        "Twelve boats sank. 15 people died in the harbour of Marrow.",
        "~ [-12-] {+15+} people died in the harbour of Marrow.",
    ),
    Pair(
        "en",
        "The bridge cost 1,200 crowns.",
        "The bridge cost 1,350 crowns.",
        "~ The bridge cost [-1,200-] {+1,350+} crowns.",
    ),
    Pair(
        "de",
        "Die Brücke kostet 1.200 Kronen.",
        "Die Brücke kostet 1.350 Kronen.",
        "~ Die Brücke kostet [-1.200-] {+1.350+} Kronen.",
    ),
    Pair(
        "fr",
        "Le pont coûte 1 200 couronnes.",
        "Le pont coûte 1 350 couronnes.",
        "~ Le pont coûte [-1 200-] {+1 350+} couronnes.",
    ),
    Pair("ru", "Мост стоит 1 200 крон.", "Мост стоит 1 350 крон.", "~ Мост стоит [-1 200-] {+1 350+} крон."),
    Pair("ar", "قتل 12 شخصا في المرفأ أمس.", "قتل 15 شخصا في المرفأ أمس.", "~ قتل [-12-] {+15+} شخصا في المرفأ أمس."),
    Pair(
        "es",
        "Murieron 12 personas en el puerto.",
        "Murieron 15 personas en el puerto.",
        "~ Murieron [-12-] {+15+} personas en el puerto.",
    ),
    Pair("zh", "港口事故造成12人死亡。", "港口事故造成15人死亡。", "~ 港口事故造成[-12-]{+15+}人死亡。"),
    # A word, a "not", a name
    Pair(
        "en",
        "The ferry was safe, the mayor said.",
        "The ferry was not safe, the mayor said.",
        "~ The ferry was {+not+} safe, the mayor said.",
    ),
    Pair(
        "ru",
        "Паром был безопасен, сказал мэр.",
        "Паром не был безопасен, сказал мэр.",
        "~ Паром {+не+} был безопасен, сказал мэр.",
    ),
    Pair(
        "fr",
        "Le bac est sûr, a dit le maire.",
        "Le bac n’est pas sûr, a dit le maire.",
        "~ Le bac [-est-] {+n’est pas+} sûr, a dit le maire.",
    ),
    Pair(
        "de",
        "Die Fähre war sicher, sagte der Bürgermeister.",
        "Die Fähre war unsicher, sagte der Bürgermeister.",
        "~ Die Fähre war [-sicher-]{+unsicher+}, sagte der Bürgermeister.",
    ),
    Pair(
        "es",
        "La alcaldesa Ana Ruiz negó el informe.",
        "La alcaldesa Ana Ruiz confirmó el informe.",
        "~ La alcaldesa Ana Ruiz [-negó-] {+confirmó+} el informe.",
    ),
    Pair("zh", "市长说渡轮是安全的。", "市长说渡轮是不安全的。", "~ 市长说渡轮是{+不+}安全的。"),
    Pair(
        "ar",
        "قال الوزير إن الجسر آمن تماما.",
        "قال رئيس البلدية إن الجسر آمن تماما.",
        "~ قال [-الوزير-] {+رئيس البلدية+} إن الجسر آمن تماما.",
    ),
    Pair(
        "en", "Well-known divers searched.", "Unknown divers searched.", "~ [-Well-known-] {+Unknown+} divers searched."
    ),
    # Added and removed sentences
    Pair(
        "en",
        "A fire broke out. Nobody was hurt.",
        "A fire broke out. The cause is unknown. Nobody was hurt.",
        "+ {+The cause is unknown.+}",
    ),
    Pair(
        "en",
        "A fire broke out. The cause is unknown. Nobody was hurt.",
        "A fire broke out. Nobody was hurt.",
        "- [-The cause is unknown.-]",
    ),
    Pair(
        "de",
        "Ein Feuer brach aus.\nNiemand wurde verletzt.",
        "Ein Feuer brach aus.\nDie Ursache ist unklar.\nNiemand wurde verletzt.",
        "+ {+Die Ursache ist unklar.+}",
    ),
    Pair(
        "ru",
        "Начался пожар. Никто не пострадал.",
        "Начался пожар. Никто не пострадал. Причина неизвестна.",
        "+ {+Причина неизвестна.+}",
    ),
    Pair("ar", "اندلع حريق في السوق. لم يصب أحد.", "اندلع حريق في السوق.", "- [-لم يصب أحد.-]"),
    Pair("zh", "市场起火。无人受伤。", "市场起火。原因不明。无人受伤。", "+ {+原因不明。+}"),
    Pair(
        "fr",
        "Un feu s’est déclaré.",
        "Un feu s’est déclaré. Personne n’a été blessé.",
        "+ {+Personne n’a été blessé.+}",
    ),
    Pair("es", "Hubo un incendio. No hay heridos.", "No hay heridos.", "- [-Hubo un incendio.-]"),
    # One thing told in wholly other words
    Pair(
        "en",
        "The council meets on Friday. Two lorries burned out near the quay.",
        "The council meets on Friday. A school in Torrin got new windows.",
        "- [-Two lorries burned out near the quay.-]\n+ {+A school in Torrin got new windows.+}",
    ),
    # Moved sentences; moved and changed
    Pair(
        "en",
        "The cause is not known. Two boats sank near the quay. Divers searched until night. The port is shut.",
        "Two boats sank near the quay. Divers searched until night. The port is shut. The cause is not known.",
        "> The cause is not known.",
    ),
    Pair(
        "ru",
        "Причина пока неизвестна. Два катера затонули у причала. Водолазы искали до ночи. Порт закрыт на неделю.",
        "Два катера затонули у причала. Водолазы искали до ночи. Порт закрыт на неделю. Причина пока неизвестна.",
        "> Причина пока неизвестна.",
    ),
    Pair(
        "ar",
        "لم يعرف السبب بعد. غرق قاربان قرب الرصيف. بحث الغواصون حتى الليل. أغلق المرفأ أسبوعا.",
        "غرق قاربان قرب الرصيف. بحث الغواصون حتى الليل. أغلق المرفأ أسبوعا. لم يعرف السبب بعد.",
        "> لم يعرف السبب بعد.",
    ),
    Pair(
        "en",
        "About 40 divers from three towns searched. Two boats sank near the quay. The port is shut. Schools stay open.",
        "Two boats sank near the quay. The port is shut. Schools stay open. About 60 divers from three towns searched.",
        "> About [-40-] {+60+} divers from three towns searched.",
    ),
    # Sentences joined and parted
    Pair(
        "en",
        "The mayor spoke at noon. The council sat until night.",
        "The mayor spoke at noon, and the council sat until night.",
        "~ The mayor spoke at noon[-. The-] {+, and the+} council sat until night.",
    ),
    Pair(
        "de",
        "Der Rat tagte am Abend im Hafenamt, und die Sitzung dauerte bis Mitternacht.",
        "Der Rat tagte am Abend im Hafenamt. Die Sitzung dauerte bis Mitternacht.",
        "~ Der Rat tagte am Abend im Hafenamt[-, und die-] {+. Die+} Sitzung dauerte bis Mitternacht.",
    ),
    # Several edits of one text
    Pair(
        "en",
        "Rain fell on Monday. Rain fell on Tuesday. Three roads are closed. The mayor sleeps.",
        "Rain fell on Monday. Four roads are closed. The mayor sleeps. Schools are open.",
        "- [-Rain fell on Tuesday.-]\n~ [-Three-] {+Four+} roads are closed.\n+ {+Schools are open.+}",
    ),
    Pair(
        "es",
        "Llueve desde el lunes. Hay tres carreteras cerradas. La alcaldesa pide calma.",
        "Llueve desde el martes. La alcaldesa Ruiz pide calma. Las escuelas abren.",
        "~ Llueve desde el [-lunes-]{+martes+}.\n- [-Hay tres carreteras cerradas.-]\n"
        "~ La alcaldesa {+Ruiz+} pide calma.\n+ {+Las escuelas abren.+}",
    ),
    Pair(
        "zh",
        "周一下雨。三条道路关闭。市长呼吁保持冷静。",
        "周一下雨。四条道路关闭。市长呼吁保持冷静。学校照常开放。",
        "~ [-三-]{+四+}条道路关闭。\n+ {+学校照常开放。+}",
    ),
    # The same sentence several times
    Pair("en", "“No.” He left. “No.” She stayed.", "“No.” He left. “No.” “No.” She stayed.", "+ {+“No.”+}"),
    # Styles
    Pair("en", "The mayor said: “Never.”", 'The mayor said: "Never."', "noise quotation marks"),
    Pair("fr", "Le maire a dit : « Jamais. »", "Le maire a dit : “Jamais.”", "noise quotation marks"),
    Pair("de", "Der Zug – der letzte – fuhr.", "Der Zug — der letzte — fuhr.", "noise dashes"),
    Pair("ru", "Мэр сказал: «Никогда».", "Мэр сказал: „Никогда“.", "noise quotation marks"),
    Pair("zh", "市长说：“绝不。”", "市长说：「绝不。」", "noise quotation marks"),
    Pair(
        "zh",
        "“绝不。”市长说。“永不。”",
        '"绝不。"市长说。"永不。"',
        "noise quotation marks\nnoise quotation marks",
    ),
    Pair("ar", "قال العمدة: «أبدا».", 'قال العمدة: "أبدا".', "noise quotation marks"),
    Pair("en", "He waited... and left.", "He waited… and left.", "noise dots"),
    Pair("en", "The long\u00adest pier is shut.", "The longest pier is shut.", "noise invisible characters"),
    Pair("fr", "Le prix : 12 %.", "Le prix\u00a0: 12\u202f%.", "noise white space"),
    Pair("en", "One line\nand the next.", "One line and the next.", "noise white space"),
    Pair("en", "It rained.\n\nIt snowed.", "It rained. It snowed.", "noise white space"),
    Pair(
        "en",
        "The “safe” pier cost 12 crowns.",
        'The "safe" pier cost 15 crowns.',
        '~ The "safe" pier cost [-12-] {+15+} crowns.',
    ),
    # Lines of noise
    Pair("en", "Updated 3 minutes ago\nIt rained.", "Updated 2 hours ago\nIt rained.", "noise time line"),
    Pair("ru", "Обновлено 5 минут назад\nШёл дождь.", "Обновлено час назад\nШёл дождь.", "noise time line"),
    Pair(
        "ar",
        "آخر تحديث قبل 5 دقائق\nهطل المطر.\n12 تعليقا",
        "آخر تحديث قبل 3 ساعات\nهطل المطر.\n40 تعليقا",
        "noise time line\nnoise counter",
    ),
    Pair(
        "de",
        "Es regnete.\nLesen Sie auch: Der Hafen schließt",
        "Es regnete.\nLesen Sie auch: Die Fähre fährt",
        "noise link elsewhere",
    ),
    Pair("fr", "Il a plu.\nPartager sur Facebook", "Il a plu.", "noise invitation"),
    Pair("es", "Llovió.\n12 comentarios", "Llovió.\n14 comentarios", "noise counter"),
    Pair("zh", "下雨了。\n更新于3分钟前", "下雨了。\n更新于2小时前", "noise time line"),
    Pair(
        "en",
        "It rained.\nUpdated: 12 March 2024, 14:35",
        "It rained.\nUpdated: 12 March 2024, 16:10",
        "noise update line",
    ),
    # What looks like noise and is none
    Pair(
        "en",
        "The quake struck three hours ago.",
        "The quake struck five hours ago.",
        "~ The quake struck [-three-] {+five+} hours ago.",
    ),
    Pair(
        "en",
        "The ministry deleted 12 comments.",
        "The ministry deleted 40 comments.",
        "~ The ministry deleted [-12-] {+40+} comments.",
    ),
    # Capitals and marks are edits
    Pair("en", "The state will pay.", "The State will pay.", "~ The [-state-] {+State+} will pay."),
    Pair("en", "The state will pay.", "The state will pay?", "~ The state will pay[-.-]{+?+}"),
]
