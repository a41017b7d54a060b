"""The same verdict page made the plain way: a Django view that renders the template from what lies in memory.

No database, no middleware, no conditional answers: what is left is the cost of rendering. Served beside the register
by `verdict_page.py`; PAGE names the file with the claim's document.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
application = get_wsgi_application()

from django.http import HttpRequest, HttpResponse  # noqa: E402  (Django must be set up first)
from django.shortcuts import render  # noqa: E402
from django.urls import path  # noqa: E402

from claims.layout.claim_view import view_of  # noqa: E402
from claims.public.arguments import Asked  # noqa: E402

DOCUMENT = json.loads(Path(os.environ["PAGE"]).read_text())


def show(request: HttpRequest) -> HttpResponse:
    """Render the page; nothing else."""
    context = {
        "doc": DOCUMENT,
        "view": view_of(DOCUMENT),
        "asked": Asked(),
        "query": "",
        "path": DOCUMENT["html_url"],
        "around": {},
    }
    return render(request, "public/claim.html", context)


settings.ROOT_URLCONF = "factcheck.urls"
settings.MIDDLEWARE = []
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
application = get_wsgi_application()

from factcheck import urls  # noqa: E402

urls.urlpatterns.insert(0, path("plain/", show))
