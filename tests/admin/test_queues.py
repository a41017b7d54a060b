"""The queues of reviews: what stands in each, in which order, for whom, and how it can be narrowed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from claims import workflow
from claims.admin.queues import COUNTED, bounded
from claims.desk_vocabulary import Priority
from claims.models import ClaimTopic, Review, Topic, User
from claims.vocabulary import ReviewReason, Role, VerificationStatus
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.queueing import LIST, opened, shown_in
from tests.admin.seeing import text_of


def counts_in(page: Any) -> dict[str, str]:
    """Return what each tab says waits there."""
    return {str(tab.title): tab.count for tab in page.context["tabs"]}


@pytest.fixture
def desk(reviewer: User, second_reviewer: User, editor: User) -> dict[str, Review]:
    """One review for each queue of the reviewer."""
    mine = opened("Mine.", editor)
    workflow.assign_review(mine, to=reviewer, by=editor)
    theirs = opened("Theirs.", editor)
    workflow.assign_review(theirs, to=second_reviewer, by=editor)
    unconfirmed = VerificationStatus.UNCONFIRMED
    claims = [factories.ClaimFactory(wording=words) for words in ("Proposed by me.", "Proposed.")]
    proposed = factories.proposed_review(claims[0], unconfirmed, proposer=reviewer)
    waiting = factories.proposed_review(claims[1], unconfirmed, proposer=second_reviewer)
    back = factories.ClaimFactory(wording="Returned.")
    returned = factories.proposed_review(back, unconfirmed, proposer=reviewer)
    workflow.return_review(returned, reason="Say more.", by=editor)
    closed = opened("Closed.", editor)
    workflow.close_review(closed, reason="A duplicate.", by=editor)
    late = opened("Late.", editor, due_on=timezone.localdate() - timedelta(days=3))
    return {
        "mine": mine,
        "theirs": theirs,
        "proposed": proposed,
        "waiting": waiting,
        "returned": returned,
        "closed": closed,
        "late": late,
    }


@pytest.mark.parametrize(
    ("queue", "wordings"),
    [
        ("mine", {"Mine."}),
        ("approve", {"Proposed."}),
        ("returned", {"Returned."}),
        ("unassigned", {"Late."}),
        ("overdue", {"Late."}),
        ("ended", {"Closed."}),
        ("nonsense", {"Mine.", "Theirs.", "Proposed by me.", "Proposed.", "Returned.", "Late."}),
        ("", {"Mine.", "Theirs.", "Proposed by me.", "Proposed.", "Returned.", "Late."}),
    ],
)
def test_each_queue_holds_what_it_says(
    sign_in: SignIn, reviewer: User, desk: dict[str, Review], queue: str, wordings: set[str]
) -> None:
    page = sign_in(reviewer).get(f"{LIST}?queue={queue}", follow=True)
    assert set(shown_in(page)) == wordings


def test_every_tab_says_how_much_waits_there(
    sign_in: SignIn, reviewer: User, desk: dict[str, Review]
) -> None:
    assert counts_in(sign_in(reviewer).get(LIST)) == {
        "Mine": "1",
        "Awaiting my approval": "1",
        "Returned to me": "1",
        "Unassigned": "1",
        "Overdue": "1",
        "All in progress": "6",
        "Ended": "",
        "Stale verdicts": "0",
        "Reader reports": "0",
    }


def test_what_is_many_is_not_counted_to_its_end(editor: User, django_assert_num_queries) -> None:
    claims = factories.ClaimFactory.create_batch(3, by=editor)
    for claim in claims:
        workflow.open_review(claim, reason=ReviewReason.NEW_CLAIM, by=editor)
    with django_assert_num_queries(1) as queries:
        assert bounded(Review.objects.active()) == "3"
    assert f"LIMIT {COUNTED + 1}" in queries.captured_queries[0]["sql"]


def test_the_most_pressing_comes_first(sign_in: SignIn, editor: User) -> None:
    today, now = timezone.localdate(), timezone.now()
    opened("Without a day, new.", editor)
    opened("Without a day, old.", editor, opened_at=now - timedelta(days=9))
    opened("Due tomorrow.", editor, due_on=today + timedelta(days=1))
    opened("Late.", editor, due_on=today - timedelta(days=1))
    opened("Urgent.", editor, priority=Priority.URGENT)
    opened("Low and late.", editor, priority=Priority.LOW, due_on=today - timedelta(days=99))
    assert shown_in(sign_in(editor).get(LIST)) == [
        "Urgent.",
        "Late.",
        "Due tomorrow.",
        "Without a day, old.",
        "Without a day, new.",
        "Low and late.",
    ]


def test_a_row_says_all_at_one_glance(sign_in: SignIn, editor: User, reviewer: User) -> None:
    claimant = factories.ClaimantFactory(name="Ada Berg", role="mayor")
    claim = factories.ClaimFactory(wording="The bridge is safe.", claimant=claimant)
    review = factories.proposed_review(claim, VerificationStatus.DISPUTED, proposer=editor)
    workflow.return_review(review, reason="Say more.", by=reviewer)
    workflow.assign_review(review, to=reviewer, by=editor)
    Review.objects.update(
        priority=Priority.HIGH,
        due_on=timezone.localdate() - timedelta(days=3),
        opened_at=timezone.now() - timedelta(days=12, hours=1),
    )
    energy = Topic.objects.create(name="Energy", slug="energy")
    ClaimTopic.objects.create(claim=claim, topic=energy, filed_by=editor)
    row = " ".join(text_of(sign_in(reviewer).get(LIST)).split()).partition("Assignee Age")[2]
    for said in (
        "The bridge is safe. Ada Berg, mayor Energy",
        "State Assigned Disputed",
        f"by {editor.public_name}",
        "Reason New claim",
        "Priority High",
        "Due 3 days late",
        f"Assignee {reviewer.public_name}",
        "Age 1\xa0week".replace("\xa0", " "),
    ):
        assert said in row


@pytest.mark.parametrize(
    ("days", "said"), [(-2, "2 days late"), (-1, "1 day late"), (0, "today"), (1, "in 1 day")]
)
def test_a_day_is_told_by_its_distance(sign_in: SignIn, editor: User, days: int, said: str) -> None:
    opened("Due.", editor, due_on=timezone.localdate() + timedelta(days=days))
    assert f"Due {said}" in " ".join(text_of(sign_in(editor).get(LIST)).split())


def test_a_day_far_off_is_told_as_a_date(sign_in: SignIn, editor: User) -> None:
    opened("Due.", editor, due_on=date(2093, 5, 7))
    assert "Due 7 May 2093" in " ".join(text_of(sign_in(editor).get(LIST)).split())


def test_a_contributor_sees_the_queues_that_are_not_about_verdicts(
    sign_in: SignIn, contributor: User, desk: dict[str, Review]
) -> None:
    assert list(counts_in(sign_in(contributor).get(LIST))) == [
        "Unassigned",
        "Overdue",
        "All in progress",
        "Ended",
        "Stale verdicts",
        "Reader reports",
    ]


def test_nobody_without_the_right_to_look_sees_a_queue(sign_in: SignIn, db: None) -> None:
    stranger = sign_in(factories.UserFactory(is_staff=True))
    assert stranger.get(LIST).status_code == 403


def test_whoever_may_only_look_at_reviews_is_shown_no_other_queue(
    sign_in: SignIn, db: None
) -> None:
    viewer = factories.UserFactory(is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_review"))
    assert "Reader reports" not in counts_in(sign_in(viewer).get(LIST))


@pytest.mark.parametrize("rows", [1, 20])
def test_a_queue_takes_nineteen_queries(
    sign_in: SignIn, editor: User, rows: int, django_assert_num_queries
) -> None:
    topic = Topic.objects.create(name="Energy", slug="energy")
    for number in range(rows):
        claim = factories.ClaimFactory(claimant=factories.ClaimantFactory())
        ClaimTopic.objects.create(claim=claim, topic=topic, filed_by=editor)
        proposer = factories.person(Role.REVIEWER, username=f"proposer{number}")
        factories.proposed_review(claim, VerificationStatus.UNCONFIRMED, proposer=proposer)
    client = sign_in(editor)
    # session, person, their permissions, their groups' permissions; eight tabs that count, conflicts of interest;
    # who can be chosen as assignee, the topics; count, page of rows, the topics of their claims, saved filters
    with django_assert_num_queries(19):
        assert len(shown_in(client.get(LIST))) == rows
