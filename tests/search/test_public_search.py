"""What readers' searches show: marked words, the best first, a better spelling, and claims that a text repeats."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client

from claims.models import Claim, User
from claims.search.engine.both import TABLE
from claims.search.public import (
    best_published,
    did_you_mean,
    find_published,
    marked,
    repeated_in,
)
from tests import factories
from tests.public.pages import html, words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "typed", "shown"),
    [
        ("The bridges stand.", "bridge", "The <mark>bridges</mark> stand."),
        ("An Élysée visit", "elysee", "An <mark>Élysée</mark> visit"),
        ("Vaccination works", "vacc*", "<mark>Vaccination</mark> works"),
        ("One <b> & two", "two -one", "One &lt;b&gt; &amp; <mark>two</mark>"),
        ("<mark>x</mark>", "mark", "&lt;<mark>mark</mark>&gt;x&lt;/<mark>mark</mark>&gt;"),
        ("Nothing here", '"', "Nothing here"),
    ],
)
def test_words_are_marked_in_escaped_text(text: str, typed: str, shown: str) -> None:
    assert marked(text, typed) == shown


def test_the_list_marks_what_was_searched_for(client: Client) -> None:
    factories.published_claim(wording="The <i>old</i> bridges stand.")
    assert "&lt;i&gt;old&lt;/i&gt; <mark>bridges</mark>" in html(client, "/claims/?q=bridge")


def test_the_best_match_comes_first_and_pages_hold_twenty(client: Client) -> None:
    best = factories.published_claim(wording="Bridge.")
    for number in range(21):
        factories.published_claim(wording=f"The bridge of town number {number} is long and old.")
    assert best_published("bridge", Claim.objects.listed())[0] == best.pk
    first = html(client, "/claims/?q=bridge&order=relevance")
    assert first.index("item__claim") < first.index(best.public_id)
    assert first.count("item__claim") == 20
    assert "/claims/?q=bridge&amp;order=relevance&amp;page=2" in first
    assert html(client, "/claims/?q=bridge&order=relevance&page=2").count("item__claim") == 2
    refused = html(client, "/claims/?q=bridge&order=relevance&page=11", 400)
    assert "it is no number from 1 to 10." in refused


@pytest.mark.parametrize("few", [0, 2_000])
@pytest.mark.parametrize(
    ("typed", "number"),
    [("bridge", 22), ("bridge -town", 1), ("-bridge", 1), ('"bridge of town"', 21)],
)
def test_common_words_find_what_rare_ones_would(
    client: Client, monkeypatch, few: int, typed: str, number: int
) -> None:
    monkeypatch.setattr("claims.search.public.FEW", few)
    factories.published_claim(wording="A bridge.")
    factories.published_claim(wording="A tunnel.")
    for count in range(21):
        factories.published_claim(wording=f"The bridge of town number {count}.")
    first = html(client, f"/claims/?q={quote(typed)}")
    assert first.count("item__claim") == min(number, 20)
    older = re.findall(r'rel="next" href="([^"]+)"', first)
    rest = html(client, unescape(older[0])).count("item__claim") if older else 0
    assert (rest, f"{number} claim" in words(first)) == (max(number - 20, 0), True)


@pytest.mark.parametrize("shown", [0, 20])
def test_what_few_claims_hold_is_looked_for_once_and_then_by_keys(
    django_assert_num_queries: Any, shown: int
) -> None:
    for number in range(shown):
        factories.published_claim(wording=f"The bridge number {number}.")
    # 1 which claims hold the word, 2 these
    with django_assert_num_queries(2) as asked:
        assert len(find_published("bridge")) == shown
    index = [TABLE in query["sql"] for query in asked.captured_queries]
    assert index == [True, False]


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL's planner counts words itself"
)
def test_what_many_claims_hold_is_met_in_the_order_of_the_list(monkeypatch) -> None:
    factories.published_claim(wording="A bridge.")
    assert "INDEX claim_newest" not in find_published("bridge").newest_first().explain()
    monkeypatch.setattr("claims.search.public.FEW", 0)
    assert "INDEX claim_newest" in find_published("bridge").newest_first().explain()


def test_relevance_shows_chosen_public_claims_alone(editor: User) -> None:
    factories.ClaimFactory(wording="The hidden bridge.", by=editor)
    shown = factories.published_claim(wording="A bridge.")
    assert best_published("bridge", Claim.objects.listed()) == [shown.pk]
    assert best_published("bridge", Claim.objects.listed().with_status("disputed")) == []


def test_a_misspelt_word_is_put_right_by_words_of_public_claims(client: Client) -> None:
    factories.published_claim(wording="The vaccine is compulsory.")
    assert did_you_mean("vacine compulsery") == "vaccine compulsory"
    page = html(client, "/claims/?q=vacine")
    assert "Did you mean vaccine ?" in words(page)
    assert 'href="/claims/?q=vaccine"' in page


def test_no_word_of_an_unpublished_claim_is_offered(editor: User) -> None:
    factories.ClaimFactory(wording="The vaccine is secret.", by=editor)
    assert did_you_mean("vacine") == ""


@pytest.mark.parametrize("typed", ["", "vaccine", "qqqqqqqq", "-", '"'])
def test_nothing_is_offered_where_nothing_is_better(typed: str) -> None:
    factories.published_claim(wording="The vaccine is compulsory.")
    assert did_you_mean(typed) == ""


def test_a_sentence_shows_the_claims_it_may_repeat_and_no_others(editor: User) -> None:
    claim = factories.published_claim(
        wording="The old harbour bridge carries ninety lorries a day."
    )
    factories.ClaimFactory(wording="The old harbour bridge carries lorries in secret.", by=editor)
    found = repeated_in(
        [
            "Ninety lorries a day cross the harbour bridge, which is old, she said.",
            "The weather was fine on the old market.",
            "",
        ]
    )
    assert [[one.wording for one in near] for near in found] == [[claim.wording], [], []]
