"""fail_intake: why there is nothing from an address is noted, for a person to read."""

from __future__ import annotations

from claims.desk_vocabulary import FetchTrouble
from claims.models import User
from claims.workflow import fail_intake
from tests.workflow.intakes import addressed, pasted
from tests.workflow.observing import refused, stale_columns


def test_the_trouble_and_its_detail_are_kept(contributor: User) -> None:
    intake = fail_intake(
        addressed(contributor), FetchTrouble.GONE, detail="Status 404.", by=contributor
    )
    assert (intake.state, intake.trouble, intake.trouble_detail) == (
        "failed",
        "gone",
        "Status 404.",
    )
    assert stale_columns(intake) == []


def test_what_was_read_meanwhile_does_not_fail(contributor: User) -> None:
    intake = pasted(contributor)
    with refused("To be checked"):
        fail_intake(intake, FetchTrouble.TIMEOUT, by=contributor)
