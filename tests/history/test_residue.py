"""After a redaction the erased text is in none of SQLite's files, its write-ahead log included."""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path

import pytest
from django.db import connection

from claims import workflow
from claims.models import Claim
from claims.vocabulary import Role
from claims.workflow.checking import check_register
from tests import factories
from tests.history.ledger import ON_POSTGRES

pytestmark = [
    pytest.mark.usefixtures("committing_database"),
    pytest.mark.skipif(
        ON_POSTGRES, reason="PostgreSQL keeps dead rows until its owner rewrites them"
    ),
]
SECRET = "Xanthippe"


@pytest.fixture
def published(committing_database: None) -> Claim:
    """A public claim that says the secret in short values and in some longer than a page."""
    claim = factories.ClaimFactory(
        wording=f"{SECRET} built it.", claimant=factories.ClaimantFactory(name=SECRET)
    )
    factories.EvidenceFactory(claim=claim, excerpt=f"{SECRET} " * 1_500, title=SECRET)
    factories.give_verdict(claim, rationale=f"{SECRET} " * 1_000)
    return claim


def files() -> dict[str, bytes]:
    """Return what stands in the database's files, by the end of their names."""
    name = str(connection.settings_dict["NAME"])
    return {end: Path(name + end).read_bytes() for end in ("", "-wal")}


def says(data: bytes) -> bool:
    return SECRET.lower().encode() in data.lower()


def erase_everything(claim: Claim) -> None:
    """Erase each value that holds the secret."""
    editor, other = factories.person(Role.EDITOR), factories.person(Role.EDITOR)
    for entry in list(claim.entries.in_order()):
        values = workflow.erasable_fields(entry)
        fields = [name for name, (value, _) in values.items() if SECRET in value]
        if fields:
            factories.erase(entry, *fields, by=editor, and_by=other)


def test_the_erased_text_is_in_no_file(published: Claim) -> None:
    assert says(files()["-wal"])
    erase_everything(published)
    after = files()
    assert after["-wal"] == b""
    assert not says(after[""])
    assert list(check_register()) == []


def test_a_reader_of_an_earlier_state_delays_it_and_a_warning_says_so(
    published: Claim, caplog: pytest.LogCaptureFixture
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 0")
    reader = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    try:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM claims_evidence").fetchone()
        with caplog.at_level(logging.WARNING):
            erase_everything(published)
    finally:
        reader.close()
        connection.close()
    assert "Erased text may still stand in the write-ahead log" in caplog.text
    assert Claim.objects.get(pk=published.pk).wording == ""
