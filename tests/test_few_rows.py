"""Rows written a few at a time are written as Django writes them: same columns, same keys, same refusals."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext

from claims.desk_vocabulary import NoticeKind
from claims.models import Claim, ClaimDocument, HistoryEntry, Notice, Review, Unsealed, User
from claims.models.few_rows import FEW
from tests.test_compiled_rows import columns_of


def notice_for(person: User, claim: Claim) -> Notice:
    """Return a notice, unsaved; the database says when."""
    return Notice(person=person, kind=NoticeKind.APPROVED, claim=claim)


def by_django(rows: list[Notice]) -> None:
    """Write rows by Django's own way."""
    models.QuerySet[Notice](Notice).bulk_create(rows)


@pytest.mark.parametrize("number", [1, 2, FEW, FEW + 1])
def test_rows_are_written_as_django_writes_them(number: int, claim: Claim, editor: User) -> None:
    ours = [notice_for(editor, claim) for _ in range(number)]
    theirs = [notice_for(editor, claim) for _ in range(number)]
    assert Notice.objects.bulk_create(ours) == ours
    by_django(theirs)
    written = [columns_of(Notice.objects.get(pk=one.pk)) for one in (*ours, *theirs)]
    for one in written:
        assert isinstance(one.pop("at"), datetime)
        one.pop("id")
    assert all(one == written[0] for one in written)
    assert len({one.pk for one in ours}) == number
    assert all(not one._state.adding and isinstance(one.at, datetime) for one in ours)


def test_a_key_that_came_later_is_taken_over(claim: Claim) -> None:
    entry = HistoryEntry.objects.filter(claim=claim).in_order().first()
    assert entry is not None
    row = Unsealed(entry=entry)
    vars(row)["entry_id"] = None  # as where the entry was written after it was set here
    Unsealed.objects.bulk_create([row])
    assert Unsealed.objects.get(pk=row.pk).entry_id == entry.pk


def test_what_was_not_written_itself_is_refused() -> None:
    with pytest.raises(ValueError, match="unsaved"):
        Unsealed.objects.bulk_create([Unsealed(entry=HistoryEntry())])


def test_a_document_takes_the_place_of_the_one_before(published: Claim) -> None:
    held = ClaimDocument.objects.get(claim=published)
    held.summary, held.around = "{}", '{"topics":[]}'
    ClaimDocument.objects.bulk_create(
        [held], update_conflicts=True, unique_fields=["claim"], update_fields=["summary"]
    )
    stored = ClaimDocument.objects.get(claim=published)
    assert stored.summary == "{}"
    assert stored.around != held.around


def test_a_conflict_that_nobody_foresaw_breaks_the_transaction(claim: Claim) -> None:
    entry = HistoryEntry.objects.filter(claim=claim).in_order()[0]
    Unsealed.objects.bulk_create([Unsealed(entry=entry)])
    with transaction.atomic():
        with pytest.raises(IntegrityError):
            Unsealed.objects.bulk_create([Unsealed(entry=entry)])
        assert connection.needs_rollback
        transaction.set_rollback(True)


def test_columns_that_are_named_are_saved_and_no_others(review: Review) -> None:
    review.note, review.decision_note = "Kept.", "Not named."
    with CaptureQueriesContext(connection) as captured:
        review.save(update_fields=["note", "decided_at"])
    assert len(captured) == 1
    stored = Review.objects.get(pk=review.pk)
    assert (stored.note, stored.decision_note, stored.decided_at) == ("Kept.", "", None)


def test_saving_a_row_that_is_gone_is_an_error(review: Review) -> None:
    review.pk += 1
    with pytest.raises(DatabaseError, match="did not affect any rows"), transaction.atomic():
        review.save(update_fields=["note"])
