"""How much one reader may ask: a fixed number of requests in each period, counted in the shared cache.

Every answer says how much is left: in `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers), which
a setting can leave out while they are a draft, and in the `X-RateLimit-*` that older clients look for.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from django.conf import settings
from django.core.cache import caches
from django.http.request import HttpHeaders
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from claims.hosts import network_of
from claims.local_cache import LocalCache
from claims.models import ApiKey
from claims.silence import silence

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

    # the framework's views import this module
    from rest_framework.views import APIView

ANONYMOUS, BY_KEY = "anonymous", "key"
MINUTE = 60
FORWARDED = "HTTP_X_FORWARDED_FOR"
logger = logging.getLogger(__name__)


class Quota(NamedTuple):
    """What one reader has used of a rate: requests allowed in `period` seconds, and the second that one ends."""

    policy: str
    allowed: int
    period: int
    used: int
    ends_at: float
    left_seconds: float

    @property
    def is_spent(self) -> bool:
        """Whether this request was one too many."""
        return self.used > self.allowed

    def headers(self) -> Iterator[tuple[str, str]]:
        """Yield the headers that say it."""
        rest, wait = max(self.allowed - self.used, 0), max(math.ceil(self.left_seconds), 1)
        if settings.FACTCHECK_API_RATELIMIT_HEADERS:
            yield "RateLimit-Policy", f'"{self.policy}";q={self.allowed};w={self.period}'
            yield "RateLimit", f'"{self.policy}";r={rest};t={wait}'
        yield "X-RateLimit-Limit", str(self.allowed)
        yield "X-RateLimit-Remaining", str(rest)
        yield "X-RateLimit-Reset", str(math.ceil(self.ends_at))


class Sender:
    """Who sent a request without a key, as far as whom it is counted for depends on it."""

    auth = None

    def __init__(self, environ: WSGIEnvironment) -> None:
        self.META = environ

    @property
    def headers(self) -> HttpHeaders:
        """The header that proxies add to."""
        return HttpHeaders({FORWARDED: self.META[FORWARDED]} if FORWARDED in self.META else {})


class ReaderThrottle(SimpleRateThrottle):
    """One counter per reader and period: an addition in the cache, where a log of requests would be rewritten.

    A key is counted by itself, at its own rate, wherever it is used; whoever has none, by their network address.
    """

    scope = "readers"
    left = 0.0

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Count the request; refuse it beyond the rate. The view is told how much is left, as `view.quota`."""
        quota = self.count(request)
        if quota is None:
            return True
        self.left = quota.left_seconds
        view.quota = quota  # type: ignore[attr-defined]
        return not quota.is_spent

    def count(self, request: Request | Sender) -> Quota | None:
        """Count a request and return what is left; None where there is no rate, or where the cache cannot count."""
        policy, reader, allowed, period = self.rate_of(request)
        if not allowed or not period:
            return None
        now = time.time()
        try:
            used = _counted(reader, period, int(now // period))
        except ValueError:  # the period ended between two calls
            return None
        except silence() as error:  # what only counts must not take the register down with it
            logger.warning("Requests are not counted, the cache does not answer: %s", error)
            return None
        left = period - now % period
        return Quota(policy, allowed, period, used, now + left, left)

    def wait(self) -> float:
        """Return the seconds until the next period."""
        return self.left

    def rate_of(self, request: Request | Sender) -> tuple[str, str, int | None, int | None]:
        """Return the policy, whom a request is counted for, how many are allowed and in how many seconds."""
        if isinstance(request.auth, ApiKey):
            return BY_KEY, f"{BY_KEY}-{request.auth.prefix}", request.auth.rate, MINUTE
        return ANONYMOUS, self.reader(request), *self.parse_rate(self.rate)

    def reader(self, request: Request | Sender) -> str:
        """Return whom a request is counted for: an IPv4 address, or the /64 network an IPv6 one is in."""
        if FORWARDED in request.META:
            return network_of(self.get_ident(cast(Request, request)) or "")
        return network_of(request.META.get("REMOTE_ADDR") or "")

    def parse_rate(self, rate: str | None) -> tuple[int | None, int | None]:
        """Return how many are allowed in how many seconds, which no request changes."""
        return _parsed(rate)


@lru_cache
def _parsed(rate: str | None) -> tuple[int | None, int | None]:
    return SimpleRateThrottle.parse_rate(cast(Any, None), rate)


def _counted(reader: str, period: int, turn: int) -> int:
    """Return how many there are with this one. Raises ValueError where the cache forgot the counter meanwhile."""
    shared = caches["default"]
    if isinstance(shared, LocalCache):
        return shared.counted(reader, period=period, turn=turn)
    counter = f"api-reads:{turn}:{reader}"
    try:
        return shared.incr(counter)
    except ValueError:  # the first of its period
        shared.add(counter, 0, timeout=period)
        return shared.incr(counter)
