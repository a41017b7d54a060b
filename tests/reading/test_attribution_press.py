"""How newspapers bring in a speaker: before, between, behind and far from the quotation."""

from __future__ import annotations

import pytest

from claims.reading.attribution import Statement, suggest
from claims.vocabulary import Position

Expected = list[tuple[str | None, str]]


def said(text: str) -> Expected:
    """Who, as the copy names them, and what."""
    return [(s.source_surface, s.content) for s in suggest(text)]


CASES: list[tuple[str, Expected]] = [
    # the verb opens the sentence
    ("Said Ann Lund: “The tide is out.”", [("Ann Lund", "The tide is out.")]),
    ("Says the mayor, Ann Lund, “The tide is out.”", [("the mayor", "The tide is out.")]),
    ("Remarked Ann Lund, “The tide is out.”", [("Ann Lund", "The tide is out.")]),
    # verbs that speak only beside a quotation
    ("“At last,” laughed Ann Lund.", [("Ann Lund", "At last")]),
    ("“At last,” Ann Lund sighed. “It took years.”", [("Ann Lund", "At last It took years.")]),
    ("“Not true,” Ann Lund fired back.", [("Ann Lund", "Not true")]),
    ("“Is it?” Ann Lund went on, as if alone. “It is.”", [("Ann Lund", "Is it? It is.")]),
    ("“It leaks,” Ann Lund could be heard saying.", [("Ann Lund", "It leaks")]),
    ("“It leaks,” Ann Lund is expected to say.", [("Ann Lund", "It leaks")]),
    ("“It leaks,” Ann Lund is quoted telling the Herald.", [("Ann Lund", "It leaks")]),
    ("The letter read: “It leaks.”", [("The letter", "It leaks.")]),
    # a speaker no noun phrase rule would find
    ("“It leaks,” a voice over says as a dam is shown.", [("a voice over", "It leaks")]),
    ("“It leaks,” Lund, referring to the dam, said.", [("Lund", "It leaks")]),
    ("“It leaks,” the aide, who asked not to be named, said.", [("the aide", "It leaks")]),
    ("“It leaks,” Ms. Lund, 24, of Oslo, who rows, said.", [("Ms. Lund", "It leaks")]),
    ("Lund, R-Ohio, who chairs the panel, said it leaks.", [("Lund", "it leaks")]),
    ("The fisher - a man from Oslo - said: “It leaks.”", [("The fisher", "It leaks.")]),
    ("The dam, which Lund called “a joke,” held.", [("Lund", "a joke")]),
    ("Lund, calling the dam “a joke,” left.", [("Lund", "the dam “a joke,”")]),
    # signs, chants, labels
    ("Strikers held signs reading “Mend the dam” as they marched.", [("Strikers", "Mend the dam")]),
    ("The crowd chanted “Mend the dam” until the police came.", [("The crowd", "Mend the dam")]),
    ("Lund: “It leaks.” Park: “It does not.”", [("Lund", "It leaks."), ("Park", "It does not.")]),
    ("Lund’s reply: “It leaks badly.”", [("Lund", "It leaks badly.")]),
    ("Lund’s office released a note: “It leaks badly.”", [("Lund’s office", "It leaks badly.")]),
    ("Lund put it this way: “It leaks.”", [("Lund", "It leaks.")]),
    ("As Lund said about the dam, “It leaks.”", [("Lund", "It leaks.")]),
    ("“It leaks.” – Ann Lund", [("Ann Lund", "It leaks.")]),
    ("“It leaks” — Ann Lund, mayor of Oslo", [("Ann Lund", "It leaks")]),
    ("“It leaks and it always did”\n— Ann Lund", [("Ann Lund", "It leaks and it always did")]),
    # two speakers, two statements
    ("Some booed, and when Park said it was dry, a man yelled “Look!”", [("Park", "it was dry"), ("a man", "Look!")]),
    ("The sign said “Oslo” and he said “no.”", [("The sign", "Oslo"), ("he", "no.")]),
    # one statement in two parts
    ("Lund said “it leaks,” and that “it is ours.”", [("Lund", "“it leaks,” and that “it is ours.”")]),
    ("The dam is “a joke,” Lund said, and it “should go.”",
     [("Lund", "The dam is “a joke,” and it “should go.”")]),
    ("“It is a joke,” Lund said; “it should go.”", [("Lund", "It is a joke it should go.")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_the_speaker_is_found_wherever_the_copy_puts_it(text: str, expected: Expected) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Lund started “The Tides” in 2010.",
        "Officials are removed after being convicted of, “Treason or Bribery and the like.”",
        "Related: the old dam is dry.\nRelated: the new dam is dry.\nPhotos: all is dry.\nPhotos: more.",
        "Lund: 12.\nPark: 14.\nLund: 15.\nPark: 16.",
    ],
)
def test_what_looks_like_speech_and_is_none_is_left_alone(text: str) -> None:
    assert suggest(text) == []


def test_a_relative_pronoun_means_the_person_by_whom_something_was_done() -> None:
    (statement,) = suggest("The bill drafted by Leo Park who said it leaks has failed.")
    assert statement.source == "Leo Park"


def test_a_statement_announced_by_its_noun_is_given_once() -> None:
    (statement,) = suggest("Ann Lund said in a statement that the dam leaks.")
    assert (statement.source, statement.content) == ("Ann Lund", "the dam leaks")


def test_a_quotation_behind_a_question_is_no_part_of_the_question() -> None:
    asked, answered = suggest("Asked if it leaked, Lund smiled. “Of course it does, as you see.”")
    assert (asked.content, asked.position) == ("it leaked", Position.QUESTIONS)
    assert (answered.source, answered.source_inferred) == ("Lund", True)
    assert answered.content == "Of course it does, as you see."


@pytest.mark.parametrize(
    ("before", "source"),
    [("Leo Park agreed.", "Leo Park"), ("He paused.", "Mr. Lund"), ("The crowd cheered.", "Mr. Lund")],
)  # fmt: skip
def test_a_quotation_nobody_introduces_is_guessed_from_the_sentence_before(
    before: str, source: str
) -> None:
    statement = suggest(f"“It leaks,” said Mr. Lund. {before} “We have known it for years.”")[-1]
    assert statement.content == "We have known it for years."
    assert (statement.source, statement.cue, statement.source_inferred) == (source, None, True)


def test_a_signature_is_not_put_under_what_has_a_cue_of_its_own() -> None:
    (statement,) = suggest("However, said the troops had long been there.\n— Ann Lund")
    assert statement.source is None


def test_a_title_in_a_list_of_sources_is_nobodys_words() -> None:
    assert suggest("Lund, Ann. “Giant Crab Seen Beneath the Harbour Waters.” Oslo Herald.") == []


INTERVIEW = """\
Oslo Herald: Does the dam leak?
Ann Lund: It always did. We said so for years.

Oslo Herald: Who listened?
Ann Lund: Nobody at all.
"""


def turns(text: str) -> list[tuple[str | None, str | None, str]]:
    return [(s.source, s.cue, s.content) for s in suggest(text)]


def test_the_turns_of_an_interview_are_statements_of_whoever_the_label_names() -> None:
    assert turns(INTERVIEW) == [
        ("Oslo Herald", "Oslo Herald", "Does the dam leak?"),
        ("Ann Lund", "Ann Lund", "It always did. We said so for years."),
        ("Oslo Herald", "Oslo Herald", "Who listened?"),
        ("Ann Lund", "Ann Lund", "Nobody at all."),
    ]
    assert all(statement.direct for statement in suggest(INTERVIEW))


def test_question_and_answer_without_names_have_no_speaker() -> None:
    text = "Q: Does it leak?\nA: It always did.\nQ: Who listened?\nA: Nobody at all.\nIt rained."
    found: list[Statement] = suggest(text)
    assert [(s.source, s.position) for s in found] == [
        (None, Position.QUESTIONS),
        (None, Position.ASSERTS),
    ] * 2
