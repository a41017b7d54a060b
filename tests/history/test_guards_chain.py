"""What may be added: an entry out of number, chain or time is refused, and a row of another claim's entry too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from claims.history.canonical import hash_of_leaf
from claims.models import Claim, Evidence, HistoryEntry, Redaction, Verdict, VerdictEvidence
from claims.vocabulary import Act
from tests import factories
from tests.history.ledger import (
    MODELS,
    ON_POSTGRES,
    copy_of,
    drop_guard,
    forged_entry,
    one_of,
    refused_by_database,
    rolled_back,
    run,
)

pytestmark = pytest.mark.usefixtures("ledger", "db")
CHAIN_GUARD = "guard_claims_historyentry_insert"
DAY = timedelta(days=1)
FIVE_HOURS_AHEAD = timezone.get_fixed_timezone(300)


def last_of(claim: Claim) -> HistoryEntry:
    return HistoryEntry.objects.filter(claim=claim).latest("number")


FORGERIES: dict[str, tuple[Callable[[Claim], dict[str, Any]], str]] = {
    "a gap in the numbers": (lambda c: {"number": last_of(c).number + 2}, "no gaps"),
    "a number that is taken": (lambda c: {"number": last_of(c).number}, "no gaps|exists"),
    "a number before the first": (lambda c: {"number": 0}, "no gaps"),
    "an empty previous hash": (lambda c: {"prev_hash": bytes(32)}, "prev_hash"),
    "the hash of another entry": (
        lambda c: {"prev_hash": bytes(c.entries.get(number=1).leaf_hash)},
        "prev_hash",
    ),
    "recorded a day ago": (lambda c: {"recorded_at": timezone.now() - DAY}, "goes forward"),
    "recorded with the last entry": (
        lambda c: {"recorded_at": last_of(c).recorded_at},
        "goes forward",
    ),
    "recorded tomorrow": (lambda c: {"recorded_at": timezone.now() + DAY}, "not now"),
    "recorded in ten seconds": (
        lambda c: {"recorded_at": timezone.now() + timedelta(seconds=10)},
        "not now",
    ),
    "a leaf that was hashed before": (
        lambda c: {"leaf": bytes(last_of(c).leaf), "leaf_hash": bytes(last_of(c).leaf_hash)},
        "exists|unique",
    ),
}
if ON_POSTGRES:  # SQLite has no SHA-256: there check_history finds it
    FORGERIES["a hash that is not the leaf's"] = (
        lambda c: {"leaf_hash": hash_of_leaf(b"other")},
        "leaf_hash is not the hash of the leaf",
    )
STOPPED_BY_THE_CHAIN_ALONE = [
    name for name, (_, match) in FORGERIES.items() if "exists" not in match and "first" not in name
]


def test_an_entry_that_continues_the_chain_is_taken(ledger: Claim) -> None:
    with rolled_back():
        forged_entry(ledger).save(force_insert=True)
        assert last_of(ledger).number == ledger.head_number + 1


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_entry_is_refused(ledger: Claim, forgery: str) -> None:
    changes, match = FORGERIES[forgery]
    with refused_by_database(match):
        forged_entry(ledger, **changes(ledger)).save(force_insert=True)


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_entry_among_many_is_refused_with_all_of_them(ledger: Claim, forgery: str) -> None:
    changes, match = FORGERIES[forgery]
    good = forged_entry(factories.ClaimFactory(), leaf=b"{}")
    with refused_by_database(match):
        HistoryEntry.objects.bulk_create([good, forged_entry(ledger, **changes(ledger))])


@pytest.mark.parametrize("forgery", STOPPED_BY_THE_CHAIN_ALONE)
def test_without_its_guard_the_same_forgery_succeeds(ledger: Claim, forgery: str) -> None:
    changes, _ = FORGERIES[forgery]
    with rolled_back():
        drop_guard(CHAIN_GUARD)
        before = ledger.entries.count()
        forged_entry(ledger, **changes(ledger)).save(force_insert=True)
        assert ledger.entries.count() == before + 1


@pytest.mark.parametrize("shift", [-DAY, DAY], ids=["yesterday", "tomorrow"])
def test_a_first_entry_is_recorded_now_or_not_at_all(ledger: Claim, shift: timedelta) -> None:
    claim = Claim.objects.create()
    first = {"number": 1, "prev_hash": bytes(32), "recorded_at": timezone.now() + shift}
    with refused_by_database("not now"):
        copy_of(forged_entry(ledger), claim_id=claim.pk, **first).save(force_insert=True)


@pytest.mark.skipif(ON_POSTGRES, reason="only SQLite keeps a moment as it was written")
@pytest.mark.parametrize(
    "written", ["now", "{:%Y-%m-%dT%H:%M:%S.%f}", "{:%Y-%m-%d %H:%M:%S} +05:00"]
)
def test_a_moment_in_another_spelling_is_refused(ledger: Claim, written: str) -> None:
    now = written.format(timezone.now().astimezone(FIVE_HOURS_AHEAD))
    with refused_by_database("not a moment as Django writes it"):
        insert_into_the_real_table(forged_entry(ledger), recorded_at=now)


@pytest.mark.parametrize("microsecond", [0, 1, 999_999])
def test_any_moment_of_the_server_is_taken(ledger: Claim, microsecond: int) -> None:
    claim = Claim.objects.create()
    now = timezone.now().replace(microsecond=microsecond)
    first = {"number": 1, "prev_hash": bytes(32), "recorded_at": now}
    with rolled_back():
        copy_of(forged_entry(ledger), claim_id=claim.pk, **first).save(force_insert=True)
        assert claim.entries.get().recorded_at == now


@pytest.mark.parametrize("label", ["Wording", "Appearance", "Evidence", "Verdict"])
def test_a_row_hangs_on_an_entry_of_its_own_claim(ledger: Claim, label: str) -> None:
    other = factories.ClaimFactory()
    with refused_by_database("the entry is of another claim"):
        hang_on_an_entry_of(other, label, ledger)


@pytest.mark.parametrize("label", ["Wording", "Appearance", "Evidence", "Verdict"])
def test_without_its_guard_a_row_hangs_anywhere(ledger: Claim, label: str) -> None:
    other = factories.ClaimFactory()
    with rolled_back():
        drop_guard(f"guard_{MODELS[label]._meta.db_table}_insert")
        hang_on_an_entry_of(other, label, ledger)


def hang_on_an_entry_of(other: Claim, label: str, ledger: Claim) -> None:
    """Write a row of the ledger's claim under an entry of another one."""
    entry = forged_entry(other)
    entry.save(force_insert=True)
    changes: dict[str, Any] = {"version": 99} if label == "Wording" else {}
    row = copy_of(one_of(label), entry_id=entry.pk, claim_id=ledger.pk, **changes)
    row.save(force_insert=True)


