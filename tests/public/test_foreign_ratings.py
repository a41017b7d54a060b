"""What other fact-checkers said of a claim stands on its page in their own words, with who said it."""

from __future__ import annotations

from django.test import Client

from claims.models import Claim, User
from claims.vocabulary import RatedAs
from tests import factories
from tests.public.pages import path_of


def test_another_desks_rating_is_told_with_who_gave_it_and_what_it_comes_to(
    client: Client, published: Claim, editor: User
) -> None:
    factories.EvidenceFactory(
        claim=published,
        rating="Pants on Fire",
        rated_as=RatedAs.FALSE,
        publisher_name="PolitiFact",
        publisher=None,
        by=editor,
    )
    page = client.get(path_of(published)).content.decode()
    assert 'Rated <q dir="auto">Pants on Fire</q> by <bdi>PolitiFact</bdi>' in page
    assert "in our words: false" in page
