"""change_topic: another name or interval; the address stays."""

from __future__ import annotations

import pytest

from claims import workflow
from claims.models import Topic, User
from tests.workflow.observing import refused, stale_columns


@pytest.fixture
def energy(editor: User) -> Topic:
    return workflow.record_topic(name="Energy", recheck_days=90, by=editor)


def test_name_and_interval_change_and_the_address_stays(energy: Topic, editor: User) -> None:
    assert workflow.change_topic(energy, name="Power", recheck_days=None, by=editor) is energy
    assert (energy.name, energy.slug, energy.recheck_days) == ("Power", "energy", None)
    assert stale_columns(energy) == []


def test_a_topic_keeps_its_own_name(energy: Topic, editor: User) -> None:
    workflow.change_topic(energy, name="ENERGY", recheck_days=7, by=editor)
    assert Topic.objects.get().name == "ENERGY"


def test_the_name_of_another_is_refused(energy: Topic, editor: User) -> None:
    other = workflow.record_topic(name="Health", by=editor)
    with refused("There is a topic of this name.", field="name"):
        workflow.change_topic(other, name="energy", recheck_days=None, by=editor)
    assert stale_columns(other) == []


def test_an_interval_that_is_none_is_refused(energy: Topic, editor: User) -> None:
    with refused("Between 1 day", field="recheck_days"):
        workflow.change_topic(energy, name="Energy", recheck_days=0, by=editor)
    assert stale_columns(energy) == []
