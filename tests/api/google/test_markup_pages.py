"""Pages with their markup, read by name, by address and in a list; and the discovery document."""

from __future__ import annotations

import pytest
from django.test import Client

from claims.api.google.described import discovery_document
from claims.models import Claim
from tests.api.google.conftest import Google, bridges

PAGES = "/v1alpha1/pages"


def test_the_page_of_a_claim_is_read_by_its_name_and_by_its_address(
    google: Google, published: Claim
) -> None:
    page = google.get(f"{PAGES}/{published.public_id}")
    assert page["name"] == f"pages/{published.public_id}"
    (markup,) = page["claimReviewMarkups"]
    assert markup["claimReviewed"] == published.wording
    assert markup["rating"]["textualRating"] == "Confirmed"
    assert markup["rating"]["ratingValue"] == 5
    short = f"http://testserver/claims/{published.public_id}/"
    for address in (page["pageUrl"], short, short.replace("/claims/", "/de/claims/")):
        assert google.get(PAGES, url=address) == {"claimReviewMarkupPages": [page]}
    assert google.get(PAGES, organization="testserver") == {"claimReviewMarkupPages": [page]}
    for address in ("http://other.example/claims/x/", "http://[", "x", f"{short}@20240101000000/"):
        assert google.get(PAGES, url=address) == {}
    assert google.get(PAGES, organization="other.example") == {}
    assert list(google.refused(PAGES)) == ["url"]
    assert list(google.refused(PAGES, url=short, organization="testserver")) == ["organization"]


def test_pages_are_walked(google: Google) -> None:
    claims = bridges(3)
    first = google.get(PAGES, organization="testserver", pageSize=2)
    token = first["nextPageToken"]
    rest = google.get(PAGES, organization="testserver", pageSize=2, pageToken=token)
    pages = first["claimReviewMarkupPages"] + rest["claimReviewMarkupPages"]
    assert [page["name"] for page in pages] == [f"pages/{one.public_id}" for one in claims[::-1]]
    assert "nextPageToken" not in rest


def test_a_page_nobody_may_see_is_as_one_that_never_was(google: Google, claim: Claim) -> None:
    hidden = google.client.get(f"{PAGES}/{claim.public_id}")
    assert hidden.status_code == 404
    assert hidden.content == google.client.get(f"{PAGES}/0000000000").content
    assert google.get(PAGES, url=f"http://testserver/claims/{claim.public_id}/") == {}


def test_nobody_writes_a_page(google: Google, published: Claim) -> None:
    own = f"{PAGES}/{published.public_id}"
    for method, path in (("POST", PAGES), ("PUT", own), ("DELETE", own), ("PATCH", own)):
        response = Client(enforce_csrf_checks=True).generic(method, path, "{}", "application/json")
        assert (response.status_code, response.json()["error"]["status"]) == (
            403,
            "PERMISSION_DENIED",
        )


@pytest.mark.parametrize(
    "path", ["/$discovery/rest?version=v1alpha1", "/discovery/v1/apis/factchecktools/v1alpha1/rest"]
)
def test_the_discovery_document_names_where_it_was_read(google: Google, path: str) -> None:
    found = google.get(path)
    assert found == discovery_document("http://testserver")
    assert found["rootUrl"] == found["baseUrl"] == "http://testserver/"
    assert "mtlsRootUrl" not in found
    assert "auth" not in found
