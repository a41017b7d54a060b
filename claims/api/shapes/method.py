"""The shapes of the method."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class MethodSummarySerializer(serializers.Serializer[Any]):
    """A version of the method as lists show it."""

    number = serializers.IntegerField(help_text="1, 2, 3 …")
    url = serializers.URLField(help_text="This version in the API.")
    html_url = serializers.URLField(help_text="This version's public page.")
    published_at = serializers.DateTimeField()
    reason = serializers.CharField(help_text="Why it was changed.")


class MethodSerializer(MethodSummarySerializer):
    """A version of the method."""

    body = serializers.CharField(help_text="Its text, in Markdown.")
    checklist = serializers.ListField(
        child=serializers.CharField(), help_text="What is seen to before a verdict is proposed."
    )


class MethodPageSerializer(serializers.Serializer[Any]):
    """One page of versions of the method."""

    results = MethodSummarySerializer(many=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
