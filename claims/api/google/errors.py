"""Refusals in the shape of google.rpc.Status, as clients of that API read them: `{"error": {code, message, status}}`.

Each is the refusal that the register's own API would answer with, told in other words, so that nothing is refused here
and granted there, and nothing internal is ever in one.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, ClassVar

import orjson
from django.http import HttpRequest, HttpResponse
from rest_framework.exceptions import APIException

from claims.api.problems import BadParameters, answer_problem, failed, unreadable

JSON = "application/json"
RPC = "type.googleapis.com/google.rpc."
# google/rpc/code.proto; what has no code of its own there has the one that comes nearest.
CODES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    405: "UNIMPLEMENTED",
    412: "FAILED_PRECONDITION",
    415: "INVALID_ARGUMENT",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    501: "UNIMPLEMENTED",
    503: "UNAVAILABLE",
}
Details = list[dict[str, Any]]


class BadKey(APIException):
    """What was sent as a key cannot be one."""

    status_code = HTTPStatus.BAD_REQUEST
    default_detail = "API key not valid. Please pass a valid API key."
    details: ClassVar[Details] = [
        {
            "@type": f"{RPC}ErrorInfo",
            "reason": "API_KEY_INVALID",
            "domain": "googleapis.com",
            "metadata": {"service": "factchecktools"},
        }
    ]


class OnlyRead(APIException):
    """A page was to be written."""

    status_code = HTTPStatus.FORBIDDEN
    default_detail = (
        "The pages of this register are made of its verdicts; this API only reads them."
    )


class NotOffered(APIException):
    """The method is known, and the register does not offer it."""

    status_code = HTTPStatus.NOT_IMPLEMENTED
    default_detail = "This register does not offer this method."


def answer_error(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """Return the answer to an exception, as `problems.answer_problem` does for the register's own API."""
    told = answer_problem(error, context)
    return told and _retold(told, _details_of(error))


def unreadable_here(request: HttpRequest) -> HttpResponse:
    """Return the refusal of a request that reached no view."""
    return _retold(unreadable(request), [])


def failed_here(request: HttpRequest) -> HttpResponse:
    """Return the answer to a failure outside every view."""
    return _retold(failed(request), [])


def _details_of(error: Exception) -> Details:
    if isinstance(error, BadParameters):
        violations = [
            {"field": one["parameter"], "description": one["detail"]} for one in error.errors
        ]
        return [{"@type": f"{RPC}BadRequest", "fieldViolations": violations}]
    return list(getattr(error, "details", ()))


def _retold(told: HttpResponse, details: Details) -> HttpResponse:
    problem = orjson.loads(told.content)
    errors = problem.get("errors", ())
    reasons = "; ".join(f"{one['parameter']} {one['detail']}" for one in errors)
    status: dict[str, Any] = {
        "code": told.status_code,
        "message": reasons or problem["detail"],
        "status": CODES.get(told.status_code, "UNKNOWN"),
    }
    if details:
        status["details"] = details
    told.content = orjson.dumps({"error": status}, option=orjson.OPT_INDENT_2)
    told["Content-Type"] = f"{JSON}; charset=UTF-8"
    return told
