"""How much one reader may ask: a fixed number of requests in each period, counted in the shared cache."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from django.core.cache import cache
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from claims.hosts import network_of

if TYPE_CHECKING:  # the framework's views import this module
    from rest_framework.views import APIView

logger = logging.getLogger(__name__)


class ReaderThrottle(SimpleRateThrottle):
    """One counter per reader and period: an addition in the cache, where a log of requests would be rewritten."""

    scope = "readers"
    remaining = 0.0

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Count the request; refuse it beyond the rate."""
        allowed, period = self.parse_rate(self.rate)
        if not allowed or not period:
            return True
        now = time.time()
        self.remaining = period - now % period
        key = f"api-reads:{int(now // period)}:{self.reader(request)}"
        try:
            cache.add(key, 0, timeout=period)
            return bool(cache.incr(key) <= allowed)
        except ValueError:  # the period ended between the two calls
            return True
        except RedisError as error:  # what only counts must not take the register down with it
            logger.warning("Requests are not counted, the cache does not answer: %s", error)
            return True

    def wait(self) -> float:
        """Return the seconds until the next period."""
        return self.remaining

    def reader(self, request: Request) -> str:
        """Return whom a request is counted for: an IPv4 address, or the /64 network an IPv6 one is in."""
        return network_of(self.get_ident(request) or "")
