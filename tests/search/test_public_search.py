"""What readers' searches show: marked words, the best first, a better spelling, and claims that a text repeats."""

from __future__ import annotations

import pytest
from django.test import Client

from claims.models import Claim, User
from claims.search.public import best_published, did_you_mean, marked, repeated_in
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
    assert [[one.claim for one in near] for near in found] == [[claim], [], []]
