"""The page of one article."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import translation

from claims import addresses, languages, workflow
from claims.layout.words import REMOVED
from claims.models import Article, User
from claims.vocabulary import Licence, Position, RedactionReason
from tests import factories
from tests.public.pages import html, path_of, words

pytestmark = pytest.mark.django_db

TEXT = "The mayor said the old bridge is safe and cheap.\n\nNobody else was asked."


def article_of(licence: Licence = Licence.FULL_TEXT, **fields) -> Article:
    return factories.ArticleFactory(title="A report", text=TEXT, licence=licence, **fields)


def claim_in(article: Article, exact: str, **fields):
    appearance = factories.appearance_draft(article, exact, **fields)
    return factories.published_claim(appearance=appearance)


def marked(page: str) -> list[str]:
    """Return the marked pieces of the text."""
    return re.findall(r'<mark class="found-here">(.*?)</mark>', page)


def test_the_text_is_shown_with_its_claims_marked_where_the_licence_allows(client: Client) -> None:
    article = article_of(standfirst="In short.")
    claim = claim_in(article, "the old bridge is safe")
    page = html(client, addresses.article_page(article))
    assert marked(page) == ["the old bridge is safe"]
    assert "The mayor said the old bridge is safe" in words(page)
    assert "Nobody else was asked." in page
    assert "In short." in page
    assert f'href="{path_of(claim)}"' in page


def test_overlapping_quotes_are_each_marked_and_led_to(client: Client) -> None:
    article = article_of()
    claim_in(article, "the old bridge is safe")
    claim_in(article, "bridge is safe and cheap")
    page = html(client, addresses.article_page(article))
    assert marked(page) == ["the old ", "bridge is safe", " and cheap"]
    assert re.findall(r'class="ref[^"]*" href="#claim-(\d)"', page) == ["1", "2"]
    assert re.findall(r'<li id="claim-(\d)"', page) == ["1", "2"]


def test_a_mark_says_its_status_in_words_too(client: Client) -> None:
    article = article_of()
    claim_in(article, "the old bridge is safe")
    assert "Confirmed, claim 1" in words(html(client, addresses.article_page(article)))


def test_where_only_quotes_are_licensed_the_text_stays_hidden(client: Client) -> None:
    article = article_of(Licence.QUOTES_ONLY, standfirst="In short.")
    claim_in(article, "the old bridge is safe", position=Position.QUESTIONS, cue="asked whether")
    page = html(client, addresses.article_page(article))
    assert "Nobody else was asked." not in page
    assert "In short." not in page
    assert "The mayor said the old bridge is safe and cheap." in words(page).replace(" .", ".")
    assert "Questioned by somebody whom the article does not name ( asked whether )" in words(page)


def test_a_redacted_quote_is_gone_from_the_text_as_well(
    client, contributor, editor, second_editor
) -> None:
    article = article_of()
    claim = claim_in(article, "the old bridge is safe")
    factories.erase(
        claim.entries.get(number=1), "appearance.exact", by=editor, and_by=second_editor
    )
    page = html(client, addresses.article_page(article))
    assert "the old bridge is safe" not in page
    assert "[removed: safety of a person]" in page


def test_so_is_one_of_a_claim_that_readers_cannot_see(
    client: Client, editor: User, second_editor: User
) -> None:
    article = article_of()
    claim_in(article, "Nobody else")
    page = html(client, addresses.article_page(article))
    assert article.sha256 in page
    quote = factories.appearance_draft(article, "the old bridge is safe")
    claim = factories.ClaimFactory(appearance=quote)
    entry, fields = claim.entries.get(number=1), ("appearance.exact", "appearance.article_sha256")
    factories.erase(entry, *fields, by=editor, and_by=second_editor)
    page = html(client, addresses.article_page(article))
    assert "the old bridge is safe" not in page
    assert "[removed: safety of a person]" in page
    assert article.sha256 not in page
    assert "#claim-0" not in page


@pytest.mark.parametrize("language", languages.READERS)
def test_every_reason_of_a_removal_is_told_in_a_phrase_of_its_own(language: str) -> None:
    with translation.override(language):
        said = [str(REMOVED[reason]) for reason in RedactionReason]
    assert len(set(said)) == len(RedactionReason)
    begins = "removed: " if language == languages.PUBLIC else "entfernt: "
    assert [one for one in said if not one.startswith(begins)] == []


def test_in_german_nouns_keep_their_capitals_and_marks_their_words(
    client: Client, editor: User, second_editor: User
) -> None:
    article = article_of()
    row = claim_in(article, "the old bridge is safe").appearances.get()
    claim_in(article, "Nobody else")
    request = workflow.propose_redaction(
        row.entry, fields=["appearance.exact"], reason=RedactionReason.SAFETY, by=editor
    )
    workflow.redact_text(request, by=second_editor)
    page = words(html(client, f"/de{addresses.article_page(article)}"))
    assert "[entfernt: Sicherheit einer Person]" in page
    assert "Bestätigt, Behauptung 2" in page


def test_a_digest_that_was_erased_is_told_nowhere(
    client, contributor, editor, second_editor
) -> None:
    article = article_of()
    claim = claim_in(article, "the old bridge is safe")
    assert article.sha256 in html(client, addresses.article_page(article))
    request = workflow.propose_redaction(
        claim.entries.get(number=1),
        fields=["appearance.article_sha256"],
        reason=RedactionReason.COPYRIGHT,
        by=editor,
    )
    workflow.redact_text(request, by=second_editor)
    page = html(client, addresses.article_page(article))
    assert article.sha256 not in page
    assert "The text was frozen" in page


def test_unpublished_claims_leave_no_trace_on_the_page(client: Client) -> None:
    article = article_of()
    claim_in(article, "the old bridge is safe")
    before = html(client, addresses.article_page(article))
    factories.ClaimFactory(
        wording="SECRET wording", appearance=factories.appearance_draft(article, "Nobody else")
    )
    assert html(client, addresses.article_page(article)) == before


def test_an_article_without_a_published_claim_looks_like_none_at_all(client: Client) -> None:
    article = article_of()
    factories.ClaimFactory(appearance=factories.appearance_draft(article, "Nobody else"))
    hidden = client.get(addresses.article_page(article))
    unknown = client.get("/articles/0000000000/a-report/")
    assert hidden.status_code == unknown.status_code == 404
    assert hidden.content == unknown.content


def test_the_page_of_an_article_outlives_the_merger_of_its_claim(client: Client, editor) -> None:
    article = article_of()
    ending, lasting = claim_in(article, "the old bridge is safe"), factories.published_claim()
    workflow.merge_claims(ending, into=lasting, reason="The same thing.", by=editor)
    assert "Merged into another claim" in html(client, addresses.article_page(article))


def test_a_wrong_slug_leads_to_the_right_one(client: Client) -> None:
    article = article_of()
    claim_in(article, "the old bridge is safe")
    for wrong in ("", "wrong/"):
        response = client.get(f"/articles/{article.public_id}/{wrong}?a=1")
        location = f"{addresses.article_page(article)}?a=1"
        assert (response.status_code, response["Location"]) == (301, location)


def test_the_language_of_the_article_is_declared(client: Client) -> None:
    article = factories.ArticleFactory(
        title="Ein Bericht", text="Die Brücke ist sicher.", language="de", licence="full_text"
    )
    claim_in(article, "Die Brücke")
    page = html(client, addresses.article_page(article))
    assert '<div class="reading__text" dir="auto" lang="de">' in page


def test_the_digest_of_the_frozen_text_is_shown(client: Client) -> None:
    article = article_of()
    claim_in(article, "the old bridge is safe")
    assert article.sha256 in html(client, addresses.article_page(article))


@pytest.mark.parametrize("rows", [1, 20])
def test_the_article_page_costs_four_queries(client, django_assert_num_queries, rows) -> None:
    article = article_of()
    for _ in range(rows):
        claim_in(article, "the old bridge is safe")
    # 1 the article with its publisher, 2 its published claims with their documents, 3 what was erased of quotes that
    # readers cannot see, 4 the versions beside it
    with django_assert_num_queries(4):
        html(client, addresses.article_page(article))


def test_a_place_that_was_withdrawn_is_told_and_no_longer_marked(
    client: Client, editor: User
) -> None:
    article = article_of()
    claim = claim_in(article, "the old bridge is safe")
    workflow.withdraw_appearance(claim.appearances.get(), reason="Another bridge.", by=editor)
    page = html(client, addresses.article_page(article))
    assert marked(page) == []
    assert re.search(r"Withdrawn on .*: Another bridge\.", words(page))
    assert f'href="{path_of(claim)}"' in page


def test_words_that_were_removed_stay_removed_when_their_place_is_withdrawn(
    client: Client, editor: User, second_editor: User
) -> None:
    article = article_of()
    row = claim_in(article, "the old bridge is safe").appearances.get()
    request = workflow.propose_redaction(
        row.entry, fields=["appearance.exact"], reason=RedactionReason.SAFETY, by=editor
    )
    workflow.redact_text(request, by=second_editor)
    workflow.withdraw_appearance(row, by=editor)
    page = html(client, addresses.article_page(article))
    assert "the old bridge is safe" not in page
    assert "[removed: safety of a person]" in words(page)
