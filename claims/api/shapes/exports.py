"""The shapes of exports of the whole register."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from claims.api.shapes.lists import PageSerializer


class ExportFileSerializer(serializers.Serializer[Any]):
    """One file of an export."""

    name = serializers.CharField()
    url = serializers.URLField(help_text="Where it is sent from, whole or in part (Range).")
    sha256 = serializers.CharField(help_text="Of its bytes, hexadecimal; also its ETag.")
    bytes = serializers.IntegerField()
    rows = serializers.IntegerField()


class ExportSerializer(serializers.Serializer[Any]):
    """One export of the whole register; see docs/exporting.md."""

    name = serializers.CharField(help_text="After what it holds: the same state, the same name.")
    taken_at = serializers.DateTimeField(help_text="When it was made.")
    as_of = serializers.DateTimeField(
        allow_null=True, help_text="When the last act that it holds was recorded."
    )
    manifest_url = serializers.URLField()
    manifest_sha256 = serializers.CharField(
        help_text="Of the manifest, which holds the digests of all files."
    )
    claims = serializers.IntegerField()
    entries = serializers.IntegerField()
    log_size = serializers.IntegerField(help_text="How many public acts the log had.")
    log_head = serializers.CharField(
        allow_null=True, help_text="The leaf hash of the last of them, hexadecimal."
    )
    files = ExportFileSerializer(many=True)


class ExportPageSerializer(PageSerializer):
    """The exports that are kept, the newest first."""

    results = ExportSerializer(many=True)
