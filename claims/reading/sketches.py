"""A text's sketch: a few numbers by which its near-twins are looked up among a hundred thousand others.

MinHash with one permutation (Li, Owen, Zhang 2012): every run of words falls into one of 63 bins by its hash, and each
bin keeps its smallest; three bins in a row make one number. Texts of which half the runs are shared have a number
in common in 19 of 20 cases, texts that share a tenth in one of 50. What is found so is then compared in full.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from claims.reading.likeness import runs_of_words

BANDS, ROWS = 21, 3
_BINS = BANDS * ROWS
_FEWEST = 15
_EMPTY = 2**64


def sketch(text: str) -> list[int]:
    """Return the numbers (signed, 64 bits) of `text`, the same on every machine; none where it is too short to tell."""
    hashes = {_hashed(" ".join(run)) for run in runs_of_words(text)}
    if len(hashes) < _FEWEST:
        return []
    smallest = _smallest_by_bin(hashes)
    bands = (smallest[at : at + ROWS] for at in range(0, _BINS, ROWS))
    return [_hashed(f"{band} {rows}", signed=True) for band, rows in enumerate(bands)]


def _smallest_by_bin(hashes: Iterable[int]) -> list[int]:
    """Return the smallest hash of each bin; an empty one borrows from the next that is not."""
    bins = [_EMPTY] * _BINS
    for value in hashes:
        rest, place = divmod(value, _BINS)
        bins[place] = min(bins[place], rest)
    filled = [place for place in range(_BINS) if bins[place] != _EMPTY]
    return [bins[_next(filled, place)] for place in range(_BINS)]


def _next(filled: list[int], place: int) -> int:
    return next((other for other in filled if other >= place), filled[0])


def _hashed(written: str, *, signed: bool = False) -> int:
    digest = hashlib.blake2b(written.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=signed)
