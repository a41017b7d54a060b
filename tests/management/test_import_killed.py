"""An import killed in the middle: what is there is whole, and the next run brings the rest."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.interop.rows import row

ROOT = Path(__file__).parents[2]
ROWS = 1_000


class Register:
    """A register in a database of its own, driven as an operator would."""

    def __init__(self, url: str, folder: Path, count: Callable[[], int]) -> None:
        self.count = count
        self.environment = {
            "PATH": os.environ["PATH"],
            "DATABASE_URL": url,
            "FACTCHECK_ENV_FILE": "",
            "FACTCHECK_MODE": "development",
            "FACTCHECK_VAR_DIR": str(folder),
        }

    def start(self, *command: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *command: str) -> str:
        process = self.start(*command)
        out, err = process.communicate(timeout=300)
        assert process.returncode == 0, out + err
        return out


def sqlite_count(path: Path) -> Callable[[], int]:
    import sqlite3

    def count() -> int:
        with closing(sqlite3.connect(path, timeout=30)) as database:
            return int(database.execute("SELECT count(*) FROM claims_importrecord").fetchone()[0])

    return count


def postgres_count(**where: Any) -> Callable[[], int]:
    import psycopg

    def count() -> int:
        with psycopg.connect(**where) as database:
            found = database.execute("SELECT count(*) FROM claims_importrecord").fetchone()
            return int(found[0]) if found else 0

    return count


@pytest.fixture
def register(tmp_path: Path, db: None) -> Iterator[Register]:
    """A scratch register on the engine that the tests run on."""
    if connection.vendor == "sqlite":
        path = tmp_path / "scratch.sqlite3"
        yield Register(f"sqlite:///{path}", tmp_path, sqlite_count(path))
        return
    import psycopg

    given = connection.get_connection_params()
    where = {name: given[name] for name in ("host", "port", "user", "password") if given.get(name)}
    name = f"factcheck_killed_{os.getpid()}"
    with psycopg.connect(**where, dbname="postgres", autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    secret = f":{where['password']}" if "password" in where else ""
    port = f":{where['port']}" if "port" in where else ""
    url = f"postgres://{where.get('user', '')}{secret}@{where.get('host', '')}{port}/{name}"
    yield Register(url, tmp_path, postgres_count(**where, dbname=name))
    with psycopg.connect(**where, dbname="postgres", autocommit=True) as server:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_a_killed_import_leaves_nothing_half_written_and_goes_on(
    register: Register, tmp_path: Path
) -> None:
    dataset = tmp_path / "train.json"
    dataset.write_text(json.dumps([row(f"Bridge {number} was closed.") for number in range(ROWS)]))
    command = ("import_claims", "--format", "averitec", str(dataset))
    register.run("migrate", "--verbosity", "0")
    process = register.start(*command)
    while process.poll() is None and register.count() < 100:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    survived = register.count()
    assert 0 < survived < ROWS
    assert f"{survived} claims, {3 * survived} history entries: all sound" in register.run(
        "check_history"
    )
    added = f"{ROWS - survived} claims added"
    assert f"{added} with {ROWS - survived} pieces of evidence, {survived} known already" in (
        register.run(*command)
    )
    whole = f"{ROWS} claims, {3 * ROWS} history entries: all sound"
    assert whole in register.run("check_history")
    assert register.run(*command).startswith("0 claims added")
