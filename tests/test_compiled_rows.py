"""Reads by keys whose SQL is written once find what the named reads find, and refuse what they could not ask again."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, models, transaction
from django.test.utils import CaptureQueriesContext

from claims import workflow
from claims.models import Appearance, Claim, Evidence, HistoryEntry, Review, Unsealed, User
from claims.models.compiled import Compiled
from claims.models.compiled_rows import CompiledDelete, CompiledRows
from claims.vocabulary import ReviewReason
from tests import factories
from tests.api.conftest import Queries

PLACES = CompiledRows[Appearance](
    Appearance,
    lambda claim: Appearance.objects.filter(claim=claim).select_related(
        "article__publisher", "speaker"
    ),
)
ENTRIES = CompiledRows[HistoryEntry](
    HistoryEntry,
    lambda claim, number: HistoryEntry.objects.filter(claim=claim, number__lte=number).in_order(),
    keys=2,
)
NUMBERS = Compiled[tuple[int, str]](
    HistoryEntry,
    lambda claim: HistoryEntry.objects.filter(claim=claim).in_order().values_list("number", "act"),
    kinds=(int,),
)


def columns_of(row: models.Model) -> dict[str, object]:
    """Return what every column of a row holds."""
    held = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return {name: bytes(one) if isinstance(one, memoryview) else one for name, one in held.items()}


def test_rows_are_those_of_the_read_with_what_it_fetches_along(
    published: Claim, contributor: User, django_assert_num_queries: Queries
) -> None:
    article = factories.ArticleFactory(title="The bridge", text="It is said to be safe.")
    draft = factories.appearance_draft(article, "said to be safe")
    workflow.add_appearance(published, draft, by=contributor)
    PLACES.rows(published.pk)
    with django_assert_num_queries(1):
        found = PLACES.rows(published.pk)
        told = [(one.article.title, one.article.publisher, one.speaker) for one in found]
    assert told == [("The bridge", article.publisher, None)]
    asked = Appearance.objects.filter(claim=published)
    assert [columns_of(one) for one in found] == [columns_of(one) for one in asked]
    assert [columns_of(one.article) for one in found] == [columns_of(one.article) for one in asked]
    assert all(not one._state.adding and one._state.db == "default" for one in found)


def test_each_key_stands_where_the_read_has_it(published: Claim) -> None:
    length = HistoryEntry.objects.filter(claim=published).count()
    assert [one.number for one in ENTRIES.rows(published.pk, 2)] == [1, 2]
    assert [one.number for one in ENTRIES.rows(published.pk, length)] == list(range(1, length + 1))
    assert ENTRIES.first(published.pk, 0) is None


def test_values_are_those_of_the_read(published: Claim) -> None:
    asked = HistoryEntry.objects.filter(claim=published).in_order().values_list("number", "act")
    assert NUMBERS.rows(published.pk) == list(asked)
    assert NUMBERS.any(published.pk)
    assert not NUMBERS.any(0)


def test_who_listens_hears_the_same_question(published: Claim) -> None:
    quietly = NUMBERS.rows(published.pk)
    with CaptureQueriesContext(connection) as captured:
        assert NUMBERS.rows(published.pk) == quietly
    assert len(captured) == 1


@pytest.mark.django_db
def test_one_row_that_is_not_there_is_missed_by_the_error_of_its_model() -> None:
    with pytest.raises(HistoryEntry.DoesNotExist):
        ENTRIES.get(0, 0)


@pytest.mark.django_db
def test_a_read_that_does_not_hold_its_keys_is_not_compiled() -> None:
    with pytest.raises(ValueError, match="cannot be compiled"):
        CompiledRows(Claim, lambda _: Claim.objects.standing()).rows(1)
    with pytest.raises(ValueError, match="cannot be compiled"):
        CompiledDelete(Unsealed, lambda _: Unsealed.objects.all()).delete(1)


def test_a_row_is_read_anew_and_forgets_what_it_knew_of_others(review: Review) -> None:
    assert review.claim.pk == review.claim_id
    stored = CompiledRows[Review](Review, lambda key: Review.objects.filter(pk=key))
    Review.objects.filter(pk=review.pk).update(
        reason=ReviewReason.READER_REPORT, note="Seen again."
    )
    stored.refresh(review)
    assert (review.reason, review.note) == (ReviewReason.READER_REPORT, "Seen again.")
    assert not Review._meta.get_field("claim").is_cached(review)
    assert columns_of(review) == columns_of(Review.objects.get(pk=review.pk))


def test_what_has_the_key_is_deleted_and_nothing_else(published: Claim) -> None:
    Unsealed.objects.all().delete()
    first, second = [
        Unsealed.objects.create(entry=entry) for entry in published.entries.in_order()[:2]
    ]
    deletion = CompiledDelete(Unsealed, lambda key: Unsealed.objects.filter(pk=key))
    assert deletion.delete(first.pk) == 1
    assert list(Unsealed.objects.all()) == [second]
    assert deletion.delete(first.pk) == 0


def test_in_a_broken_transaction_nothing_is_asked(claim: Claim) -> None:
    NUMBERS.rows(claim.pk)
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(transaction.TransactionManagementError):
            NUMBERS.rows(claim.pk)


def test_evidence_cannot_be_deleted_by_this_way_either(claim: Claim) -> None:
    piece = factories.EvidenceFactory(claim=claim)
    deletion = CompiledDelete(Evidence, lambda key: Evidence.objects.filter(pk=key).order_by())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        deletion.delete(piece.pk)
    assert Evidence.objects.filter(pk=piece.pk).exists()
