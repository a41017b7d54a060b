"""Pictures without what was written into them besides the picture: position, camera, names, comments, previews.

The picture itself is not encoded anew, so nothing of it is lost. How it is to be turned stays, as do its colours.
Bytes behind the picture's end, where whole other files can hide, go as well.
"""

from __future__ import annotations

import re
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

PICTURES = {"image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP", "image/gif": "GIF"}
_ORIENTATION = 0x0112
_MARKER = re.compile(rb"\xff+([^\x00\xff])")
_KEPT_PNG = frozenset(b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP pHYs bKGD".split())
_KEPT_WEBP = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP"))
# JFIF, colour profiles, and Adobe's note on how colours are stored; all else an application wrote goes.
_KEPT_JPEG = (b"\xe0JFIF\x00", b"\xe2ICC_PROFILE\x00", b"\xeeAdobe")
_EXIF_FLAG, _XMP_FLAG = 0x08, 0x04


class Damaged(ValueError):
    """Raised when a picture's parts do not follow each other as they must."""


def stripped(data: bytes, media_type: str) -> bytes:
    """Return a PNG, JPEG or WebP picture without its metadata. Raises Damaged."""
    turned = _turned(data, media_type)
    strip = {"image/png": _png, "image/jpeg": _jpeg, "image/webp": _webp}[media_type]
    try:
        return strip(data, turned)
    except (struct.error, IndexError, ValueError) as error:
        raise Damaged("The picture's parts are not whole.") from error


@contextmanager
def opened(data: bytes, media_type: str) -> Iterator[Image.Image]:
    """Open a picture as what it claims to be; what Pillow finds odd about it is for its caller to judge.

    Raises whatever Pillow raises.
    """
    from PIL import Image  # large

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(BytesIO(data), formats=[PICTURES[media_type]]) as picture:
            yield picture


def _turned(data: bytes, media_type: str) -> bytes:
    """Return an Exif block that says how the picture is to be turned and nothing else, empty where it is upright."""
    with suppress(Exception), opened(data, media_type) as picture:
        way = picture.getexif().get(_ORIENTATION, 1)
        if isinstance(way, int) and 2 <= way <= 8:
            head = b"II*\x00\x08\x00\x00\x00"
            return head + struct.pack("<HHHIHHI", 1, _ORIENTATION, 3, 1, way, 0, 0)
    return b""


def _png(data: bytes, turned: bytes) -> bytes:
    parts = [data[:8]]
    for name, body in _png_chunks(data):
        if name in _KEPT_PNG:
            parts.append(_png_chunk(name, body))
        if name == b"IHDR" and turned:
            parts.append(_png_chunk(b"eXIf", turned))
        if name == b"IEND":
            return b"".join(parts)
    raise Damaged("The picture has no end.")


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        yield data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        at += length + 12


def _png_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _jpeg(data: bytes, turned: bytes) -> bytes:
    parts = [data[:2]]
    if turned:
        exif = b"Exif\x00\x00" + turned
        parts.append(b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif)
    for segment in _jpeg_segments(data):
        application = 0xE0 <= segment[1] <= 0xEF
        comment = segment[1] == 0xFE
        if not comment and (not application or _is_kept(segment)):
            parts.append(segment)
        if segment[1] == 0xD9:
            return b"".join(parts)
    raise Damaged("The picture has no end.")


def _is_kept(segment: bytes) -> bool:
    return (segment[1:2] + segment[4:16]).startswith(_KEPT_JPEG)


def _jpeg_segments(data: bytes) -> Iterator[bytes]:
    """Yield each marker with what belongs to it; a scan with its picture data up to the next marker."""
    at = 2
    while found := _MARKER.match(data, at):
        marker = found[1][0]
        if marker == 0xD9 or marker == 0x01 or 0xD0 <= marker <= 0xD7:
            end = found.end()
        else:
            (length,) = struct.unpack_from(">H", data, found.end())
            end = found.end() + length
            if marker == 0xDA:
                end = _end_of_scan(data, end)
        yield b"\xff" + data[found.end() - 1 : end]
        at = end


def _end_of_scan(data: bytes, at: int) -> int:
    """Return where the picture data ends: at the next marker that is no restart within it."""
    for found in _MARKER.finditer(data, at):
        if not 0xD0 <= found[1][0] <= 0xD7:
            return found.start()
    raise Damaged("The picture has no end.")


def _webp(data: bytes, turned: bytes) -> bytes:
    chunks = [[name, body] for name, body in _webp_chunks(data) if name in _KEPT_WEBP]
    if not chunks:
        raise Damaged("The file holds no picture.")
    if chunks[0][0] == b"VP8X":
        flags = chunks[0][1][0] & ~(_EXIF_FLAG | _XMP_FLAG) | (_EXIF_FLAG if turned else 0)
        chunks[0][1] = bytes([flags]) + chunks[0][1][1:]
        if turned:
            chunks.append([b"EXIF", turned])
    body = b"".join(_webp_chunk(name, content) for name, content in chunks)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _webp_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    (size,) = struct.unpack_from("<I", data, 4)
    at, end = 12, min(len(data), size + 8)
    while at + 8 <= end:
        (length,) = struct.unpack_from("<I", data, at + 4)
        yield data[at : at + 4], data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _webp_chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\x00" * (len(body) % 2)
