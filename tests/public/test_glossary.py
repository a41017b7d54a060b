"""The glossary of statuses and terms."""

from __future__ import annotations

import pytest
from django.test import Client

from claims.layout.glossary import CHAPTERS, STATUSES
from claims.vocabulary import DEFINITIONS
from tests.public.pages import Elements, html, words

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
