"""Passages that are almost the wanted words, found at a cost that has a bound.

Short pieces of the wanted words are looked up literally; only where some of them stand is
likeness measured. A text in which no piece survived is a text in which the quote did not.
"""

from __future__ import annotations

from collections import Counter

ALIKE = 0.75
_SHORTEST = 12
_LONGEST = 2_000
_PIECES = 24
_HITS = 100
_PLACES = 10
_BLOCK = 4


def similar_passages(text: str, wanted: str) -> list[tuple[float, int, int]]:
    """Give (likeness, start, end) of passages like `wanted`, each place once."""
    if not _SHORTEST <= len(wanted) <= _LONGEST:
        return []
    found: list[tuple[float, int, int]] = []
    for place in _places(text, wanted):
        passage = _measure(text, wanted, place)
        if passage[0] >= ALIKE:
            found.append(passage)
    return _apart(found)


def _places(text: str, wanted: str) -> list[int]:
    """Vote for where `wanted` may start, by where pieces of it stand."""
    size = min(12, max(5, len(wanted) // 5))
    step = max(1, (len(wanted) - size) // _PIECES)
    grid = max(8, len(wanted) // 4)
    votes: Counter[int] = Counter()
    for offset in range(0, len(wanted) - size + 1, step):
        piece = wanted[offset : offset + size]
        at, hits = text.find(piece), 0
        while at >= 0 and hits < _HITS:
            votes[max(0, at - offset) // grid] += 1
            at, hits = text.find(piece, at + 1), hits + 1
    return [cell * grid for cell, _ in votes.most_common(_PLACES)]


def _measure(text: str, wanted: str, place: int) -> tuple[float, int, int]:
    """Fit `wanted` into the neighbourhood of `place` and say how well it fits."""
    from rapidfuzz import fuzz  # large

    slack = max(24, len(wanted) // 3)
    first = max(0, place - slack)
    window = text[first : place + len(wanted) + 2 * slack]
    rough = fuzz.partial_ratio_alignment(wanted, window)
    if rough is None or rough.score < 100 * ALIKE * 0.7:
        return 0.0, place, place
    left = max(0, rough.dest_start - slack // 2)
    start, end = _edges(wanted, window[left : rough.dest_end + slack // 2])
    start, end = _whole_words(text, first + left + start, first + left + end)
    return fuzz.ratio(wanted, text[start:end]) / 100, start, end


def _edges(wanted: str, window: str) -> tuple[int, int]:
    """Place both ends by the outermost stretches that `wanted` and `window` share."""
    from rapidfuzz.distance import Indel  # large

    shared = Indel.opcodes(wanted, window).as_matching_blocks()
    blocks = [block for block in shared if block.size >= _BLOCK] or shared
    head, tail = blocks[0], blocks[-1]
    left_over = len(wanted) - tail.a - tail.size
    return max(0, head.b - head.a), min(len(window), tail.b + tail.size + left_over)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen or narrow a passage so that it cuts no word in two and has no blanks outside."""
    while 0 < start < end and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while start < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    passage = text[start:end]
    start += len(passage) - len(passage.lstrip())
    return start, start + len(passage.strip())


def _apart(found: list[tuple[float, int, int]]) -> list[tuple[float, int, int]]:
    """Keep the best of passages that are one and the same place, its ends seen differently.

    Passages that overlap without being the same stay rivals: text that repeats itself has no
    one place for a quote.
    """
    kept: list[tuple[float, int, int]] = []
    for passage in sorted(found, reverse=True):
        near = max(8, (passage[2] - passage[1]) // 10)
        if all(max(abs(passage[1] - k[1]), abs(passage[2] - k[2])) > near for k in kept):
            kept.append(passage)
    return kept
