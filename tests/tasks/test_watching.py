"""Cited pages: the same, changed, gone or out of reach; and only what a verdict rests on is looked at."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from claims import workflow
from claims.desk_vocabulary import FetchTrouble, RecheckCause, SourceState
from claims.fetching import Fetched, FetchFailed
from claims.models import BackgroundTask, Claim, Evidence, Recheck, Review, SourceWatch, User
from claims.tasks import watching
from claims.tasks.watching import look_at_source, look_at_sources, open_reviews_that_are_due
from claims.vocabulary import ReviewReason, Role, Stance, VerificationStatus
from claims.workflow import VerdictDraft
from tests import factories

STORY = " ".join(f"The bridge number {n} was opened in {1900 + n} by the mayor." for n in range(40))
Serve = Callable[[str], None]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Serve:
    """Return a way to say what stands at every address."""

    def with_text(text: str) -> None:
        body = f"A report\n\n{text}".encode()

        def fetched(url: str, **kwargs: object) -> Fetched:
            digest = hashlib.sha256(body).hexdigest()
            now = timezone.now()
            return Fetched(url, url, 200, "text/plain", "utf-8", body, digest, now)

        monkeypatch.setattr(watching, "fetch", fetched)

    return with_text


def cited(excerpt: str = "") -> Evidence:
    """Return the one piece that a published verdict rests on."""
    claim = factories.ClaimFactory()
    proposer, approver = factories.person(Role.REVIEWER), factories.person(Role.REVIEWER)
    piece = factories.EvidenceFactory(claim=claim, stance=Stance.REFUTES, excerpt=excerpt)
    review = workflow.open_review(claim, reason=ReviewReason.NEW_CLAIM, by=proposer)
    draft = VerdictDraft(status=VerificationStatus.DISPUTED, rationale="r")
    workflow.propose_verdict(review, draft, by=proposer)
    workflow.approve_verdict(review, by=approver)
    return Evidence.objects.get(pk=piece.pk)


def look(piece: Evidence) -> SourceWatch:
    look_at_source.func(piece.pk)
    return SourceWatch.objects.get(evidence=piece)


@pytest.mark.django_db
def test_a_page_without_its_excerpt_has_changed(serve: Serve) -> None:
    piece = cited(excerpt="bridge number 7 was opened in 1907")
    serve(STORY)
    assert look(piece).state == SourceState.SAME
    serve(STORY.replace("number 7 was", "number 7 was never"))
    assert look(piece).state == SourceState.CHANGED
    assert Recheck.objects.get(claim=piece.claim).cause == RecheckCause.SOURCE_CHANGED


@pytest.mark.django_db
def test_a_page_without_an_excerpt_changes_with_its_text(serve: Serve) -> None:
    piece = cited()
    serve(STORY)
    assert look(piece).state == SourceState.SAME
    serve(f"{STORY} One sentence more.")
    assert look(piece).state == SourceState.SAME
    serve(" ".join(f"Quite another story {n} about {n * 7} ships at sea." for n in range(60)))
    assert look(piece).state == SourceState.CHANGED


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("trouble", "state"),
    [
        (FetchTrouble.GONE, SourceState.GONE),
        (FetchTrouble.NO_HOST, SourceState.GONE),
        (FetchTrouble.TIMEOUT, SourceState.UNREACHABLE),
        (FetchTrouble.FORBIDDEN, SourceState.UNREACHABLE),
    ],
)
def test_what_is_not_there_twice_is_gone_and_what_is_slow_is_not(
    monkeypatch: pytest.MonkeyPatch, trouble: FetchTrouble, state: SourceState
) -> None:
    def failing(url: str, **kwargs: object) -> Fetched:
        raise FetchFailed("no", trouble=trouble)

    monkeypatch.setattr(watching, "fetch", failing)
    piece = cited()
    assert [look(piece).state for _ in range(2)] == [SourceState.UNREACHABLE, state]


@pytest.mark.django_db
def test_only_what_a_verdict_rests_on_is_looked_at_and_once_a_week(
    serve: Serve, reviewer: User
) -> None:
    serve(STORY)
    piece, withdrawn = cited(), cited()
    workflow.withdraw_evidence(withdrawn, reason="r", by=reviewer)
    factories.EvidenceFactory()
    before = timezone.now() - timedelta(days=7)
    assert list(Evidence.objects.to_look_at(before=before)) == [piece]
    look(piece)
    assert not Evidence.objects.to_look_at(before=before).exists()
    assert Evidence.objects.to_look_at(before=timezone.now() + timedelta(seconds=1)).exists()


@pytest.mark.django_db
def test_looks_are_asked_for_and_carried_out_by_a_worker(
    serve: Serve, work: Callable[[], list[BackgroundTask]]
) -> None:
    serve(STORY)
    piece = cited()
    look_at_sources.func()
    work()
    assert SourceWatch.objects.get().evidence == piece


@pytest.mark.django_db
def test_the_job_opens_what_is_due(published: Claim, reviewer: User) -> None:
    workflow.set_recheck(published, due_on=timezone.localdate() + timedelta(days=1), by=reviewer)
    open_reviews_that_are_due.func()
    assert not Review.objects.active().exists()
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        open_reviews_that_are_due.func()
    assert Review.objects.active().get().reason == ReviewReason.RECHECK_DUE
