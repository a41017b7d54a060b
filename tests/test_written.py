"""What is asked of indexes that hold some rows names these rows in the SQL itself."""

from __future__ import annotations

import pytest
from django.db import connection

from claims.models import HistoryEntry
from claims.models.entry import STATUS_ACTS
from claims.models.written import Written, written


def test_a_word_stands_in_the_statement() -> None:
    sql, sent = HistoryEntry.objects.filter(act__in=written(STATUS_ACTS)).query.sql_with_params()
    assert sent == ()
    assert "IN ('verdict_given', 'verdict_overridden'" in sql


@pytest.mark.parametrize("text", ["", "a'b", "a b", "A", "ä", "a%s", "1"])
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no word of a vocabulary"):
        Written(text)


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's plans")
def test_the_last_verdict_of_a_claim_is_found_by_the_index_of_verdicts() -> None:
    assert (
        "entry_last_status_act"
        in HistoryEntry.objects.filter(claim=1).last_verdict_first().explain()
    )
