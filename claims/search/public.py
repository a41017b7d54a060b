"""The public's door: published, standing claims alone, found by what their public documents say."""

from __future__ import annotations

from django.db import connection

from claims.models import Claim
from claims.models.claim import ClaimQuerySet
from claims.search.engine import engine_of
from claims.search.words import read_query


def find_published(typed: str, *, unfinished: bool = False) -> ClaimQuerySet:
    """Return the claims readers may see that hold all the words typed in their wording or their claimant's name there.

    What may be typed is said at `claims.search.desk.find_claims`. Names that only the desk knows find nothing here.
    """
    query = read_query(typed, unfinished=unfinished)
    if not query:
        return Claim.objects.none()
    found = engine_of(connection).matching(query, public=True)
    return Claim.objects.listed().filter(pk__in=found)
