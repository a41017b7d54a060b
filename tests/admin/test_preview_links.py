"""Showing what is proposed to an expert outside, from the desk: the address once, a list, and an end."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from claims import workflow
from claims.models import Claim, PreviewLink, Review, User
from tests.admin.conftest import SignIn
from tests.admin.seeing import submit, text_of


def make_url(review: Review) -> str:
    return f"/admin/claims/review/{review.pk}/show-outside/"


def panel(client: Client, claim: Claim) -> str:
    return text_of(client.get(f"/admin/claims/claim/{claim.pk}/change/"))


def test_the_address_is_shown_once_and_opens_for_anybody(
    sign_in: SignIn, claim: Claim, review: Review, reviewer: User
) -> None:
    client = sign_in(reviewer)
    made = client.post(make_url(review), {"label": "Prof. Lind", "days": "3"})
    assert "no-store" in made["Cache-Control"]
    found = re.search(r'value="http://[^/]+(/preview/[\w-]+/)"', made.content.decode())
    assert found
    assert Client().get(found[1]).status_code == 200
    page = client.get(f"/admin/claims/claim/{claim.pk}/change/")
    assert found[1] not in page.content.decode()
    assert "Prof. Lind by" in " ".join(text_of(page).split())


def test_pressing_twice_makes_one(sign_in: SignIn, review: Review, reviewer: User) -> None:
    client = sign_in(reviewer)
    fields = {"label": "Prof. Lind", "days": "3"}
    client.post(make_url(review), fields)
    assert "Revoke that one first" in text_of(client.post(make_url(review), fields))
    assert PreviewLink.objects.count() == 1


def test_days_without_sense_keep_what_was_typed(
    sign_in: SignIn, review: Review, reviewer: User
) -> None:
    page = sign_in(reviewer).post(make_url(review), {"label": "Prof. Lind", "days": "99"})
    assert "less than or equal to 30" in text_of(page)
    assert page.context["form"]["label"].value() == "Prof. Lind"


def test_a_link_is_revoked(sign_in: SignIn, claim: Claim, review: Review, reviewer: User) -> None:
    made = workflow.create_preview(review, label="Prof. Lind", days=7, by=reviewer)
    client = sign_in(reviewer)
    url = f"/admin/claims/review/{review.pk}/shown-outside/{made.link.pk}/revoke/"
    submit(client, url)
    assert Client().get(f"/preview/{made.token}/").status_code == 404
    assert "Nobody outside is shown" in panel(client, claim)
    assert "revoked already" in text_of(client.get(url, follow=True))


def test_the_link_of_another_review_is_not_found(
    sign_in: SignIn, review: Review, reviewer: User
) -> None:
    made = workflow.create_preview(review, label="Prof. Lind", days=7, by=reviewer)
    url = f"/admin/claims/review/{review.pk + 1}/shown-outside/{made.link.pk}/revoke/"
    assert sign_in(reviewer).get(url).status_code == 404


def test_a_contributor_is_offered_nothing_of_it(
    sign_in: SignIn, claim: Claim, review: Review, contributor: User
) -> None:
    assert "Shown to experts" not in panel(sign_in(contributor), claim)


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_of_links_takes_one_query(
    sign_in: SignIn,
    claim: Claim,
    review: Review,
    reviewer: User,
    rows: int,
    django_assert_num_queries,
) -> None:
    for number in range(rows):
        workflow.create_preview(review, label=f"Expert {number}", days=7, by=reviewer)
    client = sign_in(reviewer)
    with django_assert_num_queries(20):
        panel(client, claim)
