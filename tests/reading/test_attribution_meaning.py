"""What a cue tells: its class, the speaker's position, and whose word is passed on."""

from __future__ import annotations

import pytest

from claims.reading.attribution import suggest
from claims.vocabulary import CueClass, Position


@pytest.mark.parametrize(
    ("text", "cue_class", "position"),
    [
        ("The army said the town had fallen.", CueClass.NEUTRAL, Position.ASSERTS),
        ("The army claimed the town had fallen.", CueClass.DISTANCING, Position.ASSERTS),
        ("The army insists the town has fallen.", CueClass.DISTANCING, Position.ASSERTS),
        ("The army allegedly said the town had fallen.", CueClass.HEDGE, Position.ASSERTS),
        ("The army confirmed that the town had fallen.", CueClass.CONFIRMATION, Position.ASSERTS),
        ("The army acknowledged the town had fallen.", CueClass.CONFIRMATION, Position.ASSERTS),
        ("The army was unable to confirm the report.", CueClass.NON_CONFIRMATION, Position.CANNOT_CONFIRM),
        ("The army could not confirm the report.", CueClass.NON_CONFIRMATION, Position.CANNOT_CONFIRM),
        ("Reuters could not determine who fired first.", CueClass.NON_CONFIRMATION, Position.CANNOT_CONFIRM),
        ("The losses could not be independently verified.", CueClass.NON_CONFIRMATION, Position.CANNOT_CONFIRM),
        ("The army denied the report.", CueClass.DENIAL, Position.DENIES),
        ("The army dismissed the report.", CueClass.DENIAL, Position.DENIES),
        ("The army declined to comment on the report.", CueClass.REFUSAL, Position.CANNOT_CONFIRM),
        ("The army refused to say how many had died.", CueClass.REFUSAL, Position.CANNOT_CONFIRM),
        ("The army did not say how many had died.", CueClass.REFUSAL, Position.CANNOT_CONFIRM),
        ("The senator questioned the figures.", CueClass.NEUTRAL, Position.QUESTIONS),
        ("The senator cited the figures.", CueClass.NEUTRAL, Position.REPEATS),
        ("The senator commented on the figures.", CueClass.NEUTRAL, Position.REPEATS),
    ],
)  # fmt: skip
def test_the_cue_tells_its_class_and_the_position(
    text: str, cue_class: CueClass, position: Position
) -> None:
    (statement,) = suggest(text)
    assert (statement.cue_class, statement.position) == (cue_class, position)


def test_a_hedge_without_a_speaker_is_a_statement_of_nobody() -> None:
    (statement,) = suggest("The driver reportedly fled on foot.")
    assert statement.source is None
    assert statement.cue == "reportedly"
    assert statement.cue_class is CueClass.HEDGE
    assert statement.content == "The driver reportedly fled on foot"


def test_a_hedge_inside_a_statement_is_left_to_it() -> None:
    (statement,) = suggest("The police said the driver allegedly fled on foot.")
    assert statement.cue == "said"


def test_images_that_allegedly_show_something_are_the_source() -> None:
    text = "The envoy commented on the images released by Quito, which allegedly show new barracks."
    images = suggest(text)[-1]
    assert images.source == "the images released by Quito"
    assert (images.cue, images.cue_class) == ("allegedly show", CueClass.HEDGE)
    assert images.content == "new barracks"


def test_speculation_is_a_hedge_and_the_nested_source_of_who_comments_on_it() -> None:
    outer, inner = suggest("He was commenting on Western speculation that a deal is near.")
    assert outer.nested_source == "Western speculation"
    assert outer.position is Position.REPEATS
    assert (inner.source, inner.cue) == ("Western", "speculation")
    assert (inner.cue_class, inner.content) == (CueClass.HEDGE, "a deal is near")


def test_reports_somebody_is_aware_of_are_the_nested_source_also_when_meant_again() -> None:
    aware, unable = suggest(
        "The spokesman said he was aware of news reports that shots were fired, "
        "but was unable to confirm them."
    )
    assert aware.nested_source == "news reports"
    assert unable.nested_source == "news reports"
    assert (unable.cue, unable.content) == ("was unable to confirm", "them")
    assert unable.source == "The spokesman"
    assert unable.cue_class is CueClass.NON_CONFIRMATION


def test_a_claim_named_by_a_noun_belongs_to_its_owner() -> None:
    (statement,) = suggest("Nobody believed Mr. Park's claim that the port was safe.")
    assert statement.source == "Mr. Park"
    assert (statement.cue, statement.cue_class) == ("claim", CueClass.DISTANCING)
    assert statement.content == "the port was safe"
