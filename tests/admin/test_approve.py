"""The second person's page: what they see before they say yes, and when it is refused."""

from __future__ import annotations

import pytest

from claims import workflow
from claims.models import Claim, Review, User, Verdict
from claims.vocabulary import Stance, VerificationStatus
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import links_in, said, seen, submit, text_of


def url_of(review: Review, page: str) -> str:
    return f"/admin/claims/review/{review.pk}/{page}/"


def test_the_approver_sees_what_readers_will_see(
    sign_in: SignIn, review: Review, second_reviewer: User
) -> None:
    shown = " ".join(text_of(sign_in(second_reviewer).get(url_of(review, "approve"))).split())
    for words in (review.claim.wording, "What was found.", "Confirmed", "2 independent origins"):
        assert words in shown


def test_a_second_person_approves(
    sign_in: SignIn, review: Review, reviewer: User, second_reviewer: User
) -> None:
    page = submit(sign_in(second_reviewer), url_of(review, "approve"), note="Good work.")
    verdict = Verdict.objects.get()
    assert "Verdict approved and published." in said(page)
    assert (verdict.proposed_by, verdict.entry.by) == (reviewer, second_reviewer)
    review.refresh_from_db()
    assert review.decision_note == "Good work."


@pytest.mark.parametrize("who", ["reviewer", "root"])
def test_nobody_approves_their_own_proposal(
    sign_in: SignIn, claim: Claim, reviewer: User, boss: User, who: str
) -> None:
    person = {"reviewer": reviewer, "root": boss}[who]
    review = factories.proposed_review(claim, VerificationStatus.UNCONFIRMED, proposer=person)
    client = sign_in(person)
    opened = client.get(url_of(review, "approve"), follow=True)
    assert "somebody else must approve" in said(opened)[0]
    fresh = Review.objects.get(pk=review.pk)
    token = f"{fresh.claim.head_number}-{fresh.state}-{fresh.proposals.get().pk}"
    sent = client.post(url_of(review, "approve"), {"note": "Mine is fine.", "seen": token})
    assert sent.status_code == 403
    assert "somebody else must approve" in text_of(sent)
    assert "Mine is fine." in text_of(sent)
    assert not Verdict.objects.exists()


def test_a_contributor_may_not_approve(sign_in: SignIn, review: Review, contributor: User) -> None:
    client = sign_in(contributor)
    assert client.get(url_of(review, "approve")).status_code == 403
    assert client.post(url_of(review, "approve"), {"seen": "x"}).status_code == 403


def test_an_approval_sent_twice_gives_one_verdict(
    sign_in: SignIn, review: Review, second_reviewer: User
) -> None:
    client = sign_in(second_reviewer)
    token = seen(client, url_of(review, "approve"))
    client.post(url_of(review, "approve"), {"seen": token})
    again = client.post(url_of(review, "approve"), {"seen": token})
    assert "nothing was done" in text_of(again)
    assert Verdict.objects.count() == 1


def test_an_approver_does_not_approve_a_proposal_they_have_not_seen(
    sign_in: SignIn, review: Review, reviewer: User, second_reviewer: User
) -> None:
    client = sign_in(second_reviewer)
    token = seen(client, url_of(review, "approve"))
    workflow.return_review(review, reason="More.", by=second_reviewer)
    draft = workflow.VerdictDraft(status=VerificationStatus.CONFIRMED, rationale="Other words.")
    workflow.propose_verdict(review, draft, by=reviewer)
    page = client.post(url_of(review, "approve"), {"seen": token, "note": "Fine."})
    assert "nothing was done" in text_of(page)
    assert "Other words." in text_of(page)
    assert not Verdict.objects.exists()


def test_evidence_withdrawn_after_the_proposal_stops_the_approval(
    sign_in: SignIn, review: Review, second_reviewer: User
) -> None:
    piece = review.claim.evidence.first()
    assert piece is not None
    workflow.withdraw_evidence(piece, reason="Wrong.", by=second_reviewer)
    page = submit(sign_in(second_reviewer), url_of(review, "approve"), note="Fine.")
    assert "not standing evidence" in text_of(page)
    assert page.context["form"]["note"].value() == "Fine."
    assert not Verdict.objects.exists()


def test_an_approval_that_would_be_refused_is_not_offered(
    sign_in: SignIn, review: Review, second_reviewer: User
) -> None:
    client = sign_in(second_reviewer)
    assert "Approve and publish" in text_of(client.get(url_of(review, "approve")))
    workflow.reword_claim(review.claim, wording="Else.", reason="Clearer.", by=second_reviewer)
    page = client.get(url_of(review, "approve"))
    assert "reworded after this verdict was proposed" in text_of(page)
    assert "Approve and publish" not in text_of(page)
    assert url_of(review, "return") in links_in(page)


def test_the_approver_sees_the_evidence_a_proposal_leaves_aside(
    sign_in: SignIn, review: Review, second_reviewer: User
) -> None:
    assert "leaves aside" not in text_of(sign_in(second_reviewer).get(url_of(review, "approve")))
    factories.EvidenceFactory(
        claim=review.claim, stance=Stance.REFUTES, title="Contrary report", by=second_reviewer
    )
    page = text_of(sign_in(second_reviewer).get(url_of(review, "approve")))
    assert "Contrary report" in page.partition("leaves aside")[2]


def test_what_is_new_is_named_when_a_form_was_out_of_date(
    sign_in: SignIn, review: Review, reviewer: User, second_reviewer: User
) -> None:
    client = sign_in(second_reviewer)
    token = seen(client, url_of(review, "approve"))
    factories.EvidenceFactory(claim=review.claim, by=reviewer)
    page = client.post(url_of(review, "approve"), {"seen": token, "note": "Fine."})
    number = review.claim.entries.latest("number").number
    words = " ".join(text_of(page).split())
    assert f"Entry {number}: Evidence added, by {reviewer.public_name}" in words
    again = seen(client, url_of(review, "approve"))
    workflow.return_review(review, reason="More.", by=second_reviewer)
    moved = client.post(url_of(review, "approve"), {"seen": again})
    assert "The review is now returned." in text_of(moved)
