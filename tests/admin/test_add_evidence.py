"""Adding evidence on the desk."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from claims import workflow
from claims.models import Claim, Evidence, Publisher, User
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import said, submit, text_of

GOOD: dict[str, Any] = {
    "stance": "supports",
    "kind": "document",
    "url": "https://records.example/report",
    "title": "Inspection report",
    "publisher_name": "City records",
    "published_on": "2025-02-01",
    "excerpt": "No fault was found.",
    "note": "Page 4.",
    "primary": "on",
}


def url_of(claim: Claim) -> str:
    return f"/admin/claims/claim/{claim.pk}/add-evidence/"


def test_everything_typed_is_recorded(sign_in: SignIn, contributor: User, claim: Claim) -> None:
    page = submit(sign_in(contributor), url_of(claim), **GOOD)
    evidence = Evidence.objects.get()
    assert "Evidence added." in said(page)
    assert (evidence.title, evidence.remark) == ("Inspection report", "Page 4.")
    assert evidence.publisher == Publisher.objects.get(name="City records")
    assert evidence.published_on == date(2025, 2, 1)
    assert evidence.primary


def test_reprints_can_be_said_to_be_of_one_origin(
    sign_in: SignIn, contributor: User, claim: Claim
) -> None:
    first = factories.EvidenceFactory(claim=claim, by=contributor)
    submit(sign_in(contributor), url_of(claim), **GOOD, same_origin_as=first.pk)
    assert Evidence.objects.latest("entry").origin == first.origin


def test_evidence_of_another_claim_is_not_offered_as_origin(
    sign_in: SignIn, contributor: User, claim: Claim
) -> None:
    other = factories.EvidenceFactory(by=contributor)
    page = submit(sign_in(contributor), url_of(claim), **GOOD, same_origin_as=other.pk)
    assert "same_origin_as" in page.context["form"].errors


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"url": ""}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "https://user:secret@records.example/"}, "url"),
        ({"url": "data:text/html,x"}, "url"),
        ({"published_on": "2999-01-01"}, "published_on"),
        ({"published_on": "yesterday"}, "published_on"),
        ({"stance": "likes"}, "stance"),
        ({"kind": ""}, "kind"),
        ({"excerpt": "x" * 20_001}, "excerpt"),
        ({"title": "a\0b"}, "title"),
        ({"title": "a\x07b"}, "title"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(
    sign_in: SignIn, contributor: User, claim: Claim, change: dict[str, str], field: str
) -> None:
    page = submit(sign_in(contributor), url_of(claim), **(GOOD | change))
    assert page.status_code == 200
    assert field in page.context["form"].errors
    assert page.context["form"]["note"].value() == "Page 4."
    assert not Evidence.objects.exists()


def test_a_publisher_is_not_recorded_when_the_evidence_is_refused(
    sign_in: SignIn, contributor: User, claim: Claim
) -> None:
    submit(sign_in(contributor), url_of(claim), **(GOOD | {"url": "ftp://x"}))
    assert not Publisher.objects.exists()


def test_a_form_sent_twice_adds_one_piece(sign_in: SignIn, contributor: User, claim: Claim) -> None:
    client = sign_in(contributor)
    form = GOOD | {"seen": "1"}
    client.post(url_of(claim), form)
    again = client.post(url_of(claim), form)
    assert "nothing was done" in text_of(again)
    assert again.context["form"]["title"].value() == "Inspection report"
    assert Evidence.objects.count() == 1


def test_going_back_and_sending_it_again_adds_one_piece(
    sign_in: SignIn, contributor: User, claim: Claim
) -> None:
    client = sign_in(contributor)
    submit(client, url_of(claim), **GOOD)
    again = submit(client, url_of(claim), **GOOD)
    assert "on the claim already, as entry 2" in text_of(again)
    assert again.context["form"]["title"].value() == "Inspection report"
    assert claim.entries.count() == 2
    submit(client, url_of(claim), **(GOOD | {"excerpt": "Another passage."}))
    assert Evidence.objects.count() == 2


def test_what_was_withdrawn_can_be_added_again(
    sign_in: SignIn, reviewer: User, claim: Claim
) -> None:
    client = sign_in(reviewer)
    submit(client, url_of(claim), **GOOD)
    workflow.withdraw_evidence(Evidence.objects.get(), reason="Too early.", by=reviewer)
    submit(client, url_of(claim), **GOOD)
    assert Evidence.objects.count() == 2


def test_after_a_look_at_what_is_new_the_kept_form_goes_through(
    sign_in: SignIn, contributor: User, claim: Claim
) -> None:
    client = sign_in(contributor)
    factories.EvidenceFactory(claim=claim, by=contributor)
    refused = client.post(url_of(claim), GOOD | {"seen": "1"})
    client.post(url_of(claim), GOOD | {"seen": refused.context["seen"]})
    assert Evidence.objects.count() == 2


@pytest.mark.parametrize("token", ["", "x", "-1", "99999999999999999999"])
def test_a_forged_token_is_refused(
    sign_in: SignIn, contributor: User, claim: Claim, token: str
) -> None:
    page = sign_in(contributor).post(url_of(claim), GOOD | {"seen": token})
    assert page.status_code == 200
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("rows", [1, 20])
def test_the_page_takes_seven_queries(
    sign_in: SignIn, contributor: User, claim: Claim, rows: int, django_assert_num_queries
) -> None:
    for _ in range(rows):
        factories.EvidenceFactory(claim=claim, by=contributor)
    client = sign_in(contributor)
    # session, person, their permissions, their groups' permissions; claim, standing evidence, sources under way
    with django_assert_num_queries(7):
        client.get(url_of(claim))
