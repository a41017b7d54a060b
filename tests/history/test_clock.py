"""recorded_at: the server's clock, only ever forward within a claim, never from anybody else."""

from __future__ import annotations

import inspect
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError

from claims import workflow
from claims.history.recorder import CLOCK_SKEW, ClockBehindError
from claims.models import Claim, User
from claims.workflow import reword_claim
from tests.workflow.observing import last_entry, refused

MICROSECOND, MILLISECOND = timedelta(microseconds=1), timedelta(milliseconds=1)


def reword(claim: Claim, by: User) -> None:
    reword_claim(claim, wording=f"{claim.wording}!", reason="r", by=by)


def test_an_act_is_recorded_when_the_server_does_it(claim: Claim, reviewer: User) -> None:
    before = datetime.now(UTC)
    reword(claim, reviewer)
    assert before <= last_entry(claim).recorded_at <= datetime.now(UTC)


@pytest.mark.parametrize("behind", [timedelta(0), MILLISECOND, CLOCK_SKEW - MILLISECOND])
def test_a_clock_a_little_behind_is_carried_on_from(
    claim: Claim, reviewer: User, behind: timedelta
) -> None:
    last = last_entry(claim).recorded_at
    with time_machine.travel(last - behind, tick=False):
        reword(claim, reviewer)
        assert last_entry(claim).recorded_at == last + MICROSECOND
        reword(claim, reviewer)
        assert last_entry(claim).recorded_at == last + 2 * MICROSECOND


@pytest.mark.parametrize(
    "behind", [CLOCK_SKEW + MILLISECOND, timedelta(hours=1), timedelta(days=1)]
)
def test_a_clock_far_behind_records_nothing(
    claim: Claim, reviewer: User, behind: timedelta
) -> None:
    with (
        time_machine.travel(last_entry(claim).recorded_at - behind, tick=False),
        refused("clock is behind", error=ClockBehindError),
    ):
        reword(claim, reviewer)


def test_a_clock_far_ahead_records_nothing(claim: Claim, reviewer: User) -> None:
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    with time_machine.travel(tomorrow), refused("not now", error=IntegrityError):
        reword(claim, reviewer)


def test_moments_within_one_act_go_forward_too(claim: Claim, editor: User) -> None:
    with time_machine.travel(last_entry(claim).recorded_at, tick=False):
        for _ in range(5):
            reword(claim, editor)
    moments = list(claim.entries.in_order().values_list("recorded_at", flat=True))
    assert moments == sorted(set(moments))


def offered() -> list[tuple[str, Any]]:
    return [(name, getattr(workflow, name)) for name in workflow.__all__]


def test_no_verb_and_no_draft_takes_the_moment_of_recording() -> None:
    names: set[str] = set()
    for _, thing in offered():
        if is_dataclass(thing):
            names |= {field.name for field in fields(thing)}
        elif inspect.isfunction(thing):
            names |= set(inspect.signature(thing).parameters)
    assert "effective_on" in names
    assert not names & {"recorded_at", "number", "moment", "at", "now", "head_at", "published_at"}
