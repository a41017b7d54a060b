"""The one guarded way to fetch an address that somebody typed in or a page pointed to.

Nothing else in the project opens a URL, but for the two that an operator set (`claims.tasks.announcing`). `fetch` goes
to public addresses only, on the web's two ports, and stops at fixed limits of time, size and redirects. A `Sender`
posts within the same guards and follows no redirect.
"""

from claims.fetching.addresses import is_public
from claims.fetching.errors import FetchFailed, FetchRefused
from claims.fetching.fetcher import ACCEPT, Fetched, Fetcher, fetch
from claims.fetching.sender import Answer, Sender

__all__ = [
    "ACCEPT",
    "Answer",
    "FetchFailed",
    "FetchRefused",
    "Fetched",
    "Fetcher",
    "Sender",
    "fetch",
    "is_public",
]
