"""Pieces are sent one by one under both kinds of server, and what they are read from is let go of."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from django.core.handlers.asgi import ASGIRequest
from django.http import StreamingHttpResponse
from django.test import AsyncRequestFactory, RequestFactory

from claims.streaming import as_sent


class Source:
    """Three pieces; knows how many were read, and whether it was closed."""

    def __init__(self) -> None:
        self.read, self.closed = 0, False

    def __iter__(self) -> Iterator[bytes]:
        for piece in (b"one", b"", b"three"):
            self.read += 1
            yield piece

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def answer() -> tuple[Source, StreamingHttpResponse]:
    request = AsyncRequestFactory().get("/")
    assert isinstance(request, ASGIRequest)
    source = Source()
    return source, StreamingHttpResponse(as_sent(request, source))


def test_under_asgi_no_more_is_read_than_was_sent(
    answer: tuple[Source, StreamingHttpResponse],
) -> None:
    source, response = answer
    assert response.is_async

    async def send() -> list[tuple[bytes, int]]:
        return [(piece, source.read) async for piece in response]

    assert asyncio.run(send()) == [(b"one", 1), (b"", 2), (b"three", 3)]
    assert source.closed


@pytest.mark.django_db  # the end of an answer is the end of its connections
def test_an_answer_that_nobody_reads_lets_go(answer: tuple[Source, StreamingHttpResponse]) -> None:
    source, response = answer
    response.close()
    assert (source.read, source.closed) == (0, True)


def test_under_wsgi_the_pieces_are_as_they_are() -> None:
    source = Source()
    assert as_sent(RequestFactory().get("/"), source) is source
