"""Every frame in which the press attributes a statement, in one short sentence each."""

from __future__ import annotations

import pytest

from claims.reading.attribution import Statement, as_json, suggest


def only(text: str) -> Statement:
    """The one statement of a text."""
    found = suggest(text)
    assert len(found) == 1, [statement.content for statement in found]
    return found[0]


FRAMES = [
    # clause after the cue
    ("The minister said that the bridge is closed.", "The minister", "said", "the bridge is closed"),
    ("Ann Smith says the dam will hold.", "Ann Smith", "says", "the dam will hold"),
    ("The bank has said it will wait.", "The bank", "has said", "it will wait"),
    ("Two nurses argue that wards are full.", "Two nurses", "argue", "wards are full"),
    ("She is predicting that prices will fall.", "She", "is predicting", "prices will fall"),
    ("The mayor went on to say the plan was dead.", "The mayor", "went on to say", "the plan was dead"),
    ("Lee said on October 30 that exports fell.", "Lee", "said", "exports fell"),
    ("Lee said on Monday evening in Oslo that exports fell.", "Lee", "said", "exports fell"),
    ("Lee said last year that exports fell.", "Lee", "said", "exports fell"),
    ("Lee on Friday announced that the mine would shut.", "Lee", "on Friday announced", "the mine would shut"),
    ("Lee said despite the storm, boats left.", "Lee", "said", "despite the storm, boats left"),
    # person and clause
    ("Ann Smith told reporters that the road is open.", "Ann Smith", "told", "the road is open"),
    ("Ann Smith told the Oslo Herald the road is open.", "Ann Smith", "told", "the road is open"),
    ("He told them on Monday he would stay.", "He", "told", "he would stay"),
    ("The army urged residents to leave the valley.", "The army", "urged", "residents to leave the valley"),
    # object
    ("The senator criticized the new budget.", "The senator", "criticized", "the new budget"),
    ("The party called the vote a farce.", "The party", "called", "the vote a farce"),
    ("Mr. Brown has called for a new inquiry.", "Mr. Brown", "has called for", "a new inquiry"),
    ("Mr. Brown pledged to rebuild the school.", "Mr. Brown", "pledged", "to rebuild the school"),
    # content before the cue
    ("The road is open again, the police said.", "the police", "said", "The road is open again"),
    ("The road is open again, said the police.", "the police", "said", "The road is open again"),
    ("The road is open again, police said on Monday.", "police", "said", "The road is open again"),
    ("As the mayor put it, the road is open again.", "the mayor", "put it", "the road is open again"),
    # according to
    ("According to the ministry, two trains collided.", "the ministry", "According to", "two trains collided"),
    ("Two trains collided, according to the ministry.", "the ministry", "according to", "Two trains collided"),
    # quotations
    ("“The road is open,” Ann Smith said.", "Ann Smith", "said", "The road is open"),
    ("“The road is open,” said Ann Smith.", "Ann Smith", "said", "The road is open"),
    ("Ann Smith said: “The road is open.”", "Ann Smith", "said", "The road is open."),
    ("Ann Smith said, “The road is open.”", "Ann Smith", "said", "The road is open."),
    ("“Why now?” Mr. Smith asked.", "Mr. Smith", "asked", "Why now?"),
    ("Ann Smith took the floor: “The road is open to everybody.”", "Ann Smith", "took the floor:",
     "The road is open to everybody."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "cue", "content"), FRAMES)
def test_every_frame_gives_source_cue_and_content(
    text: str, source: str, cue: str, content: str
) -> None:
    statement = only(text)
    assert (statement.source_surface, statement.cue, statement.content) == (source, cue, content)


