"""The two ways in which a fetch ends without a document."""

from __future__ import annotations


class FetchRefused(ValueError):
    """Raised when we will not fetch or keep what is at an address; `reason` says why."""

    field = "url"

    def __init__(self, reason: str) -> None:
        super().__init__(f"url: {reason}")
        self.reason = reason


class FetchFailed(Exception):
    """Raised when the other side gave no usable answer; `status` is its HTTP status, if any."""

    field = "url"

    def __init__(self, reason: str, *, status: int | None = None) -> None:
        super().__init__(f"url: {reason}")
        self.reason = reason
        self.status = status
