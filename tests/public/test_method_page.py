"""The page about the method, the word to robots, and the icon."""

from __future__ import annotations

import pytest
from django.test import Client

from claims.models import MethodVersion, User
from claims.vocabulary import VerificationStatus
from tests import factories
from tests.public.pages import html, words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", [*VerificationStatus, "withdrawn"])
def test_every_status_is_explained_at_an_address_of_its_own(client: Client, status: str) -> None:
    assert f'id="{status}"' in html(client, "/method/")


def test_it_tells_how_to_check_a_claim_offline(client: Client) -> None:
    page = words(html(client, "/method/"))
    assert "python manage.py export_claim CLAIM_ID" in page
    assert "python -m claims.verify bundle.json" in page


def test_it_shows_how_this_desk_works_with_version_and_date(client: Client, editor: User) -> None:
    version = factories.method("Look <twice>.", by=editor, body="## Ours\n\nWe *look*.")
    page = html(client, "/method/")
    assert "<h3>Ours</h3>" in page
    assert "We <em>look</em>." in page
    assert "Look &lt;twice&gt;." in page
    day = version.at.strftime("%-d %B %Y")
    assert f"This is version 2, in force since {day}" in words(page)
    assert "Version 1" in words(page)
    assert editor.public_name not in page


def test_the_text_the_register_came_with_stands_there_first(client: Client, db: None) -> None:
    page = words(html(client, "/method/"))
    assert "What we take up" in page
    assert "This is version 1" in page
    assert "There is no earlier one." in page


def test_a_register_without_any_version_still_explains_itself(client: Client, db: None) -> None:
    MethodVersion.objects.all().delete()
    page = html(client, "/method/")
    assert 'id="desk"' not in page
    assert "What the statuses mean" in page


def test_earlier_versions_stay_at_their_own_address(client: Client, editor: User) -> None:
    factories.method("Look.", by=editor, body="We look once.")
    factories.method("Ask.", by=editor, body="We look twice.")
    response = client.get("/method/versions/2/")
    page = words(response.content.decode())
    assert "We look once." in page
    assert "Look." in page
    assert "version 3 took its place" in page
    assert response["X-Robots-Tag"] == "noindex"
    newest = words(html(client, "/method/versions/3/"))
    assert "took its place" not in newest


@pytest.mark.parametrize("number", ["0", "2", "99999999999999999999999999"])
def test_a_version_that_never_was_is_not_found(client: Client, db: None, number: str) -> None:
    assert client.get(f"/method/versions/{number}/").status_code == 404


def test_the_page_changes_its_mark_with_the_version(client: Client, editor: User) -> None:
    before = client.get("/method/")["ETag"]
    factories.method("Look.", by=editor)
    assert client.get("/method/", headers={"If-None-Match": before}).status_code == 200


@pytest.mark.parametrize("rows", [1, 20])
def test_the_method_pages_take_four_and_three_queries(
    client: Client, editor: User, rows: int, django_assert_num_queries
) -> None:
    for _ in range(rows):
        factories.method(*(f"Look {n} times." for n in range(rows)), by=editor)
    # the version, its items, all versions; what the register was rebuilt from
    with django_assert_num_queries(4):
        html(client, "/method/")
    with django_assert_num_queries(3):
        html(client, "/method/versions/2/")


def test_robots_are_told_to_leave_the_desk_alone(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "Disallow: /admin/" in response.content.decode()


def test_an_icon_asked_for_by_its_old_name_leads_to_ours(client: Client) -> None:
    response = client.get("/favicon.ico")
    assert response.status_code == 302
    assert response["Location"] == "/static/claims/favicon.ico"
    assert "max-age=" in response["Cache-Control"]
    assert not response.cookies


def test_a_version_has_one_address(client: Client, editor: User) -> None:
    factories.method("Look twice.", by=editor)
    assert html(client, "/method/versions/1/")
    for number in ("01", "0001"):
        assert html(client, f"/method/versions/{number}/", 404)
