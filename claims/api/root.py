"""The way in: what there is to read, and the answer to every address where there is nothing."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import resolve
from rest_framework.request import Request

from claims import addresses
from claims.api.answers import ReadOnlyView
from claims.api.bases import base_of
from claims.api.described import described
from claims.api.parameters import Parameters
from claims.api.shapes.lists import RootSerializer

ROOMS = (
    "claims",
    "evidence",
    "appearances",
    "verdicts",
    "articles",
    "claimants",
    "publishers",
    "topics",
    "corrections",
    "method",
    "changes",
    "log",
    "exports",
    "statuses",
    "problems",
    "schema",
    "docs",
)


class Root(ReadOnlyView):
    """The root of the API."""

    max_age = 3600

    @described("listAddresses", "List the addresses", RootSerializer, tag="about")
    def get(self, request: Request) -> HttpResponseBase:
        """Return the addresses of all lists, of the description of this API, and of its reference."""
        Parameters(request.query_params, ()).check()
        base = f"{base_of(request)}{addresses.API}"
        return self.answer_part({room: f"{base}/{room}/" for room in ROOMS})


class Nothing(ReadOnlyView):
    """Every address under the API that leads nowhere."""

    schema = None

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead to the address with its closing slash where there is one; otherwise say there is nothing."""
        slashed = f"{request.path}/"
        if request.path.endswith("/") or not _leads_somewhere(slashed):
            raise Http404
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{slashed}?{query}" if query else slashed)


def _leads_somewhere(path: str) -> bool:
    """Every address under the API resolves, if only to the view that answers for nothing."""
    return getattr(resolve(path).func, "cls", None) is not Nothing
