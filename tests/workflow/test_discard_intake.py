"""discard_intake: an intake ends without an article, and what was sent is cleared away."""

from __future__ import annotations

from claims.models import User
from claims.workflow import discard_intake
from tests.workflow.intakes import addressed, pasted
from tests.workflow.observing import refused, stale_columns


def test_what_was_sent_is_cleared_away(contributor: User) -> None:
    intake = discard_intake(pasted(contributor), by=contributor)
    assert (intake.state, intake.original, intake.text) == ("discarded", None, "")
    assert stale_columns(intake) == []


def test_what_still_waits_can_be_discarded(contributor: User) -> None:
    assert discard_intake(addressed(contributor), by=contributor).state == "discarded"


def test_it_ends_once(contributor: User) -> None:
    intake = discard_intake(pasted(contributor), by=contributor)
    with refused("Discarded"):
        discard_intake(intake, by=contributor)
