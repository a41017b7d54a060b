"""Cutting an article's text into marked pieces."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from claims.public.marks import Span, paragraphs

TEXT = "one two three\n\nfour five\n \nsix"


def cut(text: str, *spans: tuple[int, int]) -> list[list[tuple[str, tuple[int, ...]]]]:
    numbered = [Span(start, end, number) for number, (start, end) in enumerate(spans, 1)]
    return [
        [(piece.text.rstrip("\n"), tuple(span.number for span in piece.spans)) for piece in pieces]
        for pieces in paragraphs(text, numbered)
    ]


def test_text_without_quotes_is_its_paragraphs() -> None:
    assert cut(TEXT) == [[("one two three", ())], [("four five\n ", ())], [("six", ())]]


def test_nested_and_overlapping_quotes_share_pieces() -> None:
    assert cut("abcdef", (0, 4), (1, 2), (3, 6)) == [
        [("a", (1,)), ("b", (1, 2)), ("c", (1,)), ("d", (1, 3)), ("ef", (3,))]
    ]


def test_a_quote_over_a_paragraph_break_is_marked_on_both_sides() -> None:
    found = cut(TEXT, (8, 19))
    assert found[0] == [("one two ", ()), ("three", (1,))]
    assert found[1] == [("four", (1,)), (" five\n ", ())]


def test_each_quote_closes_once_where_it_ends() -> None:
    spans = [Span(8, 19, 1), Span(8, 13, 2)]
    pieces = [piece for block in paragraphs(TEXT, spans) for piece in block]
    closing = [(piece.text, [span.number for span in piece.closing]) for piece in pieces]
    assert [pair for pair in closing if pair[1]] == [("three", [2]), ("four", [1])]


def test_a_quote_that_does_not_fit_the_text_is_left_out() -> None:
    assert cut("abc", (2, 9), (3, 3), (5, 6)) == [[("abc", ())]]


def test_a_quote_that_ends_in_a_paragraph_break_still_closes() -> None:
    spans = [Span(0, 14, 1)]
    pieces = [piece for block in paragraphs(TEXT, spans) for piece in block]
    assert [piece.text for piece in pieces if piece.closing] == ["one two three\n"]


@given(st.text("ab \n", max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40))))
def test_no_character_is_lost_or_doubled(text: str, edges: list[tuple[int, int]]) -> None:
    spans = [Span(min(pair), max(pair), number) for number, pair in enumerate(edges)]
    plain = "".join(piece.text for block in paragraphs(text, []) for piece in block)
    marked = "".join(piece.text for block in paragraphs(text, spans) for piece in block)
    assert marked == plain
