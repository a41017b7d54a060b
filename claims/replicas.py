"""The copy of the database that readers are answered from: whether it has caught up, and how one request keeps to it.

A streaming replica of PostgreSQL follows the primary by some milliseconds, and by hours where something is wrong.
Nobody can see from the copy alone how far behind it is. So its position in the write-ahead log is held against
positions that the primary had some seconds ago, which covers whatever was written: verdicts, redactions, names.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, InterfaceError, connections, models
from django.db.models import Func, Value

PRIMARY, REPLICA = "default", "replica"
LOOK_EVERY = 1.0  # seconds
WRITTEN, FOLLOWED = "pg_current_wal_flush_lsn", "pg_last_wal_replay_lsn"
logger = logging.getLogger(__name__)


def exists() -> bool:
    """Return whether there is a replica to read from (FACTCHECK_REPLICA_URL)."""
    return REPLICA in connections.settings


@contextmanager
def reading() -> Iterator[None]:
    """Have everything the block asks of the database, by whatever way, asked of the replica.

    The connection itself is exchanged and not the choice of one for each query: an answer is made from one database.
    """
    primary, replica = connections[PRIMARY], connections[REPLICA]
    connections[PRIMARY] = replica
    try:
        yield
    finally:
        connections[PRIMARY] = primary


class Watch:
    """Whether the replica holds everything that was written more than FACTCHECK_REPLICA_LAG seconds ago.

    One process looks once a second, while it is asked anything. Where the primary does not answer, what was known
    last goes on; where the replica does not, it has not caught up.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._looked_at = float("-inf")
        self._caught_up = False
        self._seen: deque[tuple[float, int]] = deque()

    def caught_up(self) -> bool:
        """Return whether readers may be answered from the replica."""
        if time.monotonic() - self._looked_at >= LOOK_EVERY and self._lock.acquire(blocking=False):
            try:
                self._look(time.monotonic())
            finally:
                self._lock.release()
        return self._caught_up

    def doubt(self) -> None:
        """Leave the replica alone until it was looked at again."""
        self._caught_up, self._looked_at = False, time.monotonic()

    def _look(self, now: float) -> None:
        idle, self._looked_at = now - self._looked_at, now
        try:
            written = position(PRIMARY, WRITTEN)
        except (DatabaseError, InterfaceError) as error:
            logger.warning("The primary database does not answer: %s", error)
            return
        self._seen.append((now, written))
        needed = self._needed(now, idle)
        try:
            followed = position(REPLICA, FOLLOWED)
        except (DatabaseError, InterfaceError) as error:
            logger.warning("The replica does not answer: %s", error)
            followed = -1
        if self._caught_up and followed < needed:
            logger.warning("The replica is behind: readers are answered from the primary.")
        self._caught_up = followed >= needed

    def _needed(self, now: float, idle: float) -> int:
        """Return the position that was the primary's when the lag that is borne began."""
        borne = settings.FACTCHECK_REPLICA_LAG
        while len(self._seen) > 1 and self._seen[1][0] <= now - borne:
            self._seen.popleft()
        # What was written while nobody looked may be older than can be told.
        return self._seen[-1 if idle > borne + LOOK_EVERY else 0][1]


watch = Watch()


def wait_until_followed() -> None:
    """Return once no reader is shown less than is written now: for whoever tells others to come and look.

    After FACTCHECK_REPLICA_LAG and two looks every server process has turned away from a replica that is behind.
    """
    if not exists():
        return
    needed = position(PRIMARY, WRITTEN)
    deadline = time.monotonic() + settings.FACTCHECK_REPLICA_LAG + 2 * LOOK_EVERY
    while time.monotonic() < deadline:
        try:
            if position(REPLICA, FOLLOWED) >= needed:
                return
        except (DatabaseError, InterfaceError):
            pass  # then nobody is answered from it
        time.sleep(0.1)


def position(alias: str, function: str) -> int:
    """Return a position in the write-ahead log in bytes; -1 where a replica follows nobody."""
    place = Func(function=function, output_field=models.TextField())
    bytes_ = Func(
        place, Value("0/0"), function="pg_wal_lsn_diff", output_field=models.BigIntegerField()
    )
    rows = ContentType.objects.using(alias).order_by().values_list(bytes_)
    found = rows.first()
    return -1 if found is None or found[0] is None else int(found[0])
