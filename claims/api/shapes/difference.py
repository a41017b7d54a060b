"""The shape of what differs between two places in a claim's history."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from claims.api.shapes.parts import (
    AppearanceSerializer,
    ContactSerializer,
    EvidenceSerializer,
    HistoryLineSerializer,
)
from claims.vocabulary import VerificationStatus


@extend_schema_field({"type": ["string", "integer", "boolean", "null"]})
class AnyValueField(serializers.JSONField):
    """A value as the document has it."""


class SideSerializer(serializers.Serializer[Any]):
    """One of the two places: the last entry there, and the status after it."""

    number = serializers.IntegerField()
    recorded_at = serializers.DateTimeField()
    leaf_hash = serializers.CharField()
    status = serializers.ChoiceField(VerificationStatus.choices, allow_null=True)


class RunSerializer(serializers.Serializer[Any]):
    """Some words in a row."""

    kind = serializers.ChoiceField(["kept", "gone", "come"])
    text = serializers.CharField()


class ChangedSerializer(serializers.Serializer[Any]):
    """One member of the document that is not the same."""

    pointer = serializers.CharField(help_text="Its place in the claim's document (RFC 6901).")
    before = AnyValueField()
    after = AnyValueField()
    runs = RunSerializer(
        many=True,
        allow_null=True,
        help_text="Where both are texts, what leads from one to the other.",
    )


class EvidenceDifferenceSerializer(serializers.Serializer[Any]):
    """Evidence that was added, and evidence that had stood and was withdrawn."""

    added = EvidenceSerializer(many=True)
    withdrawn = EvidenceSerializer(many=True)


class AppearanceDifferenceSerializer(serializers.Serializer[Any]):
    """Appearances that were added, and those that had stood and were withdrawn."""

    added = AppearanceSerializer(many=True)
    withdrawn = AppearanceSerializer(many=True)


class ContactDifferenceSerializer(serializers.Serializer[Any]):
    """What was recorded of contacts with the claimant."""

    added = ContactSerializer(many=True)


class BasisDifferenceSerializer(serializers.Serializer[Any]):
    """Numbers of the entries whose evidence the verdict rests on."""

    added = serializers.ListField(child=serializers.IntegerField())
    removed = serializers.ListField(child=serializers.IntegerField())


class DifferenceSerializer(serializers.Serializer[Any]):
    """What differs between two places in a claim's history."""

    to = SideSerializer(help_text="The later place.")
    changed = ChangedSerializer(many=True)
    evidence = EvidenceDifferenceSerializer()
    appearances = AppearanceDifferenceSerializer()
    contacts = ContactDifferenceSerializer()
    rests_on = BasisDifferenceSerializer()
    acts = HistoryLineSerializer(many=True, help_text="What was done in between.")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Name the earlier place, whose name is a word of the language."""
        return {"from": SideSerializer(help_text="The earlier place."), **super().get_fields()}
