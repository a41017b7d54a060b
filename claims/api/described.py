"""How endpoints are described in the schema: their parameters and the answers they share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.serializers import Serializer

from claims.api.choosing import LONGEST_QUERY, LONGEST_TEXT, ORDERS, RELEVANCE, STATUSES
from claims.api.cursors import MAX_LENGTH
from claims.api.described_problems import REFUSALS, problems_of
from claims.api.parameters import CHANGES_LIMIT, DEFAULT_LIMIT, LONGEST_WAIT, MAX_LIMIT
from claims.api.problem_types import TYPES
from claims.languages import LONGEST_TAG, TAG
from claims.vocabulary import (
    Cause,
    ClaimantKind,
    ClaimKind,
    EvidenceKind,
    Position,
    PublisherKind,
    Stance,
    VerificationStatus,
)

F = TypeVar("F", bound=Callable[..., Any])
Shape = type[Serializer[Any]]
KEY: dict[str, list[str]] = {"key": []}
ID = {"type": "string", "pattern": "^[0-9a-z]{1,16}$"}
SLUG = {"type": "string", "pattern": "^[-a-zA-Z0-9_]{1,100}$"}
DAY = {"type": "string", "format": "date"}
MOMENT = {"anyOf": [{"type": "string", "format": "date-time"}, DAY]}


def described(
    operation: str,
    summary: str,
    shape: Shape | dict[tuple[int, str], Any],
    *,
    parameters: Sequence[OpenApiParameter] = (),
    found_by_id: bool = False,
    found_by: OpenApiParameter | None = None,
    moves: bool = False,
    gone: str = "",
    needs_key: bool = False,
    tag: str | None = None,
) -> Callable[[F], F]:
    """Describe an endpoint: its answer, its parameters and the problems it may answer with."""
    found_by = PUBLIC_ID if found_by_id else found_by
    answers = shape if isinstance(shape, dict) else {(200, "application/json"): shape}
    without = () if found_by else (404,)
    refusals = {status: told for status, told in REFUSALS.items() if status not in without}
    problems = problems_of(refusals | ({410: gone} if gone else {}))
    unchanged = {304: OpenApiResponse(description="What the client holds is still right.")}
    if moves:
        unchanged[301] = OpenApiResponse(description="This was found to be another; see Location.")
    path = [found_by] if found_by else []
    return extend_schema(
        operation_id=operation,
        tags=[tag] if tag else None,
        summary=summary,
        parameters=[*path, *parameters],
        responses={**answers, **unchanged, **problems},
        auth=[KEY] if needs_key else None,  # type: ignore[list-item]  # a requirement, as the schema has it
    )


def _query(name: str, description: str, schema: Any, **more: Any) -> OpenApiParameter:
    return OpenApiParameter(name, schema, OpenApiParameter.QUERY, description=description, **more)


def ranged(name: str, what: str, more: str = "") -> list[OpenApiParameter]:
    """Describe both ends of a range of moments."""
    reads = "A moment (RFC 3339) or a day"
    return [
        _query(
            f"{name}_from",
            f"Only those {what} then or later. {reads}, from its beginning.{more}",
            MOMENT,
        ),
        _query(
            f"{name}_to", f"Only those {what} then or earlier. {reads}, to its end.{more}", MOMENT
        ),
    ]


PUBLIC_ID = OpenApiParameter(
    "public_id", ID, OpenApiParameter.PATH, description="The public id, as in `id`.", required=True
)
PROBLEM_SLUG = OpenApiParameter(
    "slug",
    {"type": "string", "enum": list(TYPES)},
    OpenApiParameter.PATH,
    description="The last part of the address.",
    required=True,
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
LANGUAGE = _query(
    "language",
    "Only claims worded in this language (BCP 47); capitals make no difference.",
    {"type": "string", "pattern": f"^{TAG.pattern}$", "maxLength": LONGEST_TAG},
)
CLAIM_FILTERS = [
    _query(
        "status",
        "Only claims with this status; `withdrawn` are those whose last verdict was taken back.",
        str,
        enum=STATUSES,
    ),
    _query(
        "claimant",
        "Only claims attributed to the claimant with this id, or to whoever was found to be the same.",
        ID,
    ),
    _query(
        "publisher",
        "Only claims that stand in an article of the publisher with this id: found there, and not withdrawn.",
        ID,
    ),
    _query("topic", "Only claims filed under this topic. Not of the past.", SLUG),
    _query("kind", "Only claims of this kind.", str, enum=ClaimKind.values),
    LANGUAGE,
    _query(
        "has_evidence",
        "Only claims with evidence of this stance that was not withdrawn.",
        str,
        enum=Stance.values,
    ),
    _query("said_from", "Only claims made on this day or later (`said_on`).", DAY),
    _query("said_to", "Only claims made on this day or earlier (`said_on`).", DAY),
    *ranged("published", "whose first verdict was recorded"),
    *ranged("changed", "whose status was set (`status_since`)", " Not of the past."),
    _query(
        "q",
        'Only claims that hold these words in their wording or their claimant\'s name: all of them, "phrases", '
        "-without, one OR another, begin*. Not of the past.",
        {"type": "string", "minLength": 1, "maxLength": LONGEST_QUERY},
    ),
    _query(
        "similar_to",
        "Only claims that say much the same as this text, or as the claim with this id: 30 at most, those most alike "
        "first. Not together with `q` or `order`, and not of the past.",
        {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT},
    ),
]
CLAIM_ORDER = _query(
    "order",
    "`changed` is the moment the status was set, `published` that of the first verdict, `said` the day it was made "
    "(claims of which none is known are left out); a minus begins with the newest. `relevance` goes with `q`, and ends "
    "after 200. Of the past, by `published` alone. Unless given: `-changed`, and of the past `-published`.",
    str,
    enum=[*ORDERS, RELEVANCE],
)
PART = OpenApiParameter(
    "part_id",
    {"type": "string", "pattern": "^[0-9a-z]{1,16}-[1-9][0-9]{0,8}$"},
    OpenApiParameter.PATH,
    description="The claim's id and the number of the entry, as in `id`.",
    required=True,
)
OF_CLAIM = _query("claim", "Only what belongs to the claim with this id.", ID)
WITHDRAWN = _query("withdrawn", "Only what was taken back, or only what was not.", bool)
EVIDENCE_FILTERS = [
    _query("stance", "Only evidence of this stance.", str, enum=Stance.values),
    _query("kind", "Only evidence of this kind.", str, enum=EvidenceKind.values),
    _query("publisher", "Only evidence that the publisher with this id published.", ID),
    _query("primary", "Only primary sources, or only others.", bool),
    WITHDRAWN,
]
APPEARANCE_FILTERS = [
    _query("article", "Only places in the article with this id.", ID),
    _query(
        "speaker",
        "Only places where the claimant with this id speaks, or whoever was found to be the same.",
        ID,
    ),
    _query("position", "Only where the speaker stands so to the claim.", str, enum=Position.values),
    WITHDRAWN,
]
VERDICT_FILTERS = [
    _query("status", "Only verdicts that say this.", str, enum=VerificationStatus.values),
    _query("cause", "Only verdicts given for this cause.", str, enum=Cause.values),
    _query("voided", "Only verdicts that were taken back, or only others.", bool),
]
TOPIC = OpenApiParameter(
    "slug",
    SLUG,
    OpenApiParameter.PATH,
    description="What addresses know the topic by, as in `slug`.",
    required=True,
)
METHOD_NUMBER = OpenApiParameter(
    "number",
    {"type": "integer", "minimum": 1, "maximum": 999_999_999},
    OpenApiParameter.PATH,
    description="The number of the version.",
    required=True,
)
ARTICLE_PUBLISHER = _query("publisher", "Only articles of the publisher with this id.", ID)
PUBLISHER_KIND = _query("kind", "Only publishers of this kind.", str, enum=PublisherKind.values)
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
