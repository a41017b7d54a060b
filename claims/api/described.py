"""How endpoints are described in the schema: their parameters and the answers they share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.serializers import Serializer

from claims.api.cursors import MAX_LENGTH
from claims.api.parameters import DEFAULT_LIMIT, MAX_LIMIT
from claims.api.problems import MEDIA_TYPE
from claims.api.shapes.problem import ProblemSerializer
from claims.languages import LONGEST_TAG, TAG
from claims.vocabulary import ClaimantKind, ClaimKind, VerificationStatus

F = TypeVar("F", bound=Callable[..., Any])
Shape = type[Serializer[Any]]
KEY: dict[str, list[str]] = {"key": []}
ID = {"type": "string", "pattern": "^[0-9a-z]{1,16}$"}
REFUSALS = {
    400: "A parameter cannot be used; `errors` names each and says why.",
    401: "Authorization holds no key that is valid.",
    403: "The key is not good for this, or its owner is not.",
    404: "Nothing public has this address, or it was not public at the moment asked about.",
    406: "The Accept header asks for another media type.",
    412: "If-Match or If-Unmodified-Since means another version.",
    429: "Too many requests; wait as Retry-After says.",
    503: "The database does not answer in time; try again as Retry-After says.",
}


def described(
    operation: str,
    summary: str,
    shape: Shape | dict[tuple[int, str], Any],
    *,
    parameters: Sequence[OpenApiParameter] = (),
    found_by_id: bool = False,
    moves: bool = False,
    needs_key: bool = False,
    slug_of_problem: bool = False,
    tag: str | None = None,
) -> Callable[[F], F]:
    """Describe an endpoint: its answer, its parameters and the problems it may answer with."""
    answers = shape if isinstance(shape, dict) else {(200, "application/json"): shape}
    without = () if found_by_id or slug_of_problem else (404,)
    problems = problems_of({s: told for s, told in REFUSALS.items() if s not in without})
    unchanged = {304: OpenApiResponse(description="What the client holds is still right.")}
    if moves:
        unchanged[301] = OpenApiResponse(description="This was found to be another; see Location.")
    path = [PUBLIC_ID] if found_by_id else [SLUG] if slug_of_problem else []
    return extend_schema(
        operation_id=operation,
        tags=[tag] if tag else None,
        summary=summary,
        parameters=[*path, *parameters],
        responses={**answers, **unchanged, **problems},
        auth=[KEY] if needs_key else None,  # type: ignore[list-item]  # a requirement, as the schema has it
    )


def problems_of(refusals: Mapping[int, str]) -> dict[tuple[int, str], OpenApiResponse]:
    """Return the problem documents an endpoint may answer with, by status."""
    return {
        (status, MEDIA_TYPE): OpenApiResponse(ProblemSerializer, description=reason)
        for status, reason in sorted(refusals.items())
    }


def _query(name: str, description: str, schema: Any, **more: Any) -> OpenApiParameter:
    return OpenApiParameter(name, schema, OpenApiParameter.QUERY, description=description, **more)


PUBLIC_ID = OpenApiParameter(
    "public_id", ID, OpenApiParameter.PATH, description="The public id, as in `id`.", required=True
)
SLUG = OpenApiParameter(
    "slug", str, OpenApiParameter.PATH, description="The last part of the address.", required=True
)
PAGE_PARAMETERS = [
    _query(
        "limit",
        f"How many things a page holds; {DEFAULT_LIMIT} unless given.",
        {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT},
    ),
    _query(
        "cursor",
        "A place in this list with these filters, as found in `next` and `previous`. Opaque.",
        {"type": "string", "minLength": 1, "maxLength": MAX_LENGTH},
    ),
]
AS_OF = _query(
    "as_of",
    "What the register said at this moment: RFC 3339 with an offset, or a day (YYYY-MM-DD), which means its end in "
    "UTC, and for today the present moment. Not in the future.",
    {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}]},
)
EFFECTIVE_AS_OF = _query(
    "effective_as_of",
    "How things stood on this day in the world's time, as far as is known today or was known at `as_of`.",
    {"type": "string", "format": "date"},
)
CLAIM_FILTERS = [
    _query("status", "Only claims with this status.", str, enum=VerificationStatus.values),
    _query(
        "claimant",
        "Only claims attributed to the claimant with this id, or to whoever was found to be the same.",
        ID,
    ),
    _query("kind", "Only claims of this kind.", str, enum=ClaimKind.values),
    _query(
        "language",
        "Only claims worded in this language (BCP 47); capitals make no difference.",
        {"type": "string", "pattern": f"^{TAG.pattern}$", "maxLength": LONGEST_TAG},
    ),
]
CLAIMANT_KIND = _query("kind", "Only claimants of this kind.", str, enum=ClaimantKind.values)
