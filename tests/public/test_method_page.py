"""The page about the method, and the word to robots."""

from __future__ import annotations

import pytest
from django.test import Client

from claims.vocabulary import VerificationStatus
from tests.public.pages import html, words


@pytest.mark.parametrize("status", [*VerificationStatus, "withdrawn"])
def test_every_status_is_explained_at_an_address_of_its_own(client: Client, status: str) -> None:
    assert f'id="{status}"' in html(client, "/method/")


def test_it_tells_how_to_check_a_claim_offline(client: Client) -> None:
    page = words(html(client, "/method/"))
    assert "python manage.py export_claim CLAIM_ID" in page
    assert "python -m claims.verify bundle.json" in page


def test_the_method_page_asks_the_database_nothing(client: Client, db, django_assert_num_queries):
    # Nothing: it says the same whatever the register holds
    with django_assert_num_queries(0):
        html(client, "/method/")


def test_robots_are_told_to_leave_the_desk_alone(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "Disallow: /admin/" in response.content.decode()
