"""One line of what the register says of a claim today: earlier pages, which caches keep for ever, frame it."""

from __future__ import annotations

import json

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.clickjacking import xframe_options_sameorigin

from claims.layout.words import WITHDRAWN
from claims.models import Claim
from claims.public.answers import answer, public_page


@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})  # type: ignore[arg-type]
@public_page
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the status of a published claim today, and whether it is the one that `then` names."""
    claim = Claim.objects.published().known_as(public_id).with_document().first()
    if claim is None:
        raise Http404
    document = json.loads(claim.document.body)
    status = document["status"] or WITHDRAWN
    context = {
        "doc": document,
        "status": status,
        "same": request.GET.get("then") == status,
    }
    marks = [claim.document.sha256]
    return answer(request, "public/claim_now.html", context, marks=marks, noindex=True)
