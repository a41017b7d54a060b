"""withdraw_alias: a wrong name finds nobody any more, and the desk still sees that it was there."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from claims.models import Claimant, ClaimantAlias, User
from claims.search import desk, index
from claims.workflow import add_alias, withdraw_alias
from tests import factories
from tests.workflow.observing import refused, stale_columns


@pytest.fixture
def alias(contributor: User) -> ClaimantAlias:
    """A name that belongs to somebody else."""
    claim = factories.published_claim(claimant=factories.ClaimantFactory(name="Matthew Miller"))
    assert claim.claimant is not None
    return add_alias(claim.claimant, name="Matvei", by=contributor)


def test_it_stays_with_the_reason(alias: ClaimantAlias, reviewer: User) -> None:
    assert withdraw_alias(alias, reason="A namesake.", by=reviewer) is alias
    assert stale_columns(alias) == []
    assert (alias.withdrawn_by, alias.withdrawal_reason) == (reviewer, "A namesake.")


def test_it_finds_nobody_any_more(alias: ClaimantAlias, reviewer: User) -> None:
    withdraw_alias(alias, reason="A namesake.", by=reviewer)
    assert list(Claimant.objects.called("Matvei")) == []
    assert list(Claimant.objects.described_by(["matv"])) == []
    assert list(desk.find_claims("matvei")) == []
    assert index.differences() == []
    assert not Claimant.objects.get().is_called("Matvei")


def test_it_is_withdrawn_once(alias: ClaimantAlias, reviewer: User) -> None:
    withdraw_alias(alias, reason="A namesake.", by=reviewer)
    with refused("withdrawn already"):
        withdraw_alias(alias, reason="A namesake.", by=reviewer)


def test_a_reason_is_needed(alias: ClaimantAlias, reviewer: User) -> None:
    with refused("may not be empty", field="reason"):
        withdraw_alias(alias, reason=" ", by=reviewer)


def test_the_database_wants_the_whole_of_a_withdrawal(alias: ClaimantAlias) -> None:
    rows = ClaimantAlias.objects.filter(pk=alias.pk)
    with pytest.raises(IntegrityError, match="withdrawn_by_somebody"), transaction.atomic():
        rows.update(withdrawal_reason="Nobody's.")
