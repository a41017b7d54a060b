"""The page at a preview link: what is proposed, marked as not published, for as long as the link lasts."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone, translation
from django.utils.dateformat import format as date_format

from claims import workflow
from claims.models import Claim, PreviewLink, Review, User
from claims.vocabulary import VerificationStatus
from claims.workflow.previews import Preview
from tests import factories
from tests.public.pages import html, words


@pytest.fixture
def made(review: Review, reviewer: User) -> Preview:
    return workflow.create_preview(review, label="Prof. Lind", days=7, by=reviewer)


def opened(client: Client, token: str) -> Any:
    return client.get(f"/preview/{token}/")


def test_it_shows_what_readers_would_see(client: Client, claim: Claim, made: Preview) -> None:
    page = words(opened(client, made.token).content.decode())
    assert claim.wording in page
    assert made.link.proposal.rationale in page
    assert "Confirmed" in page


def test_it_says_on_every_part_that_it_is_not_published(client: Client, made: Preview) -> None:
    page = opened(client, made.token).content.decode()
    assert "Not published." in page
    assert "shown in confidence to <bdi>Prof. Lind</bdi>" in page
    assert page.count("for Prof. Lind") > 20
    assert "<title>Unpublished:" in page


def test_in_german_it_says_so_in_german_until_when(client: Client, made: Preview) -> None:
    page = html(client, f"/de/preview/{made.token}/")
    assert "<title>Unveröffentlicht:" in page
    assert "Nicht veröffentlicht." in words(page)
    assert "Prof. Lind</bdi> bis <time" in page
    assert "Not published" not in page
    with translation.override("de"):
        until = date_format(made.link.expires_at.astimezone(UTC), "j. F Y, H:i")
    assert f"bis {until} UTC vertraulich gezeigt" in words(page)


def test_nobody_keeps_it_finds_it_or_passes_its_address_on(client: Client, made: Preview) -> None:
    answer = opened(client, made.token)
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert '<meta name="robots" content="noindex">' in answer.content.decode()
    assert "canonical" not in answer.content.decode()
    assert not answer.cookies
    assert "Disallow: /preview/" in client.get("/robots.txt").content.decode()


def test_it_leads_to_nothing_that_is_not_public(client: Client, made: Preview) -> None:
    page = opened(client, made.token).content.decode()
    assert "/admin/" not in page
    assert made.link.proposal.review.claim.public_id not in page.partition("<main")[2]


def test_neither_notes_nor_who_proposed_it_are_on_it(
    client: Client, review: Review, reviewer: User, made: Preview
) -> None:
    workflow.add_note(review, text="Zzsecret remark", by=reviewer)
    page = opened(client, made.token).content.decode()
    assert "Zzsecret" not in page
    assert reviewer.username not in page
    assert "Proposed by" not in page
    assert "Approved by" not in page


def test_what_is_over_is_answered_like_what_never_was(
    client: Client, made: Preview, reviewer: User
) -> None:
    never = opened(client, "a" * 43)
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        expired = opened(client, made.token)
    workflow.revoke_preview(made.link, by=reviewer)
    revoked = opened(client, made.token)
    assert never.status_code == expired.status_code == revoked.status_code == 404
    assert never.content == expired.content == revoked.content
    assert never.headers.keys() == expired.headers.keys() == revoked.headers.keys()


def test_reading_writes_nothing_and_nothing_else_is_answered(client: Client, made: Preview) -> None:
    before = PreviewLink.objects.values().get()
    assert opened(client, made.token).status_code == 200
    assert client.head(f"/preview/{made.token}/").status_code == 200
    assert client.post(f"/preview/{made.token}/").status_code == 405
    assert PreviewLink.objects.values().get() == before
    assert made.link.proposal.review.claim.published_at is None


@pytest.mark.parametrize("rows", [1, 20])
def test_it_takes_seven_queries(
    client: Client, reviewer: User, rows: int, django_assert_num_queries: Any
) -> None:
    claim = factories.ClaimFactory()
    for _ in range(rows):
        factories.EvidenceFactory(claim=claim)
    status = VerificationStatus.UNCONFIRMED
    review = factories.proposed_review(claim, status, proposer=reviewer)
    token = workflow.create_preview(review, label="Prof. Lind", days=7, by=reviewer).token
    # the link with its proposal, what it rests on, the replay (5)
    with django_assert_num_queries(7):
        assert opened(client, token).status_code == 200
