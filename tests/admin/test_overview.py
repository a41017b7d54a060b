"""The desk's state: each figure is what the register holds, whatever its size in a bounded number of queries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from claims import workflow
from claims.admin.overview import Overview, agreement_figure
from claims.models import Claim, Review, User
from claims.vocabulary import ReviewReason, VerificationStatus
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import text_of


def figures() -> dict[str, str]:
    return {one.label: one.value for one in Overview().figures}


def test_an_empty_desk_says_so(db: None) -> None:
    assert figures() == {
        "Approvals waiting": "0",
        "Overdue reviews": "0",
        "Stale verdicts": "0",
        "Verdicts this week": "0",
        "Of these changed a status": "0",
        "From claim to first verdict, median": "—",
        "Second ratings that agree": "—",
    }
    assert all(chart.is_empty for chart in Overview().charts)


def test_a_changed_status_is_counted_and_a_confirmed_one_is_not(published: Claim) -> None:
    factories.give_verdict(published, VerificationStatus.CONFIRMED)
    assert figures()["Of these changed a status"] == "0"
    factories.give_verdict(published, VerificationStatus.DISPUTED)
    told = figures()
    assert (told["Verdicts this week"], told["Of these changed a status"]) == ("3", "1")


def test_only_a_first_verdict_says_how_long_it_took(published: Claim) -> None:
    [given] = Overview().verdicts
    assert given.waited is not None
    factories.give_verdict(published, VerificationStatus.DISPUTED)
    assert [one.waited is None for one in Overview().verdicts] == [False, True]
    assert figures()["From claim to first verdict, median"] == "0 hours"


def test_the_verdicts_of_twelve_weeks_are_drawn_by_status(published: Claim) -> None:
    chart = Overview().verdicts_by_week()
    assert len(chart.rows) == 12
    assert chart.rows[-1][1] == [1, 0, 0]
    later = Overview(timezone.now() + timedelta(weeks=12)).verdicts_by_week()
    assert later.is_empty


def test_reviews_are_drawn_by_state_and_age(review: Review, editor: User) -> None:
    other = factories.ClaimFactory()
    workflow.open_review(other, reason=ReviewReason.NEW_CLAIM, by=editor)
    rows = dict(Overview().reviews_by_age().rows)
    assert (rows["Open"], rows["Proposed"]) == ([1, 0, 0, 0], [1, 0, 0, 0])
    then = timezone.now() + timedelta(days=10)
    assert dict(Overview(then).reviews_by_age().rows)["Proposed"] == [0, 0, 1, 0]
    assert figures()["Approvals waiting"] == "1"


def test_an_overdue_review_presses(review: Review, editor: User) -> None:
    workflow.schedule_review(review, due_on=timezone.localdate(), by=editor)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        overdue = next(one for one in Overview().figures if one.label == "Overdue reviews")
    assert (overdue.value, overdue.pressing) == ("1", True)


def test_sources_are_counted_by_publisher(claim: Claim) -> None:
    paper = factories.PublisherFactory(name="Gazette")
    for _ in range(2):
        factories.EvidenceFactory(claim=claim, publisher=paper)
    factories.EvidenceFactory(claim=claim)
    assert Overview().sources().rows == [("Gazette", [2])]


def test_how_far_two_people_agree_is_said_with_its_doubts() -> None:
    def told(pairs: dict[tuple[str, str], int]) -> str:
        figure = agreement_figure(pairs)
        return f"{figure.value}: {figure.label}"

    many = {("a", "a"): 20, ("a", "b"): 5, ("b", "a"): 10, ("b", "b"): 15}
    assert told(many) == "70 %: Second ratings that agree, of 50; Cohen's kappa 0.40"
    few = {("a", "a"): 2, ("b", "b"): 1, ("a", "b"): 1}
    assert told(few) == (
        "75 %: Second ratings that agree, of 4; Cohen's kappa 0.50, too few to tell"
    )
    assert told({("a", "a"): 40}) == (
        "100 %: Second ratings that agree, of 40; Cohen's kappa is not defined"
    )


def test_who_cannot_judge_is_shown_no_figures(
    sign_in: SignIn, contributor: User, reviewer: User
) -> None:
    assert "Verdicts by week" not in text_of(sign_in(contributor).get("/admin/"))
    assert "Verdicts by week" in text_of(sign_in(reviewer).get("/admin/"))


@pytest.mark.parametrize("number", [1, 20])
def test_the_queries_of_the_figures(db: None, number: int, django_assert_num_queries: Any) -> None:
    for _ in range(number):
        factories.give_verdict(factories.ClaimFactory())
    overview = Overview()
    # Reviews by state and age, overdue, stale, verdicts, second ratings; then the publishers.
    with django_assert_num_queries(6):
        assert overview.figures
        assert overview.charts
