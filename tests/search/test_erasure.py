"""What was erased is nowhere in the index either: not in its rows, not in its list of words."""

from __future__ import annotations

import pytest
from django.db import connection

from claims import workflow
from claims.models import Claim
from claims.search.desk import claimed_before, find_claims
from claims.search.public import find_published
from claims.vocabulary import Role
from tests import factories

pytestmark = pytest.mark.django_db
ON_POSTGRES = connection.vendor == "postgresql"
SECRET = "Xanthippe"


def erase(claim: Claim, number: int, *fields: str) -> None:
    """Have two editors erase values of an entry."""
    factories.erase(claim.entries.get(number=number), *fields)


def left_behind() -> list[str]:
    """Return where the secret still stands in what the index keeps.

    FTS5 keeps of a word only what differs from the word before it, so an end is looked for.
    """
    columns = {"claims_search_data": "block", "claims_search_content": "c0 || c1 || c2"}
    if ON_POSTGRES:
        columns = {"claims_search": "search::text"}
    return [table for table, column in columns.items() if b"nthip" in stored(table, column)]


def stored(table: str, column: str) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table}")
        values = [value for (value,) in cursor.fetchall()]
    return b" ".join(v if isinstance(v, bytes) else v.encode() for v in values).lower()


def test_the_words_of_an_erased_wording_are_gone_at_once() -> None:
    claim = factories.published_claim(wording=f"{SECRET} built it.")
    factories.ClaimFactory(wording="Xanadu was built.")
    assert find_published(SECRET).exists()
    assert left_behind()
    erase(claim, 1, "wording.text")
    assert left_behind() == []
    assert not find_claims(SECRET).exists()
    assert claimed_before(SECRET) == []
    assert find_claims("Xanadu").exists()


def test_so_are_those_of_an_earlier_wording() -> None:
    claim = factories.published_claim(wording=f"{SECRET} built it.")
    reviewer = factories.person(Role.REVIEWER)
    workflow.reword_claim(claim, wording="Somebody built it.", reason="Privacy.", by=reviewer)
    erase(claim, 1, "wording.text")
    assert left_behind() == []
    assert find_published("somebody").exists()


def test_an_erased_claimant_finds_nothing() -> None:
    claimant = factories.ClaimantFactory(name=SECRET, role=f"{SECRET}'s office")
    claim = factories.published_claim(wording="It stands.", claimant=claimant)
    assert find_published(SECRET).exists()
    erase(claim, 1, "wording.claimant_name", "wording.claimant_role")
    assert left_behind() == []
    assert not find_claims(SECRET).exists()
    assert find_published("stands").exists()