@pytest.mark.parametrize(("text", "source", "cue", "content"), FRAMES)
def test_every_offset_points_at_its_words(text: str, source: str, cue: str, content: str) -> None:
    statement = only(text)
    assert text[statement.start : statement.end] == content
    assert text[statement.source_start : statement.source_end] == source
    assert text[statement.cue_start : statement.cue_end] == cue


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Ann Smith, 21, a junior from Oslo, said it was late.", "Ann Smith"),
        ("Ann Smith, a spokeswoman for the port said it was late.", "Ann Smith"),
        ("The press secretary, Ann Smith, said it was late.", "The press secretary, Ann Smith"),
        ("Ann Smith, who was the chief of staff to Leo Park, then the envoy, said it was late.", "Ann Smith"),
        ("Gov. Ann Smith (D-Ohio) said it was late.", "Gov. Ann Smith"),
        ("Ann Smith and Leo Park said it was late.", "Ann Smith and Leo Park"),
        ("On Monday, Ann Smith said it was late.", "Ann Smith"),
        ("In a statement Ann Smith said it was late.", "Ann Smith"),
        ("However, Ann Smith said it was late.", "Ann Smith"),
        ("The US State Department said it was late.", "The US State Department"),
        ("The U.S. ambassador to Norway said it was late.", "The U.S. ambassador to Norway"),
        ("The family said it was late.", "The family"),
        ("OSLO, May 2 (Reuters) - Ann Smith said it was late.", "Ann Smith"),
        ("More than 4 in 10 said it was late.", "More than 4 in 10"),
    ],
)  # fmt: skip
def test_the_speaker_is_found_before_the_verb(text: str, source: str) -> None:
    assert [statement.source for statement in suggest(text)][-1] == source


def test_a_second_verb_has_the_same_speaker() -> None:
    first, second = suggest("The senator criticized the budget and called it a mistake.")
    assert (first.source, first.content) == ("The senator", "the budget")
    assert (second.source, second.content) == ("The senator", "it a mistake")


def test_a_participle_has_the_speaker_of_its_sentence() -> None:
    first, second = suggest("The senator said the vote was fair, adding that turnout was high.")
    assert (first.source, first.content) == ("The senator", "the vote was fair")
    assert (second.source, second.content) == ("The senator", "turnout was high")


def test_a_participle_that_opens_the_sentence_has_the_speaker_behind_the_comma() -> None:
    first = suggest("Noting that turnout was high, Ann Smith left the stage.")[0]
    assert (first.source, first.content) == ("Ann Smith", "turnout was high")


def test_a_clause_ends_where_somebody_else_begins_to_speak() -> None:
    first, second = suggest("Ann Smith said the dam was safe, but the mayor said it was leaking.")
    assert (first.source, first.content) == ("Ann Smith", "the dam was safe")
    assert (second.source, second.content) == ("the mayor", "it was leaking")


def test_a_missing_speaker_stays_missing() -> None:
    statement = only("However, said the allied troops had long been there.")
    assert statement.source is None
    assert statement.source_inferred is False
    assert statement.content == "the allied troops had long been there"


def test_a_question_without_an_asker_has_no_source() -> None:
    asked, said = suggest("Asked whether he would resign, Mr. Park said he had no plans.")
    assert (asked.source, asked.content) == (None, "he would resign")
    assert said.source == "Mr. Park"


@pytest.mark.parametrize(
    ("pronoun", "guess"),
    [("He", "Mr. Park"), ("She", "Mrs. Lund"), ("It", "The Port Authority")],
)
def test_a_pronoun_is_resolved_to_a_marked_guess(pronoun: str, guess: str) -> None:
    named = "Mrs. Lund said it rained. Mr. Park said it snowed. The Port Authority said it froze."
    statement = suggest(f"{named}\n{pronoun} said the harbour would close.")[-1]
    assert (statement.source, statement.source_surface) == (guess, pronoun)
    assert statement.source_inferred is True


def test_a_pronoun_nobody_fits_stays_as_it_is() -> None:
    statement = only("She said the harbour would close.")
    assert (statement.source, statement.source_inferred) == ("She", False)


def test_a_relative_pronoun_is_resolved_to_the_words_before_it() -> None:
    statement = suggest("Leo Park, who said the port was full, left early.")[0]
    assert (statement.source, statement.source_surface) == ("Leo Park", "who")
    assert statement.source_inferred is True


@pytest.mark.parametrize(
    "text",
    [
        "The president lost his last two reports to the new states of the union.",
        "Trucks were parked in an area called the Hollow.",
        "The bridge over the river was built in 1931 and painted green.",
        "The film “Jaws” was shown on Monday.",
        "Er sagte, dass die Brücke geschlossen ist.",
        "Мост закрыт, сообщил министр.",
        "",
        " \n\t\n",
    ],
)
def test_plain_narrative_and_other_languages_give_nothing(text: str) -> None:
    assert suggest(text) == []


def test_the_printed_form_has_exactly_the_promised_fields() -> None:
    assert as_json(only("The ministry denied the report.")) == {
        "source": "The ministry",
        "source_inferred": False,
        "cue": "denied",
        "cue_class": "denial",
        "position": "denies",
        "content": "the report",
        "start": 20,
        "end": 30,
        "direct": False,
    }
