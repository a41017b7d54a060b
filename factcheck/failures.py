"""Who answers for a request that no view answered: the API for its addresses, a page for all others.

What fails before a view is found, such as a host name that is not ours, would otherwise be a page to every client.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views import defaults

from claims.api import problems
from claims.api.google import errors

API_ROOM = "/api/"
GOOGLE_ROOM = "/v1alpha1/"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Refuse a request that cannot be read."""
    if request.path.startswith(API_ROOM):
        return problems.unreadable(request)
    if request.path.startswith(GOOGLE_ROOM):
        return errors.unreadable_here(request)
    return defaults.bad_request(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Own up to a failure of ours, and say nothing of its cause."""
    if request.path.startswith(API_ROOM):
        return problems.failed(request)
    if request.path.startswith(GOOGLE_ROOM):
        return errors.failed_here(request)
    return defaults.server_error(request)
