"""The time one attempt of a task may take, kept by the clock and not by the task's good will."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import FrameType


class OutOfTime(BaseException):
    """An attempt took longer than its task allows. No Exception: code that swallows those must not swallow it."""


@contextmanager
def within(limit: timedelta) -> Iterator[None]:
    """Raise OutOfTime in the block when it takes longer than `limit`.

    Only where the block runs in a process's main thread, as a worker's tasks do, and the system has alarms.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "SIGALRM"):
        yield
        return

    def ring(signum: int, frame: FrameType | None) -> None:
        raise OutOfTime(f"stopped after {limit.total_seconds():g} seconds")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, limit.total_seconds())
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
