"""What the approver sees before the yes: what changes on the public page, and the whole page as it would be."""

from __future__ import annotations

import pytest

from claims import documents, workflow
from claims.models import Claim, ClaimDocument, HistoryEntry, Review, User, Verdict
from claims.vocabulary import Role, Stance, VerificationStatus
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import text_of


def url_of(review: Review, page: str) -> str:
    return f"/admin/claims/review/{review.pk}/{page}/"


def shown(response) -> str:
    """Return the words of a page, white space folded."""
    return " ".join(text_of(response).split())


@pytest.fixture
def second_review(published: Claim, reviewer: User) -> Review:
    """A review of a public claim, in which another verdict is proposed."""
    texts = {"rationale": "What was seen.", "known": "The date."}
    return factories.proposed_review(
        published, VerificationStatus.DISPUTED, proposer=reviewer, **texts
    )


def test_what_changes_is_shown_field_by_field(
    sign_in: SignIn, second_review: Review, second_reviewer: User
) -> None:
    page = shown(sign_in(second_reviewer).get(url_of(second_review, "approve")))
    assert "Status [removed: Confirmed ] [added: Disputed ]" in page
    assert "What was [removed: found ] [added: seen ]" in page
    assert "What is known [added: The date. ]" in page
    refuting = second_review.claim.evidence.get(stance=Stance.REFUTES)
    assert f"added: No. {refuting.entry.number}: {refuting.title}" in page


def test_a_claim_that_is_not_public_has_nothing_to_compare(
    sign_in: SignIn, review: Review, second_reviewer: User
) -> None:
    page = shown(sign_in(second_reviewer).get(url_of(review, "approve")))
    assert "approving this publishes its page" in page
    assert "What changes on the public page" not in page


def test_the_whole_page_is_what_readers_get(
    sign_in: SignIn, second_review: Review, second_reviewer: User
) -> None:
    client = sign_in(second_reviewer)
    preview = client.get(url_of(second_review, "preview"))
    assert "public/claim.html" in {one.name for one in preview.templates}
    before = preview.context["doc"]
    workflow.approve_verdict(second_review, by=second_reviewer)
    after = documents.current(Claim.objects.get(pk=second_review.claim_id))
    assert after is not None
    for name in ("status", "wording", "evidence", "appearances", "verdict_on_withdrawn_evidence"):
        assert before[name] == after[name]
    moments = ("recorded_at",)
    verdicts = [
        {key: value for key, value in one["verdict"].items() if key not in moments}
        for one in (before, after)
    ]
    assert verdicts[0] == verdicts[1]


def test_looking_writes_nothing(
    sign_in: SignIn, second_review: Review, second_reviewer: User
) -> None:
    client = sign_in(second_reviewer)
    kept = ClaimDocument.objects.values_list().get()
    counts = HistoryEntry.objects.count(), Verdict.objects.count()
    for page in ("approve", "preview"):
        assert client.get(url_of(second_review, page)).status_code == 200
    assert ClaimDocument.objects.values_list().get() == kept
    assert (HistoryEntry.objects.count(), Verdict.objects.count()) == counts


def test_a_preview_leads_nowhere_that_is_not_public(
    sign_in: SignIn, review: Review, second_reviewer: User
) -> None:
    source = sign_in(second_reviewer).get(url_of(review, "preview")).content.decode()
    assert review.claim.public_id not in source
    assert "<form" not in source
    assert 'name="robots" content="noindex"' in source


def test_a_preview_that_cannot_be_approved_says_why(
    sign_in: SignIn, review: Review, second_reviewer: User
) -> None:
    workflow.reword_claim(review.claim, wording="Else.", reason="Clearer.", by=second_reviewer)
    page = shown(sign_in(second_reviewer).get(url_of(review, "preview")))
    assert "reworded after this verdict was proposed" in page


def test_only_those_who_decide_look_and_only_at_what_is_under_discussion(
    sign_in: SignIn, review: Review, contributor: User, second_reviewer: User
) -> None:
    url = url_of(review, "preview")
    assert sign_in(contributor).get(url).status_code == 403
    client = sign_in(second_reviewer)
    assert client.post(url).status_code == 405
    workflow.close_review(review, reason="A duplicate.", by=second_reviewer)
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("rows", [1, 20])
def test_the_pages_take_as_many_queries_for_one_piece_as_for_twenty(
    sign_in: SignIn, published: Claim, rows: int, django_assert_num_queries
) -> None:
    proposer, approver = factories.person(Role.REVIEWER), factories.person(Role.REVIEWER)
    for _ in range(rows):
        factories.EvidenceFactory(claim=published, stance=Stance.REFUTES)
    review = factories.proposed_review(published, VerificationStatus.DISPUTED, proposer=proposer)
    client = sign_in(approver)
    # session, person, their permissions, their groups' permissions; review with its claim; proposal, what it
    # rests on; the replay's six
    with django_assert_num_queries(13):
        client.get(url_of(review, "preview"))
    # session, person, their two; review with its claim; whose proposal it is, whether one person published the
    # verdict in force, conflicts of interest, the proposal's number; proposal, what it rests on; the replay's six;
    # answers to the checklist, its items
    with django_assert_num_queries(19):
        client.get(url_of(review, "approve"))
