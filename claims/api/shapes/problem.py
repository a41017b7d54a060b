"""The shape of refusals and failures."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class ParameterErrorSerializer(serializers.Serializer[Any]):
    """One parameter that cannot be used."""

    parameter = serializers.CharField(help_text="Its name.")
    detail = serializers.CharField(help_text="What is wrong with it.")


class ProblemSerializer(serializers.Serializer[Any]):
    """A problem document (RFC 9457)."""

    type = serializers.CharField(help_text="Always `about:blank`: `status` says which kind it is.")
    title = serializers.CharField(help_text="The phrase of the HTTP status.")
    status = serializers.IntegerField(help_text="The HTTP status.")
    detail = serializers.CharField(help_text="What happened, for people.")
    instance = serializers.CharField(help_text="The path that was asked for.")
    errors = ParameterErrorSerializer(  # type: ignore[assignment]  # the name is RFC 9457's own example
        many=True, required=False, help_text="Each parameter that cannot be used."
    )
