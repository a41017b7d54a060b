"""Real workers: killed in the middle of a task, told to end, and two at one queue."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scratch import Register, scratch_register_in, until

ENQUEUE = "from claims.tasks import enqueue; from tests.tasks import samples; "
TASKS = "django_tasks_database_dbtaskresult"
OF_SAMPLES = f"FROM {TASKS} WHERE task_path LIKE 'tests.%'"
STATUS = f"SELECT status {OF_SAMPLES}"
EFFECTS = "SELECT count(*) FROM claims_publisher"


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[Register]:
    """A migrated register for all tests here."""
    with scratch_register_in(tmp_path_factory.mktemp("register")) as register:
        yield register


@pytest.fixture
def register(migrated: Register) -> Register:
    """The register, with nothing waiting in its queue."""
    migrated.change(f"DELETE FROM {TASKS}")
    migrated.change("DELETE FROM claims_publisher")
    migrated.change("DELETE FROM claims_periodicjob")
    return migrated


def ask_for(register: Register, calls: str) -> None:
    register.run("shell", "--verbosity", "0", "-c", ENQUEUE + calls)


def test_what_a_killed_worker_left_the_next_one_finishes_once(
    register: Register, tmp_path: Path
) -> None:
    attempts = tmp_path / "attempts"
    ask_for(register, f"enqueue(samples.note_and_hang_once, {str(tmp_path)!r}, 'Gazette')")
    worker = register.start("run_worker")
    until(attempts.exists)
    worker.kill()
    worker.communicate()
    assert (register.ask(STATUS), register.ask(EFFECTS)) == ("RUNNING", 0)

    register.run("run_job", "reap_stuck_tasks")  # too early: it might be at work
    assert register.ask(STATUS) == "RUNNING"
    register.change(f"UPDATE {TASKS} SET started_at = '2020-01-01 00:00:00'")
    register.run("run_job", "reap_stuck_tasks")
    register.run("run_worker", "--until-idle")
    assert (register.ask(STATUS), register.ask(EFFECTS)) == ("SUCCESSFUL", 1)
    assert len(attempts.read_text().splitlines()) == 2
    register.run("run_worker", "--until-idle")
    assert len(attempts.read_text().splitlines()) == 2


def test_two_workers_run_no_task_twice(register: Register, tmp_path: Path) -> None:
    ask_for(register, f"[enqueue(samples.note, {str(tmp_path)!r}, number) for number in range(50)]")
    workers = [register.start("run_worker", "--until-idle") for _ in range(2)]
    for worker in workers:
        out, err = worker.communicate(timeout=300)
        assert worker.returncode == 0, out + err
    notes = [path.read_text().splitlines() for path in tmp_path.glob("note-*")]
    assert [len(lines) for lines in notes] == [1] * 50
    assert register.ask(f"SELECT count(*) {OF_SAMPLES} AND status = 'SUCCESSFUL'") == 50


def test_a_worker_told_to_end_ends_after_the_task_at_hand(
    register: Register, tmp_path: Path
) -> None:
    ask_for(register, f"enqueue(samples.end_when_told, {str(tmp_path)!r}, 'Gazette')")
    worker = register.start("run_worker")
    until((tmp_path / "begun").exists)
    worker.send_signal(signal.SIGTERM)
    ask_for(register, f"enqueue(samples.note, {str(tmp_path)!r}, 1)")
    (tmp_path / "go").touch()
    worker.communicate(timeout=60)
    assert worker.returncode == 0
    assert register.ask(EFFECTS) == 1
    assert not (tmp_path / "note-1").exists()


def test_a_worker_told_twice_ends_at_once_and_leaves_the_task_ready(
    register: Register, tmp_path: Path
) -> None:
    ask_for(register, f"enqueue(samples.end_when_told, {str(tmp_path)!r}, 'Gazette')")
    worker = register.start("run_worker")
    until((tmp_path / "begun").exists)

    def told_again() -> bool:
        worker.send_signal(signal.SIGTERM)
        return worker.poll() is not None

    until(told_again)
    worker.communicate()
    assert worker.returncode == 1
    assert (register.ask(STATUS), register.ask(EFFECTS)) == ("READY", 0)
