"""The shapes of articles, claimants and statuses."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from claims.api.shapes.claim import ClaimSummarySerializer
from claims.api.shapes.parts import MergedIntoSerializer, QuotedSerializer, words
from claims.vocabulary import ClaimantKind, Licence, VerificationStatus


class ArticleSummarySerializer(serializers.Serializer[Any]):
    """An article as lists show it."""

    id = serializers.CharField(help_text="Short, opaque, stable.")
    url = serializers.URLField(help_text="This article in the API.")
    html_url = serializers.URLField(help_text="This article's public page.")
    title = serializers.CharField()
    authors = serializers.ListField(child=serializers.CharField())
    publisher = words()
    publisher_domain = words()
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


class ArticleSerializer(ArticleSummarySerializer):
    """An article and the quotes in which published claims were found."""

    sha256 = words("Of the stored text in UTF-8, hexadecimal. Null where it was erased.")
    standfirst = words("Null unless the licence is full_text.")
    text = words(
        "Null unless the licence is full_text. Each character of an erased quote is a full block, U+2588."
    )
    claims = QuotedClaimSerializer(many=True, help_text="In the order of the text.")


class ClaimantSummarySerializer(serializers.Serializer[Any]):
    """A claimant as lists show them."""

    id = serializers.CharField(help_text="Short, opaque, stable.")
    url = serializers.URLField(help_text="This claimant in the API.")
    html_url = serializers.URLField(help_text="This claimant's public page.")
    name = serializers.CharField()
    role = words()
    kind = serializers.ChoiceField(ClaimantKind.choices)
    wikidata = words("The id of the Wikidata item, such as Q7747. Null where none is known.")


class StatusCountsSerializer(serializers.Serializer[Any]):
    """How many listed claims have each status."""

    confirmed = serializers.IntegerField()
    unconfirmed = serializers.IntegerField()
    disputed = serializers.IntegerField()
    withdrawn = serializers.IntegerField(help_text="Whose last verdict was withdrawn.")


class ClaimantSerializer(ClaimantSummarySerializer):
    """A claimant and where to read their claims."""

    claims_url = serializers.URLField(help_text="The list of their claims.")
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
