"""The shapes of lists, and of the root."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from claims.api.shapes.claim import ListedClaimSerializer
from claims.api.shapes.ledger import (
    AppearanceItemSerializer,
    EvidenceItemSerializer,
    VerdictItemSerializer,
)
from claims.api.shapes.parties import (
    ArticleSummarySerializer,
    ClaimantSummarySerializer,
    PublisherSummarySerializer,
    StatusSerializer,
    TopicSummarySerializer,
)
from claims.api.shapes.parts import HistoryEntrySerializer


class PageSerializer(serializers.Serializer[Any]):
    """One page of a list and the addresses of its neighbours."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)


class ClaimPageSerializer(PageSerializer):
    """One page of claims."""

    results = ListedClaimSerializer(many=True)


class HistoryPageSerializer(PageSerializer):
    """One page of a claim's history."""

    results = HistoryEntrySerializer(many=True)


class EvidencePageSerializer(PageSerializer):
    """One page of evidence."""

    results = EvidenceItemSerializer(many=True)


class AppearancePageSerializer(PageSerializer):
    """One page of appearances."""

    results = AppearanceItemSerializer(many=True)


class VerdictPageSerializer(PageSerializer):
    """One page of verdicts."""

    results = VerdictItemSerializer(many=True)


class ArticlePageSerializer(PageSerializer):
    """One page of articles."""

    results = ArticleSummarySerializer(many=True)


class ClaimantPageSerializer(PageSerializer):
    """One page of claimants."""

    results = ClaimantSummarySerializer(many=True)


class PublisherPageSerializer(PageSerializer):
    """One page of publishers."""

    results = PublisherSummarySerializer(many=True)


class TopicPageSerializer(PageSerializer):
    """One page of topics."""

    results = TopicSummarySerializer(many=True)


class StatusPageSerializer(PageSerializer):
    """The statuses."""

    results = StatusSerializer(many=True)


class RootSerializer(serializers.Serializer[Any]):
    """The addresses of the API."""

    claims = serializers.URLField()
    evidence = serializers.URLField()
    appearances = serializers.URLField()
    verdicts = serializers.URLField()
    articles = serializers.URLField()
    claimants = serializers.URLField()
    publishers = serializers.URLField()
    topics = serializers.URLField()
    corrections = serializers.URLField()
    method = serializers.URLField()
    changes = serializers.URLField()
    log = serializers.URLField()
    exports = serializers.URLField()
    statuses = serializers.URLField()
    problems = serializers.URLField()
    schema = serializers.URLField()
    docs = serializers.URLField()
