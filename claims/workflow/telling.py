"""Telling rooms above what readers see changed by no act on a claim: the method, a topic's name, who a claimant is."""

from __future__ import annotations

from collections.abc import Callable

from claims.models import Claimant, MethodVersion, Topic

Shown = Claimant | MethodVersion | Topic
Hearer = Callable[[Shown], None]
_hearers: list[Hearer] = []


def tell_of_changes(hearer: Hearer) -> None:
    """Have `hearer` told of each such change, within its transaction. It may ask for tasks and do nothing else."""
    _hearers.append(hearer)


def changed(thing: Shown) -> None:
    """Say that pages show something else of `thing` from now on; called in the transaction that changed it."""
    for hearer in _hearers:
        hearer(thing)
