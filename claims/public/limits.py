"""How often one reader may send something: a fixed number in each period, counted in the shared cache."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from claims.hosts import network_of
from claims.silence import silence

PERIODS = {"sec": 1, "min": 60, "hour": 60 * 60, "day": 24 * 60 * 60}
logger = logging.getLogger(__name__)


def seconds_to_wait(request: HttpRequest, what: str, rate: str = "") -> int:
    """Count one sending of `what` for the reader's address; return how long to wait where it is too many, else 0."""
    number, _, period = (rate or settings.FACTCHECK_REPORT_RATE).partition("/")
    seconds = PERIODS[period]
    now = time.time()
    key = f"sent:{what}:{int(now // seconds)}:{network_of(address_of(request))}"
    try:
        cache.add(key, 0, timeout=seconds)
        over = cache.incr(key) > int(number)
    except ValueError:  # the period ended between the two calls
        return 0
    except silence() as error:  # what only counts must not keep a reader from speaking
        logger.warning("What readers send is not counted, the cache does not answer: %s", error)
        return 0
    return math.ceil(seconds - now % seconds) if over else 0


def too_many(request: HttpRequest, wait: int, context: Mapping[str, Any]) -> HttpResponse:
    """Say in words how long to wait; `context` may name as `still_here` the part that shows again what was typed."""
    response = render(request, "429.html", {**context, "wait": wait}, status=429)
    return after(response, wait)


def after(response: HttpResponse, wait: int) -> HttpResponse:
    """Tell programs as well how many seconds to wait."""
    response.headers["Retry-After"] = str(wait)
    return response


def address_of(request: HttpRequest) -> str:
    """Return the network address a request came from, as far as the proxies that are trusted tell."""
    trusted = settings.TRUSTED_PROXIES
    told = request.headers.get("X-Forwarded-For", "")
    if not (trusted and told):
        return str(request.META.get("REMOTE_ADDR", ""))
    chain = [one.strip() for one in told.split(",")]
    return chain[-min(trusted, len(chain))]
