"""The one guarded way to fetch an address that somebody typed in or a page pointed to.

Nothing else in the project opens a URL, but for the two that an operator set (`claims.tasks.announcing`). `fetch` goes
to public addresses only, on the web's two ports, and stops at fixed limits of time, size and redirects.
"""

from claims.fetching.addresses import is_public
from claims.fetching.errors import FetchFailed, FetchRefused
from claims.fetching.fetcher import ACCEPT, Fetched, Fetcher, fetch

__all__ = ["ACCEPT", "FetchFailed", "FetchRefused", "Fetched", "Fetcher", "fetch", "is_public"]
