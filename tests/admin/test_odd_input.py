"""What no form of the desk would send: keys no database can hold, searches no database can take, NUL."""

from __future__ import annotations

from typing import Any

import pytest

from claims.models import Article, Claim, Evidence, Review, User
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import submit, text_of

SEARCHED = ["article", "claim", "review", "evidence", "claimant", "publisher", "wording", "user"]
TOO_BIG = "9" * 30
ADDRESSES = [
    f"claim/{TOO_BIG}/entry/1/redact",
    f"claim/{TOO_BIG}/evidence/1/withdraw",
    f"claim/1/evidence/{TOO_BIG}/withdraw",
    f"claim/{TOO_BIG}/merge",
    f"review/{TOO_BIG}/approve",
    f"article/{TOO_BIG}/accept",
    f"redactionrequest/{TOO_BIG}/carry-out",
]
FILTERS = [
    "appearance/?position__exact=%00",
    "article/?licence__exact=%00",
    "claim/?kind__exact=%00",
    "claimant/?kind__exact=%00",
    "evidence/?kind__exact=%00",
    "historyentry/?act__exact=%00",
    "publisher/?kind__exact=%00",
    "redactionrequest/?reason__exact=%00",
    "review/?state=%00",
    "verdict/?status__exact=%00",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_key_no_database_can_hold_is_not_found(sign_in: SignIn, boss: User, address: str) -> None:
    assert sign_in(boss).get(f"/admin/claims/{address}/").status_code == 404
    assert sign_in(boss).post(f"/admin/claims/{address}/", {}).status_code == 404


@pytest.mark.parametrize("model", SEARCHED)
@pytest.mark.parametrize("words", ["a " * 3_000, "z" * 60_000, "'a b' " * 900, "%_\\", "\0"])
def test_a_search_of_any_length_is_answered(
    sign_in: SignIn, boss: User, review: Review, article: Article, model: str, words: str
) -> None:
    factories.ClaimantFactory(), factories.PublisherFactory()
    page = sign_in(boss).get(f"/admin/claims/{model}/", {"q": words}, follow=True)
    assert page.status_code == 200


def test_a_long_search_still_finds(sign_in: SignIn, boss: User, claim: Claim) -> None:
    words = " ".join([claim.wording] * 40)
    assert claim.wording in text_of(sign_in(boss).get("/admin/claims/claim/", {"q": words}))


@pytest.mark.parametrize("address", FILTERS)
def test_a_filter_no_database_can_compare_is_refused(
    sign_in: SignIn, boss: User, address: str
) -> None:
    assert sign_in(boss).get(f"/admin/claims/{address}").status_code == 400


@pytest.mark.parametrize("key", [TOO_BIG, "-1", "x", "\0", "é"])
def test_evidence_that_cannot_be_is_refused_at_its_field(
    sign_in: SignIn, boss: User, review: Review, key: str
) -> None:
    client = sign_in(boss)
    claim = factories.ClaimFactory()
    url = f"/admin/claims/claim/{claim.pk}/add-evidence/"
    fields: dict[str, Any] = {"stance": "supports", "kind": "document", "source_text": "A letter"}
    page = submit(client, url, **fields, same_origin_as=key)
    assert "same_origin_as" in page.context["form"].errors
    assert not Evidence.objects.filter(claim=claim).exists()


@pytest.mark.parametrize("key", [TOO_BIG, "-1", "x"])
def test_evidence_that_cannot_be_is_not_rested_on(
    sign_in: SignIn, boss: User, claim: Claim, key: str
) -> None:
    factories.EvidenceFactory(claim=claim, by=boss)
    client = sign_in(boss)
    submit(client, f"/admin/claims/claim/{claim.pk}/open-review/", reason="new_claim")
    url = f"/admin/claims/review/{claim.reviews.get().pk}/propose/"
    page = submit(client, url, status="disputed", rationale="No.", evidence=[key])
    assert "evidence" in page.context["form"].errors


@pytest.mark.parametrize("key", [TOO_BIG, "-1", "x"])
def test_a_role_that_cannot_be_is_refused(
    sign_in: SignIn, boss: User, contributor: User, key: str
) -> None:
    fields = {"username": contributor.username, "public_name": "Iris", "groups": [key]}
    page = sign_in(boss).post(f"/admin/claims/user/{contributor.pk}/change/", fields)
    assert "groups" in page.context["adminform"].form.errors


@pytest.mark.parametrize("query", ["a" * 60_000, "a " * 3_000, "\0"])
def test_looking_for_a_claim_of_any_length_is_answered(
    sign_in: SignIn, boss: User, article: Article, claim: Claim, query: str
) -> None:
    url = f"/admin/claims/article/{article.pk}/appearance/"
    assert sign_in(boss).get(url, {"q": query}).status_code == 200


def test_what_is_not_there_is_not_said_to_be_deleted(sign_in: SignIn, boss: User) -> None:
    for model in ("claim", "user"):
        page = sign_in(boss).get(f"/admin/claims/{model}/abc/change/", follow=True)
        assert f"There is no {model} “abc”." in text_of(page)
        assert "deleted" not in text_of(page)
