"""begin_fetch: the page is being fetched, unless nobody waits for it any more."""

from __future__ import annotations

from claims.models import User
from claims.workflow import begin_fetch, discard_intake
from tests.workflow.intakes import addressed, pasted
from tests.workflow.observing import refused, stale_columns


def test_it_shows_that_somebody_is_at_it(contributor: User) -> None:
    intake = begin_fetch(addressed(contributor), by=contributor)
    assert intake.state == "fetching"
    assert stale_columns(intake) == []


def test_a_second_worker_may_begin_anew(contributor: User) -> None:
    intake = begin_fetch(addressed(contributor), by=contributor)
    assert begin_fetch(intake, by=contributor).state == "fetching"


def test_what_was_discarded_is_not_fetched(contributor: User) -> None:
    intake = discard_intake(addressed(contributor), by=contributor)
    with refused("not possible any more: Discarded"):
        begin_fetch(intake, by=contributor)


def test_what_was_pasted_is_not_fetched(contributor: User) -> None:
    intake = pasted(contributor)
    with refused("To be checked"):
        begin_fetch(intake, by=contributor)
