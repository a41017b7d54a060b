"""The one lawful change: value and salt nulled together, behind the tombstone that names them, and nothing along."""

from __future__ import annotations

import pytest

from claims.history.canonical import digest_of
from claims.models import Claim, Evidence, HistoryEntry, Redaction
from claims.vocabulary import Act
from tests.history.ledger import (
    ON_POSTGRES,
    drop_guard,
    forged_entry,
    refused_by_database,
    rolled_back,
    run,
)

pytestmark = pytest.mark.usefixtures("ledger", "db")
GUARD = "guard_claims_evidence" if ON_POSTGRES else "guard_claims_evidence_update"


@pytest.fixture
def evidence(ledger: Claim) -> Evidence:
    """A piece with a title, an address and a remark, none of which was erased."""
    return ledger.evidence.latest("pk")


def bury(evidence: Evidence, field: str) -> None:
    """Set the tombstone of one value of `evidence`, and leave the value where it is."""
    column = field.removeprefix("evidence.")
    value, salt = getattr(evidence, column), getattr(evidence, f"{column}_salt")
    number = evidence.entry.number
    entry = forged_entry(evidence.claim, act=Act.TEXT_REDACTED, about=number)
    entry.save(force_insert=True)
    digest = digest_of(bytes(salt), field, value)
    Redaction.objects.create(entry=entry, target=evidence.entry, field=field, digest=digest)


def change(evidence: Evidence, assignments: str) -> None:
    run(f"UPDATE claims_evidence SET {assignments} WHERE entry_id = {evidence.pk}")


def test_behind_its_tombstone_a_value_is_erased(evidence: Evidence) -> None:
    with rolled_back():
        bury(evidence, "evidence.title")
        change(evidence, "title = NULL, title_salt = NULL")
        evidence.refresh_from_db()
        assert (evidence.title, evidence.title_salt) == (None, None)
        assert evidence.remark


UNLAWFUL = {
    "no tombstone": (None, "title = NULL, title_salt = NULL"),
    "the tombstone of another value": ("evidence.url", "title = NULL, title_salt = NULL"),
    "the value but not its salt": ("evidence.title", "title = NULL"),
    "the salt but not its value": ("evidence.title", "title_salt = NULL"),
    "another text in its place": ("evidence.title", "title = 'Another'"),
    "an empty text in its place": ("evidence.title", "title = '', title_salt = NULL"),
    "another column along": (
        "evidence.title",
        "title = NULL, title_salt = NULL, stance = 'refutes'",
    ),
    "another erasable column along": (
        "evidence.title",
        "title = NULL, title_salt = NULL, remark = NULL, remark_salt = NULL",
    ),
    "another text changed along": (
        "evidence.title",
        "title = NULL, title_salt = NULL, remark = 'Another'",
    ),
    "nothing at all": ("evidence.title", "title = title"),
}


@pytest.mark.parametrize("case", UNLAWFUL)
def test_anything_else_is_refused(evidence: Evidence, case: str) -> None:
    field, assignments = UNLAWFUL[case]
    if field:
        bury(evidence, field)
    with refused_by_database("append-only"):
        change(evidence, assignments)


@pytest.mark.parametrize("case", [case for case in UNLAWFUL if "not its" not in case])
def test_without_its_guard_anything_goes(evidence: Evidence, case: str) -> None:
    _, assignments = UNLAWFUL[case]
    if "empty" in case:
        assignments = "title = ''"
    with rolled_back():
        drop_guard(GUARD)
        change(evidence, assignments)


def test_one_entrys_tombstone_does_not_cover_another(ledger: Claim, evidence: Evidence) -> None:
    bury(evidence, "evidence.title")
    other = ledger.evidence.earliest("pk")
    with refused_by_database("append-only"):
        change(other, "title = NULL, title_salt = NULL")


def test_what_was_erased_does_not_come_back(evidence: Evidence) -> None:
    salt = "'\\x00'::bytea" if ON_POSTGRES else "X'00'"
    with refused_by_database("append-only"):
        change(evidence, f"excerpt = 'Back again', excerpt_salt = {salt}")


def test_names_and_notes_of_an_entry_are_erased_by_the_same_rule(ledger: Claim) -> None:
    entry = ledger.entries.get(number=1)
    with refused_by_database("append-only"):
        HistoryEntry.objects.filter(pk=entry.pk).update(by_name=None, by_name_salt=None)


def test_a_value_is_buried_once(evidence: Evidence) -> None:
    bury(evidence, "evidence.title")
    with refused_by_database("exists|redacted_once"):
        bury(evidence, "evidence.title")


def test_a_tombstone_is_for_ever() -> None:
    with refused_by_database("append-only"):
        Redaction.objects.all()._raw_delete(using="default")
