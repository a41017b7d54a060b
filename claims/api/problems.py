"""Refusals and failures of the API, each an RFC 9457 problem document. Nothing internal is ever in one."""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

import orjson
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.encoding import escape_uri_path
from rest_framework import exceptions
from rest_framework.views import set_rollback

MEDIA_TYPE = "application/problem+json"
NOTHING_HERE = "Nothing public has this address."
RETRY_SECONDS = 5
DETAILS: dict[type[Exception], str] = {
    exceptions.MethodNotAllowed: "This address can be read with GET, HEAD and OPTIONS only.",
    exceptions.NotAcceptable: "This address cannot be had in the media types of the Accept header.",
    exceptions.Throttled: "Too many requests from this address; wait as Retry-After says.",
}
UNREADABLE = "The request cannot be read."
FAILED = "The register failed to answer. The failure was recorded."
logger = logging.getLogger("django.request")


class BadParameters(exceptions.APIException):
    """One or more parameters cannot be used; each is named with the reason."""

    status_code = HTTPStatus.BAD_REQUEST
    default_detail = "The request has parameters that cannot be used."

    def __init__(self, errors: Sequence[dict[str, str]]) -> None:
        super().__init__(self.default_detail)
        self.errors = list(errors)


class NotThen(exceptions.NotFound):
    """The claim is public now, and was not at the moment asked about."""

    default_detail = "This claim was not published then."


class NotInEffect(NotThen):
    """The claim was public, and no verdict that was known then was in effect on the day asked about."""

    default_detail = (
        "No verdict on this claim had taken effect by that day, or the last one that had was taken back, as far as "
        "was known."
    )


class PreconditionFailed(exceptions.APIException):
    """The client asked for a version that is not the one there is."""

    status_code = HTTPStatus.PRECONDITION_FAILED
    default_detail = "The version named in If-Match is not the one there is."


class TemporarilyDown(exceptions.APIException):
    """The database does not answer in time."""

    status_code = HTTPStatus.SERVICE_UNAVAILABLE
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
    status = HTTPStatus(error.status_code)
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": DETAILS.get(type(error), str(error.detail)),
        "instance": escape_uri_path(request.path),
    }
    if errors := getattr(error, "errors", ()):
        body["errors"] = list(errors)
    response = HttpResponse(orjson.dumps(body), content_type=MEDIA_TYPE, status=status)
    wait = getattr(error, "wait", None)
    if wait is not None:
        response["Retry-After"] = str(math.ceil(wait))
    return response


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
        case SuspiciousOperation():
            return exceptions.ParseError(UNREADABLE)
        case OperationalError() | InterfaceError():
            logger.error("The database does not answer", exc_info=error)
            return TemporarilyDown()
    return None


def _report(error: Exception, request: HttpRequest) -> None:
    logger.error("Failure at %s", escape_uri_path(request.path), exc_info=error)
    got_request_exception.send(sender=None, request=request)
