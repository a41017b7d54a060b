"""How refusals are described in the schema: each status with the types of problems that an operation gives it for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import OpenApiResponse

from claims.api.problem_types import QUOTA_EXCEEDED, TYPES
from claims.api.problems import MEDIA_TYPE
from claims.api.shapes.problem import ProblemSerializer

REFUSALS = {
    400: "A parameter cannot be used; `errors` names each and says why.",
    401: "Authorization holds no key that is valid.",
    403: "The key is not good for this, or its owner is not.",
    404: "Nothing public has this address, or it was not public at the moment asked about.",
    406: "The Accept header asks for another media type.",
    412: "If-Match or If-Unmodified-Since means another version.",
    429: "Too many requests; wait as Retry-After says.",
    500: "A fault of ours. It was recorded.",
    503: "The database does not answer in time; try again as Retry-After says.",
}
# Which types of problems only some operations have; all others come wherever their status does.
OF_BODIES = ("bad-body",)
OF_WRITES = ("bad-idempotency-key", "idempotency-key-reused")
OF_MATCHES = ("nothing-to-read",)
OF_THE_PAST = ("not-published-then", "not-in-effect-then")
PAST = {"as_of", "effective_as_of", "from"}


def problems_of(refusals: Mapping[int, str]) -> dict[tuple[int, str], OpenApiResponse]:
    """Return the problem documents an endpoint may answer with, by status."""
    return {
        (status, MEDIA_TYPE): OpenApiResponse(ProblemSerializer, description=reason)
        for status, reason in sorted(refusals.items())
    }


def name_types(result: dict[str, Any], **context: Any) -> dict[str, Any]:
    """Say in the schema which types each refusal may have; refusals that are alike are described once."""
    shared: dict[str, Any] = result["components"].setdefault("responses", {})
    for methods in result["paths"].values():
        for operation in methods.values():
            for status, response in operation["responses"].items():
                if MEDIA_TYPE in response.get("content", {}):
                    slugs = types_of(operation, int(status))
                    refusal = _with_types(response, slugs)
                    name = _name_in(shared, f"{status}-{'-or-'.join(slugs) or 'quota'}", refusal)
                    operation["responses"][status] = {"$ref": f"#/components/responses/{name}"}
    return result


def types_of(operation: Mapping[str, Any], status: int) -> list[str]:
    """Return the slugs of the types that an operation may answer with under a status."""
    asked = {parameter["name"] for parameter in operation.get("parameters", ())}
    without = (
        *(() if "requestBody" in operation else OF_BODIES),
        *(() if "Idempotency-Key" in asked else OF_WRITES),
        *(() if operation["operationId"] == "matchText" else OF_MATCHES),
        *(() if asked & PAST else OF_THE_PAST),
        *(("key-needed",) if {} in operation["security"] else ()),
    )
    return [slug for slug, kind in TYPES.items() if kind.status == status and slug not in without]


def _with_types(response: dict[str, Any], slugs: list[str]) -> dict[str, Any]:
    plain = response["content"][MEDIA_TYPE]["schema"]
    kind: dict[str, str] = {"const": QUOTA_EXCEEDED}
    if slugs:
        kind = {"pattern": f"/problems/(?:{'|'.join(slugs)})/$"}
    schema = {"allOf": [plain, {"type": "object", "properties": {"type": kind}}]}
    return {**response, "content": {MEDIA_TYPE: {"schema": schema}}}


def _name_in(shared: dict[str, Any], name: str, refusal: dict[str, Any]) -> str:
    """Return the name of a refusal among those described, where it is put if it is new."""
    number, wanted = 1, name
    while shared.setdefault(wanted, refusal) != refusal:
        number += 1
        wanted = f"{name}-{number}"
    return wanted
