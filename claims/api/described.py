"""How endpoints are described in the schema: their parameters and the answers they share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.serializers import Serializer

from claims.api.cursors import MAX_LENGTH
from claims.api.parameters import CHANGES_LIMIT, DEFAULT_LIMIT, LONGEST_WAIT, MAX_LIMIT
from claims.api.problems import MEDIA_TYPE
from claims.api.shapes.problem import ProblemSerializer
from claims.languages import LONGEST_TAG, TAG
from claims.vocabulary import ClaimantKind, ClaimKind, VerificationStatus

F = TypeVar("F", bound=Callable[..., Any])
Shape = type[Serializer[Any]]
ID = {"type": "string", "pattern": "^[0-9a-z]{1,16}$"}
REFUSALS = {
    400: "A parameter cannot be used; `errors` names each and says why.",
    404: "Nothing public has this address, or it was not public at the moment asked about.",
    406: "The Accept header asks for another media type.",
    429: "Too many requests; wait as Retry-After says.",
}


def described(
    operation: str,
    summary: str,
    shape: Shape | dict[tuple[int, str], Any],
    *,
    parameters: Sequence[OpenApiParameter] = (),
    found_by_id: bool = False,
    moves: bool = False,
    gone: str = "",
    tag: str | None = None,
) -> Callable[[F], F]:
    """Describe an endpoint: its answer, its parameters and the problems it may answer with."""
    answers = shape if isinstance(shape, dict) else {(200, "application/json"): shape}
    problems = {
        (status, MEDIA_TYPE): OpenApiResponse(ProblemSerializer, description=reason)
        for status, reason in REFUSALS.items()
        if found_by_id or status != 404
    }
    if gone:
        problems[410, MEDIA_TYPE] = OpenApiResponse(ProblemSerializer, description=gone)
    unchanged = {304: OpenApiResponse(description="What the client holds is still right.")}
    if moves:
        unchanged[301] = OpenApiResponse(description="This was found to be another; see Location.")
    path = [PUBLIC_ID] if found_by_id else []
    return extend_schema(
        operation_id=operation,
        tags=[tag] if tag else None,
        summary=summary,
        parameters=[*path, *parameters],
        responses={**answers, **unchanged, **problems},
        auth=[],
    )


def _query(name: str, description: str, schema: Any, **more: Any) -> OpenApiParameter:
    return OpenApiParameter(name, schema, OpenApiParameter.QUERY, description=description, **more)


PUBLIC_ID = OpenApiParameter(
    "public_id", ID, OpenApiParameter.PATH, description="The public id, as in `id`.", required=True
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
MOMENT_OR_DAY = [{"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}]
NUMBER_OF_ENTRY = {"type": "integer", "minimum": 1, "maximum": 999_999_999}
AS_OF = _query(
    "as_of",
    "What the register said at this moment: RFC 3339 with an offset, or a day (YYYY-MM-DD), which means its end in "
    "UTC, and for today the present moment. Not in the future.",
    {"anyOf": MOMENT_OR_DAY},
)
AS_OF_ENTRY = _query(
    "as_of",
    "What the register said at this moment: RFC 3339 with an offset, or a day (YYYY-MM-DD), which means its end in "
    "UTC, and for today the present moment. Not in the future. Or the number of an entry: what it said after that act.",
    {"anyOf": [*MOMENT_OR_DAY, NUMBER_OF_ENTRY]},
)
PLACE = {"anyOf": [*MOMENT_OR_DAY, NUMBER_OF_ENTRY]}
DIFFERENCE_PARAMETERS = [
    _query(
        "from",
        "The earlier place: the number of an entry, a moment (RFC 3339 with an offset), or a day, which means its end.",
        PLACE,
        required=True,
    ),
    _query("to", "The later place, likewise; now unless given.", PLACE),
]
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
CHANGES_PARAMETERS = [
    _query(
        "since",
        "A place in the log, as found in `next` and in `changes_url` of `log/`. Opaque. Without it, from the first "
        "act on.",
        {"type": "string", "minLength": 1, "maxLength": MAX_LENGTH},
    ),
    _query(
        "limit",
        f"How many acts a page holds at most; {CHANGES_LIMIT} unless given.",
        {"type": "integer", "minimum": 1, "maximum": CHANGES_LIMIT, "default": CHANGES_LIMIT},
    ),
    _query(
        "wait",
        "How many seconds to wait for the next act where there is none yet. The server may answer earlier.",
        {"type": "integer", "minimum": 0, "maximum": LONGEST_WAIT, "default": 0},
    ),
]
