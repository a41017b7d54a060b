"""What earlier versions recorded still verifies: their bytes were hashed without the values that came later."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection

from claims import documents, verify
from claims.history import triggers
from claims.history.replay import replay
from claims.history.sealing import await_seal, seal
from claims.models import Claim, Evidence, HistoryEntry
from claims.workflow.acting import rebuild_claim
from claims.workflow.checking import check_register
from tests.history.earlier import RECORDS, restore
from tests.history.ledger import drop_guard, rolled_back
from tests.management import eventful


@pytest.fixture(params=RECORDS, ids=lambda path: path.stem)
def earlier(request: pytest.FixtureRequest, db: None) -> Iterator[None]:
    """A register as an earlier version left it, its caches derived anew after the upgrade."""
    with rolled_back():
        for name in triggers.wanted(connection):
            drop_guard(name)
        restore(request.param, apps)
        for claim in Claim.objects.all():
            rebuild_claim(claim)
        connection.check_constraints()  # PostgreSQL alters no table that has some outstanding
        triggers.install(connection)
        public = HistoryEntry.objects.filter(claim__published_at__isnull=False)
        await_seal(public.order_by("recorded_at", "claim", "number"))
        seal()
        yield


def test_it_is_sound(earlier: None) -> None:
    assert HistoryEntry.objects.exists()
    assert [str(finding) for finding in check_register()] == []


def test_what_came_later_is_absent_and_not_missing(earlier: None) -> None:
    later = Evidence.objects.values_list("snapshot", "rating", "rated_as")
    assert set(later) == {(None, None, None)}
    for claim in Claim.objects.published():
        document = documents.build(replay(claim))
        assert documents.current(claim) == document
        for piece in document["evidence"]:
            assert (piece["snapshot"], piece["rating"], piece["rated_as"]) == (None, None, None)
            assert "rating" not in piece["redacted"]


def test_its_claims_are_exported_and_verify_offline(earlier: None) -> None:
    for claim in Claim.objects.published():
        assert verify.verify(eventful.exported(claim))
