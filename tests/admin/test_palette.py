"""The palette and the search page: everything the desk holds by its words, within what the person may see."""

from __future__ import annotations

from typing import Any

import pytest

from claims import workflow
from claims.admin.navigation import ERRANDS, PLACES
from claims.models import Article, Claim, ClaimantAlias, Review, User
from claims.vocabulary import ReviewReason, Role
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import links_in, text_of

PALETTE, SEARCH = "/admin/palette/", "/admin/search/"
Found = dict[str, list[tuple[str, str, str]]]


def found(sign_in: SignIn, person: User, typed: str) -> Found:
    """Return what the palette answers: by title of the group, label, detail and address."""
    groups: list[dict[str, Any]] = sign_in(person).get(PALETTE, {"q": typed}).json()["groups"]
    return {
        group["title"]: [(one["label"], one["detail"], one["url"]) for one in group["options"]]
        for group in groups
    }


@pytest.fixture
def bridge(contributor: User, article: Article) -> Claim:
    """A claim by somebody with two names, found in an article."""
    mayor = factories.ClaimantFactory.create(name="Ada Lund", role="mayor", by=contributor)
    ClaimantAlias.objects.create(claimant=mayor, name="Άντα", added_by=contributor)
    workflow.record_publisher(name="Bridge Gazette", domain="gazette.example", by=contributor)
    claim: Claim = factories.ClaimFactory.create(
        wording="The old bridge is safe.", claimant=mayor, by=contributor
    )
    return claim


def test_each_kind_is_found_by_its_words(sign_in: SignIn, editor: User, bridge: Claim) -> None:
    answer = found(sign_in, editor, "bridg")
    page = f"/admin/claims/claim/{bridge.pk}/change/"
    assert answer["Claims"] == [("The old bridge is safe.", "No verdict · Ada Lund", page)]
    assert [label for label, _, _ in answer["Articles"]] == ["Bridge report"]
    assert [label for label, _, _ in answer["Publishers"]] == ["Bridge Gazette"]
    assert "Claimants" not in answer


@pytest.mark.parametrize(
    ("typed", "detail"), [("lund may", "mayor · Person"), ("άντα", "mayor · also Άντα · Person")]
)
def test_a_claimant_is_found_by_any_name_and_role(
    sign_in: SignIn, editor: User, bridge: Claim, typed: str, detail: str
) -> None:
    [(label, said, url)] = found(sign_in, editor, typed)["Claimants"]
    assert (label, said) == ("Ada Lund", detail)
    assert url == f"/admin/claims/claimant/{bridge.claimant_id}/change/"


def test_a_claim_is_found_by_its_id_whatever_became_of_it(
    sign_in: SignIn, editor: User, bridge: Claim
) -> None:
    survivor = factories.ClaimFactory.create(wording="It stands.", by=editor)
    workflow.merge_claims(bridge, into=survivor, reason="The same.", by=editor)
    [(label, _, _)] = found(sign_in, editor, bridge.public_id)["Claims"]
    assert label == "The old bridge is safe."
    assert "Claims" not in found(sign_in, editor, "old bridge")


@pytest.mark.parametrize("typed", ["{pk}", "#{pk}", " {pk} "])
def test_a_review_is_found_by_its_number(
    sign_in: SignIn, reviewer: User, claim: Claim, typed: str
) -> None:
    review = workflow.open_review(claim, reason=ReviewReason.NEW_CLAIM, by=reviewer)
    answer = found(sign_in, reviewer, typed.format(pk=review.pk))
    page = f"/admin/claims/review/{review.pk}/change/"
    assert answer["Reviews by number"] == [(str(review), claim.wording, page)]


def test_nothing_typed_leads_to_the_pages_of_the_desk(sign_in: SignIn, boss: User) -> None:
    answer = found(sign_in, boss, "")
    assert set(answer) == {"Pages of the desk"}
    labels = {label for label, _, _ in answer["Pages of the desk"]}
    assert {str(place.label) for place in (*PLACES, *ERRANDS)} <= labels
    assert "Awaiting my approval" in labels


def test_every_page_offered_opens(sign_in: SignIn, db: None) -> None:
    for role in Role:
        person = factories.person(role)
        for _label, _detail, url in found(sign_in, person, "")["Pages of the desk"]:
            assert sign_in(person).get(url).status_code == 200, (role, url)


@pytest.mark.parametrize("typed", ["new art", "ARTICLE NEW"])
def test_a_page_is_found_by_the_words_of_its_name(
    sign_in: SignIn, contributor: User, typed: str
) -> None:
    [(label, _, url)] = found(sign_in, contributor, typed)["Pages of the desk"]
    assert (label, url) == ("New article", "/admin/claims/article/new/")


