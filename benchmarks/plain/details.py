"""What belongs to one claim, fetched along: as it stands, or as it stood at a moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import (
    Model,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
    prefetch_related_objects,
)

from plain.models import Appearance, Claim, Evidence, Verdict

SHORT = (
    "history_date",
    "history_type",
    "history_change_reason",
    "history_relation",
    "history_user",
)
PEOPLE = ("proposed_by", "approved_by")


def whole_claims() -> QuerySet[Claim]:
    """Return claims that come with everything."""
    return Claim.objects.select_related("claimant").prefetch_related(
        Prefetch("appearances", _places(), to_attr="places"),
        Prefetch("evidence", whole_evidence(), to_attr="pieces"),
        Prefetch("verdicts", whole_verdicts(), to_attr="given"),
        _lines(Claim),
    )


def whole_evidence() -> QuerySet[Evidence]:
    """Return pieces of evidence that come with publisher and history."""
    return Evidence.objects.select_related("publisher").prefetch_related(_lines(Evidence))


def whole_verdicts() -> QuerySet[Verdict]:
    """Return verdicts that come with people and grounds."""
    return Verdict.objects.select_related(*PEOPLE).prefetch_related("rests_on")


def claims_then(moment: datetime, status: str) -> QuerySet[Claim]:
    """Return the claims that were public at a moment, with a status where one is given."""
    claims = Claim.objects.filter(published_at__lte=moment).order_by("-published_at", "-id")
    given = Verdict.objects.filter(claim=OuterRef("pk"), recorded_at__lte=moment)
    last = given.order_by("-recorded_at").values("status")[:1]
    return claims.annotate(then=Subquery(last)).filter(then=status) if status else claims


def as_they_were(page: Sequence[Claim], moment: datetime) -> list[Claim]:
    """Return the claims of a page as they were at a moment."""
    then = list(Claim.history.as_of(moment).filter(id__in=[claim.pk for claim in page]))
    prefetch_related_objects(then, "claimant")
    found = {claim.pk: claim for claim in then}
    return [found[claim.pk] for claim in page]


def complete(claim: Claim, moment: datetime) -> Claim:
    """Add to a claim of the past what belonged to it then."""
    known = {"recorded_at__lte": moment, "claim_id": claim.pk}
    claim.places = list(_places().filter(**known))  # type: ignore[attr-defined]
    pieces = Evidence.history.as_of(moment).filter(claim_id=claim.pk).order_by("number")
    verdicts = Verdict.history.as_of(moment).filter(claim_id=claim.pk).order_by("recorded_at")
    claim.pieces, claim.given = list(pieces), list(verdicts)  # type: ignore[attr-defined]
    prefetch_related_objects(claim.pieces, "publisher", _lines(Evidence, moment))  # type: ignore[attr-defined]
    prefetch_related_objects(claim.given, *PEOPLE, "rests_on")  # type: ignore[attr-defined]
    prefetch_related_objects([claim], "claimant", _lines(Claim, moment))
    return claim


def _places() -> QuerySet[Appearance]:
    return Appearance.objects.select_related("article__publisher", "speaker")


def _lines(model: type[Model], moment: datetime | None = None) -> Prefetch:
    """Return what fetches the history of each row, the first line first, and of evidence only what is shown."""
    lines = model.history.select_related("history_user").order_by("history_date")  # type: ignore[attr-defined]
    if model is Evidence:
        lines = lines.only(*SHORT, "history_user__username")
    if moment:
        lines = lines.filter(history_date__lte=moment)
    return Prefetch("log", lines, to_attr="lines")
