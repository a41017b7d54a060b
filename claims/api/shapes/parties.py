"""The shapes of articles, claimants and statuses."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from claims.api.shapes.claim import ClaimSummarySerializer
from claims.api.shapes.parts import MergedIntoSerializer, QuotedSerializer, words
from claims.vocabulary import ClaimantKind, Licence, PublisherKind, VerificationStatus


class ArticleSummarySerializer(serializers.Serializer[Any]):
    """An article as lists show it."""

    id = serializers.CharField(help_text="Short, opaque, stable.")
    url = serializers.URLField(help_text="This article in the API.")
    html_url = serializers.URLField(help_text="This article's public page.")
    title = serializers.CharField()
    authors = serializers.ListField(child=serializers.CharField())
    publisher = words()
    publisher_domain = words()
    publisher_id = words("The publisher in the API; null where the article only names one.")
    dateline = words()
    published_on = serializers.DateField(allow_null=True)
    language = serializers.CharField(help_text="BCP 47.")
    source_url = words("Where the article was published.")
    licence = serializers.ChoiceField(Licence.choices, help_text="How much of it may be shown.")
    recorded_at = serializers.DateTimeField(help_text="When the register took it in.")


class QuotedClaimSerializer(QuotedSerializer):
    """A claim in an article: the quote and what lists show of the claim."""

    claim = ClaimSummarySerializer()
    merged_into = MergedIntoSerializer(allow_null=True)


class ArticleVersionSerializer(ArticleSummarySerializer):
    """Another version of an article."""

    relation = serializers.ChoiceField(
        ["earlier", "later"],
        help_text="Whether this one took its place, or it took the place of this one.",
    )


class ArticleSerializer(ArticleSummarySerializer):
    """An article and the quotes in which published claims were found."""

    sha256 = words("Of the stored text in UTF-8, hexadecimal. Null where it was erased.")
    standfirst = words("Null unless the licence is full_text.")
    text = words(
        "Null unless the licence is full_text. Each character of an erased quote is a full block, U+2588."
    )
    claims = QuotedClaimSerializer(many=True, help_text="In the order of the text.")
    versions = ArticleVersionSerializer(
        many=True,
        help_text="The version before this one and the one after it, where a claim was found in them.",
    )


class ClaimantSummarySerializer(serializers.Serializer[Any]):
    """A claimant as lists show them."""

    id = serializers.CharField(help_text="Short, opaque, stable.")
    url = serializers.URLField(help_text="This claimant in the API.")
    html_url = serializers.URLField(help_text="This claimant's public page.")
    name = serializers.CharField()
    role = words()
    kind = serializers.ChoiceField(ClaimantKind.choices)
    wikidata = words(
        "The id of the Wikidata item, such as Q7747. Null where none is known, and of the past."
    )


class StatusCountsSerializer(serializers.Serializer[Any]):
    """How many listed claims have each status."""

    confirmed = serializers.IntegerField()
    unconfirmed = serializers.IntegerField()
    disputed = serializers.IntegerField()
    withdrawn = serializers.IntegerField(help_text="Whose last verdict was withdrawn.")


class AffiliationSerializer(serializers.Serializer[Any]):
    """What a claimant was, and for whom."""

    role = serializers.CharField()
    body = words("Null where none is named.")
    since = serializers.DateField(allow_null=True)
    until = serializers.DateField(allow_null=True)


class ClaimantSerializer(ClaimantSummarySerializer):
    """A claimant and where to read their claims."""

    also_named = serializers.ListField(
        child=serializers.CharField(),
        help_text="The names under which claims show those who were found to be the same.",
    )
    affiliations = AffiliationSerializer(
        many=True,
        allow_null=True,
        help_text="What they were, the latest first; null of the past, as no history holds it.",
    )
    appearances_url = serializers.URLField(help_text="The list of the places where they speak.")

    claims_url = serializers.URLField(help_text="The list of their claims.")
    claims_by_status = StatusCountsSerializer()


class PublisherSummarySerializer(serializers.Serializer[Any]):
    """A publisher as lists show it."""

    id = serializers.CharField(help_text="Short, opaque, stable.")
    url = serializers.URLField(help_text="This publisher in the API.")
    html_url = serializers.URLField(help_text="This publisher's public page.")
    name = serializers.CharField()
    domain = words("Such as example.org.")
    kind = serializers.ChoiceField(PublisherKind.choices)


class StanceCountsSerializer(serializers.Serializer[Any]):
    """How many pieces of standing evidence have each stance."""

    supports = serializers.IntegerField()
    refutes = serializers.IntegerField()
    context = serializers.IntegerField()  # type: ignore[assignment]  # the word of the vocabulary


class PublisherSerializer(PublisherSummarySerializer):
    """A publisher, the claims in its articles, and how it is cited."""

    claims_by_status = StatusCountsSerializer(help_text="Of the claims in its articles.")
    evidence_by_stance = StanceCountsSerializer()
    claims_url = serializers.URLField(help_text="The list of the claims in its articles.")
    articles_url = serializers.URLField(help_text="The list of its articles.")
    evidence_url = serializers.URLField(help_text="The list of the evidence from it.")


class TopicPartSerializer(serializers.Serializer[Any]):
    """A topic."""

    slug = serializers.CharField(help_text="What addresses know it by.")
    url = serializers.URLField(help_text="This topic in the API.")
    html_url = serializers.URLField(help_text="This topic's public page.")
    name = serializers.CharField()
    claims_url = serializers.URLField(help_text="The list of the claims filed there.")


class TopicSummarySerializer(TopicPartSerializer):
    """A topic as lists show it."""

    claims = serializers.IntegerField(
        help_text="How many listed claims are filed there, up to 1000."
    )
    more_claims = serializers.BooleanField(help_text="Whether there are more than `claims` says.")


class TopicSerializer(TopicPartSerializer):
    """A topic and its claims, counted."""

    claims_by_status = StatusCountsSerializer()


class StatusSerializer(serializers.Serializer[Any]):
    """One verification status."""

    value = serializers.ChoiceField(VerificationStatus.choices, help_text="As `status` says it.")
    label = serializers.CharField(help_text="For readers.")  # type: ignore[assignment]
    textual_rating = serializers.CharField(
        help_text="For programs of other registers: no rating holds the word of its opposite."
    )
    definition = serializers.CharField()
    claims_url = serializers.URLField(help_text="The list of claims with this status.")
