"""Tasks for the tests of the queue. What they did is seen in rows and files, so that other processes see it too."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from claims.models import Publisher
from claims.tasks import background


class Trouble(Exception):
    """What a sample task runs into."""


@background(retries=2)
def record_name(name: str) -> None:
    """Do once, however often it is run."""
    Publisher.objects.get_or_create(name=name, domain=None)


@background(retries=2)
def fail_always(key: int) -> None:
    """Fail at every attempt."""
    raise Trouble(f"no {key}")


@background(retries=2)
def interrupt(key: int) -> None:
    """Behave as if the worker had been told twice to end."""
    raise SystemExit(1)


@background(retries=0, limit=timedelta(milliseconds=50))
def swallow_and_go_on(key: int) -> None:
    """Take for ever, deaf to every Exception."""
    while True:
        with suppress(Exception):
            time.sleep(60)


@background(limit=timedelta(hours=1))
def note_and_hang_once(folder: str, name: str) -> None:
    """Note the attempt; hang at the first, until killed; have an effect at the next."""
    attempts = Path(folder) / "attempts"
    with attempts.open("a") as file:
        file.write(f"{os.getpid()}\n")
    if len(attempts.read_text().splitlines()) == 1:
        time.sleep(600)
    Publisher.objects.get_or_create(name=name, domain=None)


@background(retries=1)
def end_when_told(folder: str, name: str) -> None:
    """Say that it has begun, wait for the word, have an effect."""
    (Path(folder) / "begun").touch()
    while not (Path(folder) / "go").exists():
        time.sleep(0.02)
    Publisher.objects.get_or_create(name=name, domain=None)


@background(retries=0)
def note(folder: str, number: int) -> None:
    """Leave one line in a file of its own for every time it is run."""
    with (Path(folder) / f"note-{number}").open("a") as file:
        file.write(f"{os.getpid()}\n")
