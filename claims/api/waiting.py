"""How many requests may hold a worker for long, so that those who wait and stream leave room for everybody else."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings

LOOK_EVERY = 0.5


class Room:
    """The places of one server process for requests that take long."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken = 0

    @contextmanager
    def place(self) -> Iterator[bool]:
        """Hold a place while the block runs; yield whether there was one (FACTCHECK_API_WAITERS)."""
        with self._lock:
            granted = self._taken < settings.FACTCHECK_API_WAITERS
            self._taken += granted
        try:
            yield granted
        finally:
            with self._lock:
                self._taken -= granted


room = Room()


def wait_until(true: Callable[[], bool], *, seconds: int) -> None:
    """Return once something is so, when `seconds` are over, or at once where there is no place to wait."""
    deadline = time.monotonic() + seconds
    if not seconds or true():
        return
    with room.place() as granted:
        while granted and time.monotonic() < deadline and not true():
            time.sleep(LOOK_EVERY)
