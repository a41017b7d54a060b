"""rebuild_documents: what is derived is derived anew, and the record itself stays as it is."""

from __future__ import annotations

from io import StringIO
from typing import Any

from django.core.management import call_command
from django.db import connection

from claims import documents
from claims.history.recorder import locked
from claims.models import Claim, ClaimDocument, HistoryEntry
from claims.workflow import acting
from claims.workflow.checking import check_register
from tests.management.eventful import eventful_claim


def rebuild() -> str:
    """Run the command; return what it printed."""
    out = StringIO()
    call_command("rebuild_documents", stdout=out)
    return out.getvalue()


def test_spoilt_caches_and_documents_are_whole_again(db: None) -> None:
    claim = eventful_claim()
    document = documents.current(claim)
    Claim.objects.filter(pk=claim.pk).update(status="confirmed", wording="?", published_at=None)
    ClaimDocument.objects.filter(claim=claim).update(body="{}", summary="{}", sha256="")
    assert rebuild() == f"{Claim.objects.count()} claims rebuilt from their history.\n"
    assert documents.current(claim) == document
    assert list(check_register()) == []


def test_a_missing_document_is_made_and_a_draft_gets_none(claim: Claim, db: None) -> None:
    published = eventful_claim()
    ClaimDocument.objects.all().delete()
    rebuild()
    assert ClaimDocument.objects.filter(claim=published).exists()
    assert not ClaimDocument.objects.filter(claim=claim).exists()


def test_rebuilding_records_nothing(db: None) -> None:
    eventful_claim()
    before = list(HistoryEntry.objects.values_list("pk", "leaf_hash"))
    rebuild()
    rebuild()
    assert list(HistoryEntry.objects.values_list("pk", "leaf_hash")) == before


def test_a_claim_is_rebuilt_under_its_own_lock(claim: Claim, monkeypatch: Any) -> None:
    taken: list[tuple[int, bool]] = []

    def watched(one: Claim) -> Claim:
        taken.append((one.pk, connection.in_atomic_block))
        return locked(one)

    monkeypatch.setattr(acting, "locked", watched)
    acting.rebuild_claim(claim)
    assert taken == [(claim.pk, True)]


def test_an_empty_register_is_rebuilt_to_nothing(db: None) -> None:
    assert rebuild() == "0 claims rebuilt from their history.\n"
