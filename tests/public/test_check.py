"""“Check a text”: what a text or the page behind a link may repeat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client

from claims import addresses
from claims.fetching import FetchFailed, FetchRefused
from claims.matching import given, occurrences
from claims.models import User
from claims.public.views import check
from tests import factories
from tests.public.pages import words
from tests.workflow.fetching_of import fetched, page

pytestmark = pytest.mark.django_db
CLAIM = "The old harbour bridge carries ninety lorries a day."
TEXT = "The mayor spoke on Friday. Ninety lorries a day cross the old harbour bridge, she said."


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    cache.clear()


@dataclass
class Served:
    """Stands in for the fetcher: answers with a page, or raises."""

    answer: Any

    def fetch(self, url: str, **kwargs: Any) -> Any:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def sent(client: Client, status: int = 200, **fields: str) -> str:
    response = client.post("/check/", fields)
    assert response.status_code == status
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies
    return response.content.decode()


def test_a_sentence_that_shares_words_shows_the_claim_and_its_status(client: Client) -> None:
    claim = factories.published_claim(wording=CLAIM)
    shown = sent(client, text=TEXT)
    assert "1 sentence may repeat a known claim" in shown
    assert f"/claims/{claim.public_id}/" in shown
    assert "Confirmed" in shown
    assert "2 sentences were looked at." in words(shown)


@pytest.mark.parametrize(
    ("most", "told"),
    [(2, None), (1, "The 1 after them was not."), (0, "The 2 after them were not.")],
)
def test_how_many_sentences_were_left_is_told(
    client: Client, monkeypatch: pytest.MonkeyPatch, most: int, told: str | None
) -> None:
    monkeypatch.setattr(occurrences, "MOST_SENTENCES", most)
    shown = words(sent(client, text=TEXT))
    assert (told in shown) if told else ("after them" not in shown)


def test_unpublished_claims_are_not_told(client: Client, editor: User) -> None:
    factories.ClaimFactory(wording=CLAIM, by=editor)
    assert "0 sentences may repeat a known claim" in sent(client, text=TEXT)


def test_a_form_that_is_only_looked_at_sets_no_cookie_and_asks_nothing(client: Client) -> None:
    response = client.get("/check/")
    assert response.status_code == 200
    assert not response.cookies
    assert "no-store" in response.headers["Cache-Control"]


def test_another_site_can_have_it_asked_for_it_changes_nothing() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/check/", {"text": "Anything at all is here."}).status_code == 200


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, "Paste a text, or give the address of a page."),
        ({"text": "a" * 50_001}, "The text has 50001 characters; at most 50000 can be checked."),
        ({"link": "ftp://a.example/"}, "The address must begin with http:// or https://."),
        ({"link": "http://127.0.0.1/"}, "This address is not fetched."),
    ],
)
def test_what_is_refused_is_said_and_kept_in_the_form(client, fields: Any, reason: str) -> None:
    shown = sent(client, 400, **fields)
    assert reason in words(shown)
    assert all(value in shown for value in fields.values())


def test_a_text_is_shown_escaped_again(client: Client) -> None:
    shown = sent(client, text="</textarea><script>alert(1)</script> is what it says here.")
    assert "<script>" not in shown


def test_a_page_that_is_known_is_not_fetched(client: Client, monkeypatch, editor: User) -> None:
    monkeypatch.setattr(given, "FETCHER", Served(AssertionError("fetched")))
    article = factories.ArticleFactory(url="https://news.example/a", by=editor)
    quote = factories.appearance_draft(article, "is safe")
    factories.published_claim(appearance=quote)
    shown = sent(client, link="https://news.example/a")
    assert addresses.article_page(article) in shown


def test_a_page_is_fetched_and_read(client: Client, monkeypatch) -> None:
    factories.published_claim(wording="The inspection found two cracks in the northern pier.")
    monkeypatch.setattr(given, "FETCHER", Served(fetched(page())))
    assert "1 sentence may repeat" in sent(client, link="https://gazette.example/bridge")


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (FetchRefused("Secret reason."), "This address is not fetched."),
        (FetchFailed("Secret reason."), "The page could not be fetched. Paste its text."),
    ],
)
def test_why_a_page_is_not_read_is_said_without_telling_of_our_network(
    client, monkeypatch, error: Exception, reason: str
) -> None:
    monkeypatch.setattr(given, "FETCHER", Served(error))
    shown = sent(client, 400, link="https://gazette.example/bridge")
    assert reason in shown
    assert "Secret" not in shown


def test_too_many_texts_in_a_short_time_are_refused_and_kept(client: Client, settings) -> None:
    settings.FACTCHECK_CHECK_RATE = "1/day"
    sent(client, text=TEXT)
    response = client.post("/check/", {"text": TEXT})
    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) > 0
    page = response.content.decode()
    assert "Please try again in" in words(page)
    assert "The mayor spoke on Friday." in page
    assert "no-store" in response["Cache-Control"]
    assert client.post("/de/check/", {"text": TEXT}).status_code == 429
    assert client.post("/check/", {"text": TEXT}, REMOTE_ADDR="192.0.2.9").status_code == 200


@pytest.mark.parametrize("sentences", [1, 20])
def test_all_sentences_together_cost_three_queries(
    client, django_assert_num_queries, sentences: int
) -> None:
    for number in range(sentences):
        factories.published_claim(wording=f"The old harbour bridge number {number} is closed.")
    text = " ".join(f"The harbour bridge number {n} is closed today." for n in range(sentences))
    # 1 how many claims hold each word, 2 those nearest to each sentence, 3 the claims of them all
    with django_assert_num_queries(3):
        sent(client, text=text)


def test_a_text_larger_than_any_form_takes_is_said_to_be_too_much(client: Client) -> None:
    kind = "application/x-www-form-urlencoded"
    response = client.post("/check/", f"text={'a' * 6_000_000}", content_type=kind)
    assert response.status_code == 413
    assert "too much at once" in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_a_register_that_does_not_answer_asks_to_come_back(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*args: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(check, "occurring_in", failing)
    sent(client, 503, text=TEXT)
