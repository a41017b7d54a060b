"""Taking back what was recorded by mistake: an appearance, or a whole claim."""

from __future__ import annotations

import pytest

from claims import workflow
from claims.models import Appearance, Article, Claim, User
from claims.reading.attribution import suggest
from claims.vocabulary import Act, VerificationStatus
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.seeing import links_in, said, submit, text_of


def url_of(claim: Claim, page: str) -> str:
    return f"/admin/claims/claim/{claim.pk}/{page}/"


@pytest.fixture
def appearance(claim: Claim, article: Article, contributor: User) -> Appearance:
    found = factories.appearance_draft(article, "the old bridge is safe")
    return workflow.add_appearance(claim, found, by=contributor)


def test_an_appearance_is_withdrawn_and_stays_on_the_page(
    sign_in: SignIn, contributor: User, appearance: Appearance
) -> None:
    client, claim = sign_in(contributor), appearance.claim
    take_back = url_of(claim, "appearance/2/take-back")
    assert take_back in links_in(client.get(url_of(claim, "change")))
    page = submit(client, take_back, reason="Another bridge.")
    assert said(page) == ["Appearance withdrawn. It stays visible, with your reason."]
    assert claim.entries.latest("number").act == Act.APPEARANCE_WITHDRAWN
    words = " ".join(text_of(page).split())
    assert f"by {contributor.public_name}: Another bridge." in words
    assert take_back not in links_in(page)


def test_a_reason_is_filled_in_already(
    sign_in: SignIn, contributor: User, appearance: Appearance
) -> None:
    page = sign_in(contributor).get(url_of(appearance.claim, "appearance/2/take-back"))
    assert page.context["form"]["reason"].value() == "Recorded by mistake."


def test_an_appearance_withdrawn_already_says_so(
    sign_in: SignIn, contributor: User, appearance: Appearance
) -> None:
    workflow.withdraw_appearance(appearance, by=contributor)
    url = url_of(appearance.claim, "appearance/2/take-back")
    page = sign_in(contributor).get(url, follow=True)
    assert said(page) == ["This appearance was withdrawn already."]


@pytest.mark.parametrize("number", [1, 3])
def test_what_is_no_appearance_is_not_found(
    sign_in: SignIn, reviewer: User, appearance: Appearance, number: int
) -> None:
    url = url_of(appearance.claim, f"appearance/{number}/take-back")
    assert sign_in(reviewer).get(url).status_code == 404


def test_a_contributor_is_not_offered_what_somebody_built_on(
    sign_in: SignIn, contributor: User, reviewer: User, appearance: Appearance
) -> None:
    claim = appearance.claim
    factories.EvidenceFactory(claim=claim, by=reviewer)
    urls = {url_of(claim, "appearance/2/take-back"), url_of(claim, "discard")}
    assert urls.isdisjoint(links_in(sign_in(contributor).get(url_of(claim, "change"))))
    assert urls <= set(links_in(sign_in(reviewer).get(url_of(claim, "change"))))
    for url in urls:
        page = sign_in(contributor).get(url, follow=True)
        assert "A reviewer can." in said(page)[0]


def test_a_suggestion_is_free_again_once_its_appearance_is_withdrawn(
    sign_in: SignIn, contributor: User, article: Article
) -> None:
    one = suggest(article.text)[0]
    found = factories.appearance_draft(
        article, article.text[one.start : one.end], start=one.start, end=one.end
    )
    claim = factories.ClaimFactory(appearance=found, by=contributor)
    client, url = sign_in(contributor), f"/admin/claims/article/{article.pk}/change/"
    accept = f"/admin/claims/article/{article.pk}/accept/?place={one.start}-{one.end}"
    assert accept not in links_in(client.get(url))
    workflow.discard_claim(claim, by=contributor)
    assert accept in links_in(client.get(url))
    (row,) = client.get("/admin/claims/article/").context["cl"].result_list
    assert row.found == 0


def test_a_claim_is_discarded_and_keeps_its_page(
    sign_in: SignIn, contributor: User, claim: Claim
) -> None:
    client = sign_in(contributor)
    assert url_of(claim, "discard") in links_in(client.get(url_of(claim, "change")))
    page = submit(client, url_of(claim, "discard"), reason="Not a statement.")
    assert said(page) == ["Claim discarded. It left every list; its history stays here."]
    words = " ".join(text_of(page).split())
    assert "Discarded; nothing more happens here." in words
    assert f"{contributor.public_name}: Not a statement." in words
    assert page.context["page"].steps == []
    assert "What each verdict still needs" not in words


def test_the_list_says_that_a_claim_was_discarded(
    sign_in: SignIn, contributor: User, claim: Claim
) -> None:
    workflow.discard_claim(claim, by=contributor)
    assert "Discarded" in text_of(sign_in(contributor).get("/admin/claims/claim/"))
    assert claim.wording not in text_of(sign_in(contributor).get("/admin/"))


@pytest.mark.parametrize("page", ["discard", "reword", "add-evidence", "open-review", "merge"])
def test_a_discarded_claim_offers_no_page(
    sign_in: SignIn, editor: User, claim: Claim, page: str
) -> None:
    workflow.discard_claim(claim, by=editor)
    answer = sign_in(editor).get(url_of(claim, page), follow=True)
    assert said(answer) == ["This claim was discarded."]


def test_a_claim_with_a_review_or_readers_is_not_discarded(
    sign_in: SignIn, reviewer: User, published: Claim
) -> None:
    waiting = factories.proposed_review(
        factories.ClaimFactory(by=reviewer), VerificationStatus.DISPUTED, proposer=reviewer
    )
    for claim, reason in (
        (published, "This claim was published, so it stays."),
        (waiting.claim, "A review of this claim is in progress: end it first."),
    ):
        client = sign_in(reviewer)
        assert url_of(claim, "discard") not in links_in(client.get(url_of(claim, "change")))
        assert said(client.get(url_of(claim, "discard"), follow=True)) == [reason]
