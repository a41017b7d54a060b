"""The glossary of statuses and terms."""

from __future__ import annotations

import pytest
from django.test import Client

from claims.layout.glossary import CHAPTERS, STATUSES
from claims.models import Claim
from claims.vocabulary import DEFINITIONS
from tests.public.pages import Elements, html, path_of, words

LINKED = [
    "confirmed",
    "unconfirmed",
    "disputed",
    "withdrawn",
    "claim",
    "appearance",
    "evidence",
    "stance",
    "primary-source",
    "origin",
    "verdict",
    "cause",
    "override",
    "memento",
]


@pytest.mark.parametrize("anchor", LINKED)
def test_each_term_is_found_at_an_anchor_of_its_own(client: Client, anchor: str) -> None:
    ids = [attrs.get("id") for _, attrs in Elements.of(html(client, "/statuses/"))]
    assert ids.count(anchor) == 1


def test_no_anchor_is_given_twice() -> None:
    terms = [*STATUSES, *(term for chapter in CHAPTERS for term in chapter.terms)]
    anchors = [*(term.anchor for term in terms), *(chapter.anchor for chapter in CHAPTERS)]
    assert len(anchors) == len(set(anchors))


def test_the_statuses_are_defined_in_the_words_that_reviewers_and_clients_read(client) -> None:
    page = words(html(client, "/statuses/"))
    for definition in DEFINITIONS.values():
        assert str(definition) in page


def test_it_costs_no_query_and_is_there_in_german(client, db, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        html(client, "/statuses/")
        german = html(client, "/de/statuses/")
    assert 'lang="de"' in german


def test_the_verdict_and_the_list_by_status_lead_to_what_the_status_means(
    client: Client, published: Claim
) -> None:
    for page in ("/claims/?status=confirmed", path_of(published)):
        assert 'href="/statuses/#confirmed"' in html(client, page)
    assert 'href="/de/statuses/#statuses"' in html(client, "/de/claims/")
