""".ci/demo on a small stand-in for the project: the server starts, and ends when its terminal does."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / ".ci" / "demo"
GRANIAN = Path(sys.executable).with_name("granian")
# A worker says when it begins to load the application, and takes its time: the moment to stop it.
# The worker ends when it is told to, and only then.
MANAGE = """
import pathlib, signal, sys, threading
if "run_worker" in sys.argv:
    told = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: told.set())
    pathlib.Path("working").touch()
    while not told.wait(0.05):
        pass
    pathlib.Path("worked").touch()
"""
APPLICATION = """
import pathlib, time
pathlib.Path("loading").touch()
time.sleep(1)
pathlib.Path("loaded").touch()
def application(environ, start_response):
    start_response("200 OK", [])
    return [b""]
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with a space in its name that looks to the script like the project."""
    folder = tmp_path / "a project"
    for name in (".ci", ".venv/bin", "factcheck"):
        (folder / name).mkdir(parents=True)
    shutil.copy(SCRIPT, folder / ".ci")
    (folder / ".venv/bin/python").symlink_to(sys.executable)
    launcher = f'#!/bin/sh\nexec "{sys.executable}" "{GRANIAN}" "$@"\n'
    (folder / ".venv/bin/granian").write_text(launcher)
    (folder / ".venv/bin/granian").chmod(0o755)
    (folder / "manage.py").write_text(MANAGE)
    (folder / "factcheck/wsgi.py").write_text(APPLICATION)
    return folder


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def demo(project: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The script, in a process group of its own, as a terminal would start it."""
    process = subprocess.Popen(
        [project / ".ci/demo", str(port)],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(project)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    yield process
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def until(true: Callable[[], bool], *, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "this took too long"
        time.sleep(0.02)


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.parametrize("moment", ["loading", "loaded"])
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGHUP, signal.SIGTERM])
def test_the_server_ends_with_its_terminal(
    demo: subprocess.Popen[bytes], project: Path, port: int, how: signal.Signals, moment: str
) -> None:
    until((project / moment).exists)
    until((project / "working").exists)
    os.killpg(demo.pid, how)
    demo.wait(timeout=30)
    assert (project / "worked").exists()
    until(lambda: not is_open(port), seconds=5)


def test_a_port_in_use_is_named_before_anything_is_prepared(project: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        refused = subprocess.run([project / ".ci/demo", port], capture_output=True, text=True)
    assert refused.returncode == 1
    assert f"Port {port} cannot be used" in refused.stderr
    assert not (project / "var/demo.env").exists()


@pytest.mark.parametrize("port", ["http", "80 80", "70000"])
def test_a_port_that_is_none_is_refused(project: Path, port: str) -> None:
    refused = subprocess.run([project / ".ci/demo", port], capture_output=True, text=True)
    assert refused.returncode in (1, 2)
    assert len(refused.stderr.splitlines()) == 1
