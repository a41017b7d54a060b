"""record_claimant: people, bodies and unnamed sources are found again by name and role."""

from __future__ import annotations

from typing import Any

import pytest

from claims.models import Claimant, User
from claims.vocabulary import ClaimantKind
from claims.workflow import record_claimant
from tests.workflow.observing import refused


def test_a_claimant_is_recorded(contributor: User) -> None:
    claimant = record_claimant(
        name=" Ada Berg ", role="Mayor", kind=ClaimantKind.PERSON, by=contributor
    )
    stored = Claimant.objects.get()
    assert stored == claimant
    assert (stored.name, stored.role, stored.kind) == ("Ada Berg", "Mayor", ClaimantKind.PERSON)


def test_the_same_name_and_role_is_found_again(contributor: User) -> None:
    first = record_claimant(name="Ada Berg", kind=ClaimantKind.PERSON, by=contributor)
    assert record_claimant(name="ADA BERG", kind=ClaimantKind.PERSON, by=contributor) == first


def test_letters_that_fold_one_way_only_are_found_again(contributor: User) -> None:
    """LOWER makes one letter of ß and ẞ where the database knows them, UPPER does not."""
    record_claimant(name="Weiß", kind=ClaimantKind.PERSON, by=contributor)
    capital = record_claimant(name="WEIẞ", kind=ClaimantKind.PERSON, by=contributor)
    assert record_claimant(name="WEIẞ", kind=ClaimantKind.PERSON, by=contributor) == capital


def test_another_role_is_another_claimant(contributor: User) -> None:
    first = record_claimant(name="Ada Berg", kind=ClaimantKind.PERSON, by=contributor)
    other = record_claimant(name="Ada Berg", role="Poet", kind=ClaimantKind.PERSON, by=contributor)
    assert other != first


@pytest.mark.parametrize(
    ("fields", "field", "match"),
    [
        ({"name": "", "kind": ClaimantKind.PERSON}, "name", "may not be empty"),
        ({"name": "x" * 301, "kind": ClaimantKind.PERSON}, "name", "at most 300"),
        ({"name": "A", "kind": ClaimantKind.PERSON, "role": "\ud800"}, "role", "U+D800"),
        ({"name": "A", "kind": "robot"}, "kind", "is none of"),
    ],
)
def test_bad_input_is_refused(
    contributor: User, fields: dict[str, Any], field: str, match: str
) -> None:
    with refused(match, field=field):
        record_claimant(**fields, by=contributor)
