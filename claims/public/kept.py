"""Rendered pages, kept for a while: what has the same marks need not be made twice.

A page is kept under its ETag, which names everything that can change on it. So nothing here ever has to be thrown away,
and a cache that is silent costs time and nothing else.

Only pages without a query are kept: there are as many of them as there are things to show, while queries can be made up
without end, and would fill any cache. They are kept as most readers are sent them, compressed: a quarter of the size.
"""

from __future__ import annotations

import gzip
import logging
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.template.loader import render_to_string
from redis.exceptions import RedisError

KEPT_SECONDS = 15 * 60
LEVEL = 6
Context = dict[str, Any] | Callable[[], dict[str, Any]]
logger = logging.getLogger(__name__)


def rendered(request: HttpRequest, template: str, context: Context, *, etag: str) -> bytes:
    """Return the gzip of a page: from the cache, or made now. Only then is a `context` that is a function called."""
    if request.GET:
        return _made(request, template, context)
    key = "page:" + etag.strip('"')
    try:
        kept: bytes | None = cache.get(key)
    except RedisError as error:
        logger.warning("Pages are made each time, the cache does not answer: %s", error)
        return _made(request, template, context)
    if kept is None:
        kept = _made(request, template, context)
        _keep(key, kept)
    return kept


def _made(request: HttpRequest, template: str, context: Context) -> bytes:
    page = render_to_string(template, context() if callable(context) else context, request)
    # Public pages hold no secret, so nothing can be learnt from how well they compress (BREACH).
    return gzip.compress(page.encode(), LEVEL, mtime=0)


def _keep(key: str, page: bytes) -> None:
    try:
        cache.set(key, page, KEPT_SECONDS)
    except RedisError as error:
        logger.warning("A page is not kept, the cache does not answer: %s", error)
