"""What is internal reaches no public page, whatever state the desk's work is in."""

from __future__ import annotations

import pytest
from django.test import Client

from claims import workflow
from claims.vocabulary import ReviewReason, Role, VerificationStatus
from claims.workflow import AppearanceDraft, VerdictDraft
from tests import factories
from tests.public.pages import everything, html

pytestmark = pytest.mark.django_db

SECRET = "S3CRET"


def test_drafts_notes_assignments_accounts_and_unpublished_claims_stay_inside(client) -> None:
    scene = everything("plain words")
    desk = {
        role: factories.person(
            role,
            username=f"{SECRET}-{role}",
            email=f"{SECRET}-{role}@desk.example",
            first_name=SECRET,
            last_name=SECRET,
        )
        for role in (Role.REVIEWER, Role.EDITOR)
    }
    reviewer, editor = desk[Role.REVIEWER], desk[Role.EDITOR]
    review = workflow.open_review(
        scene.claim, reason=ReviewReason.NEW_EVIDENCE, by=reviewer, note=SECRET
    )
    workflow.assign_review(review, to=reviewer, by=editor)
    draft = VerdictDraft(
        status=VerificationStatus.UNCONFIRMED,
        rationale=f"{SECRET} rationale",
        would_settle=f"{SECRET} settle",
        known=f"{SECRET} known",
    )
    workflow.propose_verdict(review, draft, by=reviewer)
    workflow.return_review(review, reason=f"{SECRET} returned", by=editor)
    workflow.propose_verdict(review, draft, by=reviewer)
    appearance = AppearanceDraft(article=scene.article, exact="plain words said", cue=SECRET)
    hidden = factories.ClaimFactory(wording=f"{SECRET} claim", appearance=appearance, by=editor)
    factories.EvidenceFactory(claim=hidden, title=f"{SECRET} evidence", by=editor)
    for path in [*scene.paths, "/claims/?status=unconfirmed", "/method/"]:
        page = html(client, path)
        assert SECRET not in page, path
        assert hidden.public_id not in page, path
        assert "@desk.example" not in page, path


def test_the_desks_public_names_do_appear(client: Client) -> None:
    page = html(client, everything("plain words").paths[2])
    assert "Reviewer plain words" in page
    assert "Desk plain words" in page


def test_a_claim_merged_into_an_unpublished_one_names_no_other(client: Client, editor) -> None:
    lasting = factories.published_claim()
    hidden = factories.ClaimFactory(wording=f"{SECRET} claim", by=editor)
    workflow.merge_claims(hidden, into=lasting, reason="The same thing.", by=editor)
    page = html(client, f"/claims/{lasting.public_id}/{lasting.slug}/")
    assert SECRET not in page
    assert hidden.public_id not in page
