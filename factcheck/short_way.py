"""A shorter way through the project for programs that read the API: past what is there for people.

Sessions, forms, messages and static files have nothing to add to an answer of the API to somebody without a cookie. A
test compares both ways at each address.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.core.handlers.exception import convert_exception_to_response
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from django.http import HttpRequest

Answer = Callable[["HttpRequest"], Any]
ROOM = "/api/v1/"
FOR_PEOPLE = frozenset(
    {
        "factcheck.negotiation.by_what_is_accepted",
        "whitenoise.middleware.WhiteNoiseMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    }
)


def either_way(whole: Answer, view: Answer) -> Answer:
    """Return what takes each request the whole way, or the short one to `view`, as Django puts middleware together."""
    short = view
    for name in reversed(settings.MIDDLEWARE):
        if name not in FOR_PEOPLE:
            short = _before(short, import_string(name))

    def answer(request: HttpRequest) -> Any:
        return (short if is_read_by_program(request) else whole)(request)

    return answer


def is_read_by_program(request: HttpRequest) -> bool:
    """Whether somebody reads the API who sends no cookie."""
    return (
        request.method in ("GET", "HEAD")
        and request.path_info.startswith(ROOM)
        and not request.META.get("HTTP_COOKIE")
    )


def _before(following: Answer, middleware: Callable[[Answer], Answer]) -> Answer:
    try:
        return convert_exception_to_response(middleware(following))
    except MiddlewareNotUsed:
        return following
