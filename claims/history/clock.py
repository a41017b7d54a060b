"""How far the moment of an entry may be from the database's own clock: one bound for the writer and the guards."""

from __future__ import annotations

from datetime import timedelta

CLOCK_SKEW = timedelta(seconds=5)
NOT_NOW = "recorded_at is not now"  # what both guards answer to an entry further off
