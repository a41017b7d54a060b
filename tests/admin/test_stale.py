"""The queue of verdicts to look at again: their day has come, or they lost evidence they rest on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from claims import workflow
from claims.desk_vocabulary import RecheckCause
from claims.models import Claim, Recheck, User
from claims.vocabulary import ReviewReason
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import text_of

LIST = "/admin/claims/review/stale/"


def due(claim: Claim, days: int) -> None:
    """Set the day on which `claim` is to be looked at again, so many days from now."""
    day = timezone.localdate() + timedelta(days=days)
    Recheck.objects.create(claim=claim, due_on=day, cause=RecheckCause.BY_HAND)


def shown_in(page: Any) -> list[str]:
    return [claim.wording for claim in page.context["cl"].result_list]


@pytest.fixture
def shaken(editor: User) -> Claim:
    """A claim whose verdict lost evidence."""
    claim = factories.published_claim(wording="Shaken.")
    workflow.withdraw_evidence(claim.evidence.earliest("pk"), reason="Wrong.", by=editor)
    return claim


def test_a_verdict_is_stale_when_its_day_has_come_or_it_lost_evidence(
    sign_in: SignIn, editor: User, shaken: Claim
) -> None:
    for wording, days in (("Due today.", 0), ("Long due.", -9), ("Due tomorrow.", 1)):
        due(factories.published_claim(wording=wording), days)
    page = sign_in(editor).get(LIST)
    assert shown_in(page) == ["Shaken.", "Long due.", "Due today."]
    row = " ".join(text_of(page).split())
    assert "Evidence it rests on was withdrawn" in row
    assert "Re-check was due on" in row


def test_a_claim_that_is_both_stands_there_once_and_says_both(
    sign_in: SignIn, editor: User, shaken: Claim
) -> None:
    due(shaken, -1)
    page = sign_in(editor).get(LIST)
    assert shown_in(page) == ["Shaken."]
    assert "Evidence it rests on was withdrawn; Re-check was due on" in text_of(page)


def test_a_day_that_is_to_come_is_not_told_as_due(
    sign_in: SignIn, editor: User, shaken: Claim
) -> None:
    due(shaken, 5)
    assert "Re-check" not in text_of(sign_in(editor).get(LIST))


def test_a_claim_that_was_merged_away_is_not_looked_at_again(
    sign_in: SignIn, editor: User, published: Claim
) -> None:
    claim = factories.ClaimFactory(wording="Merged.")
    due(claim, -1)
    workflow.merge_claims(claim, into=published, reason="The same.", by=editor)
    assert shown_in(sign_in(editor).get(LIST)) == []


@pytest.mark.parametrize(
    ("query", "wordings"),
    [
        ("review=some", ["Shaken."]),
        ("review=none", ["Due."]),
        ("status=confirmed", ["Shaken.", "Due."]),
        ("status=disputed", []),
        ("status=nonsense&review=x", ["Shaken.", "Due."]),
        ("q=Due", ["Due."]),
    ],
)
def test_it_is_narrowed_by_status_and_by_whether_somebody_is_at_it(
    sign_in: SignIn, editor: User, shaken: Claim, query: str, wordings: list[str]
) -> None:
    due(factories.published_claim(wording="Due."), -1)
    workflow.open_review(shaken, reason=ReviewReason.NEW_EVIDENCE, by=editor)
    assert shown_in(sign_in(editor).get(f"{LIST}?{query}")) == wordings


def test_other_look_ups_are_refused(sign_in: SignIn, editor: User) -> None:
    assert sign_in(editor).get(f"{LIST}?wording__regex=x").status_code == 400


def test_nobody_without_the_right_to_look_sees_it(sign_in: SignIn, db: None) -> None:
    assert sign_in(factories.UserFactory(is_staff=True)).get(LIST).status_code == 403


@pytest.mark.parametrize("rows", [1, 20])
def test_it_takes_sixteen_queries(
    sign_in: SignIn, editor: User, rows: int, django_assert_num_queries
) -> None:
    for _ in range(rows):
        due(factories.ClaimFactory(claimant=factories.ClaimantFactory()), -1)
    client = sign_in(editor)
    # session, person, their permissions, their groups' permissions; eight tabs that count, conflicts of interest;
    # count, page of rows; saved filters
    with django_assert_num_queries(16):
        client.get(LIST)
