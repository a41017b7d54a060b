"""How counts of claims are told."""

from __future__ import annotations

from collections.abc import Mapping

from claims.document_parts import Part
from claims.vocabulary import VerificationStatus


def by_status(counts: Mapping[str | None, int]) -> Part:
    """Return how many claims have each status, named; those without one were withdrawn."""
    named = {status: counts.get(status, 0) for status in VerificationStatus.values}
    return {**named, "withdrawn": counts.get(None, 0)}
