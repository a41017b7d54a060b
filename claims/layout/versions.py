"""The versions of a claim's page: one for each second in which the register said something new about it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from claims.documents import Document
from claims.layout.words import WITHDRAWN
from claims.vocabulary import Act

WHOLE_SECOND = timedelta(microseconds=999_999)


@dataclass(frozen=True, slots=True)
class Version:
    """The page as it stood at the end of one second: after which entry, and with what status."""

    at: datetime
    number: int
    status: str

    @property
    def until(self) -> datetime:
        """The last moment of its second: as of then, it is what the register said."""
        return self.at + WHOLE_SECOND


def versions_of(document: Document) -> list[Version]:
    """Return the versions of a published claim, the first verdict first.

    Addresses of versions know no less than a second, so of several acts within one the last one counts.
    """
    found: dict[datetime, Version] = {}
    published, status = datetime.fromisoformat(document["published_at"]), WITHDRAWN
    for entry in document["history"]:
        if "status" in entry:
            status = entry["status"] or WITHDRAWN
        recorded = datetime.fromisoformat(entry["recorded_at"])
        if recorded >= published:
            second = recorded.replace(microsecond=0)
            found[second] = Version(second, entry["number"], status)
    return list(found.values())


def place_of(versions: Sequence[Version], moment: datetime) -> int:
    """Return where in `versions` the one is that the register showed at `moment`; -1 before the first."""
    return bisect_right(versions, moment, key=lambda version: version.at) - 1


def was_redacted(document: Document) -> bool:
    """Whether any text was ever erased from the claim's history."""
    return any(entry["act"] == Act.TEXT_REDACTED for entry in document["history"])


def merged_by(document: Document, version: Version) -> bool:
    """Whether the claim had been merged into a published one by that version."""
    acts = (e["act"] for e in document["history"] if e["number"] <= version.number)
    return document["merged_into"] is not None and Act.CLAIM_MERGED in acts
