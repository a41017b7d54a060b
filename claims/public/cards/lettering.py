"""The two faces of the cards: which letters they have, and how a text is broken into lines that fit."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

HERE = Path(__file__).parent
TEXT, LABEL = "newsreader-medium.ttf", "libre-franklin-medium.ttf"
NO_LETTER = (
    "\U0010fffd"  # reserved for private use: what is drawn for it is drawn for all that is missing
)
LEADING = 1.16
MEASURED = 100
ROUNDING = 1.04  # letters are set on whole points, which small ones take more of
LONGEST = 1_500  # what is longer fits in no size; and no text may make a card costly


@cache
def face(name: str, size: int) -> FreeTypeFont:
    """Return a face in one size."""
    from PIL import ImageFont  # large

    return ImageFont.truetype(HERE / name, size, layout_engine=ImageFont.Layout.BASIC)


def plain(text: str) -> str:
    """Return a text in composed letters, without what has no shape of its own, its white space folded."""
    composed = unicodedata.normalize("NFC", text)
    shown = (c if not unicodedata.category(c).startswith("C") else " " for c in composed)
    return " ".join("".join(shown).split())


def covers(text: str) -> bool:
    """Whether both faces have every letter of a text: none would be drawn as an empty box."""
    return all(_has(letter) for letter in set(text) if not letter.isspace())


@cache
def _drawn(name: str, letter: str) -> bytes:
    return bytes(face(name, 40).getmask(letter))


def _has(letter: str) -> bool:
    if unicodedata.combining(letter):
        return False  # a mark that found no letter to be composed with
    return all(_drawn(name, letter) != _drawn(name, NO_LETTER) for name in (TEXT, LABEL))


def width_of(text: str, size: int) -> float:
    """Return how wide a text is in the text face, or a little more than that: letters grow with their size."""
    return _measured(text) * size / MEASURED * ROUNDING


@lru_cache(maxsize=20_000)
def _measured(text: str) -> float:
    return face(TEXT, MEASURED).getlength(text)


def broken(text: str, size: int, width: int) -> list[str]:
    """Return a text in lines no wider than `width`; a word that is wider alone is broken."""
    lines, line, taken, space = [], "", 0.0, width_of(" ", size)
    for word in text.split():
        own = width_of(word, size)
        if line and taken + space + own <= width:
            line, taken = f"{line} {word}", taken + space + own
            continue
        lines.append(line)
        *full, line = [word] if own <= width else _cut(word, size, width)
        lines += full
        taken = width_of(line, size)
    return [one for one in [*lines, line] if one]


def _cut(word: str, size: int, width: int) -> list[str]:
    pieces, taken = [""], 0.0
    for letter in word:
        own = width_of(letter, size)
        if pieces[-1] and taken + own > width:
            pieces.append("")
            taken = 0.0
        pieces[-1] += letter
        taken += own
    return pieces


def fitted(
    text: str, *, width: int, height: int, sizes: range, closing: str = ""
) -> tuple[int, list[str]]:
    """Return the largest of `sizes` in which a text fits, and its lines, shortened if they must be.

    What is cut off is said by an ellipsis, and `closing` follows the last word in any case.
    """
    text = text[:LONGEST]
    for size in sizes:
        lines = broken(text + closing, size, width)
        if len(lines) * size * LEADING <= height:
            return size, lines
    most = int(height // (size * LEADING))
    return size, [*lines[: most - 1], shortened(lines[most - 1], size, width, f" …{closing}")]


def shortened(line: str, size: int, width: float, ending: str) -> str:
    """Return a line cut so that it ends with `ending` and is no wider than `width`."""
    while line and width_of(line, size) + width_of(ending, size) > width:
        line = line[:-1].rstrip()
    return line + ending
