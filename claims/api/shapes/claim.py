"""The shapes of a claim: what lists show of it, and its whole document."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from claims.api.shapes.parts import (
    AppearanceSerializer,
    ClaimantRefSerializer,
    ContactSerializer,
    EvidenceSerializer,
    HeadSerializer,
    HistoryLineSerializer,
    MergedIntoSerializer,
    TopicRefSerializer,
    VerdictSerializer,
    WordingSerializer,
)
from claims.vocabulary import ClaimKind, Precision, VerificationStatus

RELATION_CHOICES = ["repeats", "repeated_by", "contradicts", "narrower_than", "broader_than"]


class ClaimSummarySerializer(serializers.Serializer[Any]):
    """A claim as lists show it."""

    id = serializers.CharField(help_text="Short, opaque, stable.")
    url = serializers.URLField(help_text="This claim in the API.")
    html_url = serializers.URLField(help_text="This claim's public page.")
    history_url = serializers.URLField(help_text="This claim's history in the API.")
    wording = serializers.CharField(
        allow_null=True, help_text="The claim in the register's words; null once redacted."
    )
    language = serializers.CharField(help_text="The language of the wording (BCP 47).")
    kind = serializers.ChoiceField(ClaimKind.choices)
    claimant = ClaimantRefSerializer(
        allow_null=True, help_text="Who is held to make the claim; null where nobody is known."
    )
    said_on = serializers.DateField(allow_null=True, help_text="When it was said, where known.")
    said_on_precision = serializers.ChoiceField(
        Precision.choices,
        help_text="How exactly `said_on` is known: only its year, only its month, or the day.",
    )
    status = serializers.ChoiceField(
        VerificationStatus.choices,
        allow_null=True,
        help_text="Null when the last verdict was withdrawn and no other has been given.",
    )
    status_label = serializers.CharField(help_text="The status for readers.")
    status_since = serializers.DateTimeField(help_text="When the status last changed.")
    verdict_on_earlier_wording = serializers.BooleanField(
        help_text="Whether the claim was reworded after its verdict, and not yet re-confirmed."
    )
    verdict_on_withdrawn_evidence = serializers.BooleanField(
        help_text="Whether any of the evidence that the verdict rests on was withdrawn after it."
    )
    verdict_imported = serializers.BooleanField(
        help_text="Whether the verdict was given elsewhere, without two people of this register."
    )
    verdict_published_by_one = serializers.BooleanField(
        help_text="Whether one person published the verdict in an emergency, and no second one has confirmed it yet."
    )


class AroundSerializer(serializers.Serializer[Any]):
    """What stands around a claim for readers and is no part of its history; with `expand` alone."""

    topics = TopicRefSerializer(many=True, required=False, help_text="What it is filed under.")
    under_review_since = serializers.DateTimeField(
        required=False,
        allow_null=True,
        help_text="Since which day the desk has looked at it, as far as readers may know; null while it does not.",
    )


class ListedClaimSerializer(AroundSerializer, ClaimSummarySerializer):
    """A claim in a list, with what `expand` adds from its document."""

    published_at = serializers.DateTimeField(required=False)
    verdict = VerdictSerializer(required=False, allow_null=True)
    wordings = WordingSerializer(required=False, many=True)
    appearances = AppearanceSerializer(required=False, many=True)
    evidence = EvidenceSerializer(required=False, many=True)
    contacts = ContactSerializer(required=False, many=True)
    history = HistoryLineSerializer(required=False, many=True)
    head = HeadSerializer(required=False)


class RelatedSerializer(serializers.Serializer[Any]):
    """A related claim and how it stands to this one."""

    relation = serializers.ChoiceField(
        RELATION_CHOICES,
        help_text="Read from this claim to the other, such as: this one is `narrower_than` that one.",
    )
    claim = ClaimSummarySerializer()


class ClaimDocumentSerializer(AroundSerializer, ClaimSummarySerializer):
    """The whole public document of a claim."""

    wording_version = serializers.IntegerField(help_text="Which wording is in force.")
    published_at = serializers.DateTimeField(help_text="When the first verdict was recorded.")
    verdict = VerdictSerializer(allow_null=True, help_text="The verdict in force.")
    wordings = WordingSerializer(many=True)
    appearances = AppearanceSerializer(many=True)
    evidence = EvidenceSerializer(many=True, help_text="Standing and withdrawn.")
    contacts = ContactSerializer(
        many=True, help_text="What the claimant was asked and answered: the right of reply."
    )
    history = HistoryLineSerializer(many=True)
    merged_into = MergedIntoSerializer(
        allow_null=True, help_text="The claim that took this one's place, if it was a duplicate."
    )
    head = HeadSerializer(help_text="The last entry of the history.")
    related = RelatedSerializer(
        many=True, required=False, help_text="Listed claims that are related; with `expand` alone."
    )
