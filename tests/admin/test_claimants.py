"""Claimants on the desk: their page, other names, affiliations, and merging two records of one."""

from __future__ import annotations

from datetime import date

import pytest

from claims import workflow
from claims.models import Claim, Claimant, ClaimantMerger, User
from claims.vocabulary import ClaimantKind
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import links_in, said, shown_in, submit, text_of


@pytest.fixture
def miller(contributor: User) -> Claimant:
    return factories.ClaimantFactory(name="Matthew Miller", role="spokesman", by=contributor)


@pytest.fixture
def double(contributor: User) -> Claimant:
    return factories.ClaimantFactory(name="M. Miler", by=contributor)


def url_of(claimant: Claimant, page: str = "change") -> str:
    return f"/admin/claims/claimant/{claimant.pk}/{page}/"


def test_names_and_affiliations_are_added_and_shown(
    sign_in: SignIn, contributor: User, miller: Claimant
) -> None:
    client = sign_in(contributor)
    page = submit(client, url_of(miller, "add-name"), name="Мэтью Миллер")
    assert said(page) == ["Name added."]
    term = {"role": "spokesman", "body": "State Department", "since": "2023-04-24"}
    page = submit(client, url_of(miller, "add-affiliation"), **term)
    told = text_of(page)
    assert "Мэтью Миллер" in told
    assert "spokesman, State Department" in told
    assert "since 24 Apr 2023" in told
    assert not [url for url in links_in(page) if "withdraw" in url or "merge" in url]


def test_a_reviewer_ends_and_withdraws(
    sign_in: SignIn, reviewer: User, contributor: User, miller: Claimant
) -> None:
    alias = workflow.add_alias(miller, name="Matvei", by=contributor)
    since = date(2020, 1, 1)
    held = workflow.add_affiliation(miller, role="mayor", since=since, by=contributor)
    client, base = sign_in(reviewer), "/admin/claims/claimant"
    url = f"{base}/affiliation/{held.pk}/end-affiliation/"
    refused = submit(client, url, until="2019-01-01")
    assert "end before it began" in refused.context["form"].errors["until"][0]
    assert "1 Jan 2020 to 2 Jan 2024" in text_of(submit(client, url, until="2024-01-02"))
    assert said(client.get(url, follow=True)) == ["Its end is known already."]
    for url in (
        f"{base}/affiliation/{held.pk}/withdraw-affiliation/",
        f"{base}/name/{alias.pk}/withdraw-name/",
    ):
        told = text_of(submit(client, url, reason="A namesake."))
        assert "A namesake." in told
        assert "withdrawn already" in said(client.get(url, follow=True))[0]


def test_they_are_found_by_all_they_are_called(
    sign_in: SignIn, contributor: User, miller: Claimant, double: Claimant
) -> None:
    workflow.add_alias(miller, name="Matvei", by=contributor)
    page = sign_in(contributor).get("/admin/claims/claimant/?q=matvei")
    assert url_of(miller) in links_in(page)
    assert url_of(double) not in links_in(page)


def test_a_merger_shows_what_would_come_of_it_first(
    sign_in: SignIn, editor: User, miller: Claimant, double: Claimant
) -> None:
    factories.published_claim(claimant=miller)
    factories.published_claim(claimant=double)
    factories.ClaimFactory(claimant=double)
    workflow.add_alias(double, name="Matvei", by=editor)
    workflow.add_affiliation(double, role="adviser", since=date(2010, 1, 1), by=editor)
    client = sign_in(editor)
    fields = {"into": "Matthew Miller", "reason": "One person."}
    first = submit(client, url_of(double, "merge"), **fields)
    told = " ".join(text_of(first).split())
    assert "Nothing was done yet" in told
    for expected in (
        "Matthew Miller M. Miler Matvei",
        "adviser since 1 Jan 2010",
        "Claims 2 of them public 1 Appearances as speaker 0",
        "Claims 1 of them public 1 Appearances as speaker 0",
    ):
        assert expected in told
    old, new = f"/claimants/{double.public_id}/m-miler/", f"/claimants/{miller.public_id}/"
    assert f"{old} leads to {new}matthew-miller/" in told
    assert not ClaimantMerger.objects.exists()
    page = submit(client, url_of(double, "merge"), **fields, shown=shown_in(first))
    assert said(page) == ["Claimants merged. The old address leads to the surviving claimant."]
    assert "They go by:" in text_of(page)
    assert url_of(double, "merge") not in links_in(page)
    assert "One person." in text_of(client.get(url_of(miller)))


def test_nobody_merges_into_another_result_than_the_one_they_were_shown(
    sign_in: SignIn, editor: User, miller: Claimant, double: Claimant
) -> None:
    client = sign_in(editor)
    fields = {"into": miller.public_id, "reason": "One person."}
    shown = shown_in(submit(client, url_of(double, "merge"), **fields))
    workflow.add_alias(miller, name="Matvei", by=editor)
    page = submit(client, url_of(double, "merge"), **fields, shown=shown)
    assert "Matvei" in text_of(page)
    assert not ClaimantMerger.objects.exists()


@pytest.mark.parametrize("given", ["{id}", "/claimants/{id}/miller/", "{url}", "matthew miller"])
def test_the_survivor_is_named_in_many_ways(
    sign_in: SignIn, editor: User, miller: Claimant, double: Claimant, given: str
) -> None:
    into = given.format(id=miller.public_id, url=url_of(miller))
    page = submit(sign_in(editor), url_of(double, "merge"), into=into, reason="One person.")
    assert page.context["result"].lasting == miller


