"""The API and the page of the plain register."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.dateparse import parse_datetime
from rest_framework import filters, pagination, serializers, viewsets

from plain.models import Change, Claim, Claimant, Evidence


class Pages(pagination.PageNumberPagination):
    """Page numbers, as most APIs have them."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 500


class ClaimantSerializer(serializers.ModelSerializer[Claimant]):
    """A claimant."""

    class Meta:
        model = Claimant
        fields = ["id", "name"]


class EvidenceSerializer(serializers.ModelSerializer[Evidence]):
    """A piece of evidence."""

    class Meta:
        model = Evidence
        exclude = ["claim"]


class ChangeSerializer(serializers.ModelSerializer[Change]):
    """A line of the history."""

    class Meta:
        model = Change
        fields = "__all__"


class ClaimListSerializer(serializers.ModelSerializer[Claim]):
    """A claim as lists show it."""

    claimant = ClaimantSerializer()

    class Meta:
        model = Claim
        fields = "__all__"


class ClaimSerializer(ClaimListSerializer):
    """A claim with its evidence and history."""

    evidence = EvidenceSerializer(many=True)
    changes = ChangeSerializer(many=True)


class ClaimViewSet(viewsets.ReadOnlyModelViewSet[Claim]):
    """Claims, by status, by words, and as of a moment."""

    lookup_field = "public_id"
    pagination_class = Pages
    filter_backends = [filters.SearchFilter]
    search_fields = ["text"]

    def get_serializer_class(self) -> Any:
        """Return the long form for one claim."""
        return ClaimSerializer if self.action == "retrieve" else ClaimListSerializer

    def get_queryset(self) -> QuerySet[Claim]:
        """Return the claims asked for."""
        claims = Claim.objects.select_related("claimant")
        if self.action == "retrieve":
            claims = claims.prefetch_related("evidence", "changes")
        given = self.request.query_params
        status = given.get("status")
        if moment := parse_datetime(given.get("as_of", "")):
            known = Change.objects.filter(claim=OuterRef("pk"), recorded_at__lte=moment)
            then = known.exclude(status="").order_by("-recorded_at").values("status")[:1]
            claims = claims.filter(published_at__lte=moment).annotate(then=Subquery(then))
            return claims.filter(then=status) if status else claims
        return claims.filter(status=status) if status else claims


class ChangeViewSet(viewsets.ReadOnlyModelViewSet[Change]):
    """All changes, the first one first."""

    queryset = Change.objects.order_by("id")
    pagination_class = Pages
    serializer_class = ChangeSerializer


def page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a claim to readers."""
    claims = Claim.objects.select_related("claimant").prefetch_related("evidence", "changes")
    return render(request, "claim.html", {"claim": get_object_or_404(claims, public_id=public_id)})
