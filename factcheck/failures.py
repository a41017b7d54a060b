"""Who answers for a request that no view answered: the API for its addresses, a page for all others.

What fails before a view is found, such as a host name that is not ours, would otherwise be a page to every client.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views import defaults

from claims.api import problems

API_ROOM = "/api/"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Refuse a request that cannot be read."""
    if request.path.startswith(API_ROOM):
        return problems.unreadable(request)
    return defaults.bad_request(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Own up to a failure of ours, and say nothing of its cause."""
    if request.path.startswith(API_ROOM):
        return problems.failed(request)
    return defaults.server_error(request)
