"""Which words of a text to ask for, and how near a claim's words come to them: bm25, where the engine has none."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

MOST_WORDS = 24
K1, B = 1.2, 0.75


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words to ask for; all of them must be there when `together`, else any."""

    words: tuple[str, ...]
    together: bool = False


def choose_words(counts: Mapping[str, float], *, at_most: int) -> Wanted:
    """Return the rarest words of `counts` (how many claims hold each) that `at_most` claims hold in sum.

    Every claim that holds one is scored, so their sum is the time it takes. Where even the rarest is in more, the two
    rarest must stand together.
    """
    rarest = sorted(counts, key=counts.__getitem__)[:MOST_WORDS]
    if rarest and counts[rarest[0]] > at_most:
        return Wanted(tuple(rarest[:2]), together=True)
    chosen, held = [], 0.0
    for word in rarest:
        held += counts[word]
        if held > at_most:
            break
        chosen.append(word)
    return Wanted(tuple(chosen))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim that may be near: how many words its wording has, and which of those asked for."""

    claim: int
    length: int
    words: Sequence[str]


def by_bm25(
    candidates: Iterable[Candidate], *, claims: float, held_by: Mapping[str, float]
) -> list[tuple[int, float]]:
    """Return each candidate's id and bm25 score, the best first, in a register of `claims`.

    A statement is short: a word counts once, however often it stands there. `held_by` says how many claims hold
    each word, as far as known; the candidates themselves are the least it can be.
    """
    found = list(candidates)
    if not found:
        return []
    average = sum(one.length for one in found) / len(found) or 1.0
    weights = {
        word: _weight(max(held_by[word], sum(word in one.words for one in found)), claims)
        for word in held_by
    }
    scored = [(one.claim, _score(one, weights, average)) for one in found]
    return sorted(scored, key=lambda pair: (-pair[1], -pair[0]))


def _weight(held: float, claims: float) -> float:
    return max(math.log((max(claims, held) - held + 0.5) / (held + 0.5)), 1e-6)


def _score(one: Candidate, weights: Mapping[str, float], average: float) -> float:
    norm = K1 * (1 - B + B * one.length / average)
    return sum(weights[word] for word in one.words) * (K1 + 1) / (1 + norm)
