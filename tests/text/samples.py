"""Texts and generators of texts that are hard to cut: right to left, combining marks, emoji, odd white space."""

from __future__ import annotations

from hypothesis import strategies as st

from sayso.text.span import Span

PIECES = [
    "The bridge is safe. ", "“Why?” ", "he asked… ", "don’t ", "150,000 ", "3½ ", "Straße ",
    "İstanbul ", "ﬁne ", "Å", "A\u030a", "قال الوزيرُ ", "أُمَّـــة ", "ﷺ", "١٢٣ ", "؟ ", "می‌شود ",
    "שָׁלוֹם ", "\u200f", "नमस्ते। ", "ক্ষেত্র ", "他说。“好！”", "가", "ᄀ", "ᆨ", "ｶﾞ", "ё", "й", "👨‍👩‍👧",
    "🇺🇦", "❤️", "👍🏽", "e\u0301\u0323", "\u0301", "\r\n", "\r", "\n\n\n", "\u2028", "\u00a0", "\t ",
    "\x00", "\ufeff", "\u00ad", "\u200b", "\u200d", "\u200c", "\u2011", "{", "}", "\\", "`", "´",
    "″", "\ud800", "J. F. ", "д. ", "Mr. ", "_",
]  # fmt: skip

texts = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
    st.text(max_size=40),
    st.lists(st.one_of(st.sampled_from(PIECES), st.characters()), max_size=12).map("".join),
)


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, Span]:
    text = draw(texts)
    start = draw(st.integers(0, len(text)))
    return text, Span(start, draw(st.integers(start, len(text))))
