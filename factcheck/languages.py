"""In which language a page answers: the desk in the newsroom's, what is public in the one its address names."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from claims import languages

DESK = "/admin/"
Answer = Callable[[HttpRequest], HttpResponse]


def each_in_its_language(get_response: Answer) -> Answer:
    """Middleware: activate the language of the page's audience while the page is made."""

    def answer(request: HttpRequest) -> HttpResponse:
        at_the_desk = request.path_info.startswith(DESK)
        spoken = translation.override(settings.LANGUAGE_CODE)
        with spoken if at_the_desk else languages.in_public(request.path_info):
            return get_response(request)

    return answer
