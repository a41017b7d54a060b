"""The index follows every act, can be made anew, and is checked against the register."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction

from claims.models import Claim, User
from claims.search import index
from claims.search.desk import find_claims
from claims.search.engine import engine_of
from claims.workflow import ImportedClaim, discard_claim, import_claims, merge_claims
from claims.workflow.acting import rebuild_claim
from claims.workflow.checking import check_index, check_register
from claims.workflow.drafts import ClaimDraft
from tests import factories

pytestmark = pytest.mark.django_db
ON_POSTGRES = connection.vendor == "postgresql"


def run(sql: str, *parameters: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def spoil(claim: Claim) -> None:
    """Make the index say something else of a claim."""
    if ON_POSTGRES:
        run("UPDATE claims_search SET search = '' WHERE claim_id = %s", claim.pk)
    else:
        run("UPDATE claims_search SET statement = 'other' WHERE rowid = %s", claim.pk)


def forget(claim: Claim) -> None:
    """Make the index know nothing of a claim."""
    run(f"DELETE FROM claims_search WHERE {'claim_id' if ON_POSTGRES else 'rowid'} = %s", claim.pk)


def warned() -> list[str]:
    return [one.id for one in index.index_is_whole(databases=["default"]) if one.id]


def test_it_is_in_step_after_every_kind_of_act(published: Claim, editor: User) -> None:
    merge_claims(factories.ClaimFactory(), into=published, reason="The same.", by=editor)
    discard_claim(factories.ClaimFactory(wording="A slip."), reason="A slip.", by=editor)
    assert not find_claims("slip").exists()
    assert index.differences() == []
    assert warned() == []


def test_imported_claims_are_found(importer: User) -> None:
    rows = [ImportedClaim(key=str(n), claim=ClaimDraft(wording=f"Import {n}.")) for n in range(3)]
    import_claims(rows, source="test", origin="Test", by=importer)
    assert find_claims("import").count() == 3


def test_an_act_that_is_rolled_back_leaves_no_words(contributor: User) -> None:
    def record_and_fail() -> None:
        with transaction.atomic():
            factories.ClaimFactory(wording="Never said.", by=contributor)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        record_and_fail()
    assert not find_claims("said").exists()
    assert index.has_as_many(connection)


@pytest.mark.parametrize("harm", [spoil, forget])
def test_a_claim_that_is_out_of_step_is_named_and_mended(
    claim: Claim, harm: Callable[[Claim], None]
) -> None:
    harm(claim)
    (finding,) = list(check_register())
    assert str(finding) == f"search index: is out of step with the claim with id {claim.pk}"
    rebuild_claim(claim)
    assert list(check_index()) == []


def test_a_row_without_a_claim_is_named(claim: Claim) -> None:
    if ON_POSTGRES:
        run("INSERT INTO claims_search VALUES (999999, '')")
    else:
        run("INSERT INTO claims_search(rowid, statement) VALUES (999999, '')")
    (finding,) = list(check_index())
    assert finding.what == "is out of step with the claim with id 999999"
    assert warned() == ["claims.W002"]


def test_a_missing_index_is_named_and_made_anew(claim: Claim) -> None:
    engine_of(connection).drop(connection)
    assert [str(finding) for finding in check_index()] == ["search index: is missing"]
    assert warned() == []
    output = StringIO()
    call_command("rebuild_search", stdout=output)
    assert output.getvalue() == "1 claims can be found by their words.\n"
    assert list(check_index()) == []
    assert find_claims(claim.wording).get() == claim


def test_an_index_that_misses_claims_is_filled_after_a_migrate(claim: Claim) -> None:
    forget(claim)
    assert warned() == ["claims.W002"]
    index.follow_migrations(connections["default"])
    assert index.differences() == []


def test_what_is_right_is_not_written_again(claim: Claim) -> None:
    before = pages()
    index.reindex([claim.pk])
    index.reindex([])
    assert pages() == before


def pages() -> list[object]:
    """Return something that changes with every writing of the index."""
    version = "xmin::text, ctid::text" if ON_POSTGRES else "id, block"
    table = "claims_search" if ON_POSTGRES else "claims_search_data"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {version} FROM {table}")
        return list(cursor.fetchall())


@pytest.mark.skipif(not ON_POSTGRES, reason="SQLite folds accents by itself")
@pytest.mark.postgres
def test_without_unaccent_searches_go_on_and_a_warning_says_what_to_do(
    claim: Claim, caplog: pytest.LogCaptureFixture
) -> None:
    engine_of(connection).drop(connection)
    run("DROP EXTENSION unaccent")
    run("CREATE ROLE search_tenant")
    run("GRANT USAGE, CREATE ON SCHEMA public TO search_tenant")
    run("GRANT SELECT ON ALL TABLES IN SCHEMA public TO search_tenant")
    run("SET LOCAL ROLE search_tenant")
    for _ in index.rebuild():
        continue
    assert "Searches will not fold accents: permission denied" in caplog.text
    assert "CREATE EXTENSION unaccent" in caplog.text
    assert find_claims(claim.wording).get() == claim
    assert warned() == ["claims.W003"]
