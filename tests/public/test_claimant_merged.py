"""The pages of claimants who were found to be one: the old address leads on, and lists hold the claims of both."""

from __future__ import annotations

import pytest
from django.test import Client

from claims import addresses, workflow
from claims.models import Claim, Claimant
from claims.vocabulary import RedactionReason, Role
from tests import factories
from tests.public.pages import html, path_of, words

pytestmark = pytest.mark.django_db


def page_path(claimant: Claimant) -> str:
    return addresses.claimant_page(claimant.public_id, claimant.name)


@pytest.fixture
def double(db: None) -> Claimant:
    return factories.ClaimantFactory(name="M. Miler")


@pytest.fixture
def miller(db: None) -> Claimant:
    return factories.ClaimantFactory(name="Matthew Miller")


def merge(double: Claimant, miller: Claimant) -> None:
    by = factories.person(Role.EDITOR)
    workflow.merge_claimants(double, into=miller, reason="One person.", by=by)


def erase(claim: Claim, *fields: str) -> None:
    factories.erase(claim.entries.get(number=1), *fields, reason=RedactionReason.DATA_PROTECTION)


def test_the_old_address_leads_to_the_survivor(
    client: Client, double: Claimant, miller: Claimant
) -> None:
    factories.published_claim(claimant=double)
    factories.published_claim(claimant=miller)
    merge(double, miller)
    for path in (page_path(double), f"/claimants/{double.public_id}/"):
        response = client.get(f"{path}?after=")
        assert (response.status_code, response["Location"]) == (301, f"{page_path(miller)}?after=")


def test_the_page_lists_and_counts_the_claims_of_both_by_the_names_they_were_recorded_with(
    client: Client, double: Claimant, miller: Claimant
) -> None:
    article = factories.ArticleFactory()
    place = factories.appearance_draft(article, "Work goes on", speaker=double)
    theirs = [factories.published_claim(claimant=one) for one in (double, miller)]
    voiced = factories.published_claim(appearance=place)
    merge(double, miller)
    page = html(client, page_path(miller))
    assert all(path_of(claim) in page for claim in [*theirs, voiced])
    assert "2 claims with a verdict" in page
    assert "Also named: M. Miler" in words(page)
    assert "M. Miler" in html(client, path_of(theirs[0]))


def test_chains_lead_to_the_last_at_once(
    client: Client, double: Claimant, miller: Claimant
) -> None:
    last = factories.ClaimantFactory(name="Matthew A. Miller")
    for one in (double, miller, last):
        factories.published_claim(claimant=one)
    merge(double, miller)
    miller.refresh_from_db()
    merge(miller, last)
    assert client.get(page_path(double))["Location"] == page_path(last)
    assert "3 claims with a verdict" in html(client, page_path(last))


def test_a_claimant_readers_never_saw_leads_nowhere(
    client: Client, double: Claimant, miller: Claimant
) -> None:
    factories.ClaimFactory(claimant=double)
    factories.published_claim(claimant=miller)
    merge(double, miller)
    hidden, unknown = client.get(page_path(double)), client.get("/claimants/0000000000/x/")
    assert hidden.status_code == unknown.status_code == 404
    assert hidden.content == unknown.content
    assert "Also named" not in html(client, page_path(miller))


def test_an_erased_name_leads_nowhere(client: Client, double: Claimant, miller: Claimant) -> None:
    claim = factories.published_claim(claimant=double)
    factories.published_claim(claimant=miller)
    merge(double, miller)
    erase(claim, "wording.claimant_name")
    gone = html(client, page_path(double), 410)
    assert "Miller" not in gone
    assert miller.public_id not in gone
    page = html(client, page_path(miller))
    assert "Miler" not in page
    assert path_of(claim) not in page


def test_where_the_survivors_name_is_erased_the_other_page_stays(
    client: Client, double: Claimant, miller: Claimant
) -> None:
    factories.published_claim(claimant=double)
    claim = factories.published_claim(claimant=miller)
    merge(double, miller)
    erase(claim, "wording.claimant_name")
    assert double.public_id not in html(client, page_path(miller), 410)
    page = html(client, page_path(double))
    assert "1 claim with a verdict" in page
    assert "Miller" not in page


@pytest.mark.parametrize("rows", [1, 20])
def test_the_page_of_several_costs_ten_queries(
    client: Client, double: Claimant, miller: Claimant, django_assert_num_queries, rows: int
) -> None:
    for _ in range(rows):
        factories.published_claim(claimant=double)
        factories.published_claim(claimant=miller)
    merge(double, miller)
    # 1 the claimant, 2 and 3 who is the same, 4 the counts by status, 5 their claims with summaries, 6 the claims of
    # others they speak of, with documents, 7 when claims were said, 8 the names of those who are the same, 9 whether a
    # name was erased, 10 their roles
    with django_assert_num_queries(10):
        html(client, page_path(miller))
