"""Answers sent piece by piece, whichever server sends them.

Under ASGI, Django reads a blocking iterator to its end before it sends anything (StreamingHttpResponse, `__aiter__`):
a whole file or register would stand in memory.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Generic, TypeVar

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest

Piece = TypeVar("Piece", bound=str | bytes)


class OneByOne(Generic[Piece]):
    """The pieces of a blocking iterable, each read when it is wanted, without blocking the server."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self.pieces = pieces

    async def __aiter__(self) -> AsyncIterator[Piece]:
        reading: Iterator[Piece] = await sync_to_async(iter)(self.pieces)

        def step() -> Piece | None:
            return next(reading, None)

        try:
            while (piece := await sync_to_async(step)()) is not None:
                yield piece
        finally:
            self.close()

    def close(self) -> None:
        """Let go of what is read; Django calls this with the answer's end, whether or not anything was sent."""
        if (close := getattr(self.pieces, "close", None)) is not None:
            close()


def as_sent(request: HttpRequest, pieces: Iterable[Piece]) -> Iterable[Piece] | OneByOne[Piece]:
    """Return pieces as the server that took the request can send them, one by one."""
    return OneByOne(pieces) if isinstance(request, ASGIRequest) else pieces