def test_nobody_is_offered_what_their_role_does_not_open(
    sign_in: SignIn, contributor: User, bridge: Claim
) -> None:
    labels = [label for label, _, _ in found(sign_in, contributor, "")["Pages of the desk"]]
    assert "New article" in labels
    assert {"People", "New topic", "Awaiting my approval"} & set(labels) == set()


@pytest.mark.parametrize("typed", ["", "bridge", "lund", "1"])
def test_somebody_without_a_role_finds_their_own_pages_alone(
    sign_in: SignIn, bridge: Claim, review: Review, typed: str
) -> None:
    answer = found(sign_in, factories.UserFactory(is_staff=True), typed)
    own = {"Desk", "Notices", "What you are told", "Password"}
    assert {label for hits in answer.values() for label, _, _ in hits} == (set() if typed else own)


def test_the_rest_is_in_the_lists(sign_in: SignIn, editor: User) -> None:
    for number in range(7):
        factories.ClaimFactory.create(wording=f"Tunnel {number} is safe.", by=editor)
    hits = found(sign_in, editor, "tunnel safe")["Claims"]
    assert len(hits) == 6
    label, of, url = hits[-1]
    assert (label, of) == ("More of these in the list", "Claims")
    assert url == "/admin/claims/claim/?q=tunnel+safe"
    assert len(links_in(sign_in(editor).get(url))) > 7


@pytest.mark.parametrize(
    "typed", ["\0", "%", "'\"", "a" * 5_000, "a " * 3_000, "9" * 40, "#", "-", "OR", "“", "0" * 10]
)
def test_anything_may_be_typed(sign_in: SignIn, editor: User, bridge: Claim, typed: str) -> None:
    for url in (PALETTE, SEARCH):
        assert sign_in(editor).get(url, {"q": typed}).status_code == 200


def test_the_search_page_does_the_same_without_a_script(
    sign_in: SignIn, editor: User, bridge: Claim
) -> None:
    client = sign_in(editor)
    page = client.get(SEARCH, {"q": "old bridge"})
    assert f"/admin/claims/claim/{bridge.pk}/change/" in links_in(page)
    assert "No verdict · Ada Lund" in text_of(page)
    assert "Nothing found for “zebra”" in text_of(client.get(SEARCH, {"q": "zebra"}))


def test_nothing_typed_comes_alive(sign_in: SignIn, editor: User) -> None:
    hostile = "<script>alert(1)</script>"
    factories.ClaimFactory.create(wording=hostile, by=editor)
    page = sign_in(editor).get(SEARCH, {"q": hostile})
    assert hostile in text_of(page) or "&lt;script&gt;" in page.content.decode()
    assert hostile not in page.content.decode()


def test_every_page_leads_there(sign_in: SignIn, contributor: User) -> None:
    page = sign_in(contributor).get("/admin/")
    assert SEARCH in links_in(page)
    assert f'data-url="{PALETTE}"' in page.content.decode()
    assert "Claims · Articles · Claimants" in text_of(page)


def test_it_answers_nobody_who_is_not_signed_in_and_takes_no_post(
    client: Any, sign_in: SignIn, editor: User
) -> None:
    for url in (PALETTE, SEARCH):
        assert client.get(url)["Location"] == f"/admin/login/?next={url}"
        assert sign_in(editor).post(url).status_code == 405
    assert "no-store" in sign_in(editor).get(PALETTE)["Cache-Control"]


@pytest.mark.parametrize("rows", [1, 20])
@pytest.mark.parametrize("url", [PALETTE, SEARCH])
@pytest.mark.parametrize(("typed", "queries"), [("", 4), ("bridge", 10), ("1", 9), ("zebra", 8)])
def test_how_many_queries_it_takes(
    sign_in: SignIn,
    editor: User,
    url: str,
    rows: int,
    typed: str,
    queries: int,
    django_assert_num_queries,
) -> None:
    for number in range(1, rows + 1):
        name = f"Bridge {number}"
        claimant = factories.ClaimantFactory.create(name=name, by=editor)
        factories.ClaimFactory.create(wording=f"{name} is safe.", claimant=claimant, by=editor)
        factories.ArticleFactory.create(title=name, text=f"{name} is safe.", by=editor)
        workflow.record_publisher(name=name, by=editor)
    client = sign_in(editor)
    # session, person, their permissions, their groups' permissions; claims ranked and read, articles, claimants with
    # their other names, publishers; for a number no claimants but the review
    with django_assert_num_queries(queries):
        client.get(url, {"q": typed})
