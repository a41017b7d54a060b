"""What the plain register shows and takes in."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils import timezone
from rest_framework import serializers

from plain.models import Appearance, Article, Claim, Claimant, Evidence, Verdict

LINE = ["history_date", "history_type", "by", "history_change_reason"]


class ClaimantSerializer(serializers.ModelSerializer[Claimant]):
    """A claimant."""

    id = serializers.CharField(source="public_id")

    class Meta:
        model = Claimant
        fields = ["id", "name", "role"]


class ArticleSerializer(serializers.ModelSerializer[Article]):
    """An article."""

    id = serializers.CharField(source="public_id")
    publisher = serializers.SlugRelatedField(slug_field="name", read_only=True)

    class Meta:
        model = Article
        fields = ["id", "title", "language", "publisher", "published_on", "source_url"]


class AppearanceSerializer(serializers.ModelSerializer[Appearance]):
    """Where a claim stands."""

    article = ArticleSerializer()
    speaker = ClaimantSerializer()

    class Meta:
        model = Appearance
        exclude = ["id", "claim"]


class EvidenceLineSerializer(serializers.ModelSerializer[Any]):
    """A line of the history of a piece of evidence."""

    by = serializers.SlugRelatedField(source="history_user", slug_field="username", read_only=True)

    class Meta:
        model = Evidence.history.model
        fields = LINE


class ClaimLineSerializer(EvidenceLineSerializer):
    """A line of the history of a claim."""

    class Meta:
        model = Claim.history.model
        fields = [*LINE, "wording", "wording_version", "status"]


class Tracked(serializers.ModelSerializer[Any]):
    """What is written down with the person who did it, and a word on what it was."""

    reason = ""

    def tracked(self, row: models.Model, reason: str = "") -> Any:
        """Save a row, and let its history know who did it."""
        row._history_user = self.context["user"]  # type: ignore[attr-defined]
        row._change_reason = reason or self.reason  # type: ignore[attr-defined]
        row.save()
        return row

    def update(self, instance: Any, validated_data: dict[str, Any]) -> Any:
        """Change a row."""
        instance._history_user = self.context["user"]
        with transaction.atomic():
            return super().update(instance, validated_data)


class EvidenceSerializer(Tracked):
    """A piece of evidence, shown with its history, taken in for a claim."""

    reason = "evidence_added"
    claim = serializers.SlugRelatedField(
        slug_field="public_id", queryset=Claim.objects.all(), write_only=True
    )
    publisher = serializers.SlugRelatedField(slug_field="name", read_only=True)
    history = EvidenceLineSerializer(many=True, source="lines", read_only=True)

    class Meta:
        model = Evidence
        exclude = ["id"]
        read_only_fields = ["number", "recorded_at", "withdrawn"]

    def create(self, validated_data: dict[str, Any]) -> Evidence:
        """Put it behind the last one of its claim."""
        with transaction.atomic():
            claim = Claim.objects.select_for_update().get(pk=validated_data["claim"].pk)
            last = claim.evidence.aggregate(last=models.Max("number"))["last"] or 0
            row = Evidence(**validated_data, number=last + 1, recorded_at=timezone.now())
            return self.tracked(row)


class VerdictLineSerializer(serializers.ModelSerializer[Verdict]):
    """A verdict in short."""

    approved_by = serializers.SlugRelatedField(slug_field="username", read_only=True)

    class Meta:
        model = Verdict
        fields = ["status", "cause", "wording_version", "recorded_at", "approved_by"]


class VerdictSerializer(Tracked):
    """A verdict, shown in full, taken in for a claim whose status it changes."""

    reason = "verdict_given"
    claim = serializers.SlugRelatedField(
        slug_field="public_id", queryset=Claim.objects.all(), write_only=True
    )
    status_label = serializers.CharField(source="get_status_display", read_only=True)
    proposed_by = serializers.SlugRelatedField(
        slug_field="username", queryset=Verdict.proposed_by.field.related_model.objects.all()
    )
    approved_by = serializers.SlugRelatedField(slug_field="username", read_only=True)
    rests_on = serializers.SlugRelatedField(slug_field="number", many=True, read_only=True)
    evidence = serializers.PrimaryKeyRelatedField(
        many=True, queryset=Evidence.objects.all(), write_only=True, required=False
    )

    class Meta:
        model = Verdict
        exclude = ["id"]
        read_only_fields = ["wording_version", "recorded_at"]

    def validate_proposed_by(self, proposer: Any) -> Any:
        """Ask for a second pair of eyes."""
        if proposer == self.context["user"]:
            raise serializers.ValidationError("Nobody approves a verdict of their own.")
        return proposer

    def create(self, validated_data: dict[str, Any]) -> Verdict:
        """Give the verdict, and change the claim."""
        grounds, now = validated_data.pop("evidence", []), timezone.now()
        with transaction.atomic():
            claim = Claim.objects.select_for_update().get(pk=validated_data.pop("claim").pk)
            row = Verdict(
                **validated_data,
                claim=claim,
                wording_version=claim.wording_version,
                recorded_at=now,
            )
            row.approved_by = self.context["user"]
            verdict: Verdict = self.tracked(row)
            verdict.rests_on.set(grounds)
            if claim.status != verdict.status:
                claim.status, claim.status_since = verdict.status, now
            claim.published_at = claim.published_at or now
            self.tracked(claim)
        return verdict


class ClaimListSerializer(Tracked):
    """A claim as lists show it."""

    reason = "claim_recorded"
    id = serializers.CharField(source="public_id")
    html_url = serializers.CharField(source="get_absolute_url", read_only=True)
    claimant = ClaimantSerializer(read_only=True)
    status_label = serializers.CharField(source="get_status_display", read_only=True)

    class Meta:
        model = Claim
        exclude = ["public_id", "topics"]
        read_only_fields = ["status", "status_since", "published_at"]

    def create(self, validated_data: dict[str, Any]) -> Claim:
        """Record a claim."""
        with transaction.atomic():
            claim: Claim = self.tracked(Claim(**validated_data))
        return claim


class ClaimSerializer(ClaimListSerializer):
    """A claim with everything that belongs to it, as `plain.details` fetched it."""

    verdict = VerdictSerializer(read_only=True)
    verdicts = VerdictLineSerializer(many=True, source="given", read_only=True)
    appearances = AppearanceSerializer(many=True, source="places", read_only=True)
    evidence = EvidenceSerializer(many=True, source="pieces", read_only=True)
    history = ClaimLineSerializer(many=True, source="lines", read_only=True)
