"""The three statuses, what each means, and the word for programs that were written for other registers."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http.response import HttpResponseBase
from rest_framework.request import Request

from claims import addresses
from claims.api.answers import ReadOnlyView
from claims.api.bases import base_of
from claims.api.described import described
from claims.api.pages import Page
from claims.api.parameters import Parameters
from claims.api.shapes.lists import StatusPageSerializer
from claims.interop.claimreview_markup import RATINGS
from claims.vocabulary import DEFINITIONS, VerificationStatus


class StatusList(ReadOnlyView):
    """The statuses."""

    max_age = 3600

    @described("listStatuses", "List the statuses", StatusPageSerializer)
    def get(self, request: Request) -> HttpResponseBase:
        """Return the three statuses a claim can have, with their definitions."""
        Parameters(request.query_params, ()).check()
        base = base_of(request)
        parts = [_status_part(status, base) for status in VerificationStatus]
        return self.answer_page(Page(parts, None, None), parts)


def _status_part(status: VerificationStatus, base: str) -> dict[str, str]:
    return {
        "value": status.value,
        "label": str(status.label),
        "textual_rating": RATINGS[status],
        "definition": str(DEFINITIONS[status]),
        "claims_url": f"{base}{addresses.API}/claims/?{urlencode({'status': status.value})}",
    }
