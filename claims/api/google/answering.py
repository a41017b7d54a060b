"""How every method of this API answers: to GET, to HEAD, and to POST where a query was too long for an address."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.http.response import HttpResponseBase
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.parsers import FormParser
from rest_framework.request import Request

from claims.api.answers import ReadOnlyView, WhateverIsAccepted
from claims.api.bases import base_of
from claims.api.google.errors import JSON, answer_error
from claims.api.google.parameters import Asked
from claims.interop.google import Checker

OVERRIDE = "X-HTTP-Method-Override"
Item = dict[str, Any]


class GoogleView(WhateverIsAccepted, ReadOnlyView):
    """An address of the Fact Check Tools API: read by anybody, and refused in that API's own words."""

    schema = None
    parser_classes = [FormParser]
    method = ""

    def get_exception_handler(self) -> Callable[..., Any]:
        """Return what answers to exceptions."""
        return answer_error

    def get(self, request: Request, **named: str) -> HttpResponseBase:
        """Answer a call."""
        asked = Asked(request, request.query_params, self.method)
        return self.answer(asked.body(self.read(asked, **named)), media_type=JSON)

    def read(self, asked: Asked, **named: str) -> Item:
        """Return the answer to a call; whatever stands in the address is named. Raises what refuses it."""
        raise MethodNotAllowed(self.request.method or "")

    @property
    def checker(self) -> Checker:
        """The register, as its verdicts name it."""
        return Checker(settings.FACTCHECK_REGISTER_NAME, base_of(self.request))


class LongView(GoogleView):
    """A method whose calls may be too long for an address, and then come as forms that say they are reads."""

    http_method_names = [*GoogleView.http_method_names, "post"]

    def post(self, request: Request, **named: str) -> HttpResponseBase:
        """Answer a call that is a GET in all but its form."""
        if request.headers.get(OVERRIDE, "").upper() != "GET":
            raise MethodNotAllowed("POST")
        given, sent = request.query_params.copy(), request.data
        for name, values in sent.lists() if isinstance(sent, QueryDict) else ():
            given.setlistdefault(name).extend(values)
        asked = Asked(request, given, self.method)
        # Conditions are for what is kept, and an answer to POST is kept by nobody (RFC 9110, 9.3.3).
        for condition in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH"):
            request.META.pop(condition, None)
        response = self.answer(asked.body(self.read(asked, **named)), media_type=JSON)
        response["Cache-Control"] = "no-store"
        return response


def listed(name: str, found: Iterable[Item | None], token: str | None) -> Item:
    """Return one page of a list: without its list where that is empty, and without a token where it is the last."""
    answer: Item = {}
    items = [one for one in found if one]
    if items:
        answer[name] = items
    if token:
        answer["nextPageToken"] = token
    return answer
