"""propose_redaction: one person asks for values to be erased; nothing is erased yet."""

from __future__ import annotations

from typing import Any

import pytest

from claims.models import Evidence, RedactionRequest, User
from claims.vocabulary import RedactionReason
from claims.workflow import erasable_fields, propose_redaction, redact_text
from tests import factories
from tests.workflow.observing import everything, refused


@pytest.fixture
def evidence(db: None) -> Evidence:
    return factories.EvidenceFactory(title="Names a minor", excerpt="Text")


def test_a_request_is_kept_and_nothing_else_changes(evidence: Evidence, editor: User) -> None:
    before = everything()
    request = propose_redaction(
        evidence.entry,
        fields=["evidence.title", "evidence.excerpt", "evidence.title"],
        reason=RedactionReason.DATA_PROTECTION,
        by=editor,
    )
    after = everything()
    assert [label for label in after if after[label] != before[label]] == [
        "claims.RedactionRequest"
    ]
    stored = RedactionRequest.objects.get()
    assert stored == request
    assert stored.field_names == ["evidence.title", "evidence.excerpt"]
    assert (stored.requested_by, stored.carried_out) == (editor, None)


def test_what_can_be_erased_is_listed_with_its_values(evidence: Evidence) -> None:
    listed = erasable_fields(evidence.entry)
    assert {name: value for name, (value, _) in listed.items()} == {
        "by_name": evidence.entry.by_name,
        "evidence.url": evidence.url,
        "evidence.title": "Names a minor",
        "evidence.excerpt": "Text",
    }


def test_what_is_erased_is_listed_no_more(
    evidence: Evidence, editor: User, second_editor: User
) -> None:
    fields: Any = {"fields": ["evidence.title"], "reason": RedactionReason.SAFETY}
    redact_text(propose_redaction(evidence.entry, **fields, by=editor), by=second_editor)
    assert "evidence.title" not in erasable_fields(evidence.entry)
    with refused("has no value evidence.title", field="fields"):
        propose_redaction(evidence.entry, **fields, by=editor)


def test_what_waits_on_the_same_ground_is_not_asked_for_again(
    evidence: Evidence, editor: User, second_editor: User
) -> None:
    first: Any = {"fields": ["evidence.title"], "reason": RedactionReason.SAFETY}
    propose_redaction(evidence.entry, **first, by=editor)
    with refused("asked for already", field="fields"):
        propose_redaction(evidence.entry, **first, by=second_editor)
    wider = {**first, "fields": ["evidence.title", "evidence.excerpt"]}
    propose_redaction(evidence.entry, **wider, by=editor)
    with refused("asked for already", field="fields"):
        propose_redaction(evidence.entry, **wider, by=editor)


def test_a_wrong_ground_does_not_stand_in_the_way_of_the_right_one(
    evidence: Evidence, editor: User, second_editor: User
) -> None:
    fields: Any = {"fields": ["evidence.title"]}
    propose_redaction(evidence.entry, **fields, reason=RedactionReason.SAFETY, by=editor)
    right = propose_redaction(
        evidence.entry, **fields, reason=RedactionReason.COURT_ORDER, by=second_editor
    )
    assert redact_text(right, by=editor).reason_code == RedactionReason.COURT_ORDER
    assert not RedactionRequest.objects.waiting().exists()


@pytest.mark.parametrize(
    ("arguments", "field", "match"),
    [
        ({"fields": []}, "fields", "at least one"),
        ({"fields": ["evidence.remark"]}, "fields", "has no value evidence.remark"),
        ({"fields": ["leaf"]}, "fields", "has no value leaf"),
        ({"fields": ["verdict.rationale"]}, "fields", "has no value"),
        ({"reason": "embarrassment"}, "reason", "is none of"),
    ],
)
def test_bad_input_is_refused(
    evidence: Evidence, editor: User, arguments: Any, field: str, match: str
) -> None:
    called = {"fields": ["evidence.title"], "reason": RedactionReason.SAFETY, **arguments}
    with refused(match, field=field):
        propose_redaction(evidence.entry, **called, by=editor)
