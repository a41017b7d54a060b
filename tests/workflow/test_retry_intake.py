"""retry_intake: an address is fetched once more."""

from __future__ import annotations

from claims.desk_vocabulary import FetchTrouble
from claims.models import User
from claims.workflow import fail_intake, retry_intake
from tests.workflow.intakes import addressed
from tests.workflow.observing import refused, stale_columns


def test_what_failed_waits_again(contributor: User, reviewer: User) -> None:
    intake = fail_intake(addressed(contributor), FetchTrouble.TIMEOUT, by=contributor)
    retry_intake(intake, by=reviewer)
    assert (intake.state, intake.trouble) == ("waiting", "")
    assert stale_columns(intake) == []


def test_what_is_under_way_is_not_asked_for_twice(contributor: User) -> None:
    intake = addressed(contributor)
    with refused("Waiting to be fetched"):
        retry_intake(intake, by=contributor)
