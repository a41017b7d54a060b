"""What is the same whatever the register holds: the method, the word to robots, the icon."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static

from claims.layout.words import MEANINGS
from claims.public.answers import answer, for_a_short_while, public_page
from claims.vocabulary import VerificationStatus

ROBOTS = "User-agent: *\nDisallow: /admin/\n"


@public_page
def show(request: HttpRequest) -> HttpResponse:
    """Explain how verdicts are reached, what they mean and how to check that none was altered."""
    statuses = [(status, MEANINGS[status]) for status in VerificationStatus]
    context = {"statuses": statuses, "path": request.path}
    return answer(request, "public/method.html", context, marks=["method"])


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots what to leave alone."""
    return for_a_short_while(HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8"))


@public_page
def icon(request: HttpRequest) -> HttpResponse:
    """Lead those who ask for an icon where browsers always did to ours, which has another name with each design."""
    return for_a_short_while(HttpResponseRedirect(static("claims/favicon.svg")))
