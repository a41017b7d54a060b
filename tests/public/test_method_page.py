"""The page about the method, the word to robots, and the icon."""

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


def test_an_icon_asked_for_by_its_old_name_leads_to_ours(client: Client) -> None:
    response = client.get("/favicon.ico")
    assert response.status_code == 302
    assert response["Location"] == "/static/claims/favicon.svg"
    assert "max-age=" in response["Cache-Control"]
    assert not response.cookies
