"""Marks in a text: nothing is lost, marks may nest and cross paragraphs, and each knows where it ends."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.admin.marking import paragraphs_of


@dataclass(frozen=True)
class Span:
    start: int
    end: int


def spelled(text: str, *spans: Span) -> list[str]:
    """Return each paragraph with its marks in brackets: "[" where one begins, "]" where one ends."""
    return [
        "".join(
            f"{'[' * len(piece.marks)}{piece.text}{']' * len(piece.ending)}"
            for piece in paragraph.pieces()
        )
        for paragraph in paragraphs_of(text, spans)
    ]


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        ("Rain fell.", [], ["Rain fell."]),
        ("Rain fell.", [Span(0, 4)], ["[Rain] fell."]),
        ("Rain fell.", [Span(0, 9), Span(5, 9)], ["[Rain [[fell]]."]),
        ("Rain fell.", [Span(0, 6), Span(5, 9)], ["[Rain [[f][ell]."]),
        ("🌧 fell.", [Span(2, 6)], ["🌧 [fell]."]),
        ("One.\n\nTwo.", [Span(0, 10)], ["[One.", "[Two.]"]),
        ("One.\n\n\n\nTwo.", [Span(8, 12)], ["One.", "", "[Two.]"]),
        ("One.\nTwo.", [Span(0, 9)], ["[One.\nTwo.]"]),
    ],
)
def test_marks_are_where_they_should_be(text: str, spans: list[Span], expected: list[str]) -> None:
    assert spelled(text, *spans) == expected


def test_a_click_means_the_narrowest_mark() -> None:
    wide, narrow = Span(0, 10), Span(5, 9)
    (paragraph,) = paragraphs_of("Rain fell.", [narrow, wide])
    assert [piece.inmost for piece in paragraph.pieces()] == [wide, narrow, wide]


def test_paragraphs_say_at_which_code_point_they_begin() -> None:
    assert [part.start for part in paragraphs_of("🌧.\n\nIt fell.", list[Span]())] == [0, 4]


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Span]]:
    text = draw(st.text(st.sampled_from("ab \n🌧"), min_size=1, max_size=40))
    edges = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(edges, edges), max_size=6))
    return text, [Span(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]]


@given(marked_texts())
def test_no_character_is_lost_and_every_mark_covers_its_words(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    paragraphs = paragraphs_of(text, spans)
    pieces = [list(paragraph.pieces()) for paragraph in paragraphs]
    assert "\n\n".join("".join(piece.text for piece in one) for one in pieces) == text
    for span in set(spans):
        covered = "".join(p.text for one in pieces for p in one if span in p.marks)
        assert covered.replace("\n", "") == text[span.start : span.end].replace("\n", "")