def test_whoever_was_picked_is_meant_whatever_the_name(
    sign_in: SignIn, editor: User, miller: Claimant, double: Claimant
) -> None:
    namesake = factories.ClaimantFactory(name="Matthew Miller", role="poet")
    fields = {"into": "Matthew Miller", "reason": "One person."}
    client = sign_in(editor)
    page = submit(client, url_of(double, "merge"), **fields)
    assert "Several claimants bear this name" in page.context["form"].errors["into"][0]
    page = submit(client, url_of(double, "merge"), **fields, into_key=str(namesake.pk))
    assert page.context["result"].lasting == namesake


@pytest.mark.parametrize(
    ("into", "told"),
    [
        ("Nobody", "No claimant of this id or name"),
        ("/claimant/99999999999999999999/", "No claimant"),
        ("a\0b", "Null characters"),
        ("M. Miler", "into themselves"),
        ("Ministry", "different kinds"),
    ],
)
def test_what_cannot_be_merged_is_refused_at_the_first_press(
    sign_in: SignIn, editor: User, double: Claimant, into: str, told: str
) -> None:
    factories.ClaimantFactory(name="Ministry", kind=ClaimantKind.BODY)
    page = submit(sign_in(editor), url_of(double, "merge"), into=into, reason="One person.")
    assert told in page.context["form"].errors["into"][0]
    assert shown_in(page) == ""


def test_lists_narrowed_by_a_claimant_hold_the_claims_of_both(
    sign_in: SignIn, editor: User, miller: Claimant, double: Claimant
) -> None:
    claims = [factories.ClaimFactory(claimant=one) for one in (miller, double)]
    factories.ClaimFactory()
    workflow.merge_claimants(double, into=miller, reason="One person.", by=editor)
    client = sign_in(editor)
    page = client.get(f"/admin/claims/claim/?claimant={miller.pk}")
    assert set(page.context["cl"].result_list) == set(claims)
    assert client.get("/admin/claims/claim/?claimant=x").status_code == 200
    told = client.get("/admin/claims/claimant/named/", {"q": "miler"}).json()["options"]
    assert [one["value"] for one in told] == [str(miller.pk)]


def fill(claimant: Claimant, twin: Claimant, rows: int, by: User) -> None:
    for number in range(rows):
        workflow.add_alias(claimant, name=f"Name {number}", by=by)
        workflow.add_affiliation(claimant, role=f"Role {number}", by=by)
        place = factories.appearance_draft(factories.ArticleFactory(), "safe", speaker=claimant)
        claim: Claim = factories.ClaimFactory.create(claimant=twin)
        workflow.add_appearance(claim, place, by=by)
        factories.ClaimFactory(appearance=place)


@pytest.mark.parametrize("rows", [1, 20])
@pytest.mark.parametrize(("page", "queries"), [("change", 12), ("merge", 3)])
def test_each_page_takes_a_fixed_number_of_queries(
    sign_in: SignIn,
    boss: User,
    miller: Claimant,
    double: Claimant,
    rows: int,
    page: str,
    queries: int,
    django_assert_num_queries,
) -> None:
    fill(miller, double, rows, boss)
    workflow.merge_claimants(double, into=miller, reason="One person.", by=boss)
    client = sign_in(boss)
    # session, person, the claimant; on their page: who is the same (2), the public name, other names, affiliations,
    # mergers, their claims, how many, and the claims of others
    with django_assert_num_queries(queries):
        assert client.get(url_of(miller, page)).status_code == 200


@pytest.mark.parametrize("rows", [1, 20])
def test_the_result_takes_a_fixed_number_of_queries(
    sign_in: SignIn,
    boss: User,
    miller: Claimant,
    double: Claimant,
    rows: int,
    django_assert_num_queries,
) -> None:
    fill(miller, double, rows, boss)
    fill(double, miller, rows, boss)
    client = sign_in(boss)
    fields = {"into": miller.public_id, "reason": "One person."}
    # session, person, the claimant; the other and their names; who can be seen (2), savepoint and back; who is the
    # same (4), the records and their names, affiliations; the claimant anew, and the same for the page, with claims
    # (2), public claims (2) and places (2)
    with django_assert_num_queries(26):
        client.post(url_of(double, "merge"), fields)


def test_a_reviewer_says_which_item_of_wikidata_it_is(
    sign_in: SignIn, reviewer: User, contributor: User, miller: Claimant, double: Claimant
) -> None:
    client, url = sign_in(reviewer), url_of(miller, "link")
    refused = submit(client, url, wikidata="https://en.wikipedia.org/wiki/Matthew_Miller")
    assert "such as Q7747" in refused.context["form"].errors["wikidata"][0]
    page = submit(client, url, wikidata="https://www.wikidata.org/wiki/Q4115189")
    assert said(page) == ["Link with Wikidata recorded."]
    assert "https://www.wikidata.org/wiki/Q4115189" in links_in(page)
    assert client.get(url).context["form"]["wikidata"].value() == "Q4115189"
    refused = submit(client, url_of(double, "link"), wikidata="Q4115189")
    assert "merge them" in refused.context["form"].errors["wikidata"][0]
    assert sign_in(contributor).get(url).status_code == 403