def test_a_verdict_does_not_rest_on_evidence_of_another_claim() -> None:
    link = VerdictEvidence(
        verdict=Verdict.objects.latest("pk"), evidence=factories.EvidenceFactory()
    )
    with refused_by_database("of different claims"):
        link.save(force_insert=True)
    with rolled_back():
        drop_guard("guard_claims_verdictevidence_insert")
        link.save(force_insert=True)


def test_a_tombstone_is_of_the_entry_it_names(ledger: Claim) -> None:
    tombstone = Redaction.objects.get()
    other = factories.EvidenceFactory()
    unredacted = ledger.entries.get(number=1)
    for changes in (
        {"target_id": other.entry.pk},
        {"target_id": unredacted.pk},
        {"entry_id": unredacted.pk, "field": "evidence.title"},
    ):
        forged = copy_of(tombstone, id=None, **changes)
        with refused_by_database("does not redact this target"):
            forged.save(force_insert=True)
    with rolled_back():
        drop_guard("guard_claims_redaction_insert")
        copy_of(tombstone, id=None, target_id=other.entry.pk).save(force_insert=True)


def test_an_ordered_act_is_not_about_what_comes_later(ledger: Claim) -> None:
    entry = forged_entry(ledger, act=Act.EVIDENCE_WITHDRAWN, about=ledger.head_number + 1)
    with refused_by_database("entry_about_earlier"):
        entry.save(force_insert=True)


def test_a_temporary_table_cannot_stand_in_for_the_history(ledger: Claim) -> None:
    forged = forged_entry(ledger, number=1, prev_hash=bytes(32))
    with refused_by_database("no gaps|exists"):
        run("CREATE TEMPORARY TABLE claims_historyentry (claim_id int, number int)")
        if ON_POSTGRES:
            run("SET LOCAL search_path = pg_temp, public")
        insert_into_the_real_table(forged)


def test_a_temporary_table_cannot_stand_in_for_a_tombstone() -> None:
    evidence = Evidence.objects.earliest("pk")
    main = "public" if ON_POSTGRES else "main"
    with refused_by_database("append-only"):
        run("CREATE TEMPORARY TABLE claims_redaction (target_id int, field text)")
        run(f"INSERT INTO claims_redaction VALUES ({evidence.pk}, 'evidence.title')")
        run(
            f"UPDATE {main}.claims_evidence SET title = NULL, title_salt = NULL "
            f"WHERE entry_id = {evidence.pk}"
        )


def insert_into_the_real_table(entry: HistoryEntry, **written: Any) -> None:
    """Insert by a name with its schema, past any temporary table of the same name."""
    schema = "public" if ON_POSTGRES else "main"
    fields = [field for field in entry._meta.concrete_fields if field.name != "id"]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    values = [
        written.get(field.name) or field.get_db_prep_save(getattr(entry, field.attname), connection)
        for field in fields
    ]
    run(f"INSERT INTO {schema}.claims_historyentry ({columns}) VALUES ({marks})", values)
