"""The list of all published claims, of one status or of all."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from claims import languages
from claims.models import Claim
from claims.public.answers import answer, public_page
from claims.public.arguments import read_cursor, read_status
from claims.public.paging import page_of
from claims.vocabulary import VerificationStatus


@public_page
def show(request: HttpRequest) -> HttpResponse:
    """Show twenty claims, those whose status changed last first."""
    status, after = read_status(request.GET), read_cursor(request.GET)
    claims = Claim.objects.listed().with_summary()
    page = page_of(claims.with_status(status) if status else claims, after)
    context = {
        "page": page,
        "status": status,
        "statuses": list(VerificationStatus),
        "is_first": after is None,
        "path": f"{languages.plain(request.path)}?status={status.value}"
        if status
        else languages.plain(request.path),
    }
    marks = [*page.marks, page.next_cursor or ""]
    return answer(request, "public/claims.html", context, marks=marks, noindex=after is not None)
