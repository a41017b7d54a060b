"""The tables: every word is one of its vocabulary, no index is there twice, and no order of rows costs a join."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext

from claims.history.replay import replay
from claims.models import Claim, HistoryEntry, LedgerRow, Publisher, RedactionRequest
from claims.vocabulary import RedactionReason, Role
from claims.workflow import propose_redaction, record_publisher
from tests import factories

MODELS = [one for one in apps.get_app_config("claims").get_models() if not one._meta.proxy]


def words_of(model: type[models.Model]) -> set[str]:
    """Return the columns that hold a word of a vocabulary."""
    return {field.name for field in model._meta.concrete_fields if getattr(field, "choices", None)}


def held_by_constraint(model: type[models.Model]) -> set[str]:
    """Return the columns whose words the database itself compares with a list."""
    conditions = [
        one.condition
        for one in model._meta.constraints
        if isinstance(one, models.CheckConstraint) and isinstance(one.condition, models.Q)
    ]
    return {name.removesuffix("__in") for q in conditions for name in names_in(q) if "__in" in name}


def names_in(condition: models.Q) -> Iterator[str]:
    """Yield what a condition looks at."""
    for part in condition.children:
        if isinstance(part, models.Q):
            yield from names_in(part)
        elif isinstance(part, tuple):
            yield str(part[0])


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_database_holds_every_word_to_its_vocabulary(model: type[models.Model]) -> None:
    assert words_of(model) - held_by_constraint(model) == set()


@pytest.mark.parametrize("change", [{"kind": "rumour"}, {"kind": ""}, {"status": "true"}])
def test_a_word_that_is_none_is_refused(claim: Claim, change: dict[str, str]) -> None:
    with pytest.raises(IntegrityError, match="claim_"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(**change)


def test_a_ground_that_is_none_is_refused(claim: Claim) -> None:
    fields = ["wording.text"]
    propose_redaction(
        claim.entries.get(),
        fields=fields,
        reason=RedactionReason.SAFETY,
        by=factories.person(Role.EDITOR),
    )
    with pytest.raises(IntegrityError, match="redaction_reason"), transaction.atomic():
        RedactionRequest.objects.update(reason="embarrassment")


def beginnings(model: type[models.Model]) -> Iterator[str]:
    """Yield the first column of every index of several columns that holds all rows."""
    sets: list[Any] = [one.fields for one in model._meta.indexes if one.condition is None]
    sets += [
        one.fields
        for one in model._meta.constraints
        if isinstance(one, models.UniqueConstraint) and one.condition is None
    ]
    yield from (str(fields[0]).removeprefix("-") for fields in sets if fields)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_no_index_is_the_beginning_of_another(model: type[models.Model]) -> None:
    alone = {
        field.name for field in model._meta.concrete_fields if getattr(field, "db_index", False)
    }
    assert alone & set(beginnings(model)) == set()


ROWS = [HistoryEntry, *LedgerRow.__subclasses__()]


@pytest.mark.django_db
@pytest.mark.parametrize("model", ROWS, ids=lambda model: model.__name__)
def test_the_rows_of_a_claim_are_read_in_order_without_a_join(model: Any) -> None:
    sql = str(model._default_manager.filter(claim=1).query)
    assert "ORDER BY" in sql
    assert "JOIN" not in sql


def test_reading_a_claim_does_not_read_the_claims_along(claim: Claim) -> None:
    factories.EvidenceFactory(claim=claim)
    with CaptureQueriesContext(connection) as queries:
        assert replay(claim).evidence
    # Nor the other claim of a merger, which hardly any claim has: it is looked up where there is one.
    assert not [query["sql"] for query in queries if 'JOIN "claims_claim"' in query["sql"]]
    assert len(queries) == 5


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL")
def test_a_publisher_is_found_by_its_name_through_an_index(contributor: Any) -> None:
    Publisher.objects.bulk_create(Publisher(name=f"Outlet {n}", domain=f"d{n}") for n in range(900))
    with connection.cursor() as cursor, CaptureQueriesContext(connection) as queries:
        cursor.execute("ANALYZE claims_publisher")
        assert record_publisher(name="OUTLET 7", by=contributor).domain == "d7"
        (found,) = [one["sql"] for one in queries if "LOWER" in one["sql"]]
        cursor.execute(f"EXPLAIN {found}")
        assert "publisher_name_once" in str(cursor.fetchall())
