"""Moving a review on the desk: assign, propose, approve, return, close."""

from __future__ import annotations

from typing import Any

import pytest

from claims import workflow
from claims.models import Claim, Proposal, Review, User
from claims.vocabulary import ReviewReason, ReviewState, Stance, VerificationStatus
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import said, seen, submit, text_of


@pytest.fixture
def opened(claim: Claim, contributor: User) -> Review:
    """A review nobody has proposed anything in."""
    return workflow.open_review(claim, reason=ReviewReason.NEW_CLAIM, by=contributor)


def url_of(review: Review, page: str) -> str:
    return f"/admin/claims/review/{review.pk}/{page}/"


def test_a_review_is_assigned_to_somebody_able(
    sign_in: SignIn, reviewer: User, second_reviewer: User, contributor: User, opened: Review
) -> None:
    client = sign_in(reviewer)
    offered = text_of(client.get(url_of(opened, "assign")))
    assert contributor.username not in offered
    submit(client, url_of(opened, "assign"), to=second_reviewer.pk)
    opened.refresh_from_db()
    assert opened.assignee == second_reviewer


def test_nobody_is_assigned_who_may_not_propose(
    sign_in: SignIn, reviewer: User, contributor: User, opened: Review
) -> None:
    page = submit(sign_in(reviewer), url_of(opened, "assign"), to=contributor.pk)
    assert "to" in page.context["form"].errors


def test_a_verdict_is_proposed_on_the_evidence_that_was_ticked(
    sign_in: SignIn, reviewer: User, opened: Review
) -> None:
    kept = factories.EvidenceFactory(claim=opened.claim, stance=Stance.REFUTES, by=reviewer)
    factories.EvidenceFactory(claim=opened.claim, stance=Stance.CONTEXT, by=reviewer)
    page = submit(
        sign_in(reviewer),
        url_of(opened, "propose"),
        status="disputed",
        evidence=[kept.pk],
        rationale="The records say otherwise.",
        known="The date.",
        not_known="The cause.",
    )
    proposal = Proposal.objects.get()
    assert "Verdict proposed." in said(page)[0]
    assert list(proposal.evidence.all()) == [kept]
    assert (proposal.known, proposal.not_known) == ("The date.", "The cause.")


@pytest.mark.parametrize(
    ("status", "field", "reason"),
    [
        ("confirmed", "evidence", "two independent origins"),
        ("disputed", "evidence", "evidence that refutes"),
        ("unconfirmed", "would_settle", "what would settle"),
    ],
)
def test_what_a_status_still_needs_is_said_at_its_field_and_nothing_is_lost(
    sign_in: SignIn, reviewer: User, opened: Review, status: str, field: str, reason: str
) -> None:
    page = submit(
        sign_in(reviewer), url_of(opened, "propose"), status=status, rationale="A long text."
    )
    assert page.status_code == 200
    assert reason in page.context["form"].errors[field][0]
    assert page.context["form"]["rationale"].value() == "A long text."
    assert not Proposal.objects.exists()


def test_empty_boxes_do_not_mean_all_evidence(
    sign_in: SignIn, reviewer: User, opened: Review
) -> None:
    factories.EvidenceFactory(claim=opened.claim, stance=Stance.REFUTES, by=reviewer)
    fields = {"status": "disputed", "rationale": "No."}
    page = submit(sign_in(reviewer), url_of(opened, "propose"), **fields)
    assert page.context["form"].errors["evidence"] == ["Tick the evidence the verdict rests on."]


def test_withdrawn_evidence_and_evidence_of_others_cannot_be_ticked(
    sign_in: SignIn, reviewer: User, opened: Review
) -> None:
    gone = factories.EvidenceFactory(claim=opened.claim, by=reviewer)
    workflow.withdraw_evidence(gone, reason="Wrong.", by=reviewer)
    other = factories.EvidenceFactory(by=reviewer)
    for piece in (gone, other):
        page = submit(
            sign_in(reviewer),
            url_of(opened, "propose"),
            status="disputed",
            rationale="No.",
            evidence=[piece.pk],
        )
        assert "evidence" in page.context["form"].errors


