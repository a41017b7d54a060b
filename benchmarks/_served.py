"""Servers that a benchmark starts and stops: the register, and what stands beside it, under the same granian."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORKERS = ("--interface", "wsgi", "--workers", "2", "--blocking-threads", "2")


def environment(folder: Path, database: str, port: int) -> dict[str, str]:
    """Return what a register of its own needs to know."""
    return {
        **os.environ,
        "FACTCHECK_MODE": "demo",
        "FACTCHECK_ENV_FILE": "",
        "FACTCHECK_SECRET_KEY": secrets.token_urlsafe(64),
        "FACTCHECK_VAR_DIR": str(folder),
        "FACTCHECK_BASE_URL": f"http://127.0.0.1:{port}",
        "FACTCHECK_LOG_LEVEL": "ERROR",
        "FACTCHECK_API_RATE": "100000000/min",
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'benchmarks'}",
    }


@contextmanager
def granian(application: str, port: int, variables: Mapping[str, str]) -> Iterator[int]:
    """Serve an application as `make demo` does; yield the process at the head of its workers."""
    server = Path(sys.executable).with_name("granian")
    command = [str(server), *WORKERS, "--host", "127.0.0.1", "--port", str(port)]
    command += ["--log-level", "warning", application]
    with started(command, f"http://127.0.0.1:{port}/", variables) as pid:
        yield pid


@contextmanager
def started(command: list[str], url: str, variables: Mapping[str, str]) -> Iterator[int]:
    """Run a server for as long as it is needed, from the moment it answers anything."""
    if answers(url):  # granian would share the port with it, and answers come from either
        sys.exit(f"{url} is served already")
    with subprocess.Popen(
        command, cwd=ROOT, env=dict(variables), stderr=subprocess.DEVNULL
    ) as server:
        try:
            for _ in range(300):
                if answers(url):
                    break
                time.sleep(0.2)
            yield server.pid
        finally:
            server.terminate()


@contextmanager
def sealer(variables: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Run the sealer as `compose.yaml` does; yield what whoever writes must know, so as to leave sealing to it."""
    loop = {**variables, "FACTCHECK_SEALING": "loop"}
    command = [sys.executable, str(ROOT / "manage.py"), "seal"]
    with subprocess.Popen([*command, "--loop"], cwd=ROOT, env=loop) as process:
        try:
            yield loop
        finally:
            process.terminate()
    left = subprocess.run(command, cwd=ROOT, env=loop, check=True, capture_output=True, text=True)
    print(f"when the last writer ended, and the sealer: {left.stdout.strip()}")


def answers(url: str) -> bool:
    """Return whether anything answers, be it with a refusal."""
    try:
        with urllib.request.urlopen(url, timeout=20):  # noqa: S310  (our own servers)
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def memory_of(pid: int) -> float:
    """Return the proportional share of memory (PSS) of a server with its workers, in MiB."""
    family = {pid, *children_of(pid)}
    return sum(_pss(one) for one in family) / 1024


def children_of(pid: int) -> set[int]:
    """Return the processes that a process started, and those that they started."""
    found: set[int] = set()
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, tasks.read_text().split()):
            found |= {child, *children_of(child)}
    return found


def _pss(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
