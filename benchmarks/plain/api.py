"""The API and the page of the plain register."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.dateparse import parse_datetime
from rest_framework import filters, mixins, pagination, serializers, viewsets
from rest_framework.exceptions import ValidationError

from plain.details import (
    as_they_were,
    claims_then,
    complete,
    whole_claims,
    whole_evidence,
    whole_verdicts,
)
from plain.models import Claim, Evidence, Verdict
from plain.serializers import (
    ClaimListSerializer,
    ClaimSerializer,
    EvidenceSerializer,
    VerdictSerializer,
)

FILTERS = {"status": "status", "language": "language", "topic": "topics__slug"}


class Pages(pagination.PageNumberPagination):
    """Page numbers, as most APIs have them."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 500


class Signed(viewsets.GenericViewSet[Any]):
    """Tells serializers who writes."""

    def get_serializer_context(self) -> dict[str, Any]:
        """Return what serializers know."""
        return {**super().get_serializer_context(), "user": self.request.user}


class ClaimViewSet(Signed, viewsets.ModelViewSet[Claim]):
    """Claims, by status, language and topic, by words, and as of a moment."""

    lookup_field = "public_id"
    pagination_class = Pages
    filter_backends = [filters.SearchFilter, filters.OrderingFilter]
    search_fields = ["wording"]
    ordering_fields = ["status_since", "published_at", "said_on"]

    def get_serializer_class(self) -> Any:
        """Return the long form for one claim."""
        return ClaimSerializer if self.action == "retrieve" else ClaimListSerializer

    @property
    def moment(self) -> datetime | None:
        """The moment that is asked about."""
        given = self.request.query_params.get("as_of")
        try:
            moment = parse_datetime(given) if given else None
        except ValueError:
            moment = None
        if given and (moment is None or moment.tzinfo is None):
            raise ValidationError({"as_of": "Not a moment."})
        return moment

    def get_queryset(self) -> QuerySet[Claim]:
        """Return the claims asked for."""
        given = self.request.query_params
        wanted = {FILTERS[name]: given[name] for name in FILTERS if given.get(name)}
        moment = self.moment
        if moment and self.action == "retrieve":
            return Claim.history.as_of(moment).filter(published_at__isnull=False)
        if moment:
            status = wanted.pop("status", "")
            return claims_then(moment, status).filter(**wanted)
        if self.action == "retrieve":
            return whole_claims()
        return Claim.objects.select_related("claimant").filter(**wanted)

    def get_object(self) -> Claim:
        """Return one claim, now or then."""
        claim, moment = super().get_object(), self.moment
        return complete(claim, moment) if moment else claim

    def paginate_queryset(self, queryset: Any) -> Any:
        """Return a page, its claims as they are or were."""
        page = super().paginate_queryset(queryset)
        return as_they_were(page, self.moment) if self.moment else page


class EvidenceViewSet(Signed, viewsets.ModelViewSet[Evidence]):
    """Pieces of evidence."""

    queryset = whole_evidence()
    serializer_class = EvidenceSerializer
    pagination_class = Pages


class VerdictViewSet(Signed, viewsets.ModelViewSet[Verdict]):
    """Verdicts."""

    queryset = whole_verdicts()
    serializer_class = VerdictSerializer
    pagination_class = Pages


def history_of(tracked: Any) -> type[viewsets.GenericViewSet[Any]]:
    """Return the view of all changes of one table, the first one first."""

    class Lines(serializers.ModelSerializer[Model]):
        by = serializers.SlugRelatedField(
            source="history_user", slug_field="username", read_only=True
        )

        class Meta:
            model = tracked.history.model
            exclude = ["history_user", "history_relation"]

    class Changes(mixins.ListModelMixin, viewsets.GenericViewSet[Any]):
        queryset = tracked.history.select_related("history_user").order_by("history_id")
        pagination_class = Pages
        serializer_class = Lines

    return Changes


def page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a claim to readers."""
    return render(
        request, "claim.html", {"claim": get_object_or_404(whole_claims(), public_id=public_id)}
    )
