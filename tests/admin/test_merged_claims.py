"""Merging claims on the desk: what would come of it is shown before anything happens."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from claims import workflow
from claims.admin.merged_claims import MergedClaims
from claims.models import Claim, User
from claims.vocabulary import RedactionReason, VerificationStatus
from claims.workflow import ContactDraft
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import shown_in, submit, text_of

COMMON = {"url": "https://common.example/page", "title": "Both have it"}


def words_of(page: Any) -> str:
    return " ".join(text_of(page).split())


@pytest.fixture
def survivor(db: None) -> Claim:
    """A disputed claim with evidence."""
    claim = factories.ClaimFactory(wording="The old bridge is safe.")
    factories.EvidenceFactory(claim=claim, **COMMON)
    factories.give_verdict(claim, VerificationStatus.DISPUTED)
    return Claim.objects.get(pk=claim.pk)


@pytest.fixture
def duplicate(reviewer: User) -> Claim:
    """A confirmed claim with more than the survivor has."""
    article = factories.ArticleFactory(title="Bridge report")
    place = factories.appearance_draft(article, "Work goes on")
    claimant = factories.ClaimantFactory()
    claim = factories.ClaimFactory(wording="It is safe.", appearance=place, claimant=claimant)
    factories.EvidenceFactory(claim=claim, **COMMON)
    factories.EvidenceFactory(claim=claim, title="Only here", url="https://only.example/a?b=1")
    contact = ContactDraft(asked_on=date(2025, 3, 3), channel="e-mail")
    workflow.record_contact(claim, contact, by=reviewer)
    factories.give_verdict(claim, VerificationStatus.CONFIRMED)
    return Claim.objects.get(pk=claim.pk)


def result(sign_in: SignIn, editor: User, duplicate: Claim, survivor: Claim) -> Any:
    fields = {"into": survivor.public_id, "reason": "The same."}
    return submit(sign_in(editor), f"/admin/claims/claim/{duplicate.pk}/merge/", **fields)


def test_what_stays_and_what_readers_find_is_said(
    sign_in: SignIn, editor: User, duplicate: Claim, survivor: Claim
) -> None:
    told = words_of(result(sign_in, editor, duplicate, survivor))
    assert "The old bridge is safe. Disputed · " in told
    old, new = f"/claims/{duplicate.public_id}/it-is-safe/", f"/claims/{survivor.public_id}/"
    assert f"{old} leads to {new}the-old-bridge-is-safe/" in told
    assert "is told another status: Disputed instead of Confirmed" in told
    assert "attributed to different claimants" in told


def test_evidence_and_places_stand_side_by_side(
    sign_in: SignIn, editor: User, duplicate: Claim, survivor: Claim
) -> None:
    page = result(sign_in, editor, duplicate, survivor)
    told = words_of(page)
    assert "Both have it Duplicate Supports Survivor Supports" in told
    assert "Only here Duplicate Supports Survivor stays behind add it there" in told
    assert "Work goes on Bridge report Duplicate Nobody named Survivor stays behind" in told
    link = f"/admin/claims/claim/{survivor.pk}/add-evidence/?url=https%3A%2F%2Fonly.example%2Fa%3Fb%3D1"
    assert link in page.content.decode()


def test_what_is_lost_from_sight_is_named(
    sign_in: SignIn, editor: User, duplicate: Claim, survivor: Claim
) -> None:
    energy = workflow.record_topic(name="Energy", by=editor)
    workflow.file_claim(duplicate, topics=[energy], by=editor)
    tomorrow = date.today() + timedelta(days=1)
    workflow.set_recheck(duplicate, due_on=tomorrow, by=editor)
    told = words_of(result(sign_in, editor, duplicate, survivor)).partition("Lost from sight")[2]
    for lost in (
        "the duplicate's verdict",
        "3 pieces of evidence",  # two carry its verdict
        "1 place where",
        "1 contact",
        "its filing under Energy",
        "the day to look at it again",
        "the wording: It is safe.",
    ):
        assert lost in told


def test_a_duplicate_readers_never_saw_leads_nowhere(
    sign_in: SignIn, editor: User, claim: Claim, survivor: Claim
) -> None:
    told = words_of(result(sign_in, editor, claim, survivor))
    assert "was never public" in told
    assert "another status" not in told
    assert f"/claims/{claim.public_id}/" not in told


def test_the_result_is_what_comes_of_it(editor: User, duplicate: Claim, survivor: Claim) -> None:
    before = MergedClaims(duplicate, survivor)
    kept = (before.survivor.status, len(before.survivor.evidence), before.survivor.wording.text)
    workflow.merge_claims(duplicate, into=survivor, reason="The same.", by=editor)
    after = MergedClaims(duplicate, survivor)
    now = (after.survivor.status, len(after.survivor.evidence), after.survivor.wording.text)
    assert now == kept
    assert len(after.duplicate.evidence) == len(before.duplicate.evidence)


def test_a_source_whose_values_were_erased_is_like_no_other(
    editor: User, second_editor: User, duplicate: Claim, survivor: Claim
) -> None:
    fields = ["evidence.url", "evidence.title"]
    for claim in (duplicate, survivor):
        entry = claim.evidence.order_by("pk")[0].entry
        reason = RedactionReason.SAFETY
        asked = workflow.propose_redaction(entry, fields=fields, reason=reason, by=editor)
        workflow.redact_text(asked, by=second_editor)
    result = MergedClaims(duplicate, survivor)
    assert not any(pair.ending and pair.lasting for pair in result.evidence)


def test_whoever_changed_a_claim_meanwhile_is_looked_at_again(
    sign_in: SignIn, editor: User, duplicate: Claim, survivor: Claim
) -> None:
    client, url = sign_in(editor), f"/admin/claims/claim/{duplicate.pk}/merge/"
    fields = {"into": survivor.public_id, "reason": "The same."}
    shown = shown_in(submit(client, url, **fields))
    factories.EvidenceFactory(claim=survivor, title="New there")
    page = submit(client, url, **fields, shown=shown)
    assert "New there" in text_of(page)
    duplicate.refresh_from_db()
    assert duplicate.merged_into is None


@pytest.mark.parametrize("rows", [1, 20])
def test_the_result_takes_a_fixed_number_of_queries(
    sign_in: SignIn, boss: User, claim: Claim, rows: int, django_assert_num_queries
) -> None:
    survivor = factories.ClaimFactory()
    for number in range(rows):
        for one in (claim, survivor):
            factories.EvidenceFactory(claim=one)
            text = f"The mayor said that bridge {one.pk} of {number} is safe."
            place = factories.appearance_draft(factories.ArticleFactory(text=text), "is safe")
            workflow.add_appearance(one, place, by=boss)
    client = sign_in(boss)
    fields = {"into": survivor.public_id, "reason": "The same."}
    # session, person; the claim, the other, savepoint, whether a review is in progress and back; the claim anew; both
    # replayed; who is the same; topics and the day to look again
    with django_assert_num_queries(22):
        client.post(f"/admin/claims/claim/{claim.pk}/merge/", fields)
