"""Answers of Django, kept in memory as they were sent: those used last, as many as a number of bytes allows."""

from __future__ import annotations

import zlib
from collections import OrderedDict
from collections.abc import Hashable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from math import inf
from threading import Lock

from django.http import HttpResponse

from factcheck.database_version import Version

Header = tuple[str, str]
Raw = tuple[object, ...]
BESIDE = 3_000  # bytes that an answer takes beside its body, about
WORTH_PACKING, QUICKLY = 16_000, 1
REMEMBERED = 10_000  # questions that were asked
LARGEST = 8  # one answer takes one part in so many of the room at most
# What an answer that is kept may differ by; all of it is part of what it is kept under.
MAY_VARY = frozenset({"accept", "accept-encoding"})
COUNTED = ("RateLimit", "X-RateLimit-")  # how the names begin of headers that count requests


@dataclass(slots=True)
class Kept:
    """One answer, what it was made from, and its headers before and behind those that are counted anew.

    `version` is the state of the database in which it was last known to be right, `until` the moment (of the
    monotonic clock) at which it is too old in any case. `counts` says whether its headers count requests.
    """

    marks: Sequence[Raw]
    version: Version | None
    etag: str
    modified: str | None
    status: str
    before: list[Header]
    behind: list[Header]
    counts: bool
    body: bytes
    packed: bool
    until: float = inf

    @property
    def content(self) -> bytes:
        """The body as it was sent."""
        return zlib.decompress(self.body) if self.packed else self.body

    def is_current(self, version: Version | None, now: float) -> bool:
        """Whether nothing was written since it was right, and it is not too old."""
        return version is not None and version == self.version and now < self.until

    def is_meant(self, etag: str | None, modified: str | None) -> bool:
        """Whether it is the answer to a client that has the version of this tag or, where it names none, of this date;
        any is for one that has none.
        """
        if etag is not None:
            return etag.removeprefix("W/") == self.etag
        return modified is None or modified == self.modified


def kept_from(
    response: HttpResponse,
    status: str,
    headers: Sequence[Header],
    *,
    marks: Sequence[Raw],
    version: Version | None,
) -> Kept | None:
    """Return an answer to be kept; None for one that is not for everybody."""
    told = dict(headers)
    varies = {name.strip().lower() for name in told.get("Vary", "").split(",") if name.strip()}
    if "public" not in told.get("Cache-Control", "") or "Set-Cookie" in told or varies - MAY_VARY:
        return None
    counting = [at for at, (name, _) in enumerate(headers) if name.startswith(COUNTED)]
    place = counting[0] if counting else len(headers)
    # Whoever takes no gzip is sent a page as it is; so kept, a thousand would fill the room of four thousand.
    body, packed = response.content, "Content-Encoding" not in told and bool(marks)
    packed = packed and len(body) >= WORTH_PACKING
    return Kept(
        marks=marks,
        version=version,
        etag=told.get("ETag", ""),
        modified=told.get("Last-Modified"),
        status=status,
        before=list(headers[:place]),
        behind=[one for one in headers[place:] if not one[0].startswith(COUNTED)],
        counts=bool(counting),
        body=zlib.compress(body, QUICKLY) if packed else body,
        packed=packed,
    )


class KeptAnswers:
    """A memory of answers that forgets what was not asked for longest. Its methods may be called from any thread."""

    def __init__(self, limit: int) -> None:
        self._limit, self._taken = limit, 0
        self._answers: OrderedDict[Hashable, Kept] = OrderedDict()
        self._asked: OrderedDict[int, None] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Kept | None:
        """Return what is kept under a key."""
        found = self._answers.get(key)
        if found is not None:
            with suppress(KeyError):  # forgotten meanwhile, to make room
                self._answers.move_to_end(key)
        return found

    def is_asked_again(self, key: Hashable) -> bool:
        """Whether it was asked not long ago: what is asked once, as a walk through all changes is, need not be kept."""
        with self._lock:
            known = hash(key) in self._asked
            self._asked[hash(key)] = None
            if len(self._asked) > REMEMBERED:
                self._asked.popitem(last=False)
        return known

    def put(self, key: Hashable, answer: Kept) -> None:
        """Keep an answer in place of the one before; nothing at all where it is too large."""
        self.drop(key)
        size = _size(answer)
        if size > self._limit // LARGEST:
            return
        with self._lock:
            self._answers[key] = answer
            self._taken += size
            while self._taken > self._limit:
                _, oldest = self._answers.popitem(last=False)
                self._taken -= _size(oldest)

    def drop(self, key: Hashable) -> None:
        """Forget what is kept under a key."""
        with self._lock:
            known = self._answers.pop(key, None)
            self._taken -= _size(known) if known else 0


def _size(answer: Kept) -> int:
    return len(answer.body) + BESIDE
