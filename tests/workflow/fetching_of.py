"""Documents as the fetcher hands them over, for readings that nobody fetches."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

from claims import workflow
from claims.fetching import Fetched
from claims.models import Claim, SourceReading, User

ADDRESS = "https://gazette.example/bridge"
PARAGRAPHS = (
    "The mayor said on Friday that the old bridge was safe for lorries, whatever the papers say.",
    "The last inspection, of November, found two cracks in the northern pier and allowed lorries of up to twelve "
    "tonnes only. The county has put up signs since.",
    "Nobody had ordered the repair yet, the county's engineer told the Gazette, and the limit would stay until then.",
)


def page(*, head: str = "", body: str = "", paragraphs: tuple[str, ...] = PARAGRAPHS) -> bytes:
    """Return a page as papers put them on the web."""
    text = "".join(f"<p>{one}</p>" for one in paragraphs)
    return (
        f'<html lang="en-GB"><head><title>Bridge closed</title>'
        f'<meta property="og:site_name" content="The Gazette">'
        f'<meta property="article:published_time" content="2025-05-03T10:00:00Z">{head}</head>'
        f"<body><h1>Bridge closed</h1><article>{text}</article>{body}</body></html>"
    ).encode()


def fetched(body: bytes | None = None, **fields: Any) -> Fetched:
    """Return a document as it was found."""
    body = page() if body is None else body
    return Fetched(
        **{
            "url": ADDRESS,
            "final_url": ADDRESS,
            "status": 200,
            "media_type": "text/html",
            "charset": "utf-8",
            "body": body,
            "sha256": hashlib.sha256(body).hexdigest(),
            "fetched_at": datetime(2025, 5, 4, 9, 30, tzinfo=UTC),
            **fields,
        }
    )


def read_reading(
    claim: Claim, by: User, body: bytes | None = None, *, url: str = ADDRESS, **fields: Any
) -> SourceReading:
    """Return a reading that is ready."""
    reading = workflow.start_reading(claim, url=url, by=by)
    return workflow.fill_reading(reading, fetched(body, url=url, final_url=url, **fields), by=by)
