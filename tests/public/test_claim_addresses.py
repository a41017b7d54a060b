"""Where a claim page is found: slugs, mergers, and what is not there."""

from __future__ import annotations

import pytest
from django.test import Client

from claims import workflow
from claims.models import Claim
from tests import factories
from tests.public.pages import html, path_of

pytestmark = pytest.mark.django_db


def page_of(client: Client, claim: Claim) -> str:
    return html(client, path_of(claim))


def test_a_wrong_slug_leads_to_the_right_one_and_keeps_the_query(client, published) -> None:
    for wrong in ("", "wrong/", "%3Cscript%3E/"):
        response = client.get(f"/claims/{published.public_id}/{wrong}?a=1&a=2&b=%26")
        assert response.status_code == 301
        assert response["Location"] == f"{path_of(published)}?a=1&a=2&b=%26"


def test_the_old_slug_of_a_reworded_claim_leads_to_the_new_one(client, published, editor) -> None:
    old = path_of(published)
    workflow.reword_claim(published, wording="Quite another thing.", reason="Clearer.", by=editor)
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (301, path_of(published))
    assert "max-age=60" in response["Cache-Control"]


def test_a_merged_claim_leads_to_the_survivor(client: Client, editor) -> None:
    ending, lasting = factories.published_claim(), factories.published_claim()
    workflow.merge_claims(ending, into=lasting, reason="The same thing.", by=editor)
    response = client.get(path_of(ending) + "?b=1")
    assert (response.status_code, response["Location"]) == (301, path_of(lasting) + "?b=1")
    page = html(client, path_of(lasting))
    assert "A duplicate was merged into this claim" in page
    assert f"/api/v1/claims/{ending.public_id}/history/" in page


def test_an_unpublished_claim_looks_like_none_at_all(client: Client, claim: Claim) -> None:
    unknown = client.get("/claims/0000000000/some-slug/")
    hidden = client.get(f"/claims/{claim.public_id}/{claim.slug}/")
    short = client.get(f"/claims/{claim.public_id}/")
    assert unknown.status_code == hidden.status_code == short.status_code == 404
    assert unknown.content == hidden.content == short.content
    assert unknown.headers == hidden.headers


@pytest.mark.parametrize(
    "public_id", ["0", "x" * 11, "UPPERCASE0", "iloviolovi", "..%2f..%2f..", "%00%00%00%00%00"]
)
def test_what_cannot_be_an_id_is_not_found(client: Client, db, public_id: str) -> None:
    html(client, f"/claims/{public_id}/x/", 404)
