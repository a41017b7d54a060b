"""How far two people agree beyond chance when each puts the same things into categories: pure arithmetic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often both said the same (`observed`), and how often they would by chance (`expected`), from 0 to 1.

    Each is None where nothing was rated. `number` is how many things were rated by both.
    """

    number: int
    observed: float | None = None
    expected: float | None = None

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa: 1 for full agreement, 0 for what chance would bring, below 0 for less than that.

        None where it is not defined: nothing was rated, or both put everything into one category, so that nobody
        can tell agreement from chance.
        """
        if self.observed is None or self.expected is None or self.expected == 1:
            return None
        return (self.observed - self.expected) / (1 - self.expected)


def agreement(counted: Mapping[tuple[str, str], int]) -> Agreement:
    """Return how far the first raters agree with the second, from how often each pair of categories occurred.

    Chance is taken from how often each side used each category: J. Cohen, “A coefficient of agreement for nominal
    scales”, Educational and Psychological Measurement 20 (1960), 37-46.
    """
    number = sum(counted.values())
    if not number:
        return Agreement(0)
    first: Counter[str] = Counter()
    second: Counter[str] = Counter()
    for (one, other), times in counted.items():
        first[one] += times
        second[other] += times
    same = sum(times for (one, other), times in counted.items() if one == other)
    by_chance = sum(times * second[category] for category, times in first.items())
    return Agreement(number, same / number, by_chance / number**2)
