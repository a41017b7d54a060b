"""Quotes: selected, located, found again in a changed text, refused where that is a guess."""

from __future__ import annotations

import pytest

from claims.reading.anchor import (
    Quote,
    QuoteAmbiguous,
    QuoteNotFound,
    as_selectors,
    locate,
    reanchor,
    select,
    text_fragment,
)

TEXT = (
    "OSLO (AP) — The ferry line carried 12,400 people, the harbour authority said.\n\n"
    "“We didn’t expect such numbers – not before the summer,” said Ines\u00a0Halvard, "
    "who called the old pier “safe”.\n\n"
    "The council denied it. The council denied it again on Monday, and 🚢 sailed on."
)


def quote_of(words: str, text: str = TEXT) -> Quote:
    start = text.index(words)
    return select(text, start, start + len(words))


def test_a_quote_keeps_its_words_its_place_and_its_surroundings():
    quote = quote_of("harbour authority")
    assert quote.exact == TEXT[quote.start : quote.end] == "harbour authority"
    assert quote.prefix == TEXT[quote.start - 32 : quote.start]
    assert quote.suffix == TEXT[quote.end : quote.end + 32]


def test_positions_are_code_points():
    quote = quote_of("sailed on")
    assert TEXT[quote.start - 2] == "🚢"
    assert TEXT[quote.start : quote.end] == "sailed on"


@pytest.mark.parametrize(("start", "end"), [(-1, 4), (4, 4), (9, 4), (0, 10_000)])
def test_a_range_outside_the_text_is_refused(start, end):
    with pytest.raises(QuoteNotFound, match="is not a range within a text of"):
        select(TEXT, start, end)


@pytest.mark.parametrize(
    "typed",
    [
        '"We didn\'t expect such numbers - not before the summer,"',
        "  We didn't   expect\nsuch numbers — not before the summer ",
        "said Ines Halvard",
        "We didn\u2019t ex\u00adpect such numbers",
    ],
)
def test_typed_words_are_located_whatever_marks_and_blanks_were_typed(typed):
    quote = locate(TEXT, typed)
    assert quote.exact == TEXT[quote.start : quote.end]
    assert quote.exact.strip() == quote.exact


def test_the_raw_words_are_kept():
    assert locate(TEXT, "\"We didn't expect").exact == "“We didn’t expect"
    assert locate(TEXT, "Ines Halvard").exact == "Ines\u00a0Halvard"


def test_words_in_decomposed_form_are_located():
    assert locate("The café closed.", "cafe\u0301").exact == "café"


def test_words_that_are_not_there_are_refused():
    with pytest.raises(QuoteNotFound, match=r"quote: “submarine” is not in the article's text"):
        locate(TEXT, "submarine")


@pytest.mark.parametrize("nothing", ["", "  ", "\u200b"])
def test_no_words_are_refused(nothing):
    with pytest.raises(QuoteNotFound):
        locate(TEXT, nothing)


def test_words_in_two_places_are_refused_unless_one_is_meant():
    with pytest.raises(QuoteAmbiguous, match="stands in 2 places"):
        locate(TEXT, "The council denied it")
    second = TEXT.rindex("The council denied it")
    assert locate(TEXT, "The council denied it", start=second).start == second
    with pytest.raises(QuoteAmbiguous):
        locate(TEXT, "The council denied it", start=second + 1)


def test_a_wrong_start_does_not_matter_where_there_is_one_place():
    assert locate(TEXT, "harbour", start=3).exact == "harbour"


def test_an_unchanged_place_is_found_by_position():
    found = reanchor(quote_of("harbour authority"), TEXT + " More.")
    assert (found.method, found.score) == ("position", 1.0)


def test_moved_words_are_found_by_themselves():
    text = "A correction was added.\n\n" + TEXT
    found = reanchor(quote_of("harbour authority"), text)
    assert (found.method, text[found.start : found.end]) == ("quote", "harbour authority")


def test_words_whose_marks_were_changed_are_found_by_themselves():
    text = "New. " + TEXT.replace("’", "'").replace("–", "-").replace("\u00a0", " ")
    found = reanchor(quote_of("We didn’t expect such numbers – not"), text)
    assert text[found.start : found.end] == "We didn't expect such numbers - not"
    assert found.method == "quote"


def test_among_several_places_the_surroundings_decide():
    first, second = TEXT.index("The council denied it"), TEXT.rindex("The council denied it")
    for start in (first, second):
        quote = select(TEXT, start, start + 21)
        found = reanchor(quote, "Updated. " + TEXT)
        assert (found.method, found.start) == ("context", start + 9)


