"""remember_import: a claim recorded step by step is known to have come from a row of a source."""

from __future__ import annotations

from claims.models import Claim, ImportRecord, User
from claims.workflow import (
    ClaimDraft,
    ImportedClaim,
    import_claims,
    remember_import,
)
from tests.workflow.observing import everything, refused


def test_the_row_is_remembered(claim: Claim, importer: User) -> None:
    record = remember_import(claim, source="seeds", key="row 1", by=importer)
    stored = ImportRecord.objects.get()
    assert stored == record
    assert (stored.claim, stored.source, stored.key) == (claim, "seeds", "row 1")


def test_a_remembered_row_is_not_brought_in_again(claim: Claim, importer: User) -> None:
    remember_import(claim, source="seeds", key="row 1", by=importer)
    before = everything()
    row = ImportedClaim(key="row 1", claim=ClaimDraft(wording="Again."))
    result = import_claims([row], source="seeds", origin="Archive", by=importer)
    assert result.known == {"row 1"}
    assert everything() == before


def test_a_row_is_remembered_once(claim: Claim, importer: User) -> None:
    remember_import(claim, source="seeds", key="row 1", by=importer)
    with refused("already", field="key"):
        remember_import(claim, source="seeds", key="row 1", by=importer)


def test_a_key_that_says_nothing_is_refused(claim: Claim, importer: User) -> None:
    with refused("may not be empty", field="key"):
        remember_import(claim, source="seeds", key=" ", by=importer)
    with refused("at most 200", field="source"):
        remember_import(claim, source="x" * 201, key="row 1", by=importer)
