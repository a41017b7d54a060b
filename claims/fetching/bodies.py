"""Reading an answer's body: what arrives and what it unpacks to both have a limit."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from claims.desk_vocabulary import FetchTrouble
from claims.fetching.errors import FetchFailed, FetchRefused

CODINGS = "gzip, deflate"
_IDENTITY = {"", "identity"}
_GZIP, _ZLIB, _RAW = 31, 15, -15
# A small page may well be a hundred times smaller packed; only then does the ratio count.
_GRACE = 1_000_000


@dataclass(frozen=True)
class Limits:
    """How much a body may hold, and how many times what was sent it may unpack to."""

    size: int
    ratio: int


def read_body(chunks: Iterable[bytes], *, coding: str, limits: Limits) -> bytes:
    """Join the chunks of a body, unpacking them as they come."""
    coding = coding.strip().lower()
    if coding in _IDENTITY:
        return b"".join(_capped(chunks, limits))
    if coding not in {"gzip", "x-gzip", "deflate"}:
        reason = f"The answer is packed as {coding[:40]!r}, which was not asked for."
        raise FetchRefused(reason, trouble=FetchTrouble.GARBLED)
    return b"".join(_unpacked(chunks, coding, limits))


def _too_large(limits: Limits) -> FetchRefused:
    reason = f"The document is larger than {limits.size:,} bytes."
    return FetchRefused(reason, trouble=FetchTrouble.TOO_LARGE)


def _capped(chunks: Iterable[bytes], limits: Limits) -> Iterator[bytes]:
    received = 0
    for chunk in chunks:
        received += len(chunk)
        if received > limits.size:
            raise _too_large(limits)
        yield chunk


def _unpacked(chunks: Iterable[bytes], coding: str, limits: Limits) -> Iterator[bytes]:
    """Unpack, never holding more than one byte above the limit."""
    received = size = 0
    unpacker = None
    for chunk in _capped(chunks, limits):
        unpacker = unpacker or _unpacker(coding, chunk)
        received += len(chunk)
        piece = _unpack(unpacker, chunk, limits.size - size + 1)
        size += len(piece)
        if size > limits.size:
            raise _too_large(limits)
        if size > _GRACE and size > received * limits.ratio:
            reason = "The document unpacks to a suspicious multiple of what was sent."
            raise FetchRefused(reason, trouble=FetchTrouble.TOO_LARGE)
        yield piece
    if unpacker and not unpacker.eof:
        raise FetchFailed("The answer was cut off.")


def _unpacker(coding: str, first: bytes) -> zlib._Decompress:
    """Choose how to unpack; servers send "deflate" with and without the zlib header."""
    if coding != "deflate":
        return zlib.decompressobj(_GZIP)
    has_header = first[0] & 0x0F == 8 and (len(first) < 2 or (first[0] * 256 + first[1]) % 31 == 0)
    return zlib.decompressobj(_ZLIB if has_header else _RAW)


def _unpack(unpacker: zlib._Decompress, chunk: bytes, most: int) -> bytes:
    try:
        piece = unpacker.decompress(chunk, most)
    except zlib.error as error:
        raise FetchFailed("The answer is packed in a damaged way.") from error
    if unpacker.unused_data:
        raise FetchFailed("The answer goes on after its packed document has ended.")
    return piece
