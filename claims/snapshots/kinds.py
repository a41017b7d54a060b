"""What a file is, told by its content and never by its name: documents and pictures that may be kept.

No SVG and no HTML: both run programs. A picture is kept without what its camera and its owner wrote into it.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from dataclasses import dataclass, field

from claims.snapshots.stripping import Damaged, opened, stripped

EXTENSIONS = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "text/plain": ".txt",
    # Opened on somebody's machine, a page must not come alive either.
    "text/html": ".html.txt",
    "application/xhtml+xml": ".html.txt",
}
UPLOADABLE = ("application/pdf", "image/png", "image/jpeg", "image/webp")
MOST_PIXELS = 50_000_000
# What Pillow raises for pictures that are none.
BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    IndexError,
    KeyError,
    MemoryError,
    struct.error,
)
_LONGEST_NAME = 100
_UNSEEN = {"C", "Z"}
_PATHS = re.compile(r"[/\\]")


class UnfitFile(Exception):
    """Raised for a file that is not kept; `reason` is the key of why, for whoever words it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class FitFile:
    """A file as it will be kept."""

    data: bytes = field(repr=False)
    media_type: str
    name: str


def kind_of(data: bytes) -> str:
    """Return the media type that the first bytes give away, "" for any that is not kept."""
    if data.startswith(b"%PDF-"):
        return "application/pdf"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return "image/gif" if data[:6] in (b"GIF87a", b"GIF89a") else ""


def fit(data: bytes, name: str) -> FitFile:
    """Return an uploaded file as it will be kept. Raises UnfitFile."""
    media_type = kind_of(data)
    if media_type not in UPLOADABLE:
        raise UnfitFile("kind")
    if media_type == "application/pdf":
        _check_pdf(data)
    else:
        check_picture(data, media_type)
        data = _without_metadata(data, media_type)
    return FitFile(data, media_type, clean_name(name, media_type))


def check_picture(data: bytes, media_type: str) -> None:
    """Look at a picture's header alone. Raises UnfitFile when it is none, too large, or moves (but for GIF)."""
    from PIL.Image import DecompressionBombError  # large

    try:
        with opened(data, media_type) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise UnfitFile("pixels")
            if media_type != "image/gif" and getattr(picture, "n_frames", 1) > 1:
                raise UnfitFile("moving")
    except DecompressionBombError as error:
        raise UnfitFile("pixels") from error
    except BROKEN as error:
        raise UnfitFile("damaged") from error


def clean_name(name: str, media_type: str) -> str:
    """Return a file's name without folders, without what cannot be seen, and with the ending of its kind."""
    last = _PATHS.split(unicodedata.normalize("NFC", name))[-1]
    seen = "".join(c if unicodedata.category(c)[0] not in _UNSEEN else " " for c in last)
    stem = " ".join(seen.split()).rpartition(".")[0] or " ".join(seen.split())
    stem = stem.strip(". ")[:_LONGEST_NAME].strip()
    return f"{stem or 'file'}{EXTENSIONS[media_type]}"


def _check_pdf(data: bytes) -> None:
    if b"%%EOF" not in data[-2048:]:
        raise UnfitFile("damaged")


def _without_metadata(data: bytes, media_type: str) -> bytes:
    """Return a picture without metadata, once it has been decoded to its end."""
    try:
        data = stripped(data, media_type)
        with opened(data, media_type) as picture:
            picture.load()
    except (Damaged, *BROKEN) as error:
        raise UnfitFile("damaged") from error
    return data
