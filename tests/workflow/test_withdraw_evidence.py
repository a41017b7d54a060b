"""withdraw_evidence: evidence is taken back by an act with a reason, and stays visible."""

from __future__ import annotations

import pytest

from claims import documents
from claims.models import Claim, Evidence, User
from claims.vocabulary import Act
from claims.workflow import withdraw_evidence
from tests import factories
from tests.workflow.observing import everything, last_entry, refused, stale_columns


@pytest.fixture
def evidence(claim: Claim, contributor: User) -> Evidence:
    return factories.EvidenceFactory(claim=claim, by=contributor)


def test_a_withdrawal_names_the_entry_it_is_about(evidence: Evidence, reviewer: User) -> None:
    entry = withdraw_evidence(evidence, reason="Retracted by its author.", by=reviewer)
    assert last_entry(evidence.claim) == entry
    assert (entry.act, entry.about) == (Act.EVIDENCE_WITHDRAWN, evidence.entry.number)
    assert entry.note == "Retracted by its author."
    assert stale_columns(evidence.claim) == []


def test_the_row_stays_as_it_was(evidence: Evidence, reviewer: User) -> None:
    before = everything()["claims.Evidence"]
    withdraw_evidence(evidence, reason="Retracted.", by=reviewer)
    assert everything()["claims.Evidence"] == before
    assert not Evidence.objects.standing().exists()


def test_readers_still_see_it_with_the_reason(published: Claim, reviewer: User) -> None:
    piece = published.evidence.order_by("pk")[0]
    entry = withdraw_evidence(piece, reason="Retracted.", by=reviewer)
    document = documents.current(published)
    assert document is not None
    shown = document["evidence"][0]
    assert shown["title"] == piece.title
    assert (shown["withdrawn"]["entry"], shown["withdrawn"]["reason"]) == (
        entry.number,
        "Retracted.",
    )


def test_nothing_is_withdrawn_twice(evidence: Evidence, reviewer: User) -> None:
    withdraw_evidence(evidence, reason="Retracted.", by=reviewer)
    with refused("withdrawn already"):
        withdraw_evidence(evidence, reason="Again.", by=reviewer)


def test_a_withdrawal_needs_a_reason(evidence: Evidence, reviewer: User) -> None:
    with refused("may not be empty", field="reason"):
        withdraw_evidence(evidence, reason=" ", by=reviewer)
