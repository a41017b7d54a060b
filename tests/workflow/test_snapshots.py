"""Copies of sources live as long as something names them, and not a moment longer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from claims import workflow
from claims.desk_vocabulary import FetchTrouble, ReadingState
from claims.models import Claim, Evidence, FoundReview, Snapshot, SourceReading, User
from claims.snapshots import store
from claims.vocabulary import EvidenceKind, Stance
from claims.workflow import EvidenceDraft
from claims.workflow.readings import forget_outlived, give_up_stuck
from claims.workflow.snapshots import keep_snapshot, let_go
from tests import factories
from tests.workflow.fetching_of import ADDRESS, page, read_reading

PAGE = page(body="<p>Of its own.</p>")
DRAFT = EvidenceDraft(stance=Stance.CONTEXT, kind=EvidenceKind.NEWS_REPORT, url=ADDRESS)


def added(claim: Claim, by: User) -> Evidence:
    """Return evidence made of the page."""
    return workflow.add_read_evidence(read_reading(claim, by, PAGE), DRAFT, by=by)


def redact(piece: Evidence, *fields: str, by: User, and_by: User) -> None:
    """Erase values of a piece."""
    factories.erase(piece.entry, *fields, by=by, and_by=and_by)


def is_there(sha256: str) -> bool:
    try:
        store.read(sha256)
    except store.CopyMissing:
        return False
    return True


def test_redacting_a_copy_purges_its_file(
    claim: Claim,
    contributor: User,
    editor: User,
    second_editor: User,
    django_capture_on_commit_callbacks: Any,
) -> None:
    piece = added(claim, contributor)
    sha256 = piece.snapshot or ""
    with django_capture_on_commit_callbacks(execute=True):
        redact(piece, "evidence.snapshot", by=editor, and_by=second_editor)
    assert not is_there(sha256)
    assert not Snapshot.objects.exists()
    assert not SourceReading.objects.exists()


def test_a_copy_that_other_evidence_names_stays(
    claim: Claim,
    contributor: User,
    editor: User,
    second_editor: User,
    django_capture_on_commit_callbacks: Any,
) -> None:
    piece, other = added(claim, contributor), added(factories.ClaimFactory(), contributor)
    with django_capture_on_commit_callbacks(execute=True):
        redact(piece, "evidence.snapshot", by=editor, and_by=second_editor)
    assert is_there(other.snapshot or "")
    with django_capture_on_commit_callbacks(execute=True):
        redact(other, "evidence.snapshot", by=editor, and_by=second_editor)
    assert not is_there(other.snapshot or "")


def test_a_reading_that_somebody_else_has_open_does_not_keep_a_redacted_copy(
    claim: Claim,
    contributor: User,
    editor: User,
    second_editor: User,
    django_capture_on_commit_callbacks: Any,
) -> None:
    piece = added(claim, contributor)
    read_reading(factories.ClaimFactory(), contributor, PAGE)
    with django_capture_on_commit_callbacks(execute=True):
        redact(piece, "evidence.snapshot", by=editor, and_by=second_editor)
    assert not is_there(piece.snapshot or "")
    assert not SourceReading.objects.exists()


def test_with_any_value_of_the_evidence_its_reading_is_forgotten(
    claim: Claim, contributor: User, editor: User, second_editor: User
) -> None:
    piece = added(claim, contributor)
    redact(piece, "evidence.url", by=editor, and_by=second_editor)
    assert not SourceReading.objects.exists()
    assert is_there(piece.snapshot or "")


def test_a_redaction_that_is_rolled_back_purges_nothing(
    claim: Claim,
    contributor: User,
    editor: User,
    second_editor: User,
    django_capture_on_commit_callbacks: Any,
) -> None:
    piece = added(claim, contributor)

    def redact_and_fail() -> None:
        with transaction.atomic():
            redact(piece, "evidence.snapshot", by=editor, and_by=second_editor)
            raise ZeroDivisionError

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ZeroDivisionError):
        redact_and_fail()
    assert is_there(piece.snapshot or "")
    assert Snapshot.objects.exists()


def test_a_copy_that_came_again_meanwhile_is_not_removed(
    contributor: User, django_capture_on_commit_callbacks: Any
) -> None:
    copy = keep_snapshot(PAGE, media_type="text/html", by=contributor)
    with django_capture_on_commit_callbacks(execute=True):
        assert let_go([copy.sha256]) == [copy.sha256]
        keep_snapshot(PAGE, media_type="text/html", by=contributor)
    assert is_there(copy.sha256)


def test_what_nobody_used_is_forgotten_when_its_time_is_over(
    claim: Claim, contributor: User, django_capture_on_commit_callbacks: Any
) -> None:
    unused, used = (
        read_reading(claim, contributor, PAGE),
        added(factories.ClaimFactory(), contributor),
    )
    lonely = read_reading(claim, contributor).snapshot
    assert lonely is not None
    FoundReview.objects.create(reading=unused, place=1, rating="False")
    waiting = workflow.start_reading(claim, url=ADDRESS, by=contributor)
    assert forget_outlived(timezone.now() + timedelta(days=6)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_outlived(timezone.now() + timedelta(days=8)) == 4
    assert not SourceReading.objects.filter(pk=waiting.pk).exists()
    assert is_there(used.snapshot or "")
    assert not is_there(lonely.sha256)


def test_a_reading_nobody_comes_to_is_given_up(claim: Claim, contributor: User) -> None:
    waiting = workflow.start_reading(claim, url=ADDRESS, by=contributor)
    ready = read_reading(claim, contributor)
    assert give_up_stuck(timezone.now() + timedelta(minutes=10)) == 0
    assert give_up_stuck(timezone.now() + timedelta(minutes=20)) == 1
    waiting.refresh_from_db()
    ready.refresh_from_db()
    assert (waiting.state, waiting.trouble) == (ReadingState.FAILED, FetchTrouble.FORGOTTEN)
    assert ready.state == ReadingState.READY
