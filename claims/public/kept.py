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
from typing import Any, TypeVar

from django.core.cache import cache
from django.http import HttpRequest
from django.template.loader import render_to_string

from claims.silence import silence

KEPT_SECONDS = 15 * 60
LEVEL = 6
Kept = TypeVar("Kept")
Context = dict[str, Any] | Callable[[], dict[str, Any]]
logger = logging.getLogger(__name__)


def rendered(request: HttpRequest, template: str, context: Context, *, etag: str) -> bytes:
    """Return the gzip of a page: from the cache, or made now. Only then is a `context` that is a function called."""
    if request.META.get("QUERY_STRING"):  # be it one that asks for nothing, such as "?&&"
        return _made(request, template, context)
    key = "page:" + etag.strip('"')
    return kept_or_made(key, lambda: _made(request, template, context), seconds=KEPT_SECONDS)


def kept_or_made(key: str, make: Callable[[], Kept], *, seconds: int) -> Kept:
    """Return what is kept under a key, or what `make` makes, which is then kept for so many seconds."""
    try:
        kept: Kept | None = cache.get(key)
    except silence() as error:
        logger.warning("Everything is made each time, the cache does not answer: %s", error)
        return make()
    if kept is None:
        kept = make()
        _keep(key, kept, seconds)
    return kept


def _made(request: HttpRequest, template: str, context: Context) -> bytes:
    page = render_to_string(template, context() if callable(context) else context, request)
    # Public pages hold no secret, so nothing can be learnt from how well they compress (BREACH).
    return gzip.compress(page.encode(), LEVEL, mtime=0)


def _keep(key: str, made: object, seconds: int) -> None:
    try:
        cache.set(key, made, seconds)
    except silence() as error:
        logger.warning("Nothing is kept, the cache does not answer: %s", error)
