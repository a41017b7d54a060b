"""Refusals and failures of the API, each an RFC 9457 problem document. Nothing internal is ever in one."""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

import orjson
from django.conf import settings
from django.core.exceptions import DisallowedHost, PermissionDenied, SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.encoding import escape_uri_path
from rest_framework import exceptions
from rest_framework.views import set_rollback

from claims import addresses
from claims.api.bases import base_of
from claims.api.problem_types import OF_STATUS, QUOTA_EXCEEDED, TYPES

MEDIA_TYPE = "application/problem+json"
NOTHING_HERE = "Nothing public has this address."
RETRY_SECONDS = 5
DETAILS: dict[type[Exception], str] = {
    exceptions.MethodNotAllowed: "This address knows only the methods that Allow names.",
    exceptions.NotAcceptable: "This address cannot be had in the media types of the Accept header.",
    exceptions.Throttled: "Too many requests; wait as Retry-After says.",
}
UNREADABLE = "The request cannot be read."
FAILED = "The register failed to answer. The failure was recorded."
logger = logging.getLogger("django.request")


# Whoever sends 100,000 wrong members is not answered with as many.
MOST_ERRORS = 100


class Refusal(exceptions.APIException):
    """A refusal of ours. `slug` names its type (`problem_types`), which brings the status."""

    slug: str
    errors: Sequence[dict[str, str]] = ()

    def __init__(self, detail: str | None = None) -> None:
        self.status_code = TYPES[self.slug].status
        super().__init__(detail)


class BadParameters(Refusal):
    """One or more parameters cannot be used; each is named with the reason."""

    slug = "bad-parameters"
    default_detail = "The request has parameters that cannot be used."

    def __init__(self, errors: Sequence[dict[str, str]]) -> None:
        super().__init__()
        self.errors = list(errors)


class NotThen(Refusal):
    """The claim is public now, and was not at the moment asked about."""

    slug = "not-published-then"
    default_detail = "This claim was not published then."


class NoSuchEntry(NotThen):
    """The claim is public, and its history does not have the entry asked about."""

    default_detail = "This claim's history has no entry of that number."


class NotInEffect(NotThen):
    """The claim was public, and no verdict that was known then was in effect on the day asked about."""

    slug = "not-in-effect-then"
    default_detail = (
        "No verdict on this claim had taken effect by that day, or the last one that had was taken back, as far as "
        "was known."
    )


class LogBeganAnew(Refusal):
    """The client has followed the log to an act that does not stand there: it was brought back to an earlier state."""

    slug = "log-began-anew"
    default_detail = (
        "This register was brought back to an earlier state: the last act that the cursor knows is not in its log. "
        "Begin anew, without a cursor."
    )


class PreconditionFailed(Refusal):
    """The client asked for a version that is not the one there is."""

    slug = "precondition-failed"
    default_detail = "The version asked for is not the one there is."


class TemporarilyDown(Refusal):
    """The database does not answer in time."""

    slug = "down"
    default_detail = "The register cannot answer just now."
    wait = RETRY_SECONDS


def answer_problem(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """Return the problem document of an exception; in DEBUG, leave the unforeseen to Django's page."""
    request: HttpRequest = context["request"]
    known = _known(error)
    if known is None:
        if settings.DEBUG:
            return None
        _report(error, request)
        known = exceptions.APIException(FAILED)
    set_rollback()
    return problem(known, request)


def problem(error: exceptions.APIException, request: HttpRequest) -> HttpResponse:
    """Return the problem document of a refusal."""
    slug = getattr(error, "slug", None)
    kind = TYPES[slug] if slug else OF_STATUS.get(error.status_code)
    status = HTTPStatus(error.status_code)
    body: dict[str, Any] = {
        "type": type_address(kind.slug, request) if kind else "about:blank",
        "title": kind.title if kind else status.phrase,
        "status": status.value,
        "detail": DETAILS.get(type(error), str(error.detail)),
        "instance": escape_uri_path(request.path),
    }
    if isinstance(error, exceptions.Throttled):
        violated = getattr(context_view(request), "quota", None)
        body["type"] = QUOTA_EXCEEDED
        body["violated-policies"] = [violated.policy] if violated else []
    if errors := getattr(error, "errors", ()):
        body["errors"] = list(errors[:MOST_ERRORS])
    response = HttpResponse(orjson.dumps(body), content_type=MEDIA_TYPE, status=status)
    wait = getattr(error, "wait", None)
    if wait is not None:
        response["Retry-After"] = str(math.ceil(wait))
    challenge = getattr(error, "challenge", None) or getattr(error, "auth_header", None)
    if challenge:
        response["WWW-Authenticate"] = challenge
    return response


def type_address(slug: str, request: HttpRequest) -> str:
    """Return the address of a type of problem; its path alone where the host that was asked is not ours."""
    path = f"{addresses.API}/problems/{slug}/"
    try:
        return base_of(request) + path
    except DisallowedHost:
        return path


def context_view(request: Any) -> Any:
    """Return the view that a request of the framework came to; None before it came to one."""
    return (getattr(request, "parser_context", None) or {}).get("view")


def unreadable(request: HttpRequest) -> HttpResponse:
    """Return the refusal of a request that reached no view, such as one for a host that is not ours."""
    return _without_view(exceptions.ParseError(UNREADABLE), request)


def failed(request: HttpRequest) -> HttpResponse:
    """Return the answer to a failure outside every view; Django has recorded it."""
    return _without_view(exceptions.APIException(FAILED), request)


def _without_view(error: exceptions.APIException, request: HttpRequest) -> HttpResponse:
    """What views add to every refusal, added here: any site may read it, and no cache keeps it."""
    response = problem(error, request)
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "no-store"
    return response


def _known(error: Exception) -> exceptions.APIException | None:
    match error:
        case exceptions.APIException():
            return error
        case Http404():
            return exceptions.NotFound(NOTHING_HERE)
        case PermissionDenied():
            return exceptions.PermissionDenied(str(error))
        case SuspiciousOperation():
            return exceptions.ParseError(UNREADABLE)
        case OperationalError() | InterfaceError():
            logger.error("The database does not answer", exc_info=error)
            return TemporarilyDown()
    return None


def _report(error: Exception, request: HttpRequest) -> None:
    logger.error("Failure at %s", escape_uri_path(request.path), exc_info=error)
    got_request_exception.send(sender=None, request=request)
