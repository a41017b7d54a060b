"""record_contact: the right of reply, asked first and answered later."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from claims import documents, workflow
from claims.models import Claim, User
from claims.vocabulary import Act, ContactOutcome, RedactionReason
from claims.workflow import ContactDraft, record_contact
from tests import factories
from tests.workflow.observing import last_entry, refused, stale_columns

ASKED, ANSWERED = date(2025, 3, 3), date(2025, 3, 5)


@pytest.fixture
def named(reviewer: User) -> Claim:
    return factories.published_claim(claimant=factories.ClaimantFactory())


def asked(**fields: Any) -> ContactDraft:
    return ContactDraft(**{"asked_on": ASKED, "channel": "e-mail to the press office", **fields})


def answered(about: int, **fields: Any) -> ContactDraft:
    said = {"outcome": ContactOutcome.ANSWERED, "answered_on": ANSWERED, "answer": "I stand by it."}
    return ContactDraft(about=about, **{**said, **fields})


def shown(claim: Claim) -> list[dict[str, Any]]:
    document = documents.current(claim)
    assert document is not None
    return list(document["contacts"])


def test_asking_is_the_next_entry_and_public(named: Claim, contributor: User) -> None:
    row = record_contact(named, asked(), by=contributor)
    entry = last_entry(named)
    assert (entry.act, entry.about, row.entry) == (Act.CLAIMANT_CONTACTED, None, entry)
    (one,) = shown(named)
    assert (one["asked_on"], one["channel"]) == ("2025-03-03", "e-mail to the press office")
    assert (one["outcome"], one["outcome_label"]) == ("asked", "Asked")
    assert (one["answered_on"], one["answer"], one["superseded_by"]) == (None, None, None)
    assert stale_columns(named) == []


def test_an_answer_takes_the_place_of_what_was_known(named: Claim, reviewer: User) -> None:
    first = record_contact(named, asked(), by=reviewer).entry.number
    last = record_contact(named, answered(first), by=reviewer).entry
    assert last.about == first
    before, now = shown(named)
    assert before["superseded_by"] == last.number
    assert now["superseded_by"] is None
    assert (now["asked_on"], now["channel"]) == ("2025-03-03", "e-mail to the press office")
    assert (now["answered_on"], now["answer"]) == ("2025-03-05", "I stand by it.")


def test_a_third_entry_goes_on_from_the_first(named: Claim, reviewer: User) -> None:
    first = record_contact(named, asked(), by=reviewer).entry.number
    second = record_contact(
        named, ContactDraft(about=first, outcome=ContactOutcome.NO_ANSWER), by=reviewer
    )
    third = record_contact(named, answered(second.entry.number), by=reviewer)
    assert third.entry.about == first
    assert [one["superseded_by"] for one in shown(named)] == [
        second.entry.number,
        third.entry.number,
        None,
    ]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"asked_on": None}, "asked_on"),
        ({"asked_on": timezone.now().date() + timedelta(days=3)}, "asked_on"),
        ({"channel": ""}, "channel"),
        ({"channel": "x" * 301}, "channel"),
        ({"outcome": "rumoured"}, "outcome"),
        ({"answer": "No."}, "answer"),
        ({"answered_on": ANSWERED}, "answered_on"),
        ({"outcome": ContactOutcome.ANSWERED, "answer": "No."}, "answered_on"),
        ({"outcome": ContactOutcome.ANSWERED, "answered_on": ANSWERED}, "answer"),
        ({"outcome": ContactOutcome.DECLINED, "answered_on": date(2025, 1, 1)}, "answered_on"),
        ({"about": 1}, "about"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    named: Claim, reviewer: User, fields: dict[str, Any], field: str
) -> None:
    with refused("", field=field):
        record_contact(named, asked(**fields), by=reviewer)


def test_nothing_new_is_refused(named: Claim, reviewer: User) -> None:
    first = record_contact(named, asked(), by=reviewer).entry.number
    with refused("Nothing has changed"):
        record_contact(named, asked(about=first), by=reviewer)


def test_a_claim_that_nobody_is_named_for_has_nobody_to_ask(claim: Claim, reviewer: User) -> None:
    with refused("Nobody is named as claimant"):
        record_contact(claim, asked(), by=reviewer)


def test_an_answer_can_be_erased(named: Claim, editor: User, second_editor: User) -> None:
    first = record_contact(named, asked(), by=editor).entry.number
    last = record_contact(named, answered(first), by=editor)
    request = workflow.propose_redaction(
        last.entry, fields=["contact.answer"], reason=RedactionReason.COURT_ORDER, by=editor
    )
    workflow.redact_text(request, by=second_editor)
    one = shown(named)[-1]
    assert one["answer"] is None
    assert one["redacted"]["answer"]["reason"] == "court_order"
