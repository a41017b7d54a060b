"""/api/v1/articles/<id>/: the quotes always, the text only where the licence allows it."""

from __future__ import annotations

import pytest

from claims.models import Claim, User
from claims.vocabulary import Licence, RedactionReason
from claims.workflow import (
    add_appearance,
    merge_claims,
    propose_redaction,
    redact_text,
    withdraw_appearance,
)
from tests import factories
from tests.api.conftest import Api, Queries
from tests.api.test_articles import quoted_article


@pytest.mark.parametrize("licence", Licence.values)
def test_the_text_is_shown_only_under_a_licence_for_it(api: Api, licence: str) -> None:
    article = quoted_article(licence=licence, standfirst="In short.")
    shown = api.get(f"articles/{article.public_id}/")
    allowed = licence == Licence.FULL_TEXT
    assert shown["text"] == (article.text if allowed else None)
    assert shown["standfirst"] == ("In short." if allowed else None)
    assert shown["sha256"] == article.sha256


def test_quotes_come_in_the_order_of_the_text_with_their_claims(api: Api) -> None:
    article = factories.ArticleFactory(text="One is so. Two is so.", licence=Licence.FULL_TEXT)
    claims = [
        factories.published_claim(appearance=factories.appearance_draft(article, exact))
        for exact in ("Two is so", "One is so")
    ]
    hidden = factories.ClaimFactory(appearance=factories.appearance_draft(article, "is so. Two"))
    shown = api.get(f"articles/{article.public_id}/")
    assert [one["quote"]["exact"] for one in shown["claims"]] == ["One is so", "Two is so"]
    assert [one["claim"]["id"] for one in shown["claims"]] == [
        claim.public_id for claim in reversed(claims)
    ]
    quote = shown["claims"][1]["quote"]
    assert shown["text"][quote["start"] : quote["end"]] == quote["exact"]
    assert hidden.public_id not in str(shown)


def test_an_article_of_unpublished_claims_is_as_unknown_as_none(api: Api) -> None:
    article = factories.ArticleFactory()
    factories.ClaimFactory(appearance=factories.appearance_draft(article, "Work goes on"))
    hidden, none = api.fetch(f"articles/{article.public_id}/"), api.fetch("articles/0000000000/")
    assert hidden.status_code == none.status_code == 404
    assert hidden.content.replace(article.public_id.encode(), b"0" * 10) == none.content


def test_a_merged_claims_quote_leads_to_the_survivor(api: Api, editor: User) -> None:
    article = quoted_article()
    survivor = factories.published_claim()
    merge_claims(Claim.objects.earliest("pk"), into=survivor, reason="The same.", by=editor)
    [one] = api.get(f"articles/{article.public_id}/")["claims"]
    assert one["merged_into"]["url"].endswith(f"/api/v1/claims/{survivor.public_id}/")


def test_an_erased_quote_and_digest_are_told_nowhere(
    api: Api, editor: User, second_editor: User
) -> None:
    article = quoted_article()
    entry = Claim.objects.get().entries.get(number=1)
    names = ["appearance.exact", "appearance.article_sha256"]
    request = propose_redaction(entry, fields=names, reason=RedactionReason.COPYRIGHT, by=editor)
    redact_text(request, by=second_editor)
    shown = api.get(f"articles/{article.public_id}/")
    assert shown["sha256"] is None
    [one] = shown["claims"]
    assert one["quote"]["exact"] is None
    assert one["redacted"]["exact"]["reason"] == "copyright"


def test_an_erased_quote_is_blacked_out_of_an_open_text_and_moves_no_other(
    api: Api, editor: User, second_editor: User
) -> None:
    article = factories.ArticleFactory(text="Ünder it. One is so. Two.", licence=Licence.FULL_TEXT)
    first, second = (
        factories.published_claim(appearance=factories.appearance_draft(article, exact))
        for exact in ("One is so", "Two")
    )
    entry, reason = first.entries.get(number=1), RedactionReason.COURT_ORDER
    request = propose_redaction(entry, fields=["appearance.exact"], reason=reason, by=editor)
    redact_text(request, by=second_editor)
    shown = api.get(f"articles/{article.public_id}/")
    assert shown["text"] == "Ünder it. █████████. Two."
    quote = shown["claims"][1]["quote"]
    assert shown["claims"][1]["claim"]["id"] == second.public_id
    assert shown["text"][quote["start"] : quote["end"]] == quote["exact"] == "Two"


def test_so_is_an_erased_quote_of_a_claim_that_readers_cannot_see(
    api: Api, editor: User, second_editor: User
) -> None:
    article = factories.ArticleFactory(text="Ünder it. One is so. Two.", licence=Licence.FULL_TEXT)
    factories.published_claim(appearance=factories.appearance_draft(article, "Two"))
    unseen = factories.ClaimFactory(appearance=factories.appearance_draft(article, "One is so"))
    entry, reason = unseen.entries.get(number=1), RedactionReason.COURT_ORDER
    names = ["appearance.exact", "appearance.article_sha256"]
    redact_text(propose_redaction(entry, fields=names, reason=reason, by=editor), by=second_editor)
    shown = api.get(f"articles/{article.public_id}/")
    assert (shown["text"], shown["sha256"]) == ("Ünder it. █████████. Two.", None)
    assert len(shown["claims"]) == 1


@pytest.mark.parametrize("rows", [1, 20])
def test_an_article_takes_six_queries(
    api: Api, queries: Queries, rows: int, contributor: User
) -> None:
    article = factories.ArticleFactory()
    for _ in range(rows):
        draft = factories.appearance_draft(
            article, "Work goes on", speaker=factories.ClaimantFactory()
        )
        add_appearance(factories.published_claim(), draft, by=contributor)
    # 1: the article; 2: its appearances with claims and speakers; 3, 4: what has been erased of these and of others
    with queries(6):
        assert len(api.get(f"articles/{article.public_id}/")["claims"]) == rows


def test_a_quote_that_was_withdrawn_says_so_and_of_its_own_claim_alone(
    api: Api, editor: User
) -> None:
    article = factories.ArticleFactory(text="One is so. Two is so.")
    one, two = (
        factories.published_claim(appearance=factories.appearance_draft(article, exact))
        for exact in ("One is so", "Two is so")
    )
    entry = withdraw_appearance(one.appearances.get(), reason="Misread.", by=editor)
    shown = api.get(f"articles/{article.public_id}/")["claims"]
    assert [quote["withdrawn"] and quote["withdrawn"]["entry"] for quote in shown] == [
        entry.number,
        None,
    ]
    assert shown[0]["withdrawn"]["reason"] == "Misread."
    assert shown[1]["claim"]["id"] == two.public_id
