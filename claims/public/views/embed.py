"""The small page that stands for a claim within the pages of others: always the verdict of today."""

from __future__ import annotations

import json

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.clickjacking import xframe_options_exempt

from claims import addresses
from claims.models import Claim
from claims.public.answers import answer, moved, public_page

ANYWHERE = {"frame-ancestors": ["*"]}


@csp_replace(ANYWHERE)  # type: ignore[arg-type]  # its types know no view with arguments
@xframe_options_exempt
@public_page
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a published claim as a card; that of a merged claim is the survivor's."""
    found = Claim.objects.published().known_as(public_id).with_summary().with_survivor().first()
    if found is None:
        raise Http404
    if found.merged_into and found.merged_into.is_published:
        return moved(request, addresses.claim_embed(found.merged_into.public_id))
    document = json.loads(found.document.summary)
    marks = [found.document.sha256]
    return answer(request, "public/embed.html", {"doc": document}, marks=marks, noindex=True)
