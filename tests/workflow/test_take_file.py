"""take_file: a file becomes a source, told by its content and cleaned of what its owner wrote into it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from claims import workflow
from claims.desk_vocabulary import ReadingState
from claims.models import Claim, Snapshot, SourceReading, User
from claims.snapshots import store
from tests import factories
from tests.snapshots.pictures import PDF, SECRETS, moving, picture
from tests.snapshots.test_kinds import png_of
from tests.workflow.observing import refused


def test_a_document_is_kept_as_it_is(claim: Claim, contributor: User) -> None:
    reading = workflow.take_file(claim, data=PDF, name="C:\\Report of May.exe", by=contributor)
    copy = reading.snapshot
    assert copy is not None
    assert (reading.state, reading.url) == (ReadingState.READY, "")
    assert (copy.filename, copy.media_type) == ("Report of May.pdf", "application/pdf")
    assert store.read(copy.sha256) == PDF
    assert str(reading) == "Report of May.pdf"


def test_the_hash_is_that_of_the_cleaned_picture(claim: Claim, contributor: User) -> None:
    sent = picture("image/jpeg")
    copy = workflow.take_file(claim, data=sent, name="a.jpg", by=contributor).snapshot
    assert copy is not None
    kept = store.read(copy.sha256)
    assert kept != sent
    assert [secret for secret in SECRETS if secret in kept] == []


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Only PDF, PNG, JPEG and WebP"),
        (b"<html><script>alert(1)</script></html>", "Only PDF, PNG, JPEG and WebP"),
        (b"", "Only PDF, PNG, JPEG and WebP"),
        (PDF[:-20], "damaged"),
        (picture("image/png")[:60], "damaged"),
        (png_of(50_000, 50_000), "50 megapixels"),
        (moving("image/png"), "moves"),
    ],
)
def test_what_is_not_kept_is_refused_with_what_to_do(
    claim: Claim, contributor: User, data: bytes, why: str
) -> None:
    with refused(why, field="file"):
        workflow.take_file(claim, data=data, name="report.pdf", by=contributor)
    assert not Snapshot.objects.exists()
    assert not SourceReading.objects.exists()


def test_a_file_may_be_as_large_as_the_operator_says(
    claim: Claim, contributor: User, settings: Any
) -> None:
    settings.FACTCHECK_UPLOAD_MAX_MB = 1
    whole = PDF.replace(b"<<>>", b"<<" + b" " * 1_000_000 + b">>", 1)
    with refused("larger than 1 MB", field="file"):
        workflow.take_file(claim, data=whole, name="a.pdf", by=contributor)
    settings.FACTCHECK_UPLOAD_MAX_MB = 2
    workflow.take_file(claim, data=whole, name="a.pdf", by=contributor)


def test_it_needs_the_right_to_add_evidence(claim: Claim) -> None:
    with pytest.raises(PermissionDenied):
        workflow.take_file(claim, data=PDF, name="a.pdf", by=factories.UserFactory())
