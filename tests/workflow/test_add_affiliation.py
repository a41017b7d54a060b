"""add_affiliation: what a claimant was, for whom, from one day to another."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from claims.models import Affiliation, Claimant, User
from claims.workflow import add_affiliation, merge_claimants
from tests import factories
from tests.workflow.observing import refused

TERM: dict[str, Any] = {
    "role": "spokesman",
    "body": "State Department",
    "since": date(2023, 4, 24),
    "until": date(2025, 1, 20),
}


@pytest.fixture
def miller(db: None) -> Claimant:
    return factories.ClaimantFactory(name="Matthew Miller")


def test_it_holds_from_the_first_day_to_the_last(miller: Claimant, contributor: User) -> None:
    added = add_affiliation(miller, **TERM, by=contributor)
    added.refresh_from_db()
    assert (str(added), added.added_by) == ("spokesman, State Department", contributor)
    days = [date(2023, 4, 23), TERM["since"], TERM["until"], date(2025, 1, 21)]
    assert [Affiliation.objects.on(day).exists() for day in days] == [False, True, True, False]


def test_open_ends_hold_and_several_hold_at_once(miller: Claimant, contributor: User) -> None:
    add_affiliation(miller, **TERM, by=contributor)
    add_affiliation(miller, role="adviser", by=contributor)
    assert Affiliation.objects.on(date(2024, 1, 1)).count() == 2
    assert [str(one) for one in Affiliation.objects.on(date(2030, 1, 1))] == ["adviser"]


def test_a_single_day_is_enough(miller: Claimant, contributor: User) -> None:
    day = date(2024, 5, 1)
    assert add_affiliation(miller, role="chair", since=day, until=day, by=contributor).pk


def test_an_end_before_its_beginning_is_refused(miller: Claimant, contributor: User) -> None:
    with refused("end before it began", field="until"):
        add_affiliation(miller, **TERM | {"until": date(2023, 4, 23)}, by=contributor)


def test_the_same_is_not_added_twice(miller: Claimant, contributor: User) -> None:
    add_affiliation(miller, **TERM, by=contributor)
    with refused("recorded already", field="role"):
        add_affiliation(miller, **TERM, by=contributor)


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [("role", " ", "may not be empty"), ("role", "x" * 301, "300"), ("body", "a\0b", "U+0000")],
)
def test_bad_input_is_refused(
    miller: Claimant, contributor: User, field: str, value: str, told: str
) -> None:
    with refused(told, field=field):
        add_affiliation(miller, **TERM | {field: value}, by=contributor)


def test_whoever_was_merged_away_takes_none(
    miller: Claimant, contributor: User, editor: User
) -> None:
    merge_claimants(miller, into=factories.ClaimantFactory(), reason="One person.", by=editor)
    with refused("merged into another"):
        add_affiliation(miller, **TERM, by=contributor)
