"""The claims of an article as annotations: quotes with their places, and no more of the text than that."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from claims import addresses, workflow
from claims.models import Article, Claim, User
from claims.vocabulary import Licence, RedactionReason
from tests import factories
from tests.public.pages import document, html

pytestmark = pytest.mark.django_db
TEXT = "The mayor said 🌉 the bridge is safe. “It is not,” said an engineer. Nobody else spoke."
SAFE, NOT = "the bridge is safe", "It is not"


def path_of(article: Article) -> str:
    return addresses.article_annotations(article.public_id)


def annotated(client: Client, article: Article) -> dict[str, Any]:
    response = client.get(path_of(article))
    assert response.status_code == 200
    assert response["Content-Type"] == (
        'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
    )
    found: dict[str, Any] = response.json()
    return found


def article_with(*quotes: str, licence: Licence = Licence.FULL_TEXT) -> tuple[Article, list[Claim]]:
    article = factories.ArticleFactory(
        text=TEXT, licence=licence, url="https://news.example/bridge"
    )
    claims = [
        factories.published_claim(
            wording=f"Claim: {quote}", appearance=factories.appearance_draft(article, quote)
        )
        for quote in quotes
    ]
    return article, claims


def test_a_quote_is_selected_by_its_words_and_its_place(client: Client) -> None:
    article, (later, first) = article_with(NOT, SAFE)
    found = annotated(client, article)
    assert found["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert (found["type"], found["total"]) == ("AnnotationCollection", 2)
    page = found["first"]
    assert (page["type"], page["partOf"], page["startIndex"]) == ("AnnotationPage", found["id"], 0)
    for one, claim, quote in zip(page["items"], (first, later), (SAFE, NOT), strict=True):
        assert (one["type"], one["motivation"]) == ("Annotation", "assessing")
        target = one["target"]
        assert target["source"] == "https://news.example/bridge"
        words, place = target["selector"]
        assert (words["type"], words["exact"]) == ("TextQuoteSelector", quote)
        assert TEXT[place["start"] : place["end"]] == quote, "in code points, from 0, end excluded"
        before, after = TEXT[: place["start"]], TEXT[place["end"] :]
        assert before.endswith(words["prefix"])
        assert after.startswith(words["suffix"])
        assert target["state"]["type"] == "TimeState"
        rating, link = one["body"]
        assert (rating["type"], rating["value"]) == ("TextualBody", "Confirmed")
        assert link["id"].endswith(f"/claims/{claim.public_id}/")
    assert len({one["id"] for one in page["items"]}) == 2


def test_a_text_that_may_not_be_shown_is_not_told_of_but_by_its_quotes(client: Client) -> None:
    article, _ = article_with(SAFE, licence=Licence.QUOTES_ONLY)
    found = annotated(client, article)
    (one,) = found["first"]["items"]
    assert "cached" not in one["target"]["state"]
    assert "Nobody else spoke" not in json.dumps(found)


def test_a_text_that_may_be_shown_is_found_in_the_register(client: Client) -> None:
    article, _ = article_with(SAFE)
    (one,) = annotated(client, article)["first"]["items"]
    assert one["target"]["state"]["cached"].endswith(addresses.article_page(article))


def test_what_was_withdrawn_or_erased_selects_nothing(
    client: Client, editor: User, second_editor: User
) -> None:
    article, (withdrawn, erased, kept) = article_with(SAFE, NOT, "Nobody else")
    workflow.withdraw_appearance(
        withdrawn.appearances.get(), reason="It is another bridge.", by=editor
    )
    asked = workflow.propose_redaction(
        erased.entries.get(number=document(erased)["appearances"][0]["entry"]),
        fields=["appearance.exact"],
        reason=RedactionReason.SAFETY,
        by=editor,
    )
    workflow.redact_text(asked, by=second_editor)
    found = annotated(client, article)
    assert found["total"] == 1
    assert kept.public_id in found["first"]["items"][0]["id"]
    assert NOT not in json.dumps(found)


def test_nor_does_a_quote_of_words_that_were_erased_where_readers_cannot_see_it(
    client: Client, editor: User, second_editor: User
) -> None:
    article, (_, kept) = article_with(SAFE, "Nobody else")
    unseen = factories.ClaimFactory(appearance=factories.appearance_draft(article, SAFE))
    factories.erase(
        unseen.entries.get(number=1), "appearance.exact", by=editor, and_by=second_editor
    )
    (one,) = annotated(client, article)["first"]["items"]
    assert kept.public_id in one["id"]


def test_without_a_verdict_a_claim_is_named_and_not_rated(client: Client, editor: User) -> None:
    article, (voided, merged) = article_with(SAFE, NOT)
    workflow.void_verdict(voided, reason="We misread it.", by=editor)
    workflow.merge_claims(merged, into=factories.published_claim(), reason="Same.", by=editor)
    for one in annotated(client, article)["first"]["items"]:
        assert one["motivation"] == "identifying"
        assert len(one["body"]) == 1


def test_an_article_of_unpublished_claims_is_as_one_that_never_was(client: Client) -> None:
    article = factories.ArticleFactory(text=TEXT)
    factories.ClaimFactory(appearance=factories.appearance_draft(article, SAFE))
    hidden = client.get(path_of(article))
    none = client.get("/articles/0000000000/annotations.jsonld")
    assert hidden.status_code == none.status_code == 404
    assert hidden.content.replace(article.public_id.encode(), b"0000000000") == none.content


def test_the_article_links_them_and_they_are_not_sent_twice(client: Client) -> None:
    article, (claim,) = article_with(SAFE)
    page = html(client, addresses.article_page(article))
    assert f'<link rel="alternate" type="application/ld+json" href="{path_of(article)}">' in page
    etag = client.get(path_of(article))["ETag"]
    known = {"If-None-Match": etag}
    assert client.get(path_of(article), headers=known).status_code == 304
    factories.give_verdict(claim, "disputed")  # type: ignore[arg-type]
    assert client.get(path_of(article), headers=known).status_code == 200
    assert client.head(path_of(article)).content == b""


@pytest.mark.parametrize("number", [1, 20])
def test_annotations_cost_three_queries(
    client: Client, django_assert_num_queries: Any, number: int
) -> None:
    text = " ".join(f"Sentence {place} stands here." for place in range(number))
    article = factories.ArticleFactory(text=text)
    for place in range(number):
        draft = factories.appearance_draft(article, f"Sentence {place} stands")
        factories.published_claim(appearance=draft)
    with django_assert_num_queries(3):
        assert annotated(client, article)["total"] == number
