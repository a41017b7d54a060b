"""The shape of a claim's bundle."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from claims.api.shapes.claim import ClaimDocumentSerializer
from claims.api.shapes.parts import HeadSerializer
from claims.interop.bundle import FORMAT


class DisclosedEntrySerializer(serializers.Serializer[Any]):
    """One entry, with the values whose digests it holds."""

    number = serializers.IntegerField()
    leaf = serializers.CharField(help_text="The exact text that was hashed (RFC 8785).")
    leaf_hash = serializers.CharField(
        help_text="Hexadecimal SHA-256 of a zero byte and the leaf's UTF-8 bytes."
    )
    disclosures = serializers.ListField(
        child=serializers.CharField(),
        help_text="Salt, name and value of each value that was not erased (RFC 9901, 4.2.1).",
    )


class BundleSerializer(serializers.Serializer[Any]):
    """A claim's history, whole, to be proved offline."""

    format = serializers.ChoiceField([FORMAT])
    log = serializers.CharField(help_text="The origin that stands in every leaf.")
    claim = serializers.CharField(help_text="The claim's public id.")
    exported_at = serializers.DateTimeField(help_text="When the last entry was recorded.")
    head = HeadSerializer()
    entries = DisclosedEntrySerializer(many=True)
    document = ClaimDocumentSerializer()
