"""A register with a row in every append-only table, and the means to attack it and to look at it afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from claims import workflow
from claims.history import bulk
from claims.history.canonical import canonical, hash_of_leaf
from claims.history.sealing import seal
from claims.history.triggers import LEDGER
from claims.models import Claim, HistoryEntry, Verdict, VerdictEvidence
from claims.vocabulary import RedactionReason, Role, VerificationStatus
from tests import factories

ON_POSTGRES = connection.vendor == "postgresql"
LABELS = [model._meta.object_name for model in LEDGER]
MODELS = dict(zip(LABELS, LEDGER, strict=True))


def fill_ledger() -> Claim:
    """Return a published claim whose history has a row in every append-only table."""
    # Before there is an entry, or the database would not take it.
    bulk.end(bulk.begin(manifest_sha256="a" * 64, origin="an export", whole=True, as_of=None))
    factories.ClaimFactory()  # one that is not public, whose entry has no place in the log
    article = factories.ArticleFactory(text="The mayor said the bridge is safe.")
    found = factories.appearance_draft(article, "the bridge is safe", cue="said")
    claim: Claim = factories.ClaimFactory(appearance=found, claimant=factories.ClaimantFactory())
    asked = workflow.ContactDraft(asked_on=date(2025, 3, 3), channel="e-mail")
    workflow.record_contact(claim, asked, by=factories.person(Role.EDITOR))
    factories.give_verdict(claim, VerificationStatus.CONFIRMED)
    extra = factories.EvidenceFactory(claim=claim, excerpt="To be erased", note="A remark")
    request = workflow.propose_redaction(
        extra.entry,
        fields=["evidence.excerpt"],
        reason=RedactionReason.SAFETY,
        by=factories.person(Role.EDITOR),
    )
    workflow.redact_text(request, by=factories.person(Role.EDITOR))
    seal()
    assert all(model._default_manager.exists() for model in LEDGER)
    return Claim.objects.get(pk=claim.pk)


def settle_constraints() -> None:
    """Check deferred foreign keys now: PostgreSQL alters and truncates no table with checks pending."""
    if ON_POSTGRES:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def run(sql: str, params: list[Any] | None = None) -> int:
    """Run one statement; return how many rows it says it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params or None)
        touched: int = cursor.rowcount
        return touched


def quoted(model: type[models.Model]) -> str:
    """Return a table's name as SQL wants it."""
    return connection.ops.quote_name(model._meta.db_table)


def key_of(model: type[models.Model]) -> str:
    """Return the column that identifies a row."""
    return connection.ops.quote_name(str(model._meta.pk.column))


def contents() -> dict[str, list[tuple[Any, ...]]]:
    """Return every column of every row of every append-only table and of the claims."""
    rows: dict[str, list[tuple[Any, ...]]] = {}
    with connection.cursor() as cursor:
        tables: list[type[models.Model]] = [*LEDGER, Claim]
        for model in tables:
            cursor.execute(f"SELECT * FROM {quoted(model)} ORDER BY {key_of(model)}")
            rows[model._meta.db_table] = [
                tuple(bytes(v) if isinstance(v, memoryview) else v for v in row)
                for row in cursor.fetchall()
            ]
    return rows


@contextmanager
def refused_by_database(match: str, error: type[Exception] = DatabaseError) -> Iterator[None]:
    """Expect the database to refuse the block for the reason `match`, and every row to be as before."""
    before = contents()
    with pytest.raises(error, match=match), transaction.atomic():
        yield
    assert contents() == before


@contextmanager
def rolled_back() -> Iterator[None]:
    """Undo everything the block does, a dropped guard included."""
    settle_constraints()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def forged_entry(claim: Claim, **changes: Any) -> HistoryEntry:
    """Return an unsaved entry that would continue the claim's chain properly but for `changes`."""
    last = HistoryEntry.objects.filter(claim=claim).latest("number")
    leaf = changes.pop("leaf", canonical({"seq": last.number + 1, "claim": claim.public_id}))
    fields = {
        "claim": claim,
        "number": last.number + 1,
        "act": "claim_reworded",
        "recorded_at": timezone.now(),
        "by": last.by,
        "prev_hash": bytes(last.leaf_hash),
        "leaf": leaf,
        "leaf_hash": hash_of_leaf(leaf),
    }
    return HistoryEntry(**{**fields, **changes})


def copy_of(row: models.Model, **changes: Any) -> models.Model:
    """Return an unsaved row like `row` but for `changes`."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)(**{**values, **changes})


def drop_guard(name: str) -> None:
    """Take one guard away, as only the owner of the database can."""
    settle_constraints()
    run(f'DROP FUNCTION "{name}"() CASCADE' if ON_POSTGRES else f'DROP TRIGGER "{name}"')


def one_of(label: str) -> models.Model:
    """Return a row of the table, the last one."""
    row = MODELS[label]._default_manager.order_by("pk").last()
    assert row is not None
    return row


# A change of each table that no constraint forbids: only a guard stands between it and the row.
CHANGES: dict[str, dict[str, Any]] = {
    "HistoryEntry": {"effective_on": "2001-01-01"},
    "Wording": {"language": "xx"},
    "Appearance": {"end": 5_000},
    "Evidence": {"published_on": "2001-01-01"},
    "Verdict": {"cause": "correction"},
    "Contact": {"asked_on": "2001-01-01"},
    "VerdictEvidence": {},
    "Redaction": {"field": "evidence.remark"},
    "Article": {"title": "Another title"},
    "ArticleOriginal": {"media_type": "text/forged"},
    "LogLeaf": {},
    "Restoration": {"manifest_sha256": "b" * 64},
}


def change_of(label: str) -> dict[str, Any]:
    """Return the change for a table, by column name."""
    if label == "VerdictEvidence":
        linked = VerdictEvidence.objects.values("evidence")
        verdict = Verdict.objects.latest("pk")
        free = verdict.claim.evidence.exclude(pk__in=linked)
        return {"evidence_id": free.latest("pk").pk}
    if label == "LogLeaf":
        return {"entry_id": HistoryEntry.objects.filter(log_leaf=None).latest("pk").pk}
    return CHANGES[label]
