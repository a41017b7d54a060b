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
    """Connections to Redis, none of which is given out for a while once a new one was not answered.

    One that falls silent while it is open is closed by Redis' client, so that it is waited for once more at most.
    """

    # Of the monotonic clock. A process has one cache, and each of its threads a pool of its own.
    silent_until: ClassVar[float] = 0.0

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
