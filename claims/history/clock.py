"""Which moments of an entry the database takes: one bound, and one wording of refusals, for writer and guards."""

from __future__ import annotations

from datetime import timedelta

CLOCK_SKEW = timedelta(seconds=5)
NOT_NOW = "recorded_at is not now"  # what both guards answer to an entry further off
BEING_REBUILT = "the register is being rebuilt"  # to an entry that is not of the export
