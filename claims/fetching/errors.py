"""The two ways in which a fetch ends without a document."""

from __future__ import annotations

from claims.desk_vocabulary import FetchTrouble


class FetchRefused(ValueError):
    """Raised when we will not fetch or keep what is at an address; `reason` says why, `trouble` in one word."""

    field = "url"

    def __init__(self, reason: str, *, trouble: FetchTrouble = FetchTrouble.ADDRESS) -> None:
        super().__init__(f"url: {reason}")
        self.reason = reason
        self.trouble = trouble


class FetchFailed(Exception):
    """Raised when the other side gave no usable answer; `status` is its HTTP status, if any."""

    field = "url"

    def __init__(
        self,
        reason: str,
        *,
        status: int | None = None,
        trouble: FetchTrouble = FetchTrouble.GARBLED,
    ) -> None:
        super().__init__(f"url: {reason}")
        self.reason = reason
        self.status = status
        self.trouble = trouble


def trouble_of(status: int) -> FetchTrouble:
    """Return what an HTTP status other than success means to whoever wanted the page."""
    if status in (404, 410):
        return FetchTrouble.GONE
    if status in (401, 402, 403, 407, 451):
        return FetchTrouble.FORBIDDEN
    if status == 429 or status >= 500:
        return FetchTrouble.BUSY
    return FetchTrouble.GARBLED
