"""“Claimed before?”: the nearest claims while a wording is typed, with status and date, for a person to judge."""

from __future__ import annotations

import pytest

from claims.models import Article, Claim, User
from claims.vocabulary import VerificationStatus
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.fetching import fetched
from tests.admin.seeing import text_of


def url_of(article: Article) -> str:
    return f"/admin/claims/article/{article.pk}/claimed-before/"


def found(sign_in: SignIn, person: User, article: Article, wording: str) -> str:
    """Return the words of the answer."""
    page = fetched(sign_in(person), url_of(article), {"wording": wording})
    assert page.status_code == 200
    return " ".join(text_of(page).split())


def test_claims_that_say_the_same_are_shown_with_status_and_date(
    sign_in: SignIn, contributor: User, article: Article
) -> None:
    claimant = factories.ClaimantFactory(name="Ada Lund")
    claim = factories.ClaimFactory(wording="The harbour wall was repaired.", claimant=claimant)
    factories.give_verdict(claim, VerificationStatus.DISPUTED)
    shown = found(sign_in, contributor, article, "Somebody repaired the wall of the harbour")
    assert "The harbour wall was repaired." in shown
    assert "Disputed since" in shown
    assert "Ada Lund" in shown
    assert "Found here too" in shown


def test_an_unpublished_claim_is_known_to_the_desk(
    sign_in: SignIn, contributor: User, article: Article
) -> None:
    factories.ClaimFactory(wording="The harbour wall was repaired.")
    assert "no verdict" in found(sign_in, contributor, article, "harbour wall")


def test_at_most_five_are_shown(sign_in: SignIn, contributor: User, article: Article) -> None:
    for number in range(7):
        factories.ClaimFactory(wording=f"Harbour wall {number} was repaired.")
    assert found(sign_in, contributor, article, "harbour wall").count("Found here too") == 5


def test_a_claim_found_in_this_article_says_so(
    sign_in: SignIn, contributor: User, article: Article
) -> None:
    factories.ClaimFactory(
        wording="The harbour wall was repaired.",
        appearance=factories.appearance_draft(article, "old bridge"),
    )
    assert "found in this article already" in found(sign_in, contributor, article, "harbour wall")


def test_what_was_discarded_is_not_shown(
    sign_in: SignIn, contributor: User, article: Article
) -> None:
    from claims import workflow

    claim = factories.ClaimFactory(wording="The harbour wall was repaired.", by=contributor)
    workflow.discard_claim(claim, by=contributor)
    assert "Nothing like it" in found(sign_in, contributor, article, "harbour wall")


@pytest.mark.parametrize(
    "typed", ["", " ", "\0", "a" * 100_000, "' OR 1=1 --", '"', "AND -x", "🌉"]
)
def test_anything_may_be_typed(
    sign_in: SignIn, contributor: User, article: Article, claim: Claim, typed: str
) -> None:
    assert "Nothing like it" in found(sign_in, contributor, article, typed)


def test_hostile_wordings_stay_words(sign_in: SignIn, contributor: User, article: Article) -> None:
    hostile = "<script>alert(1)</script> harbour <img src=x onerror=alert(1)>"
    factories.ClaimFactory(wording=hostile)
    page = fetched(sign_in(contributor), url_of(article), {"wording": "harbour"})
    assert "<script" not in page.content.decode()
    assert "<img" not in page.content.decode()
    assert hostile in text_of(page)


def test_asking_stands_in_no_address(sign_in: SignIn, contributor: User, article: Article) -> None:
    assert sign_in(contributor).get(url_of(article), {"wording": "harbour"}).status_code == 405


def test_only_those_who_record_claims_may_ask(sign_in: SignIn, article: Article) -> None:
    stranger = factories.UserFactory(is_staff=True)
    assert fetched(sign_in(stranger), url_of(article), {"wording": "x"}).status_code == 403


@pytest.mark.parametrize("pk", ["999999", "9" * 30])
def test_an_article_that_is_not_there_is_not_found(
    sign_in: SignIn, contributor: User, pk: str
) -> None:
    url = f"/admin/claims/article/{pk}/claimed-before/"
    assert fetched(sign_in(contributor), url, {"wording": "x"}).status_code == 404


@pytest.mark.parametrize("rows", [1, 20])
def test_it_takes_as_many_queries_at_twenty_claims_as_at_one(
    sign_in: SignIn, contributor: User, article: Article, rows: int, django_assert_num_queries
) -> None:
    for number in range(rows):
        factories.ClaimFactory(wording=f"Harbour wall {number} was repaired.")
    client = sign_in(contributor)
    # session, person, their permissions, their groups' permissions; article; words, nearest, their claims; which of
    # them were found here
    with django_assert_num_queries(9):
        fetched(client, url_of(article), {"wording": "harbour wall"})
