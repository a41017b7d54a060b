"""The DataFeed as its consumers read it: as a whole, and by one who cuts the head off the first megabyte."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import pytest

from claims import workflow
from claims.interop.datafeed import Publisher, feed_text
from claims.models import Claim, User
from claims.vocabulary import Precision
from tests import factories
from tests.public.pages import document, everything

pytestmark = pytest.mark.django_db
PUBLISHER = Publisher("The Register", "https://register.example", "https://licence.example/")
# To the letter what a consumer strips from the beginning.
HEAD = """{
  "@context" : "http://schema.org",
  "@type" : "DataFeed",
  "dataFeedElement" : [ """


def feed(claims: Iterable[Claim]) -> str:
    return "".join(feed_text((document(claim) for claim in claims), PUBLISHER))


def reviews(text: str) -> list[dict[str, Any]]:
    found = json.loads(text)
    assert list(found) == ["@context", "@type", "dataFeedElement"]
    return [item for element in found["dataFeedElement"] for item in element["item"]]


def complete_elements(beginning: str) -> list[dict[str, Any]]:
    """Read as many whole elements as there are, as one does who has only the beginning of the file."""
    assert beginning.startswith(HEAD)
    rest, found = beginning.removeprefix(HEAD), []
    decoder = json.JSONDecoder()
    while rest.startswith("{"):
        try:
            element, end = decoder.raw_decode(rest)
        except ValueError:
            break
        found.append(element)
        rest = rest[end:].removeprefix(", ")
    return found


@pytest.mark.parametrize("number", [0, 1, 3])
def test_a_feed_begins_with_its_head_and_is_json(number: int) -> None:
    claims = [factories.published_claim() for _ in range(number)]
    text = feed(claims)
    assert text.startswith(HEAD)
    assert [one["claimReviewed"] for one in reviews(text)] == [claim.wording for claim in claims]


def test_the_beginning_of_a_feed_can_be_read() -> None:
    claims = [factories.published_claim() for _ in range(3)]
    text = feed(claims)
    cut = text[: text.index(claims[2].wording)]
    assert len(complete_elements(cut)) == 2
    assert len(complete_elements(text)) == 3


def test_an_element_has_what_consumers_index() -> None:
    claim = everything("a text").claim
    (element,) = json.loads(feed([claim]))["dataFeedElement"]
    assert element["@type"] == "DataFeedItem"
    assert datetime.fromisoformat(element["dateCreated"].removesuffix("Z")).year > 2000
    (review,) = element["item"]
    assert review["url"] == element["url"]
    assert date.fromisoformat(review["datePublished"]).year > 2000
    assert review["author"] == review["sdPublisher"]
    assert review["author"]["name"] == "The Register"
    assert review["reviewRating"]["alternateName"] == "Disputed"
    assert review["sdLicense"] == "https://licence.example/"
    assert isinstance(review["itemReviewed"]["author"], dict)


def test_places_are_a_list_of_objects_with_an_address() -> None:
    article = factories.ArticleFactory(url="https://news.example/one", text="The ferry is late.")
    place = factories.appearance_draft(article, "The ferry is late.")
    claim = factories.published_claim(appearance=place)
    (review,) = reviews(feed([claim]))
    assert review["itemReviewed"]["appearance"] == [{"url": "https://news.example/one"}]
    assert review["itemReviewed"]["firstAppearance"] == {"url": "https://news.example/one"}


def test_a_day_that_is_not_known_would_lose_the_record_and_is_left_out() -> None:
    claim = factories.published_claim(said_on=date(2024, 11, 1), said_on_precision=Precision.MONTH)
    (review,) = reviews(feed([claim]))
    assert "datePublished" not in review["itemReviewed"]


def test_claims_without_a_verdict_in_force_are_not_in_it(published: Claim, editor: User) -> None:
    other = factories.published_claim()
    workflow.void_verdict(published, reason="We misread it.", by=editor)
    assert [one["claimReviewed"] for one in reviews(feed([published, other]))] == [other.wording]


@pytest.mark.parametrize("text", ["</script><b>", "a\u2028b\u2029", 'q " \\ : [ {'])
def test_hostile_words_end_nothing(text: str) -> None:
    claim = factories.published_claim(wording=f"It {text} is.")
    written = feed([claim])
    assert [one["claimReviewed"] for one in reviews(written)] == [f"It {text} is."]
    assert not set("<>&\u2028\u2029") & set(written)
