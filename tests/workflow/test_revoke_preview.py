"""revoke_preview: an address leads nowhere any more, and that it was there stays known."""

from __future__ import annotations

from django.utils import timezone

from claims import workflow
from claims.models import PreviewLink, Review, User
from tests.workflow.observing import refused


def test_it_leads_nowhere_and_who_ended_it_is_kept(
    review: Review, reviewer: User, second_reviewer: User
) -> None:
    link, token = workflow.create_preview(review, label="Prof. Lind", days=7, by=reviewer)
    workflow.revoke_preview(link, by=second_reviewer)
    kept = PreviewLink.objects.get()
    assert kept.revoked_by == second_reviewer
    assert kept.revoked_at is not None
    assert not PreviewLink.objects.open_at(timezone.now()).opened_with(token).exists()


def test_it_is_revoked_once(review: Review, reviewer: User) -> None:
    link, _token = workflow.create_preview(review, label="Prof. Lind", days=7, by=reviewer)
    workflow.revoke_preview(link, by=reviewer)
    with refused("revoked already"):
        workflow.revoke_preview(link, by=reviewer)
