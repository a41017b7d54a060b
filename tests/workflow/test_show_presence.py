"""show_presence: since when somebody is at a claim; who was away for more than a minute comes anew."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from claims import workflow
from claims.models import Claim, Presence, User
from tests import factories


def test_who_stays_is_here_since_they_came(claim: Claim, reviewer: User) -> None:
    came = timezone.now()
    with time_machine.travel(came, tick=False) as clock:
        for doing in ("", "Reword the claim"):
            here = workflow.show_presence(claim, doing=doing, by=reviewer)
            clock.shift(timedelta(seconds=60))
    assert (here.came_at, here.doing) == (came, "Reword the claim")
    assert Presence.objects.count() == 1


def test_who_was_away_comes_anew(claim: Claim, reviewer: User) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        workflow.show_presence(claim, doing="", by=reviewer)
        clock.shift(timedelta(minutes=5))
        here = workflow.show_presence(claim, doing="", by=reviewer)
        assert here.came_at == timezone.now()


def test_others_are_seen_while_they_are_here(claim: Claim, reviewer: User, editor: User) -> None:
    workflow.show_presence(claim, doing="", by=editor)
    now = timezone.now()
    recently, later = now - timedelta(minutes=1), now + timedelta(minutes=2)
    seen = Presence.objects.others_at(claim, reviewer, since=recently)
    assert [one.person for one in seen] == [editor]
    assert not Presence.objects.others_at(claim, editor, since=recently).exists()
    assert not Presence.objects.others_at(claim, reviewer, since=later).exists()


def test_nobody_is_where_they_may_not_look(claim: Claim) -> None:
    with pytest.raises(PermissionDenied):
        workflow.show_presence(claim, doing="", by=factories.UserFactory(is_staff=True))
