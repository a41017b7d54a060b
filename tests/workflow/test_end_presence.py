"""end_presence: one leaves one claim."""

from __future__ import annotations

from claims import workflow
from claims.models import Claim, Presence, User


def test_who_leaves_is_gone_and_nobody_else(claim: Claim, reviewer: User, editor: User) -> None:
    for person in (reviewer, editor):
        workflow.show_presence(claim, doing="", by=person)
    workflow.end_presence(claim, by=reviewer)
    assert [one.person for one in Presence.objects.all()] == [editor]
