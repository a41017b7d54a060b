"""Runs a benchmark on each engine in turn, each in a process of its own, on a register that is thrown away."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable

from _register import FIRST, SERVER, scratch_database


def options_of(said: str | None) -> argparse.ArgumentParser:
    """Return what every benchmark of a large register may be asked for; `said` is its own description."""
    parser = argparse.ArgumentParser(description=said)
    parser.add_argument("--claims", type=int, default=100_000, help=f"a multiple of {FIRST}")
    parser.add_argument("--rounds", type=int, default=9, help="of each page")
    parser.add_argument("--postgres", default=SERVER)
    parser.add_argument("--keep", default="", help="the address of a register to keep")
    parser.add_argument("--database", default="", help=argparse.SUPPRESS)
    return parser


def on_each(options: argparse.Namespace, measure: Callable[[argparse.Namespace], None]) -> None:
    """Measure SQLite and, where it answers, PostgreSQL; a register to keep alone."""
    if options.database or options.keep:
        measure(options)
        return
    with tempfile.TemporaryDirectory(prefix="factcheck-bench-") as folder:
        _run(f"sqlite:///{folder}/lists.sqlite3", folder)
        with scratch_database(options.postgres) as database:
            if database:
                _run(database, folder)


def _run(database: str, folder: str) -> None:
    command = [sys.executable, *sys.argv, "--database", database]
    subprocess.run(command, env={**os.environ, "FACTCHECK_VAR_DIR": folder}, check=True)
