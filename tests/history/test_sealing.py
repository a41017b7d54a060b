"""The log: every public act gets one place, in the order of its claim, once its claim is public and not before."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection, transaction

from claims import workflow
from claims.history import sealing
from claims.history.log_verification import check_log
from claims.history.sealing import SealingHaltedError, seal
from claims.models import Claim, HistoryEntry, LogLeaf, Unsealed, User
from claims.vocabulary import VerificationStatus
from claims.workflow.checking import check_register
from tests import factories
from tests.history.ledger import drop_guard, refused_by_database, rolled_back

ON_POSTGRES = connection.vendor == "postgresql"
pytestmark = pytest.mark.django_db


def logged() -> list[tuple[str, int]]:
    """Return what the log holds: the claim and the number of each act."""
    places = LogLeaf.objects.in_order().select_related("entry__claim")
    return [(place.entry.claim.public_id, place.entry.number) for place in places]


@pytest.fixture(autouse=True)
def left_waiting(settings: LazySettings) -> None:
    """Nothing is sealed but by the test."""
    settings.FACTCHECK_SEALING = "loop"


def test_what_is_not_public_does_not_even_wait(claim: Claim) -> None:
    factories.EvidenceFactory(claim=claim)
    assert (seal(), Unsealed.objects.count(), logged()) == (0, 0, [])


def test_with_the_first_verdict_everything_before_it_gets_its_place(published: Claim) -> None:
    length = published.head_number
    assert seal() == length == LogLeaf.objects.size()
    assert logged() == [(published.public_id, number + 1) for number in range(length)]
    assert list(LogLeaf.objects.in_order().values_list("index", flat=True)) == list(range(length))
    assert not Unsealed.objects.exists()


def test_from_then_on_each_act_gets_the_next_place(published: Claim, editor: User) -> None:
    seal()
    factories.EvidenceFactory(claim=published)
    workflow.void_verdict(published, reason="A mistake.", by=editor)
    assert seal() == 2
    assert logged()[-2:] == [(published.public_id, published.head_number - 1 + n) for n in (0, 1)]
    assert seal() == 0


def test_claims_that_are_imported_whole_are_logged_whole(importer: User) -> None:
    drafts = [
        workflow.ImportedClaim(
            key=str(number),
            claim=workflow.ClaimDraft(wording=f"Bridge {number} is safe."),
            verdicts=[
                workflow.ImportedVerdict(
                    draft=workflow.VerdictDraft(
                        status=VerificationStatus.UNCONFIRMED, rationale="r", would_settle="s"
                    )
                )
            ],
        )
        for number in range(3)
    ]
    workflow.import_claims(drafts, source="s", origin="o", by=importer)
    assert seal() == HistoryEntry.objects.count() == 6
    assert list(check_register()) == []


def test_at_most_as_many_are_sealed_as_asked_for(
    published: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "BATCH", 2)
    assert seal(limit=3) == LogLeaf.objects.size() == 3
    assert seal() == published.head_number - 3
    assert list(check_log()) == []


def test_an_act_seals_what_another_left(
    settings: LazySettings, published: Claim, django_capture_on_commit_callbacks: Any
) -> None:
    settings.FACTCHECK_SEALING = "inline"
    assert Unsealed.objects.count() == published.head_number
    with django_capture_on_commit_callbacks(execute=True):
        factories.EvidenceFactory(claim=published)
        assert Unsealed.objects.exists() == ON_POSTGRES
    assert LogLeaf.objects.size() == published.head_number
    assert not Unsealed.objects.exists()


def test_what_is_not_sound_halts_the_sealing_and_not_the_acts(
    settings: LazySettings,
    published: Claim,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: Any,
) -> None:
    settings.FACTCHECK_SEALING = "inline"
    table = HistoryEntry._meta.db_table
    with rolled_back():
        drop_guard(f"guard_{table}{'' if ON_POSTGRES else '_update'}")
        published.entries.filter(number=2).update(leaf=b"{}")
        told = f"claim {published.public_id} entry 2: leaf_hash is not the hash of the leaf"
        with pytest.raises(SealingHaltedError, match=told):
            seal()
        with (
            caplog.at_level(logging.CRITICAL, logger="claims.history.sealing"),
            django_capture_on_commit_callbacks(execute=True),
        ):
            factories.EvidenceFactory(claim=published)
        assert told in caplog.text
        assert LogLeaf.objects.size() == 0
        assert Unsealed.objects.count() == published.head_number


def places(*entries: HistoryEntry, first: int = 0) -> None:
    """Write places by hand, one by one."""
    for place, entry in enumerate(entries, first):
        LogLeaf.objects.create(index=place, entry=entry)


def test_the_database_refuses_a_place_out_of_order(published: Claim, claim: Claim) -> None:
    one = published.entries.get(number=1)
    seal()
    size = LogLeaf.objects.size()
    internal = factories.ClaimFactory().entries.get()
    late = factories.EvidenceFactory(claim=published).entry
    later = factories.EvidenceFactory(claim=published).entry
    for refused, place, entry in (
        ("no gaps", size + 1, late),
        ("no gaps", -1, late),
        ("no gaps|exists", 0, late),
        ("exists|unique", size, one),
        ("not public", size, internal),
        ("before it has no place", size, later),
    ):
        with refused_by_database(refused):
            places(entry, first=place)
    with transaction.atomic():
        places(late, later, first=size)


def test_a_check_names_every_fault_of_the_log(published: Claim) -> None:
    seal()
    subject = f"claim {published.public_id} entry"
    one, two = published.entries.in_order()[:2]
    internal = factories.ClaimFactory().entries.get()
    assert list(check_log()) == []
    with rolled_back():
        for kind in [""] if ON_POSTGRES else ["_update", "_delete"]:
            drop_guard(f"guard_{LogLeaf._meta.db_table}{kind}")
        drop_guard(f"guard_{LogLeaf._meta.db_table}_insert")
        LogLeaf.objects.filter(entry=two).delete()
        Unsealed.objects.create(entry=one)
        places(internal, first=99)
        Unsealed.objects.create(entry=internal)
        found = {str(finding) for finding in check_register()}
    internal_subject = f"claim {internal.claim.public_id} entry 1"
    held = published.head_number
    assert {
        f"log: has gaps: {held} places from 0 to 99",
        f"{subject} 2: is public and neither in the log nor waiting for it",
        f"{subject} 1: is in the log and still waits for it",
        f"{internal_subject}: is in the log, and its claim is not public",
        f"{internal_subject}: waits for the log, and its claim is not public",
        f"{subject} 3: has a place in the log before that of an earlier entry",
    } <= found
