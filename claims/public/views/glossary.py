"""The glossary: what each status and each of the register's other terms means."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from claims import languages
from claims.layout.glossary import CHAPTERS, STATUSES
from claims.public.answers import answer, public_page


@public_page
def show(request: HttpRequest) -> HttpResponse:
    """List the terms, each at an anchor of its own; nothing here depends on what the register holds."""
    path = languages.plain(request.path)
    context = {"statuses": STATUSES, "chapters": CHAPTERS, "path": path}
    return answer(request, "public/glossary.html", context, marks=[])
