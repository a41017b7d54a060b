"""The shapes of the log and of the acts in it."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from claims.api.shapes.parts import redacted, words
from claims.vocabulary import Act, RedactionReason, VerificationStatus


class ChangedClaimSerializer(serializers.Serializer[Any]):
    """The claim that an act was on."""

    id = serializers.CharField()
    url = serializers.URLField(help_text="The claim in the API.")
    html_url = serializers.URLField(help_text="Leads to the claim's public page.")
    history_url = serializers.URLField(help_text="The claim's history in the API.")
    wording = words("The claim as it is worded now, not as of the act; null once redacted.")


class ChangeSerializer(serializers.Serializer[Any]):
    """One public act and its place in the log."""

    log_index = serializers.IntegerField(help_text="The place in the log, counted from 0.")
    claim = ChangedClaimSerializer()
    number = serializers.IntegerField(help_text="The number of the act on its claim.")
    act = serializers.ChoiceField(Act.choices)
    recorded_at = serializers.DateTimeField(help_text="When the register recorded it.")
    effective_on = serializers.DateField(
        allow_null=True, help_text="The day in the world from which an imported verdict holds."
    )
    by = words("The public name of whoever acted; null once redacted.")
    reason = words("The reason given in public.")
    about = serializers.IntegerField(
        allow_null=True, help_text="The number of the entry this act is about."
    )
    other_claim = words("The other claim of a merger.")
    reason_code = serializers.ChoiceField(RedactionReason.choices, allow_null=True)
    status = serializers.ChoiceField(
        VerificationStatus.choices,
        allow_null=True,
        help_text="The claim's status after the act; null before its first verdict and while it has none.",
    )
    leaf_hash = serializers.CharField(
        help_text="Hexadecimal SHA-256 of a zero byte and the leaf's UTF-8 bytes."
    )
    redacted = redacted()
    leaf = serializers.CharField(help_text="The exact text that was hashed (RFC 8785).")


class ChangesPageSerializer(serializers.Serializer[Any]):
    """Some acts in a row."""

    results = ChangeSerializer(many=True)
    more = serializers.BooleanField(help_text="Whether further acts are there already.")
    next = serializers.URLField(help_text="Where to go on, now or later.")


class LogEndSerializer(serializers.Serializer[Any]):
    """The last act in the log."""

    log_index = serializers.IntegerField()
    leaf_hash = serializers.CharField(help_text="Hexadecimal SHA-256.")
    recorded_at = serializers.DateTimeField()


class RebuiltSerializer(serializers.Serializer[Any]):
    """That this register was rebuilt from an export, or is being rebuilt from one."""

    manifest_sha256 = serializers.CharField(help_text="The digest of the export's manifest.")
    as_of = serializers.DateTimeField(
        allow_null=True, help_text="When the export's last act was recorded."
    )
    ended_at = serializers.DateTimeField(
        allow_null=True, help_text="When all of it was in; null while it is still coming in."
    )


class LogSerializer(serializers.Serializer[Any]):
    """How far the log goes."""

    origin = serializers.CharField(help_text="The name of the register, as every leaf repeats it.")
    size = serializers.IntegerField(help_text="How many public acts it holds.")
    last = LogEndSerializer(allow_null=True, help_text="Null where the log is empty.")
    changes_url = serializers.URLField(help_text="Where the acts to come are read.")
    rebuilt = RebuiltSerializer(
        many=True,
        help_text="From which export this register was or is being rebuilt; empty for most.",
    )
