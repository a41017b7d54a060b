"""file_claim: the topics of a claim, exactly those that are given."""

from __future__ import annotations

import pytest

from claims import workflow
from claims.models import Claim, HistoryEntry, Topic, User
from tests import factories
from tests.workflow.observing import refused


@pytest.fixture
def topics(editor: User) -> list[Topic]:
    """Three topics."""
    return [workflow.record_topic(name=name, by=editor) for name in ("A", "B", "C")]


def of(claim: Claim) -> list[str]:
    return [topic.name for topic in Topic.objects.of_claim(claim)]


def test_a_claim_is_filed_and_filed_anew(claim: Claim, reviewer: User, topics: list[Topic]) -> None:
    workflow.file_claim(claim, topics=topics[:2], by=reviewer)
    assert of(claim) == ["A", "B"]
    workflow.file_claim(claim, topics=[topics[2], topics[1], topics[1]], by=reviewer)
    assert of(claim) == ["B", "C"]
    workflow.file_claim(claim, topics=[], by=reviewer)
    assert of(claim) == []


def test_filing_is_no_part_of_the_claims_history(
    claim: Claim, reviewer: User, topics: list[Topic]
) -> None:
    before = HistoryEntry.objects.count()
    workflow.file_claim(claim, topics=topics, by=reviewer)
    assert HistoryEntry.objects.count() == before


def test_whoever_filed_it_first_stays_named(
    claim: Claim, reviewer: User, editor: User, topics: list[Topic]
) -> None:
    workflow.file_claim(claim, topics=topics[:1], by=reviewer)
    workflow.file_claim(claim, topics=topics[:2], by=editor)
    filed = claim.filings.order_by("topic__name").values_list("filed_by", flat=True)
    assert list(filed) == [reviewer.pk, editor.pk]


def test_what_would_stay_as_it_is_is_refused(
    claim: Claim, reviewer: User, topics: list[Topic]
) -> None:
    with refused("It is filed so already.", field="topics"):
        workflow.file_claim(claim, topics=[], by=reviewer)


def test_a_claim_that_has_ended_is_not_filed(
    claim: Claim, editor: User, topics: list[Topic]
) -> None:
    workflow.merge_claims(claim, into=factories.ClaimFactory(), reason="The same.", by=editor)
    with refused("Nothing more happens to this claim."):
        workflow.file_claim(claim, topics=topics, by=editor)