def test_places_with_the_same_surroundings_are_refused():
    refrain = "Nobody was hurt, the mayor said. Nobody was hurt, the mayor said. "
    text = refrain * 4
    start = text.index("the mayor", 80)
    with pytest.raises(QuoteAmbiguous, match="could be at"):
        reanchor(select(text, start, start + 9), "X" + text)


def test_the_same_words_where_they_were_are_not_taken_for_another_occurrence():
    old = "A: it is safe. B: it is late."
    quote = quote_of("it is", old)
    new = "B: it is late. A: it is safe."
    assert reanchor(quote, new).start == new.rindex("it is")


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("12,400 people", "14,200 people", "The ferry line carried 14,200 people"),
        ("carried", "has carried", "The ferry line has carried 12,400 people"),
        ("ferry line", "new ferry line", "The new ferry line carried 12,400 people"),
    ],
)
def test_edited_words_are_found_by_likeness(old, new, found):
    text = "A correction was added.\n\n" + TEXT.replace(old, new)
    place = reanchor(quote_of("The ferry line carried 12,400 people"), text)
    assert text[place.start : place.end] == found
    assert place.method == "fuzzy"
    assert 0.75 <= place.score < 1


def test_two_places_equally_alike_are_refused():
    quote = quote_of("The ferry line carried 12,400 people")
    twice = "So: the ferry line carried 12,500 people. "
    with pytest.raises(QuoteAmbiguous):
        reanchor(quote, twice + "And then. " * 9 + twice)


def test_a_text_that_repeats_itself_has_no_one_place():
    old = "lorem ipsum dolor sit amet consectetur " * 400
    with pytest.raises((QuoteAmbiguous, QuoteNotFound)):
        reanchor(select(old, 1_000, 2_500), old.replace("dolor", "dollar"))


@pytest.mark.parametrize(
    "words", ["harbour authority", "denied it.", "The ferry line carried 12,400"]
)
def test_words_without_their_like_are_refused(words):
    with pytest.raises(QuoteNotFound, match="nor is its like"):
        reanchor(quote_of(words), "Prices rose in May. Nothing else happened, officials said.")


def test_selectors_have_the_shape_of_the_standard():
    quote = quote_of("harbour authority")
    assert as_selectors(quote) == [
        {
            "type": "TextQuoteSelector",
            "exact": "harbour authority",
            "prefix": quote.prefix,
            "suffix": quote.suffix,
        },
        {"type": "TextPositionSelector", "start": quote.start, "end": quote.end},
    ]


def test_a_text_fragment_has_whole_words_around_the_quote():
    assert text_fragment(quote_of("harbour authority")) == (
        "#:~:text=carried%2012%2C400%20people%2C%20the-,harbour%20authority,-said."
    )


def test_a_text_fragment_encodes_what_the_syntax_uses():
    fragment = text_fragment(quote_of("b-c, d & e", "a b-c, d & e f"))
    assert fragment == "#:~:text=a-,b%2Dc%2C%20d%20%26%20e,-f"


def test_a_text_fragment_does_not_reach_into_other_paragraphs():
    text = "One line.\n\nThe quote itself.\n\nAnother line."
    assert text_fragment(quote_of("The quote itself.", text)) == "#:~:text=The%20quote%20itself."


def test_a_quote_cut_within_a_word_has_no_context_there():
    assert text_fragment(quote_of("arbou", "the harbour today")) == "#:~:text=arbou"


def test_a_long_quote_is_given_by_its_ends():
    text = " ".join(f"word{number}" for number in range(100))
    assert text_fragment(select(text, 0, len(text))) == (
        "#:~:text=word0%20word1%20word2%20word3%20word4%20word5,"
        "word94%20word95%20word96%20word97%20word98%20word99"
    )


def test_a_quote_over_two_paragraphs_is_given_by_its_ends():
    text = "First words here.\n\nLast words there."
    assert text_fragment(select(text, 0, len(text))) == (
        "#:~:text=First%20words%20here.,Last%20words%20there."
    )


def test_one_piece_in_common_is_no_likeness():
    quote = quote_of("The ferry line carried 12,400 people, the harbour authority said.")
    with pytest.raises(QuoteNotFound, match="nor is its like"):
        reanchor(quote, "0" * 300 + " 12,400 people" + "1" * 300)


def test_a_place_found_by_likeness_has_no_blanks_outside():
    quote = quote_of("the ferry was very late", "Then the ferry was very late, they said.")
    text = "x " * 30 + " the ferry  was late " + "y " * 30
    found = reanchor(quote, text)
    assert text[found.start : found.end] == "the ferry  was late"
