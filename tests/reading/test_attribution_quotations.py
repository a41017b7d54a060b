"""Quotation marks of every make, quotations split by their cue, and quotations that go on."""

from __future__ import annotations

import pytest

from claims.reading.attribution import suggest
from claims.reading.quotations import find_quotations


def inner(text: str) -> list[str]:
    """What stands inside the quotation marks of a paragraph."""
    return [text[q.inner_start : q.inner_end] for q in find_quotations(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('He said "yes" and "no".', ["yes", "no"]),
        ("He said “yes” and “no”.", ["yes", "no"]),
        ("He said ''yes'' and ``no''.", ["yes", "no"]),
        ("Il dit «oui».", ["oui"]),
        ("Er sagt „ja“.", ["ja"]),
        ("‘Yes,’ he said.", ["Yes,"]),
        ("'Yes,' he said.", ["Yes,"]),
        ("‘The workers’ club is shut,’ he said.", ["The workers’ club is shut,"]),
        ("The workers’ club isn’t shut.", []),
        ("The '90s were 'em times of the workers' union.", []),
        ("“He told me ‘no’ twice,” she said.", ["He told me ‘no’ twice,"]),
        ("“Nobody closed this", ["Nobody closed this"]),
        ('A 6\'2" man said "yes".', ["yes"]),
        ("No marks at all.", []),
    ],
)
def test_marks_are_paired(text: str, inside: list[str]) -> None:
    assert inner(text) == inside


@pytest.mark.parametrize(
    "text",
    [
        "“The road is open,” Ann Smith said. “The bridge is not.”",
        "“The road is open,” Ann Smith said, “The bridge is not.”",
        '"The road is open," Ann Smith said. "The bridge is not."',
        "‘The road is open,’ Ann Smith said. ‘The bridge is not.’",
        "''The road is open,'' said Ann Smith, the mayor. ''The bridge is not.''",
        "“The road is open,” Ann Smith said in Oslo.\n“The bridge is not.”",
    ],
)
def test_a_quotation_split_by_its_cue_is_one_statement(text: str) -> None:
    (statement,) = suggest(text)
    assert statement.content == "The road is open The bridge is not."
    assert statement.direct is True
    assert [text[start:end] for start, end in statement.fragments] == [
        "The road is open",
        "The bridge is not.",
    ]


def test_a_quotation_alone_in_its_paragraph_goes_to_the_last_speaker_as_a_guess() -> None:
    text = "Ann Smith criticized the budget.\n“Nobody has read it to the end.”"
    _, quoted = suggest(text)
    assert (quoted.source, quoted.source_inferred) == ("Ann Smith", True)
    assert (quoted.cue, quoted.source_start) == (None, None)
    assert quoted.content == "Nobody has read it to the end."


def test_a_quotation_before_anybody_spoke_has_no_source() -> None:
    (quoted,) = suggest("“Nobody has read it to the end.”")
    assert (quoted.source, quoted.source_inferred) == (None, False)


def test_words_in_quotation_marks_inside_a_clause_do_not_make_it_direct() -> None:
    (statement,) = suggest("Ann Smith said the plan was “a gamble” for everyone.")
    assert statement.direct is False
    assert statement.content == "the plan was “a gamble” for everyone"


def test_a_quotation_that_follows_an_indirect_clause_belongs_to_it() -> None:
    (statement,) = suggest("Ann Smith said the plan was off. “Nobody wants it any more.”")
    assert statement.content == "the plan was off Nobody wants it any more."
    assert statement.direct is False


def test_words_of_saying_inside_a_quotation_are_not_the_articles_own() -> None:
    (statement,) = suggest("“He said the port was full and denied it later,” Ann Smith said.")
    assert statement.source == "Ann Smith"


def test_a_no_break_space_is_a_space() -> None:
    text = "Ann\xa0Smith said the road\xa0is “open\xa0again”."
    (statement,) = suggest(text)
    assert statement.source == "Ann\xa0Smith"
    assert statement.content == text[statement.start : statement.end]
