"""Pages that say the same whatever the register holds: the method, and the word to robots."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from claims.public.answers import answer, for_a_short_while, public_page
from claims.public.words import MEANINGS
from claims.vocabulary import VerificationStatus

ROBOTS = "User-agent: *\nDisallow: /admin/\n"


@public_page
def show(request: HttpRequest) -> HttpResponse:
    """Explain how verdicts are reached, what they mean and how to check that none was altered."""
    statuses = [(status, MEANINGS[status]) for status in VerificationStatus]
    return answer(request, "public/method.html", {"statuses": statuses}, marks=["method"])


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots what to leave alone."""
    return for_a_short_while(HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8"))
