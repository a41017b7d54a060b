"""The addresses of the kinds of problems: what each means and what to do about it, for people and for programs."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.html import format_html
from rest_framework.request import Request

from claims.api.answers import ReadOnlyView
from claims.api.described import PROBLEM_SLUG, described
from claims.api.pages import Page
from claims.api.parameters import Parameters
from claims.api.problem_types import TYPES, ProblemType
from claims.api.problems import type_address
from claims.api.reference import HtmlFormat, JsonFormat
from claims.api.shapes.problem import ProblemTypePageSerializer, ProblemTypeSerializer

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
</head>
<body>
<h1>{title}</h1>
<p>{status} {phrase}</p>
<p>{advice}</p>
<p><a href="../">All kinds of problems</a></p>
</body>
</html>
"""


class ProblemTypeList(ReadOnlyView):
    """The kinds of problems."""

    max_age = 3600

    @described("listProblems", "List the kinds of problems", ProblemTypePageSerializer, tag="about")
    def get(self, request: Request) -> HttpResponseBase:
        """Return every kind of problem that the API answers with, but for those of other registries (429)."""
        Parameters(request.query_params, ()).check()
        parts = [_part(kind, request) for kind in TYPES.values()]
        return self.answer_page(Page(parts, None, None), parts)


class ProblemTypeDetail(ReadOnlyView):
    """One kind of problem."""

    max_age = 3600
    renderer_classes = [JsonFormat, HtmlFormat]

    @described(
        "readProblem",
        "Read what a kind of problem means",
        ProblemTypeSerializer,
        found_by=PROBLEM_SLUG,
        tag="about",
    )
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        """Return what a kind of problem means and what to do about it; to browsers, as a page."""
        Parameters(request.query_params, ()).check()
        kind = TYPES.get(slug)
        if kind is None:
            raise Http404
        if request.accepted_renderer.format == "html":
            phrase = HTTPStatus(kind.status).phrase
            page = format_html(
                PAGE, title=kind.title, status=int(kind.status), phrase=phrase, advice=kind.advice
            )
            answer: HttpResponseBase = HttpResponse(page)
            answer["Cache-Control"] = f"public, max-age={self.max_age}"
        else:
            answer = self.answer_part(_part(kind, request))
        patch_vary_headers(answer, ["Accept"])
        return answer


def _part(kind: ProblemType, request: Request) -> dict[str, Any]:
    return {
        "type": type_address(kind.slug, request),
        "title": kind.title,
        "status": int(kind.status),
        "advice": kind.advice,
    }
