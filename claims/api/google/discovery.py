"""Where clients find out what there is: the discovery document, and the answer where there is nothing."""

from __future__ import annotations

import orjson
from django.http import Http404
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from claims.api.bases import base_of
from claims.api.google.answering import GoogleView
from claims.api.google.described import discovery_document
from claims.api.google.errors import NotOffered
from claims.api.parameters import Parameters

VERSION = "v1alpha1"


class Discovery(GoogleView):
    """The discovery document."""

    max_age = 3600

    def get(self, request: Request, **named: str) -> HttpResponseBase:
        """Return the document of the one version there is."""
        known = {"version": VERSION, "key": None, "prettyPrint": None, "alt": None}
        asked = Parameters(request.query_params, known)
        asked.check()
        if asked.given.get("version", VERSION) != VERSION:
            raise Http404
        document = discovery_document(base_of(request))
        return self.answer(orjson.dumps(document, option=orjson.OPT_INDENT_2))


class Batch(GoogleView):
    """Many calls in one: not offered, so that no client waits for what never comes."""

    http_method_names = [*GoogleView.http_method_names, "post"]

    def get(self, request: Request, **named: str) -> HttpResponseBase:
        """Refuse."""
        raise NotOffered("This register does not take calls in batches; send each by itself.")

    post = get


class NothingHere(GoogleView):
    """Every address under this API that leads nowhere."""

    http_method_names = [*GoogleView.http_method_names, "post", "put", "patch", "delete"]

    def get(self, request: Request, **named: str) -> HttpResponseBase:
        """Say that there is nothing."""
        raise Http404

    post = put = patch = delete = get
