"""A register in a database of its own, driven from outside as an operator would: for tests that kill processes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import connection

from tests import templates

ROOT = Path(__file__).parents[1]


class Register:
    """Runs commands of manage.py on one database, and looks into it from outside."""

    def __init__(self, url: str, folder: Path, connect: Callable[[], Any]) -> None:
        self._connect = connect
        self.environment = {
            "PATH": os.environ["PATH"],
            "DATABASE_URL": url,
            "FACTCHECK_ENV_FILE": "",
            "FACTCHECK_MODE": "development",
            "FACTCHECK_VAR_DIR": str(folder),
        }

    def start(self, *command: str) -> subprocess.Popen[str]:
        """Start a command."""
        return subprocess.Popen(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *command: str) -> str:
        """Run a command that succeeds, and return what it printed."""
        process = self.start(*command)
        out, err = process.communicate(timeout=300)
        assert process.returncode == 0, out + err
        return out

    def ask(self, sql: str) -> Any:
        """Return the one value that a query finds."""
        with closing(self._connect()) as database:
            found = database.execute(sql).fetchone()
            return found[0] if found else None

    def change(self, sql: str) -> None:
        """Change rows behind the register's back."""
        with closing(self._connect()) as database:
            database.execute(sql)
            database.commit()


def until(true: Callable[[], object], *, seconds: float = 60) -> None:
    """Wait for something that will be; fail if it takes absurdly long."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "this took too long"
        time.sleep(0.02)


@contextmanager
def scratch_register_in(folder: Path) -> Iterator[Register]:
    """Yield a migrated register on the engine that the tests run on; its database goes with it."""
    if connection.vendor == "sqlite":
        import sqlite3

        path = folder / "scratch.sqlite3"
        templates.copy_migrated_file(path)
        yield Register(f"sqlite:///{path}", folder, lambda: sqlite3.connect(path, timeout=30))
        return
    import psycopg

    server = templates.server_of(connection.settings_dict)
    name, template = f"factcheck_scratch_{uuid4().hex[:12]}", templates.migrated_on_server(server)
    templates.on_server(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    url = f"{server}/{name}"
    try:
        yield Register(url, folder, lambda: psycopg.connect(url))
    finally:
        templates.on_server(server, f'DROP DATABASE "{name}" WITH (FORCE)')
