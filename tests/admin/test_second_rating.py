"""The desk keeps a proposal from whoever has yet to rate the claim, at every address, and leads them to rating it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import Client

from claims import workflow
from claims.desk_vocabulary import Priority, RatingState
from claims.models import Claim, Evidence, Review, User
from claims.vocabulary import ReviewReason, Role, Stance, VerificationStatus
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.scene import everything
from tests.admin.seeing import links_in, said, seen, submit, text_of
from tests.admin.test_translation import addresses, patterns
from tests.workflow.scene_ratings import rated_blind

DISPUTED, CONFIRMED = VerificationStatus.DISPUTED, VerificationStatus.CONFIRMED
SECRETS = {
    name: f"zzsecret-{name}"
    for name in ("rationale", "known", "not_known", "would_settle", "single_source_reason")
}
QUEUES = ("", "mine", "approve", "returned", "unassigned", "overdue")


@pytest.fixture
def secret(claim: Claim, reviewer: User) -> Review:
    """A review with a proposal that others are not shown before they have rated the claim."""
    review = rated_blind(claim, DISPUTED, by=reviewer, **SECRETS)
    workflow.add_note(review, text="zzsecret-note", by=reviewer)
    return review


def url_of(review: Review, page: str) -> str:
    return f"/admin/claims/review/{review.pk}/{page}/"


def claim_url(review: Review) -> str:
    return f"/admin/claims/claim/{review.claim_id}/change/"


def rate(review: Review, by: User, status: VerificationStatus = DISPUTED) -> None:
    workflow.rate_claim(review, status=status, reason="zzrated-reason", by=by)


def told_at(client: Client) -> Iterator[tuple[str, str]]:
    """Yield every address of the desk with what it answers, also to its own form sent as it is and too late."""
    for pattern in patterns(admin.site.get_urls()):
        name = str(pattern.name)
        if pattern.name is None or name in ("logout", "view_on_site", "app_list"):
            continue
        for url in addresses(pattern):
            page = client.get(url)
            yield url, whole(page)
            if b'name="seen"' in getattr(page, "content", b""):
                with transaction.atomic():
                    yield url, whole(client.post(url, {"seen": "1", **FILLED}))
                    transaction.set_rollback(True)  # the next page finds everything as it was
    for queue in QUEUES:
        for status in VerificationStatus.values:
            url = f"/admin/claims/review/?queue={queue}&status={status}"
            yield url, whole(client.get(url))
    for words in ("zzsecret", "disputed"):
        yield f"?q={words}", whole(client.get("/admin/palette/", {"q": words}))


FILLED = {"status": "confirmed", "rationale": "Mine.", "reason": "", "text": ""}


def whole(page: Any) -> str:
    """Return what was answered, of a file too."""
    parts = page.streaming_content if page.streaming else [page.content]
    return b"".join(parts).decode(errors="replace")


def leaks(client: Client) -> list[str]:
    """Return the addresses at which words of the proposal are told."""
    return sorted({url for url, told in told_at(client) if "zzsecret" in told})


@pytest.mark.parametrize("who", [Role.EDITOR, "superuser"])
def test_no_address_of_the_desk_tells_what_was_proposed(
    sign_in: SignIn, db: None, who: str
) -> None:
    scene = everything()
    review = rated_blind(scene.last, DISPUTED, by=scene.rita, **SECRETS)
    workflow.add_note(review, text="zzsecret-note", by=scene.rita)
    person = scene.boss if who == "superuser" else factories.person(Role(who))
    client = sign_in(person)
    assert leaks(client) == []
    assert workflow_state(review) == "proposed"
    rate(review, person)
    pages = [url_of(review, page) for page in ("approve", "return", "preview")]
    for url in (*pages, claim_url(review)):
        assert "zzsecret" in whole(client.get(url)), url


def workflow_state(review: Review) -> str:
    review.refresh_from_db()
    return review.state


def test_a_returned_proposal_is_kept_back_too(
    sign_in: SignIn, secret: Review, reviewer: User, second_reviewer: User
) -> None:
    workflow.return_review(secret, reason="zzsecret-return", by=reviewer)
    client = sign_in(second_reviewer)
    for url in (claim_url(secret), url_of(secret, "propose")):
        assert "zzsecret" not in client.get(url).content.decode()
    assert "zzsecret-return" in sign_in(reviewer).get(url_of(secret, "propose")).content.decode()


def test_what_it_rests_on_is_not_ticked_for_others(
    sign_in: SignIn, secret: Review, reviewer: User, editor: User
) -> None:
    aside = factories.EvidenceFactory(claim=secret.claim, stance=Stance.CONTEXT)
    page = sign_in(editor).get(f"/admin/claims/claim/{secret.claim_id}/override/")
    assert "zzsecret" not in page.content.decode()
    ticked = page.context["form"]["evidence"].value()
    assert set(ticked) == set(Evidence.objects.values_list("pk", flat=True))
    assert aside.pk in ticked


def test_whoever_has_not_rated_is_led_to_rating(
    sign_in: SignIn, secret: Review, second_reviewer: User
) -> None:
    client = sign_in(second_reviewer)
    assert url_of(secret, "rate") in links_in(client.get("/admin/"))
    assert url_of(secret, "rate") in links_in(client.get(claim_url(secret)))
    for page in ("approve", "return"):
        led = client.get(url_of(secret, page), follow=True)
        assert led.redirect_chain == [(url_of(secret, "rate"), 302)]
        assert "Rate it first" in said(led)[0]
        assert client.post(url_of(secret, page), {"seen": "1", "reason": "r"})["Location"] == (
            url_of(secret, "rate")
        )
    assert client.get(url_of(secret, "preview"))["Location"] == url_of(secret, "rate")


def test_no_list_says_which_status_was_proposed(
    sign_in: SignIn, secret: Review, second_reviewer: User
) -> None:
    client = sign_in(second_reviewer)
    for url in ("/admin/", "/admin/claims/review/?queue=approve"):
        page = client.get(url).content.decode()
        assert "chip-disputed" not in page
    panel = client.get(claim_url(secret)).content.decode().split('id="review"')[1]
    assert "chip-" not in panel.split('id="notes"')[0]
    assert "Waits for a second rating" in text_of(client.get("/admin/claims/review/"))


def test_the_evidence_is_in_sight_while_rating(
    sign_in: SignIn, secret: Review, second_reviewer: User
) -> None:
    shown = text_of(sign_in(second_reviewer).get(url_of(secret, "rate")))
    for piece in secret.claim.evidence.all():
        assert str(piece) in shown


def test_two_who_agree_go_on_to_the_approval(
    sign_in: SignIn, secret: Review, second_reviewer: User
) -> None:
    client = sign_in(second_reviewer)
    page = submit(client, url_of(secret, "rate"), status="disputed", reason="I read both.")
    assert page.redirect_chain[-1][0] == url_of(secret, "approve")
    assert "zzsecret-rationale" in text_of(page)
    submit(client, url_of(secret, "approve"), note="")
    assert workflow_state(secret) == "approved"


def test_two_who_differ_wait_for_a_third(
    sign_in: SignIn, secret: Review, second_reviewer: User
) -> None:
    client = sign_in(second_reviewer)
    page = submit(client, url_of(secret, "rate"), status="confirmed", reason="I read both.")
    told = text_of(page)
    assert "Two disagree" in told
    assert "I read both." in told
    assert url_of(secret, "approve") not in links_in(page)
    assert url_of(secret, "rate") not in links_in(client.get("/admin/"))
    refused = client.get(url_of(secret, "approve"), follow=True)
    assert "a third person must rate it" in said(refused)[0]


def test_who_cannot_rate_is_told_why(
    sign_in: SignIn, secret: Review, second_reviewer: User
) -> None:
    workflow.declare_conflict(claim=secret.claim, reason="A friend.", by=second_reviewer)
    client = sign_in(second_reviewer)
    page = client.get(url_of(secret, "rate"), follow=True)
    assert "conflict of interest" in said(page)[0]
    assert url_of(secret, "rate") not in links_in(page)


def test_notes_from_before_and_ones_own_stay_in_sight(
    sign_in: SignIn, claim: Claim, reviewer: User, second_reviewer: User
) -> None:
    review = workflow.open_review(claim, reason=ReviewReason.NEW_CLAIM, by=reviewer)
    workflow.add_note(review, text="From before", by=reviewer)
    workflow.set_second_rating(review, needed=True, by=reviewer)
    factories.proposed_review(claim, DISPUTED, proposer=reviewer)
    workflow.add_note(review, text="zzsecret-note", by=reviewer)
    workflow.add_note(review, text="My own", by=second_reviewer)
    shown = text_of(sign_in(second_reviewer).get(claim_url(review)))
    assert ("From before" in shown, "My own" in shown, "zzsecret-note" in shown) == (
        True,
        True,
        False,
    )


def test_a_second_rating_is_asked_for_and_not(
    sign_in: SignIn, claim: Claim, reviewer: User
) -> None:
    review = workflow.open_review(claim, reason=ReviewReason.NEW_CLAIM, by=reviewer)
    client = sign_in(reviewer)
    assert "This presses" not in text_of(client.get(claim_url(review)))
    workflow.prioritise_review(review, priority=Priority.HIGH, by=reviewer)
    assert "This presses" in text_of(client.get(claim_url(review)))
    page = submit(client, url_of(review, "second-rating"), needed="yes")
    assert "Waits for a proposal" in text_of(page)
    assert "No second rating after all" in text_of(page)
    assert Review.objects.get().rating_state == RatingState.FIRST
    submit(client, url_of(review, "second-rating"), needed="no")
    assert Review.objects.get().rating_state == RatingState.NOT_ASKED


def test_asking_twice_on_one_page_is_noticed(sign_in: SignIn, claim: Claim, reviewer: User) -> None:
    review = workflow.open_review(claim, reason=ReviewReason.NEW_CLAIM, by=reviewer)
    client = sign_in(reviewer)
    token = seen(client, url_of(review, "second-rating"))
    client.post(url_of(review, "second-rating"), {"seen": token, "needed": "yes"})
    again = client.post(url_of(review, "second-rating"), {"seen": token, "needed": "no"})
    assert "nothing was done" in text_of(again)


@pytest.mark.parametrize("number", [1, 20])
def test_the_queries_of_the_rating_page(
    sign_in: SignIn,
    secret: Review,
    second_reviewer: User,
    number: int,
    django_assert_num_queries: Any,
) -> None:
    for _ in range(number):
        factories.EvidenceFactory(claim=secret.claim)
    client = sign_in(second_reviewer)
    client.get(url_of(secret, "rate"))
    # The session, the person and their rights (4); review, ratings and conflicts; the record; the bell.
    with django_assert_num_queries(14):
        assert client.get(url_of(secret, "rate")).status_code == 200
