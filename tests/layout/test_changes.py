"""What differs between two documents of one claim, field by field."""

from __future__ import annotations

from typing import Any

import pytest

from claims import documents, workflow
from claims.differences import Run
from claims.history.replay import replay
from claims.layout.changes import Change, changes
from claims.models import Claim, User
from claims.vocabulary import VerificationStatus
from tests import factories

pytestmark = pytest.mark.django_db


def document(claim: Claim) -> documents.Document:
    return documents.build(replay(Claim.objects.get(pk=claim.pk)))


def by_label(before: documents.Document, after: documents.Document) -> dict[str, Change]:
    """Return the changes by their labels."""
    return {str(one.label): one for one in changes(before, after)}


def test_a_document_does_not_differ_from_itself(published: Claim) -> None:
    same = document(published)
    assert not [one for one in changes(same, same) if one.is_one]


def test_another_verdict_shows_in_its_fields(published: Claim) -> None:
    before = document(published)
    texts: dict[str, Any] = {"rationale": "What was seen.", "known": "A date."}
    factories.give_verdict(published, VerificationStatus.DISPUTED, **texts)
    found = by_label(before, document(published))
    assert found["Status"].runs == [Run("gone", "Confirmed"), Run("come", "Disputed")]
    assert found["What is known"].runs == [Run("come", "A date.")]
    assert [run.kind for run in found["It rests on"].runs] == ["kept", "kept", "come"]
    assert not found["Wording it is given on"].is_one
    assert "What is not known" not in found


def test_a_withdrawn_piece_and_its_notice_are_named(published: Claim, reviewer: User) -> None:
    before = document(published)
    piece = published.evidence.earliest("pk")
    workflow.withdraw_evidence(piece, reason="Wrong.", by=reviewer)
    found = by_label(before, document(published))
    assert found["Notices"].runs == [Run("come", "Evidence for this verdict was withdrawn")]
    assert f"No. {piece.entry.number}, withdrawn: {piece.title}" in [
        run.text for run in found["It rests on"].runs if run.kind == "come"
    ]


def test_a_verdict_after_one_that_was_taken_back(published: Claim, editor: User) -> None:
    workflow.void_verdict(published, reason="A mistake.", by=editor)
    before = document(published)
    factories.give_verdict(published, VerificationStatus.UNCONFIRMED)
    found = by_label(before, document(published))
    assert found["Status"].runs == [Run("gone", "Withdrawn"), Run("come", "Unconfirmed")]
    notices = [(run.kind, run.text) for run in found["Notices"].runs]
    assert notices[0] == ("gone", "The verdict was withdrawn")
    assert notices[1][1].startswith("Corrected, entry ")


def test_a_reworded_claim_names_both_wordings(published: Claim, reviewer: User) -> None:
    workflow.reword_claim(published, wording="It is quite safe.", reason="Clearer.", by=reviewer)
    before = document(published)
    factories.give_verdict(published, VerificationStatus.UNCONFIRMED)
    found = by_label(before, document(published))
    assert found["Wording it is given on"].is_one
    assert ("gone", "This verdict was given on an earlier wording") in [
        (run.kind, run.text) for run in found["Notices"].runs
    ]
