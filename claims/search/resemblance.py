"""How alike a sentence and the wording of a claim are: by the words they share, and by pieces of these words.

Words tell the same word again by its stem; pieces of four letters do so where a word was spelt, bent or put together
in another way. Words that few of the claims compared have weigh most. Only what is compared is looked at, so nothing
that the rest of the register holds, published or not, can be told from a score.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from claims.search.marking import folded, stem
from claims.search.words import telling_words

COMPARED = 50  # claims at most with which a sentence is compared; their rarity is told by as many, were there fewer
PIECE = 4
# What is left of a score where no word, one or two are shared: so few may be chance.
FEW = (0.7, 0.8, 0.92)
APOSTROPHES = str.maketrans("", "", "'\u2019")


@dataclass(frozen=True, slots=True)
class Traits:
    """What of a text is compared: the stems of its telling words, and the pieces of these words."""

    words: frozenset[str]
    pieces: frozenset[str]


class Reader:
    """Takes texts apart. Words that came before are not taken apart again; all are forgotten with the reader."""

    def __init__(self) -> None:
        self._stems: dict[str, str] = {}
        self._pieces: dict[str, list[str]] = {}

    def traits_of(self, text: str) -> Traits:
        """Return what of a text is compared."""
        words = telling_words(text)
        joined = text.translate(APOSTROPHES)
        whole = words if joined == text else telling_words(joined)
        pieces = (piece for word in whole for piece in self._pieces_of(word))
        return Traits(frozenset(map(self._stem_of, words)), frozenset(pieces))

    def _stem_of(self, word: str) -> str:
        if word not in self._stems:
            self._stems[word] = stem(word)
        return self._stems[word]

    def _pieces_of(self, word: str) -> list[str]:
        if word not in self._pieces:
            edged = f" {folded(word)} "
            starts = range(max(len(edged) - PIECE + 1, 1))
            self._pieces[word] = [edged[at : at + PIECE] for at in starts]
        return self._pieces[word]


def traits_of(text: str) -> Traits:
    """Return what of a single text is compared."""
    return Reader().traits_of(text)


def resemblances(said: Traits, claimed: Sequence[Traits]) -> list[float]:
    """Return how alike a text and each of up to `COMPARED` others are: from 0, nothing in common, to 1, the same words.

    The mean of two shares, of words and of pieces: the weight of what both have, over the geometric mean of the
    weights of all that each has.
    """
    words = _shares(said.words, [one.words for one in claimed])
    pieces = _shares(said.pieces, [one.pieces for one in claimed])
    both = zip(claimed, words, pieces, strict=True)
    return [_without_chance(said, one, (first + second) / 2) for one, first, second in both]


def _shares(said: Collection[str], claimed: Sequence[frozenset[str]]) -> list[float]:
    held = Counter(one for of_claim in claimed for one in of_claim)
    weights = {one: math.log1p(COMPARED / (number + 0.5)) for one, number in held.items()}
    unheard = math.log1p(COMPARED / 0.5)
    whole = sum(weights.get(one, unheard) for one in said)
    return [_share(said, of_claim, weights, whole) for of_claim in claimed]


def _share(
    said: Collection[str], claimed: frozenset[str], weights: dict[str, float], whole: float
) -> float:
    shared = sum(weights[one] for one in claimed.intersection(said))
    own = sum(weights[one] for one in claimed)
    return shared / math.sqrt(whole * own) if shared else 0.0


def _without_chance(said: Traits, claimed: Traits, score: float) -> float:
    shared = len(said.words & claimed.words)
    enough = shared >= len(FEW) or shared == len(claimed.words)
    return min(score if enough else score * FEW[shared], 1.0)
