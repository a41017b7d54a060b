"""The cache of one process, as Django has it, which also counts what is counted with every read of the API."""

from __future__ import annotations

from threading import Lock
from typing import Any

from django.core.cache.backends.locmem import LocMemCache

READERS = 10_000  # of one period that are counted; whoever came first is forgotten for one more

_turns: dict[str, dict[int, tuple[int, dict[str, int]]]] = {}
_lock = Lock()


class LocalCache(LocMemCache):
    """Django's `LocMemCache` with counters beside it: adding to a kept value takes it eight times as long."""

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        super().__init__(name, params)
        self._turns = _turns.setdefault(name, {})

    def counted(self, reader: str, *, period: int, turn: int) -> int:
        """Count once more for a reader, and return how often that makes it in this turn of a period (seconds)."""
        with _lock:
            now, counts = self._turns.get(period, (turn, {}))
            if now != turn or period not in self._turns:
                counts = {}
                self._turns[period] = turn, counts
            elif len(counts) >= READERS and reader not in counts:
                del counts[next(iter(counts))]
            counts[reader] = number = counts.get(reader, 0) + 1
        return number

    def clear(self) -> None:
        """Forget what is kept, and all that was counted."""
        super().clear()
        with _lock:
            self._turns.clear()
