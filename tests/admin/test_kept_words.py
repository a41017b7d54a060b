"""A form that is turned away comes back with its words: nobody loses what they typed."""

from __future__ import annotations

import pytest
from django.test import Client

from claims.models import Claim, HistoryEntry, User
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import seen, text_of

TYPED = {"wording": "Long & <b>considered</b>.", "reason": "Two lines,\nboth mine.", "kind": "fact"}


@pytest.fixture
def url(claim: Claim) -> str:
    return f"/admin/claims/claim/{claim.pk}/reword/"


def test_somebody_signed_out_meanwhile_gets_their_words_back(
    sign_in: SignIn, reviewer: User, url: str
) -> None:
    client = sign_in(reviewer)
    token = seen(client, url)
    client.logout()
    page = client.post(url, TYPED | {"seen": token})
    assert page.status_code == 403
    assert "You were signed out, so nothing was done." in text_of(page)
    for words in (TYPED["wording"], TYPED["reason"]):
        assert words in text_of(page) or words in dict(page.context["typed"]).values()
    assert "<b>considered" not in page.content.decode()
    assert f"/admin/login/?next={url.replace('/', '%2F')}" in page.content.decode()
    assert HistoryEntry.objects.count() == 1


def test_a_form_whose_token_is_too_old_gives_its_words_back(reviewer: User, url: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(reviewer)
    page = client.post(url, TYPED | {"seen": seen(client, url), "csrfmiddlewaretoken": "x" * 64})
    assert page.status_code == 403
    assert "This form was too old, so nothing was done." in text_of(page)
    assert TYPED["reason"] in dict(page.context["typed"]).values()
    assert HistoryEntry.objects.count() == 1


def test_a_form_with_its_token_goes_through(reviewer: User, url: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(reviewer)
    fields = TYPED | {"seen": seen(client, url), "claimant": "keep"}
    token = client.cookies["csrftoken"].value
    assert client.post(url, fields | {"csrfmiddlewaretoken": token}).status_code == 302
    assert HistoryEntry.objects.count() == 2


def test_a_form_without_words_only_leads_to_signing_in(client: Client, url: str) -> None:
    assert client.post(url, {"seen": "1", "reason": " "})["Location"] == f"/admin/login/?next={url}"


def test_somebody_who_may_not_is_told_so_and_not_that_they_were_signed_out(
    sign_in: SignIn, contributor: User, url: str
) -> None:
    page = sign_in(contributor).post(url, TYPED)
    assert page.status_code == 403
    assert "signed out" not in text_of(page)


def test_somebody_deactivated_meanwhile_gets_their_words_back(sign_in: SignIn, url: str) -> None:
    person = factories.UserFactory(is_staff=True)
    client = sign_in(person)
    person.is_active = False
    person.save(update_fields=["is_active"])
    assert "You were signed out" in text_of(client.post(url, TYPED))
