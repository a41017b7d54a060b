"""The shapes of lists, and of the root."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from claims.api.shapes.claim import ClaimSummarySerializer
from claims.api.shapes.parties import (
    ArticleSummarySerializer,
    ClaimantSummarySerializer,
    StatusSerializer,
)
from claims.api.shapes.parts import HistoryEntrySerializer


class PageSerializer(serializers.Serializer[Any]):
    """One page of a list and the addresses of its neighbours."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


class ClaimPageSerializer(PageSerializer):
    """One page of claims."""

    results = ClaimSummarySerializer(many=True)


class HistoryPageSerializer(PageSerializer):
    """One page of a claim's history."""

    results = HistoryEntrySerializer(many=True)


class ArticlePageSerializer(PageSerializer):
    """One page of articles."""

    results = ArticleSummarySerializer(many=True)


class ClaimantPageSerializer(PageSerializer):
    """One page of claimants."""

    results = ClaimantSummarySerializer(many=True)


class StatusPageSerializer(PageSerializer):
    """The statuses."""

    results = StatusSerializer(many=True)


class RootSerializer(serializers.Serializer[Any]):
    """The addresses of the API."""

    claims = serializers.URLField()
    articles = serializers.URLField()
    claimants = serializers.URLField()
    changes = serializers.URLField()
    log = serializers.URLField()
    exports = serializers.URLField()
    statuses = serializers.URLField()
    schema = serializers.URLField()
    docs = serializers.URLField()
