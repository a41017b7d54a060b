"""A claim's verdict as a reference to keep: BibTeX and CSL-JSON, of today or as of an earlier moment."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from claims.interop.citations import Reference, bibtex, csl_json, reference_of
from claims.layout.standing import page_now
from claims.public.answers import answer_with, moved, public_page
from claims.public.arguments import read_clocks
from claims.public.finding import document_asked_for

BIBTEX = "application/x-bibtex"
CSL_JSON = "application/vnd.citationstyles.csl+json"


@public_page
def show_bibtex(request: HttpRequest, public_id: str) -> HttpResponse:
    """Hand out the reference as BibTeX."""
    return _show(request, public_id, bibtex, f"{BIBTEX}; charset=utf-8", "bib")


@public_page
def show_csl(request: HttpRequest, public_id: str) -> HttpResponse:
    """Hand out the reference as CSL-JSON."""
    return _show(request, public_id, csl_json, CSL_JSON, "json")


def _show(
    request: HttpRequest,
    public_id: str,
    write: Callable[[Reference], str],
    media_type: str,
    ending: str,
) -> HttpResponse:
    document = document_asked_for(public_id, read_clocks(request.GET))
    if document["merged_into"]:
        name = str(request.resolver_match.view_name) if request.resolver_match else ""
        return moved(request, reverse(name, args=[document["merged_into"]["id"]]))
    base = settings.FACTCHECK_BASE_URL
    register = settings.FACTCHECK_REGISTER_NAME
    reference = reference_of(document, register=register, address=base + page_now(document))

    def file() -> HttpResponse:
        response = HttpResponse(write(reference), content_type=media_type)
        response.headers["Content-Disposition"] = (
            f'attachment; filename="claim-{reference.key}.{ending}"'
        )
        return response

    return answer_with(request, file, marks=[reference.digest, reference.title])
