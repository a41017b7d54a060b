"""`manage.py seal`: once and in a loop, after a crash, and before what is not sound."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from io import StringIO

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from claims.history.sealing import SealingHaltedError
from claims.management.commands import seal as command
from claims.models import Claim
from tests import factories
from tests.scratch import Register, scratch_register_in, until

DIE = (
    "from claims.history import sealing; import os; sealing._seal_or_report = lambda: os._exit(9); "
)
PLACES, WAITING = "SELECT count(*) FROM claims_logleaf", "SELECT count(*) FROM claims_unsealed"
ENTRIES = "SELECT count(*) FROM claims_historyentry"


def publishing(number: int) -> str:
    """Return a program that publishes a claim, by people of its own."""
    people = f"factories._UserFactory.reset_sequence({number}00)"
    return f"from tests import factories; {people}; factories.published_claim()"


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[Register]:
    """A register that nobody else uses, without a checklist."""
    with scratch_register_in(tmp_path_factory.mktemp("register")) as register:
        register.change("DELETE FROM claims_checklistitem")
        yield register


def test_what_a_killed_writer_left_is_sealed_later_and_nothing_is_lost(register: Register) -> None:
    before = register.ask(ENTRIES)
    writer = register.start("shell", "--verbosity", "0", "-c", DIE + publishing(1))
    writer.communicate(timeout=120)
    assert writer.returncode == 9
    left = register.ask(ENTRIES) - before
    # On SQLite the last act dies with its sealing: it was in the same transaction, and nobody was told it is done.
    assert register.ask(WAITING) == (left if connection.vendor == "postgresql" else 0)
    register.run("seal")
    assert register.ask(WAITING) == 0
    register.run("shell", "--verbosity", "0", "-c", publishing(2))
    assert register.ask(WAITING) == 0
    assert "all sound" in register.run("check_history")


def test_the_loop_seals_what_others_leave_and_ends_when_told(register: Register) -> None:
    register.environment["FACTCHECK_SEALING"] = "loop"
    places = register.ask(PLACES)
    register.run("shell", "--verbosity", "0", "-c", publishing(3))
    assert register.ask(WAITING) > 0
    loop = register.start("seal", "--loop")
    until(lambda: register.ask(WAITING) == 0)
    assert register.ask(PLACES) > places
    loop.send_signal(signal.SIGTERM)
    _, err = loop.communicate(timeout=60)
    assert loop.returncode == 0, err
    assert "The sealer begins" in err
    assert f"{register.ask(PLACES) - places} acts sealed" in err
    assert "The sealer ends" in err


@pytest.fixture
def unsealed(settings: LazySettings, contributor: object) -> Claim:
    """A public claim whose acts wait for their places."""
    settings.FACTCHECK_SEALING = "loop"
    return factories.published_claim()


def test_one_run_says_what_it_did(unsealed: Claim) -> None:
    unsealed.refresh_from_db()
    said = StringIO()
    call_command("seal", stdout=said)
    number = unsealed.head_number
    assert said.getvalue() == f"{number} acts sealed; the log holds {number}\n"


def test_one_run_fails_before_what_is_not_sound(
    unsealed: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    def halt() -> int:
        raise SealingHaltedError("claim x entry 1: leaf_hash is not the hash of the leaf")

    monkeypatch.setattr(command, "seal", halt)
    with pytest.raises(CommandError, match="entry 1: leaf_hash"):
        call_command("seal")


def test_the_loop_names_what_halts_it_once_and_goes_on_when_it_is_put_right(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    halted = SealingHaltedError("entry 1")
    outcomes: list[object] = [halted, halted, OperationalError("gone away"), 3, 0]
    loop = command.Loop(interval=0)

    def seal() -> int:
        outcome = outcomes.pop(0)
        if not outcomes:
            loop._stop(signal.SIGTERM, None)
        if isinstance(outcome, Exception):
            raise outcome
        assert isinstance(outcome, int)
        return outcome

    monkeypatch.setattr(command, "seal", seal)
    monkeypatch.setattr(command, "drop_stale_connection", lambda: None)
    monkeypatch.setattr("signal.signal", lambda number, handler: None)
    with caplog.at_level("INFO", logger="claims.history.sealing"):
        loop.run()
    told = [record.message for record in caplog.records]
    assert told == [
        "The sealer begins",
        "Sealing has halted: entry 1. Run manage.py check_history.",
        "The database cannot be used, trying again: gone away",
        "Sealing goes on",
        "3 acts sealed",
        "The sealer ends",
    ]
