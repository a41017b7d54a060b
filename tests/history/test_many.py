"""Many rows at a time come out as few do: same columns, keys in order, guards asked, numbering that goes on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.utils.timezone import get_fixed_timezone

from claims.history import many
from claims.history.sealing import seal
from claims.models import Claim, Evidence, HistoryEntry, LogLeaf, User, Verdict, Wording
from claims.vocabulary import EvidenceKind, Stance, VerificationStatus
from claims.workflow import (
    ClaimDraft,
    EvidenceDraft,
    ImportedClaim,
    ImportedVerdict,
    VerdictDraft,
    add_evidence,
    import_claims,
)
from claims.workflow.checking import check_register

PIECE = EvidenceDraft(
    stance=Stance.CONTEXT,
    kind=EvidenceKind.DOCUMENT,
    url="https://a.example/",
    published_on=date(2020, 2, 2),
)
VERDICT = ImportedVerdict(
    draft=VerdictDraft(status=VerificationStatus.UNCONFIRMED, rationale="r"),
    effective_on=date(2021, 3, 4),
)
OWN = ("id", "_salt", "_hash", "leaf", "_at", "origin")  # of a row, so that no two are alike


def bring(number: int, by: User, prefix: str = "row") -> list[Claim]:
    draft = ClaimDraft(wording="The bridge fell.", said_on=date(2020, 1, 1))
    one = ImportedClaim(key="", claim=draft, evidence=[PIECE] * 2, verdicts=[VERDICT])
    rows = [replace(one, key=f"{prefix} {at}") for at in range(number)]
    return list(import_claims(rows, source="archive", origin="A desk", by=by).added.values())


def told(model: type[models.Model], claims: Iterable[Claim]) -> list[tuple[Any, ...]]:
    """Return what rows of one model say of these claims, but for what is each row's own."""
    names = [one.attname for one in model._meta.concrete_fields if not one.attname.endswith(OWN)]
    rows = model._default_manager.filter(claim__in=list(claims)).order_by("claim", "pk")
    return list(rows.values_list(*names))


def test_many_come_out_as_few_do(importer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    as_many = bring(many.MANY, importer)
    monkeypatch.setattr(many, "MANY", 1_000)
    as_few = bring(20, importer, "other")
    for model in (HistoryEntry, Wording, Evidence, Verdict):
        assert told(model, as_many) == told(model, as_few)
    assert list(check_register()) == []


def test_keys_are_in_order_and_the_next_one_comes_after(importer: User) -> None:
    claims = bring(many.MANY, importer)
    seal()  # on PostgreSQL after the commit
    entries = [entry for claim in claims for entry in claim.entries.in_order()]
    assert all(one.pk < other.pk for one, other in pairwise(entries))
    assert list(LogLeaf.objects.in_order().values_list("entry", flat=True)) == [
        entry.pk for entry in entries
    ]
    further = replace(PIECE, url="https://b.example/")
    assert add_evidence(claims[0], further, by=importer).pk > entries[-1].pk
    assert list(check_register()) == []


def test_what_is_taken_back_leaves_no_trace(importer: User) -> None:
    with transaction.atomic():
        bring(many.MANY, importer)
        transaction.set_rollback(True)
    assert not HistoryEntry.objects.exists()
    bring(many.MANY, importer)
    assert list(check_register()) == []


def test_guards_are_asked_about_each_of_many(importer: User) -> None:
    (claim,) = bring(1, importer)
    values = vars(claim.entries.in_order()[3]) | {"number": 7, "leaf_hash": bytes(32)}
    row = tuple(values[one.attname] for one in many.columns_of(HistoryEntry, keyed=False))
    later = [many.plain(*row)] * many.MANY
    with pytest.raises(IntegrityError, match="numbers have no gaps"), transaction.atomic():
        many.write(HistoryEntry, later, keyed=False)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps moments itself")
def test_a_moment_is_written_in_utc_whatever_zone_it_was_told_in() -> None:
    noon = datetime(2025, 6, 1, 12, 0, 0, 5, UTC)
    there = noon.astimezone(get_fixed_timezone(timedelta(hours=5)))
    told = ("2025-06-01 12:00:00.000005",) * 2
    assert many.plain(noon, there) == told
    assert many.plain(date(2025, 6, 1), None, 7) == ("2025-06-01", None, 7)
