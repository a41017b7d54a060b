"""How writes are described in the schema: what they need, and every way in which they are refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema

from claims.api.described import KEY, PUBLIC_ID, Shape
from claims.api.described_problems import REFUSALS, problems_of
from claims.api.shapes.writing import WrittenSerializer
from claims.languages import LONGEST_TAG, TAG
from claims.models.api_write import LONGEST_IDEMPOTENCY_KEY

F = TypeVar("F", bound=Callable[..., Any])
BODIES = ("NewAppearance", "NewArticle", "NewClaim", "NewEvidence", "NewReport", "Party")
FIT = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]*$"  # workflow.inputs.UNFIT; \r is read as \n
ADDRESS = r"^(?:https?://[^\s\x00-\x1f\x7f-\x9f\ufffe\uffff]+)?$"
# Members that are more than texts; the others hold what a text can hold.
PATTERNS = {
    "article": "^[0-9a-z]{1,16}$",
    "claim": "^(?:[0-9a-z]{1,16})?$",
    "id": "^(?:[0-9a-z]{1,16})?$",
    "language": f"^(?:{TAG.pattern})?$",
    "url": ADDRESS,
    "archived_url": ADDRESS,
    "sender_email": r"^(?:[^\s@\x00-\x1f\x7f-\x9f]+@[^\s@\x00-\x1f\x7f-\x9f]+)?$",
}
LENGTHS = {"language": LONGEST_TAG}
SAID: dict[str, Any] = {"type": "string", "minLength": 1}
OF_WRITES = {
    400: "The Idempotency-Key is missing or none, the body cannot be read, or there is a parameter.",
    401: "No key was sent, or none that is valid.",
    403: "The key has not the scope, or its owner has not the permission.",
    406: REFUSALS[406],
    409: "A rule of the register forbids it, or the same is being written just now.",
    413: "The body is too large.",
    415: "The body is not application/json.",
    422: "`errors` points to what cannot be taken; or the Idempotency-Key was used for something else.",
    429: REFUSALS[429],
    500: REFUSALS[500],
    503: REFUSALS[503],
}
OF_WRITES_TO_A_CLAIM = {
    404: "No claim that is public, or that the owner of the key recorded, has this id.",
    405: "What stands for the id is none, and nothing can be written there.",
    412: "Something was recorded on the claim since.",
    428: "If-Match is missing.",
}
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    {
        "type": "string",
        "pattern": rf'^(?:"[!#-\[\]-~]{{1,{LONGEST_IDEMPOTENCY_KEY}}}"|[!#-~]{{1,{LONGEST_IDEMPOTENCY_KEY}}})$',
    },
    OpenApiParameter.HEADER,
    required=True,
    description="A name of your own for what is to be written, such as a UUID, with or without quotation marks. Sent "
    "again with the same body within 30 days, the answer of the first request is given again.",
)
IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag of the claim as you have seen it, or `if_match` of what you wrote to it last.",
)


def written(
    operation: str,
    summary: str,
    shape: Shape,
    *,
    to_claim: bool = False,
    also: Mapping[int, str] | None = None,
) -> Callable[[F], F]:
    """Describe a write: its body, its answer and the problems it may answer with."""
    answers = {
        (status, "application/json"): OpenApiResponse(WrittenSerializer, description=told)
        for status, told in {201: "It is written.", **(also or {})}.items()
    }
    refusals = OF_WRITES | (OF_WRITES_TO_A_CLAIM if to_claim else {})
    return extend_schema(
        operation_id=operation,
        summary=summary,
        request={"application/json": shape},
        parameters=[*([PUBLIC_ID, IF_MATCH] if to_claim else []), IDEMPOTENCY_KEY],
        responses={**answers, **problems_of(refusals)},
        auth=[KEY],  # type: ignore[list-item]  # a requirement, as the schema has it
    )


def close_bodies(result: dict[str, Any], **context: Any) -> dict[str, Any]:
    """Say in the schema what its generator cannot: bodies are needed and hold no member that is not named, texts what
    a text can hold, and articles one of two.
    """
    schemas = result["components"]["schemas"]
    for body in BODIES:
        schemas[body]["additionalProperties"] = False
        for name, member in schemas[body]["properties"].items():
            for text in (member, member.get("items", {})):
                _say_what_fits(name, text)
    schemas["NewArticle"]["anyOf"] = _text_or_address(schemas["NewArticle"]["properties"])
    for methods in result["paths"].values():
        for operation in methods.values():
            if "requestBody" in operation:
                operation["requestBody"]["required"] = True
    return result


def _say_what_fits(name: str, member: dict[str, Any]) -> None:
    if "string" not in member.get("type", ()) or member.keys() & {"enum", "format"}:
        return
    member["pattern"] = PATTERNS.get(name, FIT)
    if name in LENGTHS:
        member["maxLength"] = LENGTHS[name]


def _text_or_address(members: Iterable[str]) -> list[dict[str, Any]]:
    """Return the two kinds of articles: a text with its title, and an address with nothing beside it."""
    alone = {name: {"type": "null"} for name in members}
    return [
        {"required": ["text", "title"], "properties": {"text": SAID, "title": SAID}},
        {"required": ["url"], "properties": {**alone, "url": SAID}},
    ]
