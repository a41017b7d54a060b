"""What happened to a claim between a person's opening a form and sending it."""

from __future__ import annotations

from typing import Any

from claims.admin.base import is_key
from claims.models import Claim, HistoryEntry

SHOWN = 10


def news_since(claim: Claim | None, seen: str) -> dict[str, Any]:
    """Return, for a template, the entries recorded since the page whose token is `seen` was shown.

    `news` is a list of entries, the first one first; it is empty when only the review moved on, or when the
    token says nothing. `news_of` is the claim.
    """
    number = seen.partition("-")[0]
    if claim is None or not is_key(number):
        return {"news_of": claim, "news": []}
    later = HistoryEntry.objects.filter(claim=claim, number__gt=int(number))
    return {"news_of": claim, "news": list(later.order_by("number")[:SHOWN])}
