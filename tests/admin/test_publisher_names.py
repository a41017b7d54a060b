"""Looking publishers up while somebody types."""

from __future__ import annotations

from typing import Any

import pytest

from claims.models import User
from claims.vocabulary import PublisherKind
from tests import factories
from tests.admin.conftest import SignIn

URL = "/admin/claims/publisher/named/"


@pytest.mark.parametrize("typed", ["gaz", "town gaz", "gazette.example", "GAZETTE"])
def test_a_publisher_is_found_by_name_and_domain(
    sign_in: SignIn, contributor: User, typed: str
) -> None:
    factories.PublisherFactory(
        name="Town Gazette", domain="gazette.example", kind=PublisherKind.NEWSPAPER, by=contributor
    )
    factories.PublisherFactory(name="Herald", by=contributor)
    assert sign_in(contributor).get(URL, {"q": typed}).json() == {
        "options": [
            {
                "value": "Town Gazette",
                "label": "Town Gazette",
                "detail": "gazette.example",
                "kind": "Newspaper",
            }
        ]
    }


@pytest.mark.parametrize("typed", ["", "\0", "%", "x" * 60_000])
def test_anything_may_be_typed(sign_in: SignIn, contributor: User, typed: str) -> None:
    factories.PublisherFactory(by=contributor)
    assert sign_in(contributor).get(URL, {"q": typed}).json() == {"options": []}


def test_nobody_else_is_told_names(client: Any, sign_in: SignIn, db: None) -> None:
    assert client.get(URL).status_code == 302
    stranger = factories.UserFactory(is_staff=True)
    assert sign_in(stranger).get(URL, {"q": "gaz"}).status_code == 403


@pytest.mark.parametrize("rows", [1, 20])
def test_it_takes_five_queries(
    sign_in: SignIn, contributor: User, rows: int, django_assert_num_queries
) -> None:
    for number in range(rows):
        factories.PublisherFactory(name=f"Gazette {number}", by=contributor)
    client = sign_in(contributor)
    # session, person, their permissions, their groups' permissions; publishers
    with django_assert_num_queries(5):
        client.get(URL, {"q": "gazette"})
