"""record_topic: a subject that claims are filed under."""

from __future__ import annotations

import pytest

from claims import workflow
from claims.models import Topic, User
from tests.workflow.observing import refused


def test_a_topic_has_a_name_an_address_and_an_interval(editor: User) -> None:
    topic = workflow.record_topic(name="  Public   health ", recheck_days=90, by=editor)
    assert (topic.name, topic.slug, topic.recheck_days) == ("Public health", "public-health", 90)


def test_topics_of_one_address_are_told_apart(editor: User) -> None:
    one = workflow.record_topic(name="C", by=editor)
    two = workflow.record_topic(name="C++", by=editor)
    assert one.slug == "c"
    assert two.slug.startswith("c-")


def test_a_name_without_latin_letters_has_an_address_too(editor: User) -> None:
    assert workflow.record_topic(name="Энергия", by=editor).slug


def test_a_long_name_has_an_address_that_fits(editor: User) -> None:
    for name in ("x" * 100, "x" * 99 + "!"):
        assert len(workflow.record_topic(name=name, by=editor).slug) <= 100


def test_a_known_name_is_refused(editor: User) -> None:
    workflow.record_topic(name="Energy", by=editor)
    with refused("There is a topic of this name.", field="name"):
        workflow.record_topic(name="ENERGY", by=editor)


@pytest.mark.parametrize("name", ["", " ", "x" * 101, "a\0b"])
def test_what_is_no_name_is_refused(editor: User, name: str) -> None:
    with refused("", field="name"):
        workflow.record_topic(name=name, by=editor)


@pytest.mark.parametrize("days", [0, -1, 3661])
def test_what_is_no_interval_is_refused(editor: User, days: int) -> None:
    with refused("Between 1 day and 3660 days.", field="recheck_days"):
        workflow.record_topic(name="Energy", recheck_days=days, by=editor)
    assert not Topic.objects.exists()
