"""An export is made out of one state, however much is recorded meanwhile, and keeps nobody from recording."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection

from claims.exports.writing import snapshot, write_export
from claims.models import Claim, HistoryEntry
from tests import factories


@pytest.mark.usefixtures("committing_database")
def test_a_snapshot_stands_still_while_writers_go_on(tmp_path: Path) -> None:
    claim = factories.published_claim()

    def record() -> None:
        try:
            factories.EvidenceFactory.create(claim=Claim.objects.get(pk=claim.pk))
        finally:
            connection.close()

    with snapshot(), ThreadPoolExecutor(1) as writers:
        before = HistoryEntry.objects.count()
        writers.submit(record).result(timeout=60)
        assert HistoryEntry.objects.count() == before
    assert HistoryEntry.objects.count() == before + 1
    export = write_export(tmp_path)
    assert export.manifest.entries == before + 1
    factories.EvidenceFactory.create(claim=claim)  # the connection writes again
