"""fill_reading: what was fetched is kept, and what it says of itself is noted."""

from __future__ import annotations

import hashlib
import json
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from claims import workflow
from claims.desk_vocabulary import FetchTrouble, ReadingState
from claims.models import Claim, Snapshot, SourceReading, User
from claims.snapshots import store
from tests import factories
from tests.snapshots.pictures import PDF, moving, picture
from tests.snapshots.test_kinds import png_of
from tests.workflow.fetching_of import ADDRESS, fetched, page, read_reading


def review(claimed: str, rating: str) -> dict[str, object]:
    return {
        "@type": "ClaimReview",
        "claimReviewed": claimed,
        "author": {"@type": "Organization", "name": "The Checkers"},
        "reviewRating": {"alternateName": rating},
        "datePublished": "2025-05-02",
        "url": "https://checkers.example/bridge",
    }


def test_everything_a_page_says_is_noted(claim: Claim, contributor: User) -> None:
    reading = read_reading(claim, contributor)
    assert (reading.state, reading.title) == (ReadingState.READY, "Bridge closed")
    assert (reading.publisher_name, reading.domain) == ("The Gazette", "gazette.example")
    assert (reading.published_on, reading.canonical_url) == (date(2025, 5, 3), ADDRESS)


def test_the_bytes_are_kept_with_where_they_are_from(claim: Claim, contributor: User) -> None:
    copy = read_reading(claim, contributor).snapshot
    assert copy is not None
    assert store.read(copy.sha256) == page()
    assert (copy.size, copy.media_type) == (len(page()), "text/html")
    assert (copy.final_url, copy.title, copy.language) == (ADDRESS, "Bridge closed", "en-GB")
    assert copy.text.startswith("The mayor said on Friday")
    assert copy.by == contributor


def test_the_same_bytes_are_one_copy(claim: Claim, contributor: User, reviewer: User) -> None:
    first = read_reading(claim, contributor)
    again = read_reading(factories.ClaimFactory(), reviewer, url="https://mirror.example/b")
    assert first.snapshot == again.snapshot
    assert Snapshot.objects.count() == 1


def test_a_changed_page_is_another_copy(claim: Claim, contributor: User) -> None:
    read_reading(claim, contributor)
    read_reading(claim, contributor, page(body="<p>Corrected.</p>"))
    assert Snapshot.objects.count() == 2


def test_a_wire_credit_is_noted_with_its_words(claim: Claim, contributor: User) -> None:
    reading = read_reading(claim, contributor, page(body="<p>With reporting by Reuters</p>"))
    credited = page().replace(b"</h1>", b"</h1><address>AFP, MANILA</address>")
    reading = read_reading(claim, contributor, credited)
    assert reading.wire_words == "AFP, MANILA"
    assert reading.snapshot is not None
    assert reading.snapshot.wire == "AFP"


def test_fact_checks_are_kept_word_for_word_the_nearest_first(contributor: User) -> None:
    claim = factories.ClaimFactory(wording="The old bridge is safe.", by=contributor)
    stated = [
        review("The tunnel floods.", "True"),
        review("The old bridge is safe", "Vérité à nuancer"),
    ]
    script = f'<script type="application/ld+json">{json.dumps(stated)}</script>'
    first, second = read_reading(claim, contributor, page(head=script)).reviews.all()
    assert (first.claim_text, first.rating) == ("The old bridge is safe", "Vérité à nuancer")
    assert (first.reviewer, first.published_on) == ("The Checkers", date(2025, 5, 2))
    assert second.rating == "True"


def test_a_page_without_text_is_kept_for_what_it_says(claim: Claim, contributor: User) -> None:
    bare = b"<html><head><title>Watch</title></head><body><video src='a.mp4'></video></body></html>"
    reading = read_reading(claim, contributor, bare)
    assert (reading.state, reading.title) == (ReadingState.READY, "Watch")
    assert reading.snapshot is not None
    assert reading.snapshot.text == ""


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (PDF, "application/pdf"),
        (picture("image/png"), "image/png"),
        (picture("image/jpeg"), "image/jpeg"),
        (moving("image/webp"), "image/webp"),
        (b"It snowed in the night.\n\nNobody went out.", "text/plain"),
    ],
)
def test_documents_and_pictures_are_kept_as_they_came(
    claim: Claim, contributor: User, body: bytes, media_type: str
) -> None:
    reading = read_reading(claim, contributor, body, media_type=media_type)
    assert reading.state == ReadingState.READY
    assert reading.snapshot is not None
    assert reading.snapshot.sha256 == hashlib.sha256(body).hexdigest()


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (b"<p>" * 60_001, "text/html"),
        (b"<div>" * 300 + b"deep", "text/html"),
        (b"\0\x01\x02" * 500, "text/html"),
        (b"%PDF-1.7", "text/html"),
        (b"<script>alert(1)</script>", "application/pdf"),
        (b"<svg onload='alert(1)'/>", "image/png"),
        (b"GIF89a", "image/gif"),
        (png_of(50_000, 50_000), "image/png"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
    ],
)
def test_a_hostile_document_fails_the_reading_in_plain_words(
    claim: Claim, contributor: User, body: bytes, media_type: str
) -> None:
    reading = read_reading(claim, contributor, body, media_type=media_type)
    assert (reading.state, reading.trouble) == (ReadingState.FAILED, FetchTrouble.GARBLED)
    assert reading.trouble_detail.endswith(".")
    assert not Snapshot.objects.exists()


def test_odd_characters_in_what_a_page_says_are_left_out(claim: Claim, contributor: User) -> None:
    odd = page().replace(b"Bridge closed", b"Bridge &#7;&#x202e;closed&#0;")
    reading = read_reading(claim, contributor, odd)
    assert reading.state == ReadingState.READY
    assert "\x07" not in reading.title
    assert "\0" not in reading.title


def test_a_task_run_twice_fills_once(claim: Claim, contributor: User) -> None:
    reading = read_reading(claim, contributor)
    workflow.fill_reading(reading, fetched(page(body="<p>Another</p>")), by=contributor)
    assert Snapshot.objects.count() == 1
    assert reading.snapshot == Snapshot.objects.get()


def test_it_needs_the_right_to_add_evidence(claim: Claim, contributor: User) -> None:
    reading = workflow.start_reading(claim, url=ADDRESS, by=contributor)
    with pytest.raises(PermissionDenied):
        workflow.fill_reading(reading, fetched(), by=factories.UserFactory())
    assert SourceReading.objects.get().state == ReadingState.WAITING
