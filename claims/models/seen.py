"""What readers can see of what claims hold, and could at an earlier moment."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q


def known_of(rows: str, until: datetime | None) -> Q:
    """Return that `rows`, which belong to claims and have entries, are of a published claim.

    With `until`, that readers could see them at that moment: recorded by then, on a claim published by then.
    """
    if until is None:
        return Q(**{f"{rows}__claim__published_at__isnull": False})
    known = {f"{rows}__claim__published_at__lte": until, f"{rows}__entry__recorded_at__lte": until}
    return Q(**known)
