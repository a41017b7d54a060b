"""recorded_at: the server's clock, only ever forward within a claim, never from anybody else."""

from __future__ import annotations

import inspect
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from claims import workflow
from claims.history import triggers
from claims.history.clock import CLOCK_SKEW, NOT_NOW
from claims.history.recorder import (
    ClockBehindError,
    ClocksDisagreeError,
    WrittenTooLateError,
    locked,
    recorder_for,
    write,
)
from claims.models import Claim, User
from claims.vocabulary import Act
from claims.workflow import reword_claim
from claims.workflow.acting import finish_new, new_recorder
from claims.workflow.claims import put_claim
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


@pytest.mark.parametrize(
    "ahead", [CLOCK_SKEW + timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)]
)
def test_a_clock_ahead_of_the_databases_records_nothing_and_says_why(
    claim: Claim, reviewer: User, ahead: timedelta
) -> None:
    with (
        time_machine.travel(datetime.now(UTC) + ahead),
        refused("more than 5 seconds apart. Nothing was recorded", error=ClocksDisagreeError),
    ):
        reword(claim, reviewer)
    reword(claim, reviewer)  # the refusal left nothing in the way


@pytest.mark.parametrize("off", [timedelta(minutes=1), -timedelta(minutes=1)])
def test_a_new_claim_is_refused_too_whichever_clock_is_behind(
    contributor: User, importer: User, off: timedelta
) -> None:
    draft = workflow.ClaimDraft(wording="It is safe.")
    row = workflow.ImportedClaim(key="1", claim=draft)
    with time_machine.travel(datetime.now(UTC) + off):
        with refused("seconds apart", error=ClocksDisagreeError):
            workflow.record_claim(draft, by=contributor)
        with refused("seconds apart", error=ClocksDisagreeError):
            workflow.import_claims([row], source="s", origin="Archive", by=importer)


def test_what_took_too_long_to_write_is_not_laid_on_the_clocks(
    contributor: User,
) -> None:
    recorder = new_recorder(contributor)
    with time_machine.travel(datetime.now(UTC) - CLOCK_SKEW - timedelta(seconds=1)):
        put_claim(recorder, workflow.ClaimDraft(wording="It is safe."))
    with refused("took more than 5 seconds", error=WrittenTooLateError), transaction.atomic():
        finish_new([recorder])


def test_writer_and_guards_have_one_bound() -> None:
    said = [sql for sql in triggers.wanted(connection).values() if NOT_NOW in sql]
    assert len(said) == 1
    assert f"> {CLOCK_SKEW.total_seconds()}" in said[0]


def test_other_refusals_of_the_database_are_not_taken_for_a_wrong_clock(
    claim: Claim, reviewer: User
) -> None:
    early, late = (recorder_for(locked(claim), by=reviewer) for _ in range(2))
    for recorder in (early, late):
        recorder.record(Act.APPEARANCE_ADDED)
    write([early])
    with pytest.raises(IntegrityError, match=r"no gaps|exists"), transaction.atomic():
        write([late])


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
