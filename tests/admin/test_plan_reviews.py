"""Planning many reviews at once: what is chosen, what is asked, what is done, and what is refused and why."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from claims import workflow
from claims.admin import planning
from claims.desk_vocabulary import NoticeKind, Priority
from claims.models import Notice, Review, User
from claims.vocabulary import VerificationStatus
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.queueing import LIST, opened
from tests.admin.seeing import said, text_of

PLAN = "/admin/claims/review/plan/"


@pytest.fixture
def three(editor: User) -> list[Review]:
    """Three open reviews."""
    return [opened(f"Bridge {number}.", editor) for number in range(3)]


def choose(client: Client, reviews: list[Review], **query: Any) -> Any:
    """Open the page with these reviews ticked."""
    return client.get(PLAN, {"scope": "ticked", "review": [one.pk for one in reviews], **query})


def plan(client: Client, reviews: list[Review], **fields: Any) -> Any:
    """Open the page with these reviews ticked, fill its form in and send it."""
    rows = re.findall(r'name="row" value="([^"]*)"', choose(client, reviews).content.decode())
    return client.post(PLAN, {"row": rows, **fields})


def columns(*names: str) -> set[tuple[Any, ...]]:
    return set(Review.objects.values_list(*names))


def test_a_queue_offers_boxes_to_whoever_may_plan(
    sign_in: SignIn, reviewer: User, contributor: User, three: list[Review]
) -> None:
    for person, offered in ((reviewer, True), (contributor, False)):
        page = sign_in(person).get(LIST)
        assert (f'value="{three[0].pk}" form="bulk"' in page.content.decode()) is offered
        assert (PLAN in page.content.decode()) is offered


def test_what_has_ended_is_not_offered(sign_in: SignIn, editor: User, three: list[Review]) -> None:
    workflow.close_review(three[0], reason="A duplicate.", by=editor)
    assert "bulk" not in sign_in(editor).get(f"{LIST}?queue=ended").content.decode()


def test_several_reviews_are_given_a_person_a_priority_and_a_day(
    sign_in: SignIn, reviewer: User, second_reviewer: User, three: list[Review]
) -> None:
    day = timezone.localdate() + timedelta(days=4)
    fields = {"assignee": second_reviewer.pk, "priority": 4, "due_on": day.isoformat()}
    page = plan(sign_in(reviewer), three[:2], **fields)
    assert "2 reviews were changed." in " ".join(text_of(page).split())
    assert columns("assignee", "priority", "due_on") == {
        (second_reviewer.pk, Priority.URGENT, day),
        (None, Priority.NORMAL, None),
    }
    assert Notice.objects.filter(person=second_reviewer, kind=NoticeKind.ASSIGNED).count() == 2


def test_each_change_of_each_review_stands_in_the_log(
    sign_in: SignIn, reviewer: User, three: list[Review]
) -> None:
    plan(sign_in(reviewer), three, priority=1, assignee=reviewer.pk)
    log = LogEntry.objects.values_list("user", "object_id", "change_message")
    assert set(log) == {
        (reviewer.pk, str(review.claim_id), done)
        for review in three
        for done in ("Review assigned.", "Priority set.")
    }


def test_one_refusal_stops_no_other_and_says_why(
    sign_in: SignIn, reviewer: User, second_reviewer: User, editor: User, three: list[Review]
) -> None:
    workflow.declare_conflict(claim=three[0].claim, reason="r", by=second_reviewer)
    proposed = factories.proposed_review(
        factories.ClaimFactory(), VerificationStatus.UNCONFIRMED, proposer=editor
    )
    page = plan(
        sign_in(reviewer), [*three, proposed], assignee=second_reviewer.pk, priority=Priority.HIGH
    )
    words = " ".join(text_of(page).split())
    assert "4 reviews were changed. For 2 reviews something was refused." in words
    assert "declared a conflict of interest on this claim." in words
    assert "This review is proposed; possible now:" in words
    assert Review.objects.filter(assignee=second_reviewer).count() == 2
    assert columns("priority") == {(Priority.HIGH,)}


def test_what_has_ended_meanwhile_is_refused(
    sign_in: SignIn, reviewer: User, editor: User, three: list[Review]
) -> None:
    workflow.close_review(three[0], reason="A duplicate.", by=editor)
    page = plan(sign_in(reviewer), three[:1], priority=4)
    assert "This review is closed; its work is done." in text_of(page)


def test_what_somebody_changed_meanwhile_is_left_as_it_is(
    sign_in: SignIn, reviewer: User, second_reviewer: User, editor: User, three: list[Review]
) -> None:
    client = sign_in(reviewer)
    rows = re.findall(r'name="row" value="([^"]*)"', choose(client, three).content.decode())
    workflow.assign_review(three[0], to=editor, by=editor)
    page = client.post(PLAN, {"row": rows, "assignee": second_reviewer.pk, "priority": 4})
    assert "Somebody changed this meanwhile: look at it again first." in text_of(page)
    assert Review.objects.get(pk=three[0].pk).assignee == editor
    assert columns("priority") == {(Priority.URGENT,)}


def test_a_due_day_is_taken_away(sign_in: SignIn, reviewer: User, editor: User) -> None:
    review = opened("Due.", editor, due_on=timezone.localdate())
    plan(sign_in(reviewer), [review], no_day="on")
    assert columns("due_on") == {(None,)}


def test_all_that_match_are_chosen_by_the_queue_and_its_filters(
    sign_in: SignIn, reviewer: User, editor: User, three: list[Review]
) -> None:
    opened("Tunnel.", editor, priority=Priority.LOW)
    query = {"scope": "all", "from": "queue=unassigned&priority=1&p=7"}
    page = sign_in(reviewer).get(PLAN, query)
    assert [review.claim.wording for review, _ in page.context["rows"]] == ["Tunnel."]


def test_no_more_than_the_most_are_chosen_and_the_page_says_so(
    sign_in: SignIn, reviewer: User, three: list[Review], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "MOST", 2)
    for query in ({"scope": "all"}, {"review": [one.pk for one in three]}):
        page = sign_in(reviewer).get(PLAN, query)
        assert len(page.context["rows"]) == 2
        assert "More than 2 reviews match" in " ".join(text_of(page).split())


def test_all_that_match_asks_for_nothing_the_list_does_not_offer(
    sign_in: SignIn, reviewer: User
) -> None:
    query = {"scope": "all", "from": "claim__wording__regex=x"}
    assert sign_in(reviewer).get(PLAN, query).status_code == 400


def test_whoever_ticked_nothing_is_led_back(sign_in: SignIn, reviewer: User, db: None) -> None:
    page = sign_in(reviewer).get(
        PLAN, {"from": "queue=mine", "review": ["x", "9" * 30]}, follow=True
    )
    assert page.redirect_chain == [(f"{LIST}?queue=mine", 302)]
    assert said(page) == ["Tick the reviews to change first."]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "Say what to change."),
        ({"due_on": "2093-01-01", "no_day": "on"}, "Give a day or take it away, not both."),
        ({"due_on": "tomorrow"}, "Enter a valid date."),
        ({"priority": "9"}, "9 is not one of the available choices."),
        ({"priority": "x"}, "x is not one of the available choices."),
        ({"assignee": "9" * 30}, "not one of the available choices."),
        ({"assignee": "x"}, "not one of the available choices."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_done(
    sign_in: SignIn, reviewer: User, three: list[Review], fields: dict[str, str], told: str
) -> None:
    before = columns("assignee", "priority", "due_on")
    page = plan(sign_in(reviewer), three, **fields)
    assert page.status_code == 200
    assert told in text_of(page)
    assert columns("assignee", "priority", "due_on") == before
    assert len(page.context["rows"]) == 3


@pytest.mark.parametrize("row", ["", "x", "1", "1 open/None 2", "9" * 30 + " a b c", "0 a b c"])
def test_a_row_that_is_none_is_left_out(sign_in: SignIn, reviewer: User, row: str) -> None:
    page = sign_in(reviewer).post(PLAN, {"row": [row], "priority": 4})
    assert "None of the reviews that were sent is there any more." in text_of(page)


def test_a_row_about_something_else_is_refused(
    sign_in: SignIn, reviewer: User, three: list[Review]
) -> None:
    page = sign_in(reviewer).post(PLAN, {"row": f"{three[0].pk} a b c", "priority": 4})
    assert "Somebody changed this meanwhile" in text_of(page)


def test_a_role_is_offered_only_what_it_may_change(sign_in: SignIn, three: list[Review]) -> None:
    person = factories.UserFactory(is_staff=True)
    person.user_permissions.add(Permission.objects.get(codename="schedule_review"))
    page = choose(sign_in(person), three)
    assert list(page.context["form"].fields) == ["due_on", "no_day"]
    plan(sign_in(person), three, priority=4, due_on="2026-01-01")
    assert columns("priority") == {(Priority.NORMAL,)}


def test_nobody_plans_without_a_verb(
    sign_in: SignIn, contributor: User, three: list[Review]
) -> None:
    client = sign_in(contributor)
    assert choose(client, three).status_code == 403
    assert client.post(PLAN, {"row": "1 a b c", "priority": 4}).status_code == 403


def test_the_way_back_stays_on_the_desk(
    sign_in: SignIn, reviewer: User, three: list[Review]
) -> None:
    page = choose(sign_in(reviewer), three, **{"from": "//evil.example/?queue=mine"})
    assert page.context["back"].startswith(f"{LIST}?")


@pytest.mark.parametrize("rows", [1, 20])
def test_choosing_takes_six_queries(
    sign_in: SignIn, editor: User, rows: int, django_assert_num_queries
) -> None:
    reviews = [opened(f"Bridge {number}.", editor) for number in range(rows)]
    client = sign_in(editor)
    # session, person, their permissions, their groups' permissions; the reviews, who is able
    with django_assert_num_queries(6):
        choose(client, reviews)
