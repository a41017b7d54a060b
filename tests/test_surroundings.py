"""What is kept around a public document: topics, and that a published claim is under review; always in step."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from claims import documents, workflow
from claims.desk_vocabulary import RecheckCause
from claims.models import Claim, ClaimDocument, Recheck, Review, User
from claims.vocabulary import ReviewReason, Verb, VerificationStatus
from claims.workflow import VerdictDraft
from claims.workflow.acting import rebuild_claim
from claims.workflow.checking import check_claim
from claims.workflow.rechecks import open_due_reviews
from tests import factories
from tests.workflow.scene import CALLS, scene_for

pytestmark = pytest.mark.django_db


def around(claim: Claim) -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(ClaimDocument.objects.get(claim=claim).around)
    return kept


def since(claim: Claim) -> str | None:
    told: str | None = around(claim)["under_review_since"]
    return told


def in_review(claim: Claim, by: User) -> Review:
    return workflow.open_review(claim, reason=ReviewReason.NEW_EVIDENCE, by=by)


def today() -> str:
    return f"{timezone.now().astimezone(UTC):%Y-%m-%d}T00:00:00"


def test_topics_stand_there_by_name_and_lead_to_their_pages(published: Claim, editor: User) -> None:
    topics = [workflow.record_topic(name=name, by=editor) for name in ("War & peace", "Energy")]
    workflow.file_claim(published, topics=topics, by=editor)
    assert around(published)["topics"] == [
        {"name": "Energy", "slug": "energy", "html_url": "/topics/energy/"},
        {"name": "War & peace", "slug": "war-peace", "html_url": "/topics/war-peace/"},
    ]
    workflow.file_claim(published, topics=topics[:1], by=editor)
    assert [topic["name"] for topic in around(published)["topics"]] == ["War & peace"]


def test_a_renamed_topic_is_renamed_around_all_its_claims(published: Claim, editor: User) -> None:
    energy = workflow.record_topic(name="Energy", by=editor)
    claims = [published, factories.published_claim(), factories.ClaimFactory()]
    for claim in claims:
        workflow.file_claim(claim, topics=[energy], by=editor)
    workflow.change_topic(energy, name="Power", recheck_days=None, by=editor)
    assert {topic["name"] for claim in claims[:2] for topic in around(claim)["topics"]} == {"Power"}
    assert not ClaimDocument.objects.filter(claim=claims[2]).exists()


def test_what_was_filed_before_the_first_verdict_is_there_with_it(
    claim: Claim, editor: User
) -> None:
    workflow.file_claim(claim, topics=[workflow.record_topic(name="Energy", by=editor)], by=editor)
    factories.give_verdict(claim)
    assert around(claim)["topics"][0]["name"] == "Energy"


def test_a_review_of_a_published_claim_is_told_by_its_day_until_it_ends(
    published: Claim, reviewer: User, editor: User
) -> None:
    assert since(published) is None
    review = in_review(published, reviewer)
    assert str(since(published)).startswith(today())
    workflow.assign_review(review, to=reviewer, by=editor)
    assert str(since(published)).startswith(today())
    workflow.close_review(review, reason="Nothing new.", by=editor)
    assert since(published) is None


def test_a_verdict_ends_it_and_a_returned_one_does_not(
    published: Claim, reviewer: User, editor: User
) -> None:
    review = factories.proposed_review(published, VerificationStatus.CONFIRMED, proposer=reviewer)
    workflow.return_review(review, reason="Look again.", by=editor)
    assert since(published) is not None
    workflow.propose_verdict(
        review, VerdictDraft(status=VerificationStatus.CONFIRMED, rationale="r"), by=reviewer
    )
    workflow.approve_verdict(review, by=editor)
    assert since(published) is None


def test_the_review_that_led_to_the_first_verdict_never_shows(claim: Claim, reviewer: User) -> None:
    in_review(claim, reviewer)
    assert not ClaimDocument.objects.exists()
    assert documents.around([claim.pk]) == {claim.pk: '{"topics":[],"under_review_since":null}'}


def test_a_review_from_before_the_claim_was_public_is_told_from_then_on(
    claim: Claim, reviewer: User, editor: User
) -> None:
    review = in_review(claim, reviewer)
    long_ago = timezone.now() - timedelta(days=90)
    Review.objects.filter(pk=review.pk).update(opened_at=long_ago)
    draft = VerdictDraft(
        status=VerificationStatus.UNCONFIRMED, rationale="r", would_settle="A survey."
    )
    workflow.override_verdict(claim, draft, reason="Urgent.", by=editor)
    assert str(since(claim)).startswith(today())


def test_a_follow_up_and_a_due_look_show_like_any_review(claim: Claim, editor: User) -> None:
    published = factories.published_claim()
    draft = VerdictDraft(
        status=VerificationStatus.UNCONFIRMED, rationale="r", would_settle="A survey."
    )
    workflow.override_verdict(claim, draft, reason="Urgent.", by=editor)
    Recheck.objects.create(claim=published, due_on=date.today(), cause=RecheckCause.TOPIC)
    assert open_due_reviews(date.today()) == 1
    assert since(claim) is not None
    assert since(published) is not None


def test_the_document_and_its_digest_stay_as_they_were(published: Claim, editor: User) -> None:
    before = ClaimDocument.objects.values("body", "summary", "sha256").get()
    workflow.file_claim(
        published, topics=[workflow.record_topic(name="Energy", by=editor)], by=editor
    )
    in_review(published, editor)
    assert ClaimDocument.objects.values("body", "summary", "sha256").get() == before


def test_a_check_names_what_is_out_of_step_and_a_rebuild_mends_it(published: Claim) -> None:
    told = "what is stored around the document is not what the register says"
    assert [*check_claim(published)] == []
    ClaimDocument.objects.update(around="{}")
    assert [finding.what for finding in check_claim(published)] == [told]
    rebuild_claim(published)
    assert [*check_claim(published)] == []


@pytest.mark.parametrize("verb", list(Verb), ids=lambda verb: verb.value)
def test_no_verb_leaves_it_out_of_step(verb: Verb, editor: User, importer: User) -> None:
    by = importer if verb == Verb.IMPORT_VERDICT else editor
    scene = scene_for(verb, recorder=by)
    CALLS[verb](scene, by)
    for claim in Claim.objects.published():
        kept = ClaimDocument.objects.get(claim=claim).around
        assert kept == documents.around([claim.pk])[claim.pk]


@pytest.mark.parametrize("claims", [1, 20])
def test_it_is_read_in_two_queries_for_any_number_of_claims(
    editor: User, django_assert_num_queries: Any, claims: int
) -> None:
    topic = workflow.record_topic(name="Energy", by=editor)
    made = [factories.published_claim() for _ in range(claims)]
    for claim in made:
        workflow.file_claim(claim, topics=[topic], by=editor)
        in_review(claim, editor)
    # 1 the filings with their topics, 2 the reviews in progress with the claims
    with django_assert_num_queries(2):
        assert len(documents.around(claim.pk for claim in made)) == claims


def test_the_day_is_midnight_in_utc() -> None:
    claim = Claim(published_at=datetime(2025, 3, 1, 9, tzinfo=UTC))
    review = Review(claim=claim, opened_at=datetime(2025, 3, 4, 23, 30, tzinfo=UTC))
    assert review.public_since == datetime(2025, 3, 4, tzinfo=UTC)
