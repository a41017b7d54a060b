"""Not waiting for a shared cache that is silent: whatever it would do can be done without it, and a reader waits.

Loaded by Django where Redis is the cache (`factcheck.caches`), and by nobody else: Redis' client is large.
"""

from __future__ import annotations

from time import monotonic
from typing import Any, ClassVar

from redis import ConnectionPool
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError, TimeoutError
from redis.retry import Retry

LEFT_ALONE = 5.0  # seconds for which a cache that did not answer is not asked


class ImpatientPool(ConnectionPool):
    """Connections to Redis, none of which is given out for a while once it did not answer; nothing is tried twice."""

    silent_until: ClassVar[float] = (
        0.0  # of the monotonic clock; a process has one cache, and each thread a pool
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **(kwargs | {"retry": Retry(NoBackoff(), 0)}))

    def get_connection(self, *args: Any, **kwargs: Any) -> Any:
        """Return a connection. Raises ConnectionError at once where the cache was silent a moment ago."""
        if monotonic() < ImpatientPool.silent_until:
            raise ConnectionError("it did not answer a moment ago")
        try:
            return super().get_connection(*args, **kwargs)
        except (ConnectionError, TimeoutError):
            ImpatientPool.silent_until = monotonic() + LEFT_ALONE
            raise
