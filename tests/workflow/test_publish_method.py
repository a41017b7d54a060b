"""publish_method: the method page's text and the checklist, in versions that are never changed."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from claims.models import ChecklistItem, MethodVersion, User
from claims.workflow import publish_method
from tests import factories
from tests.workflow.observing import refused


def newest() -> MethodVersion:
    version = MethodVersion.objects.in_force()
    assert version is not None
    return version


def items(version: MethodVersion) -> list[tuple[int, str]]:
    return list(version.items.values_list("position", "text"))


def test_the_register_comes_with_a_version(db: None) -> None:
    first = newest()
    assert (first.number, first.by) == (1, None)
    assert first.body.startswith("## ")


def test_a_version_holds_text_checklist_and_reason(editor: User) -> None:
    version = publish_method(
        body="  ## How\r\n\r\nWe look. ",
        checklist=["Look.", "", "  Ask  twice. "],
        reason="Clearer.",
        after=1,
        by=editor,
    )
    assert (version.number, version.body, version.reason, version.by) == (
        2,
        "## How\n\nWe look.",
        "Clearer.",
        editor,
    )
    assert items(version) == [(1, "Look."), (2, "Ask twice.")]
    assert newest() == version


def test_the_earlier_version_stays_as_it_was(editor: User) -> None:
    before = MethodVersion.objects.values_list().get()
    factories.method("Look.", by=editor)
    assert MethodVersion.objects.filter(number=1).values_list().get() == before


def test_a_version_written_on_an_older_one_is_refused(editor: User, second_editor: User) -> None:
    factories.method("Look.", by=second_editor)
    with refused("Version 2 was published meanwhile"):
        publish_method(body="B", checklist=[], reason="r", after=1, by=editor)


def test_the_database_numbers_each_version_once(editor: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        MethodVersion.objects.create(number=1, body="B", reason="r", by=editor)


def test_what_says_the_same_is_refused(editor: User) -> None:
    version = factories.method("Look.", by=editor)
    with refused("what version 2 says already"):
        publish_method(body=version.body, checklist=["Look."], reason="r", after=2, by=editor)
    changed = publish_method(body=version.body, checklist=[], reason="r", after=2, by=editor)
    assert changed.number == 3
    assert ChecklistItem.objects.filter(method=version).count() == 1


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        ({"body": " "}, "body", "may not be empty"),
        ({"body": "x" * 20_001}, "body", "at most"),
        ({"reason": ""}, "reason", "may not be empty"),
        ({"checklist": ["x" * 301]}, "checklist", "at most"),
        ({"checklist": ["a\0"]}, "checklist", "cannot be kept"),
        ({"checklist": ["Look.", " Look. "]}, "checklist", "there twice: “Look.”"),
        ({"checklist": [str(n) for n in range(31)]}, "checklist", "At most 30 items; here are 31"),
    ],
)
def test_what_cannot_be_published_is_said_at_its_field(
    editor: User, change: dict[str, Any], field: str, reason: str
) -> None:
    version: dict[str, Any] = {
        "body": "B",
        "checklist": ["Look."],
        "reason": "r",
        "after": 1,
        **change,
    }
    with refused(reason, field=field):
        publish_method(**version, by=editor)
