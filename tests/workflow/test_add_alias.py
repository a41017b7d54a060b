"""add_alias: another name by which the desk finds a claimant; claims keep the names they were recorded with."""

from __future__ import annotations

import pytest

from claims.models import Claimant, User
from claims.search import desk, index, public
from claims.workflow import add_alias, merge_claimants, withdraw_alias
from tests import factories
from tests.workflow.observing import refused


@pytest.fixture
def miller(db: None) -> Claimant:
    return factories.ClaimantFactory(name="Matthew Miller")


def test_it_is_recorded_with_who_added_it(miller: Claimant, contributor: User) -> None:
    alias = add_alias(miller, name="  Мэтью \n Миллер ", by=contributor)
    alias.refresh_from_db()
    assert (alias.claimant, alias.name, alias.added_by) == (miller, "Мэтью Миллер", contributor)
    assert miller.is_called("мэтью миллер")


def test_the_desk_finds_claims_by_it_and_readers_do_not(
    miller: Claimant, contributor: User
) -> None:
    claim = factories.published_claim(claimant=miller)
    add_alias(miller, name="Matvei", by=contributor)
    assert list(desk.find_claims("matvei")) == [claim]
    assert list(public.find_published("matvei")) == []
    assert index.differences() == []


@pytest.mark.parametrize("name", ["matthew miller", "MATVEI"])
def test_a_name_that_is_known_is_refused(miller: Claimant, contributor: User, name: str) -> None:
    add_alias(miller, name="Matvei", by=contributor)
    with refused("known by this name already", field="name"):
        add_alias(miller, name=name, by=contributor)


def test_so_is_one_that_is_known_by_way_of_a_merger(
    miller: Claimant, contributor: User, editor: User
) -> None:
    double = factories.ClaimantFactory(name="M. Miler")
    merge_claimants(double, into=miller, reason="One person.", by=editor)
    with refused("known by this name already", field="name"):
        add_alias(miller, name="M. Miler", by=contributor)


def test_one_that_was_withdrawn_can_be_added_again(miller: Claimant, editor: User) -> None:
    for _ in range(2):
        withdraw_alias(add_alias(miller, name="Matvei", by=editor), reason="r", by=editor)
    assert miller.aliases.count() == 2


def test_a_namesake_may_have_it_too(miller: Claimant, contributor: User) -> None:
    other = factories.ClaimantFactory(name="Matt Miller, the poet")
    for one in (miller, other):
        add_alias(one, name="Matt Miller", by=contributor)
    assert Claimant.objects.called("matt miller").count() == 2


@pytest.mark.parametrize(("name", "told"), [(" ", "may not be empty"), ("x" * 301, "at most 300")])
def test_bad_input_is_refused(miller: Claimant, contributor: User, name: str, told: str) -> None:
    with refused(told, field="name"):
        add_alias(miller, name=name, by=contributor)


def test_whoever_was_merged_away_takes_no_names(
    miller: Claimant, contributor: User, editor: User
) -> None:
    other = factories.ClaimantFactory()
    merge_claimants(miller, into=other, reason="One person.", by=editor)
    with refused("merged into another"):
        add_alias(miller, name="Matvei", by=contributor)
