"""What was sent becomes one text, or is refused by name; of an address nothing is told of our own network."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import Any

import pytest

from claims.desk_vocabulary import FetchTrouble
from claims.fetching import FetchFailed, FetchRefused
from claims.matching import given
from claims.matching.given import NotRead, Why, fetched_page, sent_page, typed_text
from tests.workflow.fetching_of import PARAGRAPHS, fetched, page


class Served:
    """Stands in for the fetcher: answers with a page, or raises."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def fetch(self, url: str, **kwargs: Any) -> Any:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def test_a_typed_text_is_put_in_one_form() -> None:
    read = typed_text("Cafe\u0301\r\nsaid\x07 so")
    assert read.text == "Café\nsaid so"
    assert unicodedata.is_normalized("NFC", read.text)
    assert read.sha256 == hashlib.sha256(read.text.encode()).hexdigest()


def test_a_text_is_read_no_further_than_so_far() -> None:
    read = typed_text("a" * (given.LONGEST_TEXT + 1))
    assert (len(read.text), read.cut) == (given.LONGEST_TEXT, True)
    assert not typed_text("a" * given.LONGEST_TEXT).cut


@pytest.mark.parametrize("text", ["a\0b", "half \ud800 of one"])
def test_what_is_no_text_is_refused(text: str) -> None:
    for read in (typed_text, sent_page):
        with pytest.raises(NotRead) as refused:
            read(text)
        assert refused.value.told


def test_a_page_is_read_as_an_article() -> None:
    read = sent_page(page().decode(), url="https://gazette.example/bridge")
    assert read.text == "\n\n".join(PARAGRAPHS)
    assert (read.title, read.language) == ("Bridge closed", "en-GB")
    assert read.url == "https://gazette.example/bridge"


def test_a_page_without_an_article_is_refused() -> None:
    with pytest.raises(NotRead) as refused:
        sent_page("<html><body></body></html>")
    assert refused.value.why == Why.NO_ARTICLE


def test_a_link_is_fetched_and_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(given, "FETCHER", Served(fetched(page())))
    assert fetched_page("https://gazette.example/bridge").text == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (FetchRefused("Secret.", trouble=FetchTrouble.PRIVATE), Why.NOT_FETCHED),
        (FetchFailed("Secret.", trouble=FetchTrouble.NO_HOST), Why.NOT_FETCHED),
        (FetchFailed("Secret.", status=500, trouble=FetchTrouble.BUSY), Why.NOT_ANSWERED),
    ],
)
def test_a_host_of_our_own_network_is_answered_as_one_that_is_not_there(
    monkeypatch: pytest.MonkeyPatch, error: Exception, why: Why
) -> None:
    monkeypatch.setattr(given, "FETCHER", Served(error))
    with pytest.raises(NotRead) as refused:
        fetched_page("https://gazette.example/bridge")
    assert refused.value.why == why
    assert "Secret" not in refused.value.told


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://169.254.169.254/latest/",
        "ftp://a.example/",
        "http://a:b@c/",
    ],
)
def test_only_public_addresses_are_fetched(url: str) -> None:
    with pytest.raises(NotRead) as refused:
        fetched_page(url)
    assert refused.value.why == Why.NOT_FETCHED
