"""Anchoring holds for any text: what is selected is found again."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from claims.reading.anchor import Quote, QuoteAmbiguous, locate, reanchor, select
from claims.reading.folding import fold

LETTERS = st.sampled_from("aab  .\n“”’'–-\u00a0\u00ad…é🚢")
TEXTS = st.text(LETTERS | st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200)
WORDS = st.lists(
    st.sampled_from(["ferry", "line", "pier", "council", "said", "“safe”", "12,400", "don’t", "–"]),
    min_size=1,
    max_size=60,
).map(" ".join)


@st.composite
def quotes(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> tuple[str, Quote]:
    text = draw(texts)
    start = draw(st.integers(0, len(text) - 1))
    return text, select(text, start, draw(st.integers(start + 1, len(text))))


@given(quotes(TEXTS))
def test_in_the_same_text_a_quote_is_where_it_was(drawn):
    text, quote = drawn
    found = reanchor(quote, text)
    assert (found.start, found.end, found.method) == (quote.start, quote.end, "position")


@given(quotes(WORDS), WORDS)
def test_after_an_insertion_the_same_words_are_found_or_refused_as_ambiguous(drawn, inserted):
    text, quote = drawn
    changed = f"{inserted}\n\n{text}"
    if not quote.exact.strip():
        return
    try:
        found = reanchor(quote, changed)
    except QuoteAmbiguous:
        wanted = re.escape(fold(quote.exact).text.strip())
        assert len(re.findall(f"(?={wanted})", fold(changed).text)) > 1
    else:
        words = fold(changed[found.start : found.end]).text
        assert words.strip() == fold(quote.exact).text.strip()


@given(quotes(WORDS))
def test_words_copied_from_a_text_are_located_there(drawn):
    text, quote = drawn
    if not quote.exact.strip():
        return
    found = locate(text, quote.exact, start=quote.start)
    assert found.exact == quote.exact.strip()
    assert found.start == quote.start + len(quote.exact) - len(quote.exact.lstrip())


@given(TEXTS)
def test_folding_remembers_where_every_character_came_from(text):
    folded = fold(text)
    assert len(folded.at) == len(folded.text)
    assert folded.at == sorted(folded.at)
    assert all(0 <= position < len(text) for position in folded.at)
