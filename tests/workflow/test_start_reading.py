"""start_reading: a page that somebody wants to cite is to be read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from claims import workflow
from claims.desk_vocabulary import ReadingState
from claims.models import Claim, SourceReading, User
from tests import factories
from tests.workflow.observing import refused


def test_a_reading_waits_and_says_whose_it_is(claim: Claim, contributor: User) -> None:
    reading = workflow.start_reading(claim, url=" HTTPS://Gazette.example/a#part ", by=contributor)
    stored = SourceReading.objects.get(pk=reading.pk)
    assert (stored.state, stored.claim, stored.by) == (ReadingState.WAITING, claim, contributor)
    assert stored.url == "https://gazette.example/a"
    assert timedelta(days=6) < stored.expires_at - timezone.now() < timedelta(days=8)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "  ",
        "gazette",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://gazette.example/",
        "https://ann:secret@gazette.example/",
        "https://gazette.example:22/",
        "https://localhost/",
        "https://127.1/",
        "https://0x7f000001/",
        "https://gazette.example/a b",
        "https://gazette.example/" + "a" * 2_000,
        "https://gazette.example/\0",
    ],
)
def test_an_address_that_is_not_fetched_is_refused_at_once(
    claim: Claim, contributor: User, url: str
) -> None:
    with refused("", field="url"):
        workflow.start_reading(claim, url=url, by=contributor)
    assert not SourceReading.objects.exists()


def test_nobody_reads_for_a_claim_that_takes_no_acts(claim: Claim, editor: User) -> None:
    workflow.merge_claims(claim, into=factories.ClaimFactory(), reason="r", by=editor)
    with refused("merged"):
        workflow.start_reading(claim, url="https://gazette.example/", by=editor)


def test_it_needs_the_right_to_add_evidence(claim: Claim) -> None:
    with pytest.raises(PermissionDenied):
        workflow.start_reading(claim, url="https://gazette.example/", by=factories.UserFactory())