def test_a_returned_proposal_is_worked_on_not_typed_again(
    sign_in: SignIn, review: Review, reviewer: User, second_reviewer: User
) -> None:
    workflow.return_review(review, reason="Say more.", by=second_reviewer)
    page = sign_in(reviewer).get(url_of(review, "propose"))
    assert "Say more." in text_of(page)
    assert page.context["form"]["rationale"].value() == "What was found."
    assert page.context["form"]["status"].value() == "confirmed"


def test_a_proposal_made_while_evidence_was_withdrawn_is_refused_with_all_that_was_typed(
    sign_in: SignIn, reviewer: User, opened: Review
) -> None:
    evidence = factories.EvidenceFactory(claim=opened.claim, stance=Stance.REFUTES, by=reviewer)
    client = sign_in(reviewer)
    token = seen(client, url_of(opened, "propose"))
    factories.EvidenceFactory(claim=opened.claim, by=reviewer)
    fields = {"status": "disputed", "rationale": "A long text.", "evidence": [evidence.pk]}
    page = client.post(url_of(opened, "propose"), fields | {"seen": token})
    assert "nothing was done" in text_of(page)
    assert page.context["form"]["rationale"].value() == "A long text."
    assert not Proposal.objects.exists()


def test_a_proposal_is_returned_with_the_reason(
    sign_in: SignIn, review: Review, second_reviewer: User
) -> None:
    submit(sign_in(second_reviewer), url_of(review, "return"), reason="Say more.")
    review.refresh_from_db()
    assert review.state == ReviewState.RETURNED
    assert Proposal.objects.get().returned_because == "Say more."


@pytest.mark.parametrize("page", ["return", "close"])
def test_giving_work_back_needs_a_reason(
    sign_in: SignIn, review: Review, second_reviewer: User, page: str
) -> None:
    answer = submit(sign_in(second_reviewer), url_of(review, page), reason="")
    assert "reason" in answer.context["form"].errors


def test_a_review_is_closed(sign_in: SignIn, opened: Review, reviewer: User) -> None:
    submit(sign_in(reviewer), url_of(opened, "close"), reason="A duplicate.")
    opened.refresh_from_db()
    assert (opened.state, opened.decision_note) == (ReviewState.CLOSED, "A duplicate.")


@pytest.mark.parametrize("page", ["approve", "return"])
def test_a_verb_that_leads_nowhere_says_what_is_possible(
    sign_in: SignIn, opened: Review, reviewer: User, page: str
) -> None:
    answer = sign_in(reviewer).get(url_of(opened, page), follow=True)
    assert "This review is open" in said(answer)[0]


@pytest.mark.parametrize(
    ("page", "state", "queries"),
    [
        # session, person, their permissions, their groups' permissions; review with claim, the claim's latest
        # entry and the latest proposal (to know what was seen) …
        ("close", "proposed", 7),
        (
            "assign",
            "open",
            9,
        ),  # … what the claim was merged with, who is bound by a conflict, who is able
        # … proposal again to know whose, with its wording, its evidence, and the replay (5) that says what it
        # leaves aside and what would stop it, conflicts of interest, what was ticked (2)
        ("approve", "proposed", 18),
        # … proposal with its wording, its evidence, the replay (5), what was ticked (2)
        ("return", "proposed", 15),
        # … replayed for the evidence that stands (5), the latest proposal again for the form,
        # conflicts of interest
        ("propose", "open", 14),
    ],
)
@pytest.mark.parametrize("rows", [1, 20])
def test_each_page_takes_a_fixed_number_of_queries(
    sign_in: SignIn,
    editor: User,
    second_editor: User,
    rows: int,
    page: str,
    state: str,
    queries: int,
    django_assert_num_queries,
) -> None:
    claim = factories.ClaimFactory(by=editor)
    for _ in range(rows):
        factories.EvidenceFactory(claim=claim, by=editor)
    fields: dict[str, Any] = {"status": VerificationStatus.UNCONFIRMED, "proposer": second_editor}
    if state == "proposed":
        review = factories.proposed_review(claim, **fields)
    else:
        review = workflow.open_review(claim, reason=ReviewReason.NEW_CLAIM, by=editor)
    client = sign_in(editor)
    with django_assert_num_queries(queries):
        assert client.get(url_of(review, page)).status_code == 200
