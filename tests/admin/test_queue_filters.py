"""What a queue can be narrowed by, and what is ignored or refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from claims import workflow
from claims.desk_vocabulary import Priority
from claims.models import Claimant, ClaimTopic, Review, Topic, User
from claims.vocabulary import ReviewReason
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.queueing import LIST, opened, shown_in
from tests.admin.seeing import links_in


@pytest.fixture
def various(editor: User, reviewer: User) -> None:
    """Two reviews that differ in everything a list can be narrowed by."""
    claimant = factories.ClaimantFactory(name="Ada Berg")
    claim = factories.published_claim(wording="Found.", claimant=claimant)
    review = workflow.open_review(claim, reason=ReviewReason.RECHECK_DUE, by=editor)
    workflow.assign_review(review, to=reviewer, by=editor)
    Review.objects.filter(pk=review.pk).update(
        priority=Priority.URGENT, opened_at=timezone.now() - timedelta(days=8)
    )
    topic = Topic.objects.create(name="Energy", slug="energy")
    ClaimTopic.objects.create(claim=claim, topic=topic, filed_by=editor)
    opened("Other.", editor)


@pytest.mark.parametrize(
    "query",
    [
        "assignee={reviewer}",
        "state=assigned",
        "age=7",
        "priority=4",
        "status=confirmed",
        "topic=energy",
        "claimant={claimant}",
        "reason=recheck_due",
        "q=Found",
        "assignee={reviewer}&age=3&topic=energy",
    ],
)
def test_a_list_is_narrowed_by_what_it_offers(
    sign_in: SignIn, editor: User, reviewer: User, various: None, query: str
) -> None:
    keys = {"reviewer": reviewer.pk, "claimant": Claimant.objects.get(name="Ada Berg").pk}
    page = sign_in(editor).get(f"{LIST}?{query.format(**keys)}")
    assert shown_in(page) == ["Found."]


@pytest.mark.parametrize("query", ["assignee=nobody", "status=none", "state=open"])
def test_a_list_is_narrowed_to_what_is_missing(
    sign_in: SignIn, editor: User, various: None, query: str
) -> None:
    assert shown_in(sign_in(editor).get(f"{LIST}?{query}")) == ["Other."]


def test_me_is_whoever_looks(sign_in: SignIn, editor: User, reviewer: User, various: None) -> None:
    assert shown_in(sign_in(reviewer).get(f"{LIST}?assignee=me")) == ["Found."]
    assert shown_in(sign_in(editor).get(f"{LIST}?assignee=me")) == []


@pytest.mark.parametrize(
    "query",
    [
        "assignee=999999999999999999999999",
        "assignee=x",
        "state=nonsense",
        "age=-1",
        "age=7.5",
        "priority=99999999999999999999999",
        "status=true",
        "topic=%3Cscript%3E",
        "claimant=99999999999999999999999",
        "claimant=0",
        "claimant=x",
        "reason=%EF%BC%97",
        "p=99999999999999999999",
        "o=99.-1.x",
        "q=" + "x" * 3000,
    ],
)
def test_what_is_no_choice_is_ignored(
    sign_in: SignIn, editor: User, various: None, query: str
) -> None:
    page = sign_in(editor).get(f"{LIST}?{query}", follow=True)
    assert page.status_code == 200
    assert query.startswith("q=") or len(shown_in(page)) == 2


@pytest.mark.parametrize(
    "query",
    [
        "claim__wording__regex=(a%2B)%2B$",
        "assignee__email__startswith=a",
        "note__contains=x",
        "state__exact=open",
        "topic__regex=x",
        "state=%00",
    ],
)
def test_a_look_up_that_is_not_offered_is_refused(
    sign_in: SignIn, editor: User, query: str
) -> None:
    assert sign_in(editor).get(f"{LIST}?{query}").status_code == 400


def test_what_was_left_open_in_the_form_does_not_stay_in_the_address(
    sign_in: SignIn, editor: User
) -> None:
    sent = f"{LIST}?queue=overdue&q=&assignee=&state=open&topic="
    assert sign_in(editor).get(sent)["Location"] == f"{LIST}?queue=overdue&state=open"


def test_each_filter_can_be_taken_away_by_itself(
    sign_in: SignIn, editor: User, various: None
) -> None:
    links = links_in(sign_in(editor).get(f"{LIST}?queue=overdue&state=open&age=3&q=x"))
    assert "?age=3&amp;q=x&amp;queue=overdue" in links
    assert "?queue=overdue" in links
