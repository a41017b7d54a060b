"""Quotation marks as the press sets them: odd pairs, open paragraphs, dashes, brackets, abbreviations."""

from __future__ import annotations

import pytest

from claims.reading.attribution import Statement, suggest
from claims.reading.quotations import find_quotations

Expected = list[tuple[str | None, str]]


def said(text: str) -> Expected:
    """Who, as the copy names them, and what."""
    return [(s.source_surface, s.content) for s in suggest(text)]


def check_offsets(text: str, statement: Statement) -> None:
    parts = [text[start:end] for start, end in statement.fragments]
    assert statement.content == " ".join(parts)
    assert (statement.start, statement.end) == (
        statement.fragments[0][0],
        statement.fragments[-1][1],
    )


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("''He asked, 'Why?''' she said.", ["He asked, 'Why?'"]),
        ("‘‘The tide is out,’’ he said.", ["The tide is out,"]),
        ("”The tide is out,” he said.", ["The tide is out,"]),
        ("»The tide is out,« he said.", ["The tide is out,"]),
        ("The tide is out” was all they heard.", []),
        ("It ended: » and nothing else.", []),
    ],
)
def test_odd_pairs_of_marks_are_paired(text: str, inside: list[str]) -> None:
    found = find_quotations(text, 0, len(text))
    assert [text[q.inner_start : q.inner_end] for q in found] == inside


CASES: list[tuple[str, Expected]] = [
    ("''She asked me, 'Is it open?''' Ann Lund said.", [("Ann Lund", "She asked me, 'Is it open?'")]),
    ('"The tide is out" -- Ann Lund told reporters -- "and we stay."', [("Ann Lund", "The tide is out and we stay.")]),
    ("“The tide is out ... ” Ann Lund told the Herald.", [("Ann Lund", "The tide is out ...")]),
    ("“It leaks,” said Lund. ‘‘It always did.’’", [("Lund", "It leaks It always did.")]),
    # brackets and dashes around a quotation with its own cue
    ("The mayor (“I will stay,” he said in May) left.", [("he", "I will stay")]),
    ("And there was this: “We stay,” he said, “for good.”", [("he", "We stay for good.")]),
    ("Lund suggested the dam was old - “It leaks,” Lund said twice.",
     [("Lund", "the dam was old"), ("Lund", "It leaks")]),
    # a sentence that ends with an abbreviation before the quotation goes on
    ("“It leaks,” said Leo Park Jr. “It always did.”", [("Leo Park Jr.", "It leaks It always did.")]),
    ("“It leaks,” he said at 5 p.m. “It always did.”", [("he", "It leaks It always did.")]),
    ("“It leaks,” he told The A.P. “It always did.”", [("he", "It leaks It always did.")]),
    # quoted words that are no speech of the speaker
    ("Lund, “the fox of Oslo,” said rain was due.", [("Lund", "rain was due")]),
    ("“It rained,” said Lund, whose band, “The Tides,” played. “We got wet.”",
     [("Lund", "It rained We got wet.")]),
    ("Lund told the “Morning” show: “The tide is out.”", [("Lund", "The tide is out.")]),
    ("Lund told the city’s “Morning” on Monday that the tide was out.", [("Lund", "the tide was out")]),
    # missing commas
    ("“The tide is out” Ann Lund said.", [("Ann Lund", "The tide is out")]),
    ("“Nobody in this town has seen such a tide since the harbour was dug by hand” Ann Lund told the Herald yesterday.",
     [("Ann Lund", "Nobody in this town has seen such a tide since the harbour was dug by hand")]),
    ("“It leaks,” the port inspector for the western docks Leo Park, told the Herald.",
     [("the port inspector for the western docks Leo Park", "It leaks")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_quotation_is_cut_out_as_it_is_set(text: str, expected: Expected) -> None:
    assert said(text) == expected
    for statement in suggest(text):
        check_offsets(text, statement)


def test_a_quotation_of_several_paragraphs_belongs_to_the_cue_in_its_last_one() -> None:
    text = "“The dam is old.\n\n“It has leaked for years.\n\n“Nobody listens,” Ann Lund said."
    assert said(text) == [("Ann Lund", "The dam is old. It has leaked for years. Nobody listens")]
    (statement,) = suggest(text)
    assert len(statement.fragments) == 3
    check_offsets(text, statement)


def test_an_open_quotation_nobody_introduces_is_one_statement() -> None:
    text = "“The dam is old and everybody knows.\n\n“It has leaked for years.”\n\nRain fell."
    (statement,) = suggest(text)
    assert (statement.source, statement.cue) == (None, None)
    assert statement.content.endswith("It has leaked for years.")


def test_an_open_quotation_behind_an_indirect_clause_goes_on() -> None:
    text = "Ann Lund said the dam was old. “It leaks.\n\n“It always did.”"
    (statement,) = suggest(text)
    assert statement.content == "the dam was old It leaks. It always did."


def test_a_paragraph_that_ends_in_quoted_words_is_continued_by_one_that_only_quotes() -> None:
    text = "Ann Lund said the dam was “past its time.”\n\n“Nobody has looked at it for years.”"
    (statement,) = suggest(text)
    assert statement.content.endswith("“past its time.” Nobody has looked at it for years.")


def test_a_sentence_of_hardly_anything_but_quoted_words_goes_on_with_the_quotation() -> None:
    text = (
        "“The dam leaks,” Ann Lund said. “The old inspector” and his men “just looked away and "
        "went home again as they always do.”"
    )
    (statement,) = suggest(text)
    assert statement.direct is True
    assert (
        statement.content
        == "The dam leaks The old inspector just looked away and went home again as they always do."
    )


@pytest.mark.parametrize("opening", ["Ann Lund explains:", "It was late. Ann Lund added:"])
def test_a_colon_at_the_end_of_a_paragraph_introduces_the_quotation_below(opening: str) -> None:
    text = f"{opening}\n\n“The dam leaks.”\n\n“It always did.”\n\nRain fell."
    (statement,) = suggest(text)
    assert statement.source == "Ann Lund"
    assert statement.cue in ("explains", "added")
    assert statement.content == "The dam leaks. It always did."


def test_a_colon_whose_sentence_names_no_cue_gives_a_guess() -> None:
    text = (
        "At the gate a crowd waited, and Ann Lund came out to meet the crowd:\n\n“The dam leaks.”"
    )
    statement = suggest(text)[-1]
    assert statement.content == "The dam leaks."
    assert statement.direct is True
