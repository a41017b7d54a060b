"""What begins at the moment at which a restoration begins: PostgreSQL has it wait, and one of the two is refused."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from claims.history import bulk
from claims.models import HistoryEntry, Restoration
from claims.vocabulary import Role
from tests import factories
from tests.history.ledger import ON_POSTGRES
from tests.scratch import until

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(not ON_POSTGRES, reason="SQLite has one writer at a time"),
    pytest.mark.usefixtures("committing_database"),
]
WAITING = """SELECT count(*) FROM pg_locks WHERE NOT granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"""


def restoration() -> None:
    an_hour_ago = timezone.now() - timedelta(hours=1)
    bulk.begin(manifest_sha256="a" * 64, origin="x", whole=True, as_of=an_hour_ago)


def first_entry() -> None:
    factories.ClaimFactory.create(by=factories.person(Role.EDITOR))


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return bool(cursor.fetchone()[0])


@pytest.mark.parametrize(
    ("first", "second", "refusal", "reason", "left"),
    [
        (restoration, restoration, IntegrityError, "another has begun", (1, 0)),
        (first_entry, restoration, IntegrityError, "has entries already", (0, 1)),
        (restoration, first_entry, ValidationError, "being rebuilt", (1, 0)),
    ],
)
def test_the_second_waits_and_is_refused(
    first: Callable[[], None],
    second: Callable[[], None],
    refusal: type[Exception],
    reason: str,
    left: tuple[int, int],
) -> None:
    def beside() -> Any:
        try:
            with transaction.atomic():
                second()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            answer = pool.submit(beside)
            until(lambda: somebody_waits() or answer.done())
            assert not answer.done()
        with pytest.raises(refusal, match=reason):
            answer.result(timeout=60)
    assert (Restoration.objects.count(), HistoryEntry.objects.count()) == left
