"""Databases migrated once in a run of the tests, whichever process asks first, and copied ever after."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

ROOT = Path(__file__).parents[1]
FOLDER = "TEST_TEMPLATES"  # the variable that tells parallel workers where they share them
MIGRATE = "import gc; gc.disable(); from manage import main; main()"  # a quarter of the time


def begin() -> None:
    """Make the folder that the processes of this run share."""
    os.environ[FOLDER] = tempfile.mkdtemp(prefix="factcheck-templates-")


def end() -> None:
    """Remove what the run shared."""
    folder = Path(os.environ.pop(FOLDER))
    if (known := folder / "on_server").exists():
        server, name = known.read_text().split()
        on_server(server, f'DROP DATABASE "{name}" WITH (FORCE)')
    shutil.rmtree(folder, ignore_errors=True)


def copy_migrated_file(path: Path) -> None:
    """Put a migrated SQLite database where there is none."""
    with _alone() as folder:
        template = folder / "migrated.sqlite3"
        if not template.exists():
            making = folder / "making.sqlite3"
            _migrate(f"sqlite:///{making}")
            _copy(making, template)
    _copy(template, path)


def migrated_on_server(server: str) -> str:
    """Return the name of a migrated PostgreSQL database to copy, on the server at an address without a database."""
    with _alone() as folder:
        known = folder / "on_server"
        if not known.exists():
            name = f"factcheck_migrated_{uuid4().hex[:12]}"
            on_server(server, f'CREATE DATABASE "{name}"')
            known.write_text(f"{server} {name}")
            _migrate(f"{server}/{name}")
    return known.read_text().split()[1]


def server_of(settings: dict[str, Any]) -> str:
    """Return the address of the server that a database of the settings is on, as PostgreSQL writes it."""
    user, secret, port = (quote(str(settings[name] or "")) for name in ("USER", "PASSWORD", "PORT"))
    return f"postgres://{user}{secret and ':'}{secret}@{settings['HOST']}{port and ':'}{port}"


def on_server(server: str, statement: str) -> None:
    """Carry out what is about a whole database."""
    import psycopg

    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(statement.encode())


@contextmanager
def _alone() -> Iterator[Path]:
    folder = Path(os.environ[FOLDER])
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder


def _migrate(url: str) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": url,
        "FACTCHECK_ENV_FILE": "",
        "FACTCHECK_MODE": "development",
        "FACTCHECK_VAR_DIR": os.environ[FOLDER],
    }
    command = [sys.executable, "-c", MIGRATE, "migrate", "--verbosity", "0"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as whole, closing(sqlite3.connect(target)) as copy:
        whole.backup(copy)
