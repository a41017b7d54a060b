"""Bundles as the register exports them, to verify and to spoil."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Protocol

import pytest
from django.db import transaction

from tests.management import eventful
from tests.verify.forging import Bundle


class Blocker(Protocol):
    """What pytest-django hands out to allow the database where no test does."""

    def unblock(self) -> AbstractContextManager[None]: ...


@pytest.fixture(scope="package")
def texts(django_db_setup: None, django_db_blocker: Blocker) -> Iterator[dict[str, str]]:
    """Bundles as the command prints them: of an eventful claim, of a merged one, of a simple one."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield {
            name: eventful.exported(make())
            for name, make in {
                "eventful": eventful.eventful_claim,
                "merged": eventful.merged_claim,
                "simple": eventful.reviewed_claim,
            }.items()
        }
        transaction.set_rollback(True)


@pytest.fixture
def bundle(texts: dict[str, str]) -> Bundle:
    """A copy of the eventful bundle to spoil."""
    return json.loads(texts["eventful"])  # type: ignore[no-any-return]
