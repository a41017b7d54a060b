"""A register with the seed stories, served by granian in processes of its own, on the engine the tests run on."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.scratch import ROOT, Register, scratch_register_in, until

ISSUE = """
from claims.models import User
from claims.desk_vocabulary import Scope
from claims.vocabulary import Role
from claims.workflow import issue_api_key
from tests import factories
owner = factories.person(Role.EDITOR, username="programmer")
print(issue_api_key(owner, name="Examples", scopes=Scope.values, days=1, by=owner).text)
"""
SERVER = ("--interface", "wsgi", "--workers", "1", "--blocking-threads", "2")


@dataclass(frozen=True)
class Served:
    """Where the register answers, its commands, and a key of its API that is good for everything."""

    url: str
    register: Register
    key: str


@pytest.fixture(scope="session")
def served(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The register, and what its server wrote where it did not come up."""
    folder = tmp_path_factory.mktemp("served")
    with scratch_register_in(folder) as register:
        register.environment |= {
            "FACTCHECK_BASE_URL": (url := f"http://127.0.0.1:{free_port()}"),
            "FACTCHECK_API_RATE": "1000000/min",
            "FACTCHECK_API_KEY_RATE": "100000",
            "FACTCHECK_CHECK_RATE": "1000000/min",
            "FACTCHECK_LINK_RATE": "1000000/min",
            "FACTCHECK_AHEAD_MB": "8",
            "PYTHONPATH": str(ROOT),
        }
        register.run("migrate", "--verbosity=0")
        register.run("load_seeds")
        key = register.run("shell", "-v0", "-c", ISSUE).split()[-1]
        with granian(register, url, folder / "server.log"):
            yield Served(url, register, key)


@contextmanager
def granian(register: Register, url: str, log: Path) -> Iterator[None]:
    """Serve a register as the demo is served."""
    command = [str(Path(sys.executable).with_name("granian")), *SERVER]
    command += ["--host", "127.0.0.1", "--port", url.rpartition(":")[2]]
    with (
        log.open("wb") as said,
        subprocess.Popen(
            [*command, "--log-level", "warning", "factcheck.wsgi:application"],
            cwd=ROOT,
            env=register.environment,
            stdout=said,
            stderr=said,
        ) as server,
    ):
        try:
            until(lambda: answers(url, server, log))
            yield
        finally:
            server.terminate()


def answers(url: str, server: subprocess.Popen[bytes], log: Path) -> bool:
    """Return whether the server answers; fail with what it wrote if it has ended."""
    assert server.poll() is None, log.read_text()
    try:
        with urlopen(f"{url}/api/v1/", timeout=10):  # noqa: S310  (our own server)
            return True
    except (URLError, OSError):
        return False


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
