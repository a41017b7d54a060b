"""The worker: takes tasks up one after the other, and has done what is due in between."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import time
from types import FrameType

from django.db import OperationalError
from django.utils.crypto import get_random_string

from claims.tasks.periodic import do_what_is_due
from claims.tasks.queue import carry_out, drop_stale_connection, take_next

logger = logging.getLogger(__name__)
STOPPING = (signal.SIGINT, signal.SIGTERM)
LOOKING_FOR_JOBS_EVERY = 10.0
NAP = 0.2


def name_of_worker() -> str:
    """Return a name no other worker has, and that tells an operator where to look."""
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{get_random_string(6)}"


class Worker:
    """One process's loop. Any number of them may run, on any number of machines."""

    def __init__(self, *, interval: float = 1.0) -> None:
        self.name = name_of_worker()
        self.interval = interval
        self.stopping = False
        self._looked_for_jobs = float("-inf")

    def heed_signals(self) -> None:
        """End after the task at hand when told to; at once, putting it back, when told a second time."""
        for number in STOPPING:
            signal.signal(number, self._stop)

    def _stop(self, signum: int, frame: FrameType | None) -> None:
        if self.stopping:
            for number in STOPPING:  # nothing more may come between the task and its place
                signal.signal(number, signal.SIG_IGN)
            sys.exit(1)
        logger.info("Worker %s was told to end: it ends after the task at hand", self.name)
        self.stopping = True

    def run(self, *, until_idle: bool = False) -> None:
        """Work until told to stop, or only until nothing is ready. Trouble with the database is waited out."""
        logger.info("Worker %s begins", self.name)
        while not self.stopping:
            try:
                found = self._work()
            except OperationalError as error:
                if until_idle:
                    raise
                logger.warning("The database cannot be used, trying again: %s", error)
                found = False
            drop_stale_connection()
            if until_idle and not found:
                break
            if not found:
                self._rest()
        logger.info("Worker %s ends", self.name)

    def _work(self) -> bool:
        """Do one thing, if there is one to do; return whether there was."""
        self._look_for_jobs()
        row = take_next(self.name)
        if row is None:
            return False
        carry_out(row)
        return True

    def _look_for_jobs(self) -> None:
        if time.monotonic() - self._looked_for_jobs >= LOOKING_FOR_JOBS_EVERY:
            do_what_is_due()
            self._looked_for_jobs = time.monotonic()

    def _rest(self) -> None:
        """Wait for the next look, in naps short enough to end promptly."""
        until = time.monotonic() + self.interval
        while not self.stopping and (left := until - time.monotonic()) > 0:
            time.sleep(min(NAP, left))
