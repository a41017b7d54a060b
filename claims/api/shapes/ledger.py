"""The shapes of evidence, appearances and verdicts as things of their own."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from claims.api.shapes.claim import ClaimSummarySerializer
from claims.api.shapes.parts import (
    AppearanceSerializer,
    EvidenceSerializer,
    VerdictSerializer,
    WithdrawalSerializer,
)

REFERENCE = ("id", "url", "html_url")


class OfClaimSerializer(ClaimSummarySerializer):
    """The claim that something belongs to: where it is read, and with `expand` what lists show of it."""

    def get_fields(self) -> dict[str, Any]:
        """Return the fields of a summary, of which a reference has but some."""
        fields: dict[str, Any] = super().get_fields()
        for name, field in fields.items():
            field.required = name in REFERENCE
        return fields


class OfLedgerSerializer(serializers.Serializer[Any]):
    """What everything has that an entry of a claim's history brought."""

    id = serializers.CharField(
        help_text="The id of the claim and the number of the entry, with a hyphen between."
    )
    self_url = serializers.URLField(help_text="Its own address in the API.")
    claim = OfClaimSerializer()


class EvidenceItemSerializer(EvidenceSerializer, OfLedgerSerializer):
    """A piece of evidence and its claim."""


class AppearanceItemSerializer(AppearanceSerializer, OfLedgerSerializer):
    """A place where a claim was found, and the claim."""


class VerdictItemSerializer(VerdictSerializer, OfLedgerSerializer):
    """A verdict, its claim, and what became of it."""

    voided = WithdrawalSerializer(
        allow_null=True, help_text="The act that took it back; null unless one did."
    )
    superseded_by = serializers.IntegerField(
        allow_null=True,
        help_text="The number of the entry of the next verdict on the claim; null where this is the last.",
    )
