"""The shapes of corrections."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from claims.api.shapes.ledger import OfClaimSerializer
from claims.api.shapes.parts import words
from claims.vocabulary import Act, RedactionReason, VerificationStatus


class CorrectionSerializer(serializers.Serializer[Any]):
    """An act by which something was put right in public."""

    id = serializers.CharField(
        help_text="The id of the claim and the number of the entry, with a hyphen between."
    )
    html_url = serializers.URLField(help_text="The entry on the claim's public page.")
    claim = OfClaimSerializer()
    entry = serializers.IntegerField(help_text="The number of its history entry.")
    act = serializers.ChoiceField(Act.choices)
    act_label = serializers.CharField()
    recorded_at = serializers.DateTimeField()
    before = serializers.ChoiceField(
        VerificationStatus.choices,
        allow_null=True,
        help_text="The status before; null where the register had none in force.",
    )
    after = serializers.ChoiceField(
        VerificationStatus.choices,
        allow_null=True,
        help_text="The status after; null where the act took the verdict back.",
    )
    reason = words("Why, as it was told in public.")
    reason_code = serializers.ChoiceField(
        RedactionReason.choices, allow_null=True, help_text="On what ground a text was removed."
    )
    source = words("Which evidence was withdrawn.")  # type: ignore[assignment]


class CorrectionPageSerializer(serializers.Serializer[Any]):
    """One page of corrections."""

    results = CorrectionSerializer(many=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
