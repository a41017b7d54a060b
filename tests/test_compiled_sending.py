"""Statements sent to the driver itself: planned once on PostgreSQL where that is allowed, refused as Django refuses."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from claims.models import Claim, HistoryEntry
from claims.models.compiled_sending import Statement
from tests.test_compiled_rows import NUMBERS

OF_ENTRIES = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s"
ASKED = '%FROM "claims_historyentry"%'


def plans_kept() -> int:
    """Return for how many statements about entries PostgreSQL keeps a plan for this connection."""
    with connection.cursor() as cursor:
        cursor.execute(OF_ENTRIES, [ASKED])
        return int(cursor.fetchone()[0])


@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL")
def test_what_is_asked_by_keys_again_and_again_is_planned_once(claim: Claim) -> None:
    found = [NUMBERS.rows(claim.pk) for _ in range(10)]
    assert all(one == found[0] for one in found)
    assert plans_kept()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL")
def test_behind_a_pooler_nothing_is_planned_ahead(
    claim: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    connection.connection._prepared.clear()
    monkeypatch.setattr(connection.connection, "prepare_threshold", None)
    for _ in range(10):
        NUMBERS.rows(claim.pk)
    assert not plans_kept()


def test_a_refusal_of_the_driver_is_one_of_django(claim: Claim) -> None:
    again = Statement.on(connection, "INSERT INTO claims_unsealed (entry_id) VALUES (%s)")
    entry = HistoryEntry.objects.get(claim=claim, number=1)
    assert again.changed(connection, [entry.pk]) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        again.changed(connection, [entry.pk])


@pytest.mark.django_db
def test_numbers_of_every_size_are_asked_for() -> None:
    for key in (1, 2**20, 2**40):
        assert not NUMBERS.rows(key)
