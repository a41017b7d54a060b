"""The shape of an answer of which a client may ask for some members alone."""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar

from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import Direction
from rest_framework import serializers

SOME = {
    "type": "object",
    "description": "With `fields`: the members named there alone, each as the whole answer has it.",
}


class SparseSerializer(serializers.Serializer[Any]):
    """An answer as `whole` describes it, or some of its members."""

    whole: ClassVar[type[serializers.Serializer[Any]]]


@cache
def sparse(whole: type[serializers.Serializer[Any]]) -> type[SparseSerializer]:
    """Return the shape of what is as `whole` says, or of some of its members where `fields` was given."""
    return type(f"Some{whole.__name__}", (SparseSerializer,), {"whole": whole})


class SparseExtension(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]
    """Describes a sparse answer: any member may be missing, and none is ever another than in the whole one."""

    target_class = "claims.api.shapes.sparse.SparseSerializer"
    match_subclasses = True

    def map_serializer(self, auto_schema: AutoSchema, direction: Direction) -> dict[str, Any]:
        """Return the schema: the whole, or an object with some of its members."""
        whole = auto_schema.resolve_serializer(self.target.whole, direction)
        return {"anyOf": [whole.ref, SOME]}
