"""Signing in to the desk, and one claim at each stage as its pages need it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from claims.models import Article, User
from tests import factories

SignIn = Callable[[User], Client]
TEXT = (
    "The mayor said the old bridge is safe. The council denied that work was late.\n\n"
    "“We will finish in May,” the mayor said."
)


@pytest.fixture
def sign_in() -> SignIn:
    """Return a way to get a browser of one's own."""

    def signed_in(person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return signed_in


@pytest.fixture
def boss(db: None) -> User:
    """The superuser, whom the rules bind as well."""
    return User.objects.create_superuser("root", "root@example.org", "pw")


@pytest.fixture
def article(contributor: User) -> Article:
    """A short report with three attributed statements."""
    return factories.ArticleFactory(
        title="Bridge report", text=TEXT, published_on=date(2025, 3, 1), by=contributor
    )
