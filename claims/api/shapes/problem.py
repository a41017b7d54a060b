"""The shape of refusals and failures."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from claims.api.reasons import MEANINGS, Reason


class ErrorSerializer(serializers.Serializer[Any]):
    """One parameter, or one member of a body, that cannot be used."""

    parameter = serializers.CharField(required=False, help_text="The name of the parameter.")
    pointer = serializers.CharField(
        required=False,
        allow_blank=True,
        help_text="The place in the body (JSON pointer, RFC 6901).",
    )
    detail = serializers.CharField(help_text="What is wrong with it.")
    reason = serializers.ChoiceField(
        [reason.value for reason in Reason],
        required=False,
        help_text="In one word, where only the register could know; without it, this description says what is wrong. "
        + "; ".join(f"`{reason.value}`: {meaning}" for reason, meaning in MEANINGS.items())
        + ".",
    )


class ProblemSerializer(serializers.Serializer[Any]):
    """A problem document (RFC 9457)."""

    type = serializers.CharField(
        help_text="Which kind it is: an address that never changes, and that says what to do about it."
    )
    title = serializers.CharField(help_text="The kind, in a few words.")
    status = serializers.IntegerField(help_text="The HTTP status.")
    detail = serializers.CharField(help_text="What happened, for people.")
    instance = serializers.CharField(help_text="The path that was asked for.")
    errors = ErrorSerializer(  # type: ignore[assignment]  # the name is RFC 9457's own example
        many=True, required=False, help_text="Each parameter or member that cannot be used."
    )

    def get_fields(self) -> dict[str, Any]:
        """Add the member whose registered name is no name in Python."""
        policies = serializers.ListField(
            child=serializers.CharField(),
            required=False,
            help_text="With 429: the policies of RateLimit-Policy that were exceeded.",
        )
        return {**super().get_fields(), "violated-policies": policies}


class ProblemTypeSerializer(serializers.Serializer[Any]):
    """One kind of problem."""

    type = serializers.URLField(help_text="Its address, as in `type` of a problem.")
    title = serializers.CharField(help_text="The kind, in a few words.")
    status = serializers.IntegerField(help_text="The HTTP status it comes with.")
    advice = serializers.CharField(help_text="What it means and what to do about it.")


class ProblemTypePageSerializer(serializers.Serializer[Any]):
    """The kinds of problems."""

    results = ProblemTypeSerializer(many=True)
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
