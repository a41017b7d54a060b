"""What a claim's page says to programs: ClaimReview in a block of data that no text can break out of."""

from __future__ import annotations

import json
import re
from typing import Any

import extruct
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims import workflow
from claims.interop.claimreview_markup import claim_review
from claims.models import Claim, User
from claims.templatetags.public_machines import publisher
from tests import factories
from tests.interop.markup import complaints, unknown_properties
from tests.public.pages import document, everything, html, path_of, said_at

pytestmark = pytest.mark.django_db
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
HOSTILE = '</script><script>alert(1)</script><!-- <script> ]]> \u2028 & "quoted" \\u003c'


def extracted(page: str) -> list[dict[str, Any]]:
    """Return what a program that knows nothing of us reads from the page."""
    found = extruct.extract(page, base_url="http://127.0.0.1:8000/", syntaxes=["json-ld"])
    items: list[dict[str, Any]] = found["json-ld"]
    return items


@pytest.mark.parametrize("language", ["", "/de"])
def test_programs_find_the_verdict_once_on_each_page(
    client: Client, published: Claim, language: str
) -> None:
    (found,) = extracted(html(client, language + path_of(published)))
    assert found["@type"] == "ClaimReview"
    assert found["url"] == f"http://127.0.0.1:8000{path_of(published)}"
    assert found["claimReviewed"] == document(published)["wording"]
    assert (complaints(found), unknown_properties(found)) == ("", [])


def test_the_page_as_of_a_moment_states_no_review(client: Client, published: Claim) -> None:
    page = path_of(published)
    for query in (f"as_of={said_at(published, 4)}", "effective_as_of=2020-01-01"):
        response = client.get(f"{page}?{query}")
        assert "ld+json" not in response.content.decode()


def test_a_withdrawn_verdict_states_no_review(client: Client, published: Claim, editor) -> None:
    workflow.void_verdict(published, reason="An error.", by=editor)
    assert '<script type="application/ld+json"' not in html(client, path_of(published))


def test_no_text_breaks_out_of_the_block(client: Client) -> None:
    scene = everything(HOSTILE)
    page = html(client, path_of(scene.claim))
    (block,) = BLOCK.findall(page)
    assert not set("<>&\u2028\u2029") & set(block)
    assert json.loads(block)["claimReviewed"] == document(scene.claim)["wordings"][0]["text"]
    (found,) = extracted(page)
    assert HOSTILE.replace("\u2028", "")[:9] in found["claimReviewed"]
    assert (complaints(found), unknown_properties(found)) == ("", [])
    assert page.count("<script") == 1


def test_programs_are_told_who_the_claimant_is_elsewhere(
    client: Client, editor: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    miller = factories.ClaimantFactory(name="Matthew Miller")
    double = factories.ClaimantFactory(name="M. Miler")
    claims = [factories.published_claim(claimant=one) for one in (miller, double)]
    before = [client.get(path_of(claim))["ETag"] for claim in claims]
    assert "sameAs" not in extracted(html(client, path_of(claims[0])))[0]["itemReviewed"]["author"]
    workflow.link_claimant(miller, wikidata="Q4115189", by=editor)
    workflow.merge_claimants(double, into=miller, reason="One person.", by=editor)
    for claim, mark in zip(claims, before, strict=True):
        path = path_of(claim)
        with django_assert_num_queries(
            2
        ):  # the claim with its document and identity; related claims
            response = client.get(path, headers={"If-None-Match": mark})
        (found,) = extracted(response.content.decode())
        author = found["itemReviewed"]["author"]
        assert author["sameAs"] == "https://www.wikidata.org/wiki/Q4115189"
        assert (complaints(found), unknown_properties(found)) == ("", [])


def test_our_shapes_refuse_any_other_place_where_somebody_is_told() -> None:
    claim = factories.published_claim(claimant=factories.ClaimantFactory())
    for address, sound in (
        ("https://www.wikidata.org/wiki/Q7747", True),
        ("https://en.wikipedia.org/wiki/Somebody", False),
        ("https://www.wikidata.org/wiki/P31", False),
    ):
        found = claim_review(
            document(claim), publisher=publisher(), base="https://a.example", claimant_url=address
        )
        assert found is not None
        assert (complaints(found) == "") is sound, address
