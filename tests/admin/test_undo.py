"""Undo: for ten seconds, one's own act, from the article it was done on, and honestly: the history keeps both acts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from claims import workflow
from claims.models import Appearance, Article, Claim, User
from claims.vocabulary import Act
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.fetching import fetched
from tests.admin.seeing import said

QUOTE = "the old bridge is safe"


def url_of(article: Article) -> str:
    return f"/admin/claims/article/{article.pk}/undo/"


def recorded(article: Article, by: User) -> Appearance:
    """Return the appearance a claim was recorded with a moment ago."""
    draft = factories.appearance_draft(article, QUOTE)
    claim = workflow.record_claim(
        workflow.ClaimDraft(wording="It is safe."), appearance=draft, by=by
    )
    appearance: Appearance = claim.appearances.get()
    return appearance


def acts(claim: Claim) -> list[str]:
    return list(claim.entries.in_order().values_list("act", flat=True))


def refusal(client: Client, appearance: Appearance) -> str:
    """Return why an undo is refused."""
    answer: dict[str, Any] = fetched(
        client, url_of(appearance.article), {"entry": appearance.pk}
    ).json()
    reasons: list[str] = answer["refused"]["general"]
    return " ".join(reasons)


def test_a_claim_is_discarded(sign_in: SignIn, contributor: User, article: Article) -> None:
    appearance = recorded(article, contributor)
    answer = fetched(sign_in(contributor), url_of(article), {"entry": appearance.pk}).json()
    assert answer["said"] == "Undone. The history keeps both acts."
    assert 'data-state="left"' in answer["parts"]["statement-1"]
    assert acts(appearance.claim) == [Act.CLAIM_RECORDED, Act.CLAIM_DISCARDED]
    assert not Claim.objects.standing().exists()


def test_an_appearance_is_withdrawn_and_its_claim_stays(
    sign_in: SignIn, contributor: User, article: Article, claim: Claim
) -> None:
    draft = factories.appearance_draft(article, QUOTE)
    appearance = workflow.add_appearance(claim, draft, by=contributor)
    fetched(sign_in(contributor), url_of(article), {"entry": appearance.pk})
    assert acts(claim)[1:] == [Act.APPEARANCE_ADDED, Act.APPEARANCE_WITHDRAWN]
    assert Claim.objects.standing().get() == claim


def test_what_was_undone_can_be_recorded_again(
    sign_in: SignIn, contributor: User, article: Article
) -> None:
    first = recorded(article, contributor)
    fetched(sign_in(contributor), url_of(article), {"entry": first.pk})
    second = recorded(article, contributor)
    assert Appearance.objects.standing().get() == second


def test_without_a_script_one_returns_to_the_article(
    sign_in: SignIn, contributor: User, article: Article
) -> None:
    appearance = recorded(article, contributor)
    page = sign_in(contributor).post(url_of(article), {"entry": appearance.pk}, follow=True)
    assert page.redirect_chain[-1][0] == f"/admin/claims/article/{article.pk}/change/"
    assert said(page) == ["Undone. The history keeps both acts."]


def test_after_ten_seconds_and_their_slack_it_is_too_late(
    sign_in: SignIn, contributor: User, article: Article
) -> None:
    appearance = recorded(article, contributor)
    client = sign_in(contributor)
    with time_machine.travel(timezone.now() + timedelta(seconds=16), tick=False):
        assert "ten seconds are over" in refusal(client, appearance)
    assert acts(appearance.claim) == [Act.CLAIM_RECORDED]


def test_nobody_undoes_what_somebody_else_did(
    sign_in: SignIn, contributor: User, reviewer: User, article: Article
) -> None:
    appearance = recorded(article, contributor)
    page = fetched(sign_in(reviewer), url_of(article), {"entry": appearance.pk})
    assert page.status_code == 403
    assert "Somebody else recorded this" in page.json()["refused"]["general"][0]
    assert acts(appearance.claim) == [Act.CLAIM_RECORDED]


def test_nothing_is_undone_on_which_somebody_built(
    sign_in: SignIn, reviewer: User, article: Article
) -> None:
    appearance = recorded(article, reviewer)
    factories.EvidenceFactory(claim=appearance.claim)
    assert "since" in refusal(sign_in(reviewer), appearance)
    assert Act.CLAIM_DISCARDED not in acts(appearance.claim)


def test_a_second_undo_is_refused(sign_in: SignIn, contributor: User, article: Article) -> None:
    appearance = recorded(article, contributor)
    client = sign_in(contributor)
    fetched(client, url_of(article), {"entry": appearance.pk})
    assert refusal(client, appearance)
    assert len(acts(appearance.claim)) == 2


def test_undo_belongs_to_its_article(sign_in: SignIn, contributor: User, article: Article) -> None:
    appearance = recorded(article, contributor)
    other = factories.ArticleFactory(by=contributor)
    page = fetched(sign_in(contributor), url_of(other), {"entry": appearance.pk})
    assert "not recorded from this article" in page.json()["refused"]["general"][0]


@pytest.mark.parametrize("entry", ["", "x", "0", "9" * 30, "\0"])
def test_an_entry_that_cannot_be_is_refused(
    sign_in: SignIn, contributor: User, article: Article, entry: str
) -> None:
    answer = fetched(sign_in(contributor), url_of(article), {"entry": entry})
    assert answer.json()["refused"]["general"]


def test_undo_is_no_page_to_look_at(sign_in: SignIn, contributor: User, article: Article) -> None:
    assert sign_in(contributor).get(url_of(article)).status_code == 405
