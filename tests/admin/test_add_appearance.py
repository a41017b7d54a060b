"""Adding an article's statement to a claim the register knows."""

from __future__ import annotations

from typing import Any

import pytest

from claims.models import Appearance, Article, Claim, User
from claims.reading.attribution import suggest
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import said, text_of


@pytest.fixture
def url(article: Article) -> str:
    one = suggest(article.text)[0]
    return f"/admin/claims/article/{article.pk}/appearance/?place={one.start}-{one.end}"


def fields_for(claim: Claim, article: Article) -> dict[str, Any]:
    one = suggest(article.text)[0]
    return {
        "claim": claim.pk,
        "place": f"{one.start}-{one.end}",
        "exact": article.text[one.start : one.end],
        "position": "asserts",
        "cue_class": "neutral",
        "speaker": "nobody",
    }


def test_the_statement_becomes_an_appearance(
    sign_in: SignIn, contributor: User, article: Article, claim: Claim, url: str
) -> None:
    page = sign_in(contributor).post(url, fields_for(claim, article), follow=True)
    assert "Appearance added." in said(page)
    assert Appearance.objects.get().claim == claim


def test_the_same_appearance_is_refused_the_second_time(
    sign_in: SignIn, contributor: User, article: Article, claim: Claim, url: str
) -> None:
    client = sign_in(contributor)
    client.post(url, fields_for(claim, article))
    page = client.post(url, fields_for(claim, article))
    assert "recorded already" in page.context["form"].errors["exact"][0]
    assert Appearance.objects.count() == 1


def test_claims_are_found_by_their_words_and_id(
    sign_in: SignIn, contributor: User, claim: Claim, url: str
) -> None:
    other = factories.ClaimFactory(wording="The tunnel is long.", by=contributor)
    client = sign_in(contributor)
    for query in ("tunnel LONG", other.public_id):
        shown = text_of(client.get(f"{url}&q={query}"))
        assert other.wording in shown
        assert claim.wording not in shown


@pytest.mark.parametrize("query", ["", "%00", "%25_\\", "'", "x" * 3000])
def test_an_odd_search_is_no_error(
    sign_in: SignIn, contributor: User, claim: Claim, url: str, query: str
) -> None:
    assert sign_in(contributor).get(f"{url}&q={query}").status_code == 200


@pytest.mark.parametrize("chosen", ["", "0", "x", "99999999999999999999"])
def test_a_claim_that_is_not_there_is_refused_at_its_field(
    sign_in: SignIn, contributor: User, article: Article, claim: Claim, url: str, chosen: str
) -> None:
    page = sign_in(contributor).post(url, fields_for(claim, article) | {"claim": chosen})
    assert page.status_code == 200
    assert "claim" in page.context["form"].errors


@pytest.mark.parametrize("rows", [1, 20])
def test_the_page_takes_seven_queries(
    sign_in: SignIn, contributor: User, url: str, rows: int, django_assert_num_queries
) -> None:
    for _ in range(rows):
        factories.ClaimFactory(by=contributor)
    client = sign_in(contributor)
    # session, person, their permissions, their groups' permissions; article, claimants of the name, claims
    with django_assert_num_queries(7):
        client.get(url)
