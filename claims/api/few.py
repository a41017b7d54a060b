"""Filters by which a list cannot be walked in its order: what few claims have is looked up before the rest.

What few have is best found first, and these put in order; what many have, on the way through all in their order. A
database that is asked for one page takes the order, and looks through the whole register for what nobody has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from claims.models import Claim, Evidence, HistoryEntry, Wording
from claims.models.choosing import FEW
from claims.models.claim import ClaimQuerySet
from claims.vocabulary import VerificationStatus

if TYPE_CHECKING:
    from claims.api.choosing import Choice

Keys = QuerySet[Any, Any]


def first(claims: ClaimQuerySet, keys: Iterable[Keys]) -> ClaimQuerySet:
    """Return `claims`, looked for among those keys of theirs that are few; a query for each of `keys`."""
    for some in keys:
        found = list(some.order_by()[: FEW + 1])
        if len(found) <= FEW:
            claims = claims.among(set(found))
    return claims


def effective(claims: ClaimQuerySet, day: date) -> ClaimQuerySet:
    """Return `claims`, looked for among those that can have had a verdict in effect on `day`; one query.

    It was recorded by the end of that day, and the claim published by then, or it was said to have held by then.
    """
    keys = HistoryEntry.objects.filter(effective_on__lte=day).values_list("claim", flat=True)
    held = list(keys.order_by()[: FEW + 1])
    if len(held) > FEW:
        return claims
    by_then = Q(published_at__lte=datetime.combine(day, time.max, UTC))
    return claims.filter(by_then | Q(pk__in=set(held)) if held else by_then)


def now(choice: Choice) -> Iterator[Keys]:
    """Yield the keys of the claims that each filter leaves which no index has in the order asked for."""
    if choice.q or choice.by_relevance:
        return
    order, claims = choice.order.removeprefix("-"), Claim.objects.all()
    if order != "changed":
        if choice.status and choice.status in VerificationStatus.values:
            yield _keys(claims.with_status(choice.status))
        for name in ("kind", "language"):
            if value := getattr(choice, name):
                yield _keys(claims.saying(**{name: [value]}))
    if order != "said" and any(choice.said):
        yield _keys(claims.said_between(*choice.said))
    if order != "changed" and any(choice.changed):
        yield _keys(claims.changed_between(*choice.changed))
    if order != "published" and any(choice.published):
        yield _keys(claims.published_between(*choice.published))


def _keys(claims: ClaimQuerySet) -> Keys:
    return claims.values_list("pk", flat=True)


def then(choice: Choice) -> Iterator[Keys]:
    """Yield the keys of the claims that ever had what is asked of them at a moment, for each filter of the past."""
    wordings = Wording.objects.all()
    if choice.kind:
        yield wordings.filter(kind=choice.kind).values_list("claim", flat=True)
    if choice.language:
        yield wordings.filter(language=choice.language).values_list("claim", flat=True)
    if any(choice.said):
        yield wordings.said_between(*choice.said).values_list("claim", flat=True)
    if choice.stance:
        yield Evidence.objects.of_stance(choice.stance).values_list("claim", flat=True)
