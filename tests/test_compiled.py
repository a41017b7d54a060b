"""Compiled reads: what the named read finds, in one query, and a refusal where that could differ."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from claims.models import Claim
from claims.models.compiled import Compiled
from claims.models.compiled_sending import Statement
from tests.api.conftest import Queries


def document_of(public_id: str) -> QuerySet[Claim, tuple[str, str, bytes, datetime]]:
    """The read that is compiled here."""
    return Claim.objects.published().known_as(public_id).stored_documents()


def test_it_finds_what_the_read_finds(published: Claim, django_assert_num_queries: Queries) -> None:
    compiled = Compiled(Claim, document_of)
    assert not compiled.rows("nobody")
    with django_assert_num_queries(1):
        rows = compiled.rows(published.public_id)
    assert list(rows) == list(document_of(published.public_id))
    assert len(rows) == 1


def test_a_value_that_looks_like_sql_is_a_value(published: Claim) -> None:
    assert not Compiled(Claim, document_of).rows("' OR 1=1 --")


@pytest.mark.django_db
def test_a_read_without_the_text_is_not_compiled() -> None:
    with pytest.raises(ValueError, match="cannot be compiled"):
        Compiled(Claim, lambda _: Claim.objects.published().stored_documents()).rows("x")


def test_the_driver_and_django_find_the_same(published: Claim) -> None:
    compiled = Compiled(Claim, document_of)
    by_driver = compiled.unconverted(published.public_id)
    with CaptureQueriesContext(connection) as captured:
        assert compiled.unconverted(published.public_id) == by_driver
    assert len(captured) == 1
    assert list(compiled.converted(by_driver)) == list(document_of(published.public_id))


def test_what_the_driver_refuses_is_an_error_of_django(
    published: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled = Compiled(Claim, document_of)
    compiled.rows(published.public_id)
    [written] = compiled._written.values()
    statement = Statement.on(connection, "SELECT nothing FROM nowhere")
    spoilt = replace(written, statement=statement, holes=[], values=[])
    monkeypatch.setattr(compiled, "_written", dict.fromkeys(compiled._written, spoilt))
    with pytest.raises(DatabaseError), transaction.atomic():
        compiled.rows(published.public_id)
