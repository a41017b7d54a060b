"""The files of an import, as readers are given them, and how long ones are read piece by piece (ijson)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO

from claims.interop.formats.mapping import Mapping
from claims.interop.statements import Row

MEGABYTE = 1_000_000
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_PIECE = 1 << 16
_LONGEST_KEY, _DEEPEST = 1_000, 400
_MOST_DIGITS = 4_300  # that Python makes a whole number of
_TOO_MANY_DIGITS = re.compile(rb"(?<![0-9])[0-9]{%d}" % (_MOST_DIGITS + 1))
_LAST_DIGITS = re.compile(rb"[0-9]*+\Z")


class UnreadableFile(Exception):
    """A file that is not of its format at all: nothing of the import is begun."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} {reason}")
        self.name, self.reason = name, reason


@dataclass(frozen=True, slots=True)
class Source:
    """One file: what a report calls it, and how it is opened, from its beginning each time."""

    name: str
    open: Callable[[], BinaryIO]

    def read(self, *, limit: int) -> bytes:
        """Return all of it. Raises UnreadableFile when it holds more than `limit` bytes, or cannot be read."""
        try:
            with self.open() as file:
                data = file.read(limit + 1)
        except OSError as error:
            raise UnreadableFile(self.name, f"cannot be read: {error.strerror}") from error
        if len(data) > limit:
            raise UnreadableFile(self.name, f"is larger than {limit // MEGABYTE} MB")
        return data

    def json(self, *, limit: int) -> Any:
        """Return what stands in it as JSON. Raises UnreadableFile when that is none."""
        data = self.read(limit=limit)
        try:
            return json.loads(data.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            raise UnreadableFile(self.name, f"is not JSON: {error}") from error


@dataclass(frozen=True, slots=True)
class Options:
    """What an operator says of an import: whether the verdicts are their own, and how a table is to be read."""

    as_own: bool = False
    mapping: Mapping | None = None


Reader = Callable[[Sequence[Source], Options], Iterator[Row]]


def elements(sources: Sequence[Source], *keys: str) -> Iterator[tuple[str, Any]]:
    """Yield what stands in the lists of some files, each with its address: `feed.json dataFeedElement[17]`.

    A file holds one list, or an object with a list at one of `keys`. Every file is read through once before
    anything is yielded, in constant memory; UnreadableFile is raised for one that is not such JSON to its end.
    """
    import ijson  # large

    places = [(source, _list_in(source, keys)) for source in sources]
    for source, prefix in places:
        shown = prefix.removesuffix(".item").removesuffix("item") or "row "
        with _opened(source) as file:
            for number, element in enumerate(ijson.items(file, prefix, buf_size=_PIECE)):
                place = f"{shown}[{number}]" if shown != "row " else f"row {number}"
                yield f"{source.name} {place}", element


def _list_in(source: Source, keys: Sequence[str]) -> str:
    """Return where the list of a file is, as ijson names it."""
    import ijson  # large

    try:
        with _opened(source) as file:
            prefix = _walked(source.name, ijson.basic_parse(file, buf_size=_PIECE), keys)
    except OSError as error:
        raise UnreadableFile(source.name, f"cannot be read: {error.strerror}") from error
    except (ijson.JSONError, UnicodeError, ValueError, ArithmeticError) as error:
        told = str(error).split("\n", 1)[0]
        raise UnreadableFile(source.name, f"is not JSON to its end: {told:.200}") from error
    if not prefix:
        wanted = " or ".join(f"“{key}”" for key in keys)
        raise UnreadableFile(source.name, f"must hold a JSON list, or one at {wanted}")
    return prefix


def _walked(name: str, events: Iterator[tuple[str, Any]], keys: Sequence[str]) -> str:
    """Walk through all of a file. What is nested or named beyond all measure is refused: its paths grow with it."""
    prefix, depth, key = "", 0, ""
    for number, (event, value) in enumerate(events):
        if event == "map_key":
            if len(value) > _LONGEST_KEY:
                raise UnreadableFile(name, f"has a key of more than {_LONGEST_KEY:,} characters")
            key = value if depth == 1 else key
        elif event in ("start_map", "start_array"):
            if not prefix and event == "start_array" and (number == 0 or depth == 1):
                prefix = "item" if number == 0 else f"{key}.item" if key in keys else ""
            depth += 1
            if depth > _DEEPEST:
                raise UnreadableFile(name, f"is nested more than {_DEEPEST} deep")
        elif event in ("end_map", "end_array"):
            depth -= 1
    return prefix


@contextmanager
def _opened(source: Source) -> Iterator[_Guarded]:
    """Open a file behind the byte order mark that JSON must not have and files do."""
    with source.open() as file:
        if file.read(len(BYTE_ORDER_MARK)) != BYTE_ORDER_MARK:
            file.seek(0)
        yield _Guarded(source.name, file)


class _Guarded:
    """A file for ijson, which ends the whole process over a whole number of more digits than Python takes (3.6.0)."""

    def __init__(self, name: str, file: BinaryIO) -> None:
        self._name, self._file, self._digits = name, file, b""

    def read(self, size: int = -1) -> bytes:
        """Read on. Raises UnreadableFile for what no number is."""
        piece = self._file.read(size)
        seen = self._digits + piece
        if _TOO_MANY_DIGITS.search(seen):
            raise UnreadableFile(self._name, f"has more than {_MOST_DIGITS:,} digits in a row")
        found = _LAST_DIGITS.search(seen, max(0, len(seen) - _MOST_DIGITS))
        self._digits = found[0] if found else b""
        return piece
