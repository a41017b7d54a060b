"""How `fields` and `expand` are described in the schema: as lists of the very members that an answer has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework.serializers import ListSerializer, Serializer

from claims.api.shown import MOST_FIELDS, Shape

# The members of each shape that `fields` may name, by the name of their component.
NAMED: dict[str, list[str]] = {}


def fields(shape: Shape) -> OpenApiParameter:
    """Describe which members of items of that shape can be asked for."""
    name = f"MemberOf{shape.__name__.removesuffix('Serializer')}"
    NAMED[name] = list(paths_of(shape()))
    return _separated_by_commas(
        "fields",
        "Only these members of each item, separated by commas; a dot leads to members of members, as in "
        "`id,claimant.name`. What has to be expanded must be named in `expand`, too.",
        {"items": {"$ref": f"#/components/schemas/{name}"}, "maxItems": MOST_FIELDS},
    )


def expand(names: Sequence[str]) -> OpenApiParameter:
    """Describe which members can be expanded."""
    return _separated_by_commas(
        "expand",
        "Add what is otherwise left out or read elsewhere, separated by commas.",
        {"items": {"type": "string", "enum": list(names)}, "uniqueItems": True},
    )


def _separated_by_commas(name: str, description: str, schema: dict[str, Any]) -> OpenApiParameter:
    return OpenApiParameter(
        name,
        {"type": "array", "minItems": 1, **schema},
        OpenApiParameter.QUERY,
        description=description,
        style="form",
        explode=False,
    )


def paths_of(part: Any) -> Iterator[str]:
    """Yield the path of each member of a shape, and of their members."""
    for name, member in part.fields.items():
        yield name
        within = member.child if isinstance(member, ListSerializer) else member
        if isinstance(within, Serializer):
            yield from (f"{name}.{path}" for path in paths_of(within))


def name_members(result: dict[str, Any], **context: Any) -> dict[str, Any]:
    """Add to the schema the lists of members that parameters refer to."""
    components = result["components"]["schemas"]
    for name, paths in sorted(NAMED.items()):
        components[name] = {"type": "string", "enum": paths}
    return result
