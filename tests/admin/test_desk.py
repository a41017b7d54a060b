"""The desk's first page: what is waiting for each person."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission

from claims import workflow
from claims.desk_vocabulary import ReportChannel, ReportKind
from claims.models import Article, Claim, Review, User
from claims.vocabulary import ReviewReason, Role, VerificationStatus
from claims.workflow import ReportDraft
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import links_in, text_of

DESK = "/admin/"


def test_somebody_elses_proposal_waits_for_my_approval(
    sign_in: SignIn, review: Review, second_reviewer: User
) -> None:
    page = sign_in(second_reviewer).get(DESK)
    assert "Waiting for your approval" in text_of(page)
    assert f"/admin/claims/review/{review.pk}/approve/" in links_in(page)


def test_my_own_proposal_waits_for_a_colleague(
    sign_in: SignIn, review: Review, reviewer: User
) -> None:
    page = sign_in(reviewer).get(DESK)
    assert f"/admin/claims/review/{review.pk}/approve/" not in links_in(page)
    assert "Waiting for a colleague" in text_of(page)


def test_whoever_proposed_earlier_may_approve_what_a_colleague_proposes_now(
    sign_in: SignIn, review: Review, reviewer: User, second_reviewer: User
) -> None:
    workflow.return_review(review, reason="Too short.", by=second_reviewer)
    draft = workflow.VerdictDraft(status=VerificationStatus.CONFIRMED, rationale="Longer.")
    workflow.propose_verdict(review, draft, by=second_reviewer)
    page = sign_in(reviewer).get(DESK)
    assert f"/admin/claims/review/{review.pk}/approve/" in links_in(page)


def test_what_was_returned_comes_back_to_its_proposer(
    sign_in: SignIn, review: Review, reviewer: User, second_reviewer: User
) -> None:
    workflow.return_review(review, reason="Say more.", by=second_reviewer)
    page = sign_in(reviewer).get(DESK)
    assert "Returned to you" in text_of(page)
    assert f"/admin/claims/review/{review.pk}/propose/" in links_in(page)


def test_a_review_shows_to_whom_it_is_assigned(
    sign_in: SignIn, claim: Claim, reviewer: User, second_reviewer: User
) -> None:
    review = workflow.open_review(claim, reason=ReviewReason.NEW_CLAIM, by=reviewer)
    assert "Reviews nobody has taken" in text_of(sign_in(reviewer).get(DESK))
    workflow.assign_review(review, to=second_reviewer, by=reviewer)
    waiting = text_of(sign_in(second_reviewer).get(DESK)).split("Empty queues:")[0]
    assert "Your reviews" in waiting


def test_a_claim_nobody_has_taken_up_is_offered(
    sign_in: SignIn, contributor: User, claim: Claim
) -> None:
    page = sign_in(contributor).get(DESK)
    assert f"/admin/claims/claim/{claim.pk}/change/" in links_in(page)


def test_articles_are_not_said_to_wait(
    sign_in: SignIn, contributor: User, article: Article
) -> None:
    shown = " ".join(text_of(sign_in(contributor).get(DESK)).split())
    assert (
        "Nothing at the moment. Empty queues: Verdicts whose evidence was withdrawn · Claims nobody has taken up"
        in shown
    )
    assert article.title in shown.partition("Latest articles")[2]


def test_somebody_who_records_articles_can_begin_here(
    sign_in: SignIn, contributor: User, article: Article
) -> None:
    assert "/admin/claims/article/new/" in links_in(sign_in(contributor).get(DESK))
    viewer = factories.UserFactory(is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_article"))
    page = sign_in(viewer).get(DESK)
    assert "/admin/claims/article/new/" not in links_in(page)
    assert article.title in text_of(page)


def test_forecasts_do_not_wait_for_a_review(sign_in: SignIn, contributor: User) -> None:
    factories.ClaimFactory(wording="It will fall.", kind="forecast", by=contributor)
    assert "It will fall." not in text_of(sign_in(contributor).get(DESK))


def test_a_verdict_whose_evidence_was_withdrawn_waits_for_a_review(
    sign_in: SignIn, contributor: User, reviewer: User, published: Claim
) -> None:
    piece = published.evidence.earliest("pk")
    page = f"/admin/claims/claim/{published.pk}/change/"
    assert page not in links_in(sign_in(contributor).get(DESK))
    workflow.withdraw_evidence(piece, reason="The source took it back.", by=reviewer)
    assert page in links_in(sign_in(contributor).get(DESK))
    shown = " ".join(text_of(sign_in(contributor).get(page)).split())
    assert f"withdrawn since: entry {piece.entry.number}" in shown


def test_somebody_without_a_role_is_told_so(sign_in: SignIn, db: None) -> None:
    stranger = factories.UserFactory(is_staff=True)
    assert "no role on this desk" in text_of(sign_in(stranger).get(DESK))


def test_a_reader_is_asked_to_log_in(sign_in: SignIn, db: None) -> None:
    reader = factories.UserFactory(is_staff=False)
    assert sign_in(reader).get(DESK)["Location"] == "/admin/login/?next=/admin/"


def test_reports_of_readers_wait_there_until_they_are_decided_on(
    sign_in: SignIn, contributor: User, editor: User, published: Claim
) -> None:
    sent = ReportDraft(
        kind=ReportKind.CLAIM, channel=ReportChannel.PAGE, text="The pier moves. " * 40
    )
    report = workflow.file_report(sent, by=None)
    client = sign_in(editor)
    page = client.get(DESK)
    assert f"/admin/claims/readerreport/{report.pk}/change/" in links_in(page)
    assert "The pier moves. " * 20 not in text_of(page)
    workflow.decline_report(report, outcome="It does not.", by=editor)
    assert "readerreport/" not in " ".join(links_in(client.get(DESK)))
    assert "Reader reports" not in text_of(sign_in(contributor).get(DESK))


@pytest.mark.parametrize("rows", [1, 20])
def test_the_desk_takes_twenty_one_queries(
    sign_in: SignIn, editor: User, rows: int, django_assert_num_queries
) -> None:
    for _ in range(rows):
        factories.proposed_review(
            factories.ClaimFactory(),
            VerificationStatus.UNCONFIRMED,
            proposer=factories.person(Role.REVIEWER),
        )
        factories.ClaimFactory(), factories.ArticleFactory()
    client = sign_in(editor)
    # session, person, their permissions, their groups' permissions; conflicts of interest, awaiting
    # approval, returned, assigned, untaken, proposed, reports, erasures, verdicts whose evidence was withdrawn,
    # claims not taken up, articles; reviews by state and age, overdue, stale, verdicts of twelve weeks,
    # second ratings, publishers
    with django_assert_num_queries(21):
        client.get(DESK)
