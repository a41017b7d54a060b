"""reword_claim: a new version of the wording; the verdict stays pinned to the one it was given on."""

from __future__ import annotations

from typing import Any

import pytest

from claims import documents
from claims.models import Claim, User, Wording
from claims.vocabulary import Act, Cause, ClaimKind, RedactionReason, VerificationStatus
from claims.workflow import propose_redaction, redact_text, reword_claim
from claims.workflow.checking import check_claim
from tests import factories
from tests.workflow.observing import last_entry, refused, stale_columns


def test_a_new_version_becomes_the_wording_in_force(claim: Claim, reviewer: User) -> None:
    row = reword_claim(claim, wording="Bridge A is safe.", reason="Names it.", by=reviewer)
    entry = last_entry(claim)
    assert (entry.act, entry.note, entry.by) == (Act.CLAIM_REWORDED, "Names it.", reviewer)
    assert (row.version, row.entry_id) == (2, entry.pk)
    assert claim.wording == "Bridge A is safe."
    assert Wording.objects.get(claim=claim, version=1).text != "Bridge A is safe."
    assert stale_columns(claim) == []


def test_what_is_not_named_stays(claim: Claim, reviewer: User) -> None:
    claimant = factories.ClaimantFactory()
    reword_claim(
        claim, wording="A.", reason="r", kind=ClaimKind.FIGURE, claimant=claimant, by=reviewer
    )
    row = reword_claim(claim, wording="B.", reason="r", by=reviewer)
    assert (row.kind, row.claimant) == (ClaimKind.FIGURE, claimant)


def test_what_was_erased_of_the_claimant_stays_erased(
    claim: Claim, editor: User, second_editor: User
) -> None:
    claimant = factories.ClaimantFactory(name="Ada Berg", role="Mayor")
    factories.ClaimFactory(claimant=claimant)  # the register knows the name from elsewhere
    reword_claim(claim, wording="A.", reason="r", claimant=claimant, by=editor)
    erased = ["wording.claimant_name", "wording.claimant_role"]
    request = propose_redaction(
        last_entry(claim), fields=erased, reason=RedactionReason.COURT_ORDER, by=editor
    )
    redact_text(request, by=second_editor)
    row = reword_claim(claim, wording="B.", reason="r", by=editor)
    assert (row.claimant_name, row.claimant_role) == (None, None)
    claim.refresh_from_db()
    assert claim.claimant is None
    assert list(check_claim(claim)) == []


def test_the_claimant_can_be_taken_away(claim: Claim, reviewer: User) -> None:
    claimant = factories.ClaimantFactory()
    reword_claim(claim, wording=claim.wording, reason="r", claimant=claimant, by=reviewer)
    row = reword_claim(claim, wording=claim.wording, reason="r", claimant=None, by=reviewer)
    assert (row.claimant, row.claimant_name) == (None, None)
    assert claim.claimant is None


def test_the_verdict_stays_on_the_earlier_wording_until_reconfirmed(
    published: Claim, reviewer: User
) -> None:
    reword_claim(published, wording="Another wording.", reason="Precision.", by=reviewer)
    document = documents.current(published)
    assert document is not None
    assert document["status"] == VerificationStatus.CONFIRMED
    assert document["verdict_on_earlier_wording"] is True
    assert document["verdict"]["wording_version"] == 1

    verdict = factories.give_verdict(published)
    document = documents.current(published)
    assert document is not None
    assert verdict.cause == Cause.RECONFIRMATION
    assert document["verdict_on_earlier_wording"] is False
    assert document["verdict"]["wording_version"] == 2


@pytest.mark.parametrize(
    ("fields", "field", "match"),
    [
        ({"wording": "Bridge A.", "reason": " "}, "reason", "may not be empty"),
        ({"wording": "", "reason": "r"}, "wording", "may not be empty"),
        ({"wording": "x" * 1001, "reason": "r"}, "wording", "at most 1,000"),
        ({"wording": "Bridge A.", "reason": "r", "kind": "hunch"}, "kind", "is none of"),
    ],
)
def test_bad_input_is_refused(
    claim: Claim, reviewer: User, fields: Any, field: str, match: str
) -> None:
    with refused(match, field=field):
        reword_claim(claim, **fields, by=reviewer)


def test_a_rewording_that_changes_nothing_is_refused(claim: Claim, reviewer: User) -> None:
    with refused("would stay as it is", field="wording"):
        reword_claim(claim, wording=f" {claim.wording} ", reason="r", by=reviewer)
