"""Every command at a real console: trouble from outside is one clear line and exit code 1, 2 or 130."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest
from django.core.management import get_commands, load_command_class
from django.db import DatabaseError, IntegrityError, OperationalError, ProgrammingError

from claims.management.console import OperatorCommand, escaped, trouble_with_database
from tests.templates import copy_migrated_file

ROOT = Path(__file__).parents[2]
NOBODY_LISTENS = "postgres://postgres@127.0.0.1:1/factcheck"
WIRE = 'The bridge is “safe”, Ada Moro said in Łódź. "We measured every beam," she said.\n\n'
NEED_A_DATABASE = [
    ("check_history", "nosuchid"),
    ("import_claims", "--format", "averitec", "claims.json"),
    ("load_seeds",),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "claims.json").write_text("[]")
    (tmp_path / "wire.txt").write_text(WIRE * 40, "utf-8")
    return tmp_path


def start(
    folder: Path,
    *command: str,
    url: str = "",
    stdout: int = subprocess.PIPE,
    variables: Mapping[str, str] = MappingProxyType({}),
) -> subprocess.Popen[str]:
    """Start manage.py in `folder`, on an empty database unless `url` names another."""
    environment = {
        "PATH": os.environ["PATH"],
        "FACTCHECK_ENV_FILE": "",
        "FACTCHECK_MODE": "development",
        "FACTCHECK_VAR_DIR": str(folder),
        "DATABASE_URL": url or f"sqlite:///{folder / 'scratch.sqlite3'}",
        **variables,
    }
    return subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), *command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Wait for the end; return exit code, output and errors."""
    out, err = process.communicate(timeout=60)
    return process.returncode, out or "", err


def test_every_command_of_ours_keeps_these_manners() -> None:
    ours = [name for name, app in get_commands().items() if app == "claims"]
    assert len(ours) >= 8
    for name in ours:
        assert isinstance(load_command_class("claims", name), OperatorCommand), name


@pytest.mark.parametrize("command", NEED_A_DATABASE, ids=" ".join)
def test_a_database_that_was_never_migrated_is_said_so(
    folder: Path, command: tuple[str, ...]
) -> None:
    code, _, err = ended(start(folder, *command))
    assert code == 1
    assert re.fullmatch(
        r"CommandError: The database is not migrated \(no such table: \w+\)\. Run: manage\.py migrate",
        err.splitlines()[-1],
    )
    assert "Traceback" not in err


@pytest.mark.parametrize("command", NEED_A_DATABASE, ids=" ".join)
def test_a_database_that_does_not_answer_is_named(folder: Path, command: tuple[str, ...]) -> None:
    code, _, err = ended(start(folder, *command, url=NOBODY_LISTENS))
    assert code == 1
    last = err.splitlines()[-1]
    assert last.startswith("CommandError: The database cannot be used: ")
    assert "127.0.0.1" in last
    assert "Traceback" not in err


def test_traceback_still_shows_where_trouble_came_from(folder: Path) -> None:
    assert "Traceback" in ended(start(folder, "check_history", "--traceback"))[2]


def test_a_file_that_is_no_database_is_said_so(folder: Path) -> None:
    (folder / "scratch.sqlite3").write_text("no database at all " * 100)
    code, _, err = ended(start(folder, "check_history"))
    assert code == 1
    assert err == "CommandError: The database cannot be used: file is not a database.\n"


def caused(error: DatabaseError, state: str) -> DatabaseError:
    """The error as Django raises it for one of PostgreSQL's."""
    error.__cause__ = type("Cause", (Exception,), {"sqlstate": state})()
    return error


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            caused(ProgrammingError('relation "x" does not exist\nLINE 1: SELECT'), "42P01"),
            'The database is not migrated (relation "x" does not exist). Run: manage.py migrate',
        ),
        (
            OperationalError("database is locked"),
            "The database cannot be used: database is locked.",
        ),
        (OperationalError(""), "The database cannot be used: OperationalError."),
        (caused(ProgrammingError("syntax error"), "42601"), None),
        (IntegrityError("the history is append-only"), None),
    ],
)
def test_only_what_an_operator_can_mend_is_told_in_one_line(
    error: DatabaseError, told: str | None
) -> None:
    assert trouble_with_database(error) == told


def test_a_reader_who_has_read_enough_is_no_trouble(folder: Path) -> None:
    reading, writing = os.pipe()
    process = start(folder, "suggest", "wire.txt", stdout=writing)
    os.close(writing)
    os.close(reading)
    assert ended(process) == (1, "", "")


def test_a_full_disk_is_said_so(folder: Path) -> None:
    with Path("/dev/full").open("w") as full:
        code, _, err = ended(start(folder, "suggest", "wire.txt", stdout=full.fileno()))
    assert (code, err) == (1, "Cannot write the output: No space left on device.\n")


def test_a_closed_output_is_said_so(folder: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" "{ROOT}/manage.py" suggest wire.txt >&-'],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "FACTCHECK_ENV_FILE": ""},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (1, "Standard output is closed.\n")


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8"])
def test_what_the_console_cannot_show_is_escaped(folder: Path, encoding: str) -> None:
    code, out, err = ended(
        start(folder, "suggest", "wire.txt", "--json", variables={"PYTHONIOENCODING": encoding})
    )
    assert (code, err) == (0, "")
    assert "“safe”" in json.loads(out.splitlines()[0])["content"]
    assert out.isascii() == (encoding != "utf-8")


def test_an_escape_of_a_rare_character_is_jsons(folder: Path) -> None:
    error = UnicodeEncodeError("ascii", "a\U0001f309b", 1, 2, "")
    assert escaped(error) == (r"\ud83c\udf09", 2)
    with pytest.raises(UnicodeDecodeError):
        escaped(UnicodeDecodeError("ascii", b"\xff", 0, 1, ""))


def test_an_interrupt_is_no_traceback(folder: Path) -> None:
    copy_migrated_file(folder / "scratch.sqlite3")
    primary, secondary = pty.openpty()
    process = start(folder, "check_history", "--every", "60", stdout=secondary)
    os.close(secondary)
    os.read(primary, 1000)  # the first round is over
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    assert ended(process) == (130, "", "Interrupted.\n")
    os.close(primary)


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("check_history", "--every", "-1"), "'-1' is not a number of seconds above 0"),
        (("check_history", "--every", "0"), "'0' is not a number of seconds above 0"),
        (("ingest", "wire.txt", "--published-on", "4.11.24"), "is not a date such as 2024-11-04"),
    ],
)
def test_an_argument_at_fault_is_named(folder: Path, command: tuple[str, ...], told: str) -> None:
    code, _, err = ended(start(folder, *command))
    assert code == 2
    assert told in err.splitlines()[-1]


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"FACTCHECK_MODE": "production"}, "FACTCHECK_SECRET_KEY"),
        ({"FACTCHECK_MODE": "staging"}, "FACTCHECK_MODE"),
        ({"DATABASE_URL": "mysql://db/x"}, "DATABASE_URL"),
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL"),
        ({"DATABASE_URL": "sqlite:////dev/null/x.sqlite3"}, "/dev/null"),
        ({"FACTCHECK_SECRET_KEY_FILE": "/nosuch"}, "FACTCHECK_SECRET_KEY_FILE"),
        ({"FACTCHECK_HTTPS": "perhaps"}, "FACTCHECK_HTTPS"),
    ],
)
def test_settings_at_fault_are_named_in_one_line(
    folder: Path, variables: dict[str, str], named: str
) -> None:
    code, _, err = ended(start(folder, "check_history", variables=variables))
    assert code == 1
    assert len(err.splitlines()) == 1
    assert named in err
