"""The method: how the desk works, in the words of its method page, and how that has changed."""

from __future__ import annotations

from django.http import Http404
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from claims import addresses
from claims.api.answers import ReadOnlyView
from claims.api.described import AS_OF, METHOD_NUMBER, PAGE_PARAMETERS, described
from claims.api.described_members import fields
from claims.api.pages import Order, Pager
from claims.api.parameters import PAGING, Parameters
from claims.api.problems import NotThen
from claims.api.shapes.method import (
    MethodPageSerializer,
    MethodSerializer,
    MethodSummarySerializer,
)
from claims.api.shapes.sparse import sparse
from claims.api.shown import Shown
from claims.document_parts import Part
from claims.history.canonical import moment_text
from claims.models import MethodVersion

NEWEST_FIRST = Order(("number",))


class MethodList(ReadOnlyView):
    """The versions of the method."""

    @described(
        "listMethods",
        "List versions of the method",
        sparse(MethodPageSerializer),
        parameters=[AS_OF, fields(MethodSummarySerializer), *PAGE_PARAMETERS],
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Return one page of the versions of the method, the one in force first."""
        asked = Parameters(request.query_params, ("as_of", "fields", *PAGING))
        moment, shown = asked.moment("as_of"), Shown(asked, MethodSummarySerializer)
        pager = Pager(request, asked, NEWEST_FIRST)
        versions = MethodVersion.objects.listed()
        if moment:
            versions = versions.known_by(moment)
        # 1: the page
        page = pager.page(versions, lambda version: (version.number,))
        return self.answer_page(page, [shown.of(_version_part(one)) for one in page.rows])


class MethodDetail(ReadOnlyView):
    """One version of the method."""

    @described(
        "readMethod",
        "Read a version of the method",
        sparse(MethodSerializer),
        parameters=[AS_OF, fields(MethodSerializer)],
        found_by=METHOD_NUMBER,
    )
    def get(self, request: Request, number: str) -> HttpResponseBase:
        """Return the text of one version of the method, and its checklist for reviews."""
        asked = Parameters(request.query_params, ("as_of", "fields"))
        moment, shown = asked.moment("as_of"), Shown(asked, MethodSerializer)
        asked.check()
        # 1: the version; 2: its checklist
        version = MethodVersion.objects.with_checklist().numbered(int(number)).first()
        if version is None:
            raise Http404
        if moment and version.at > moment:
            raise NotThen("This version was not published then.")
        checklist = [item.text for item in version.items.all()]
        part = _version_part(version) | {"body": version.body, "checklist": checklist}
        return self.answer_part(shown.of(part))


def _version_part(version: MethodVersion) -> Part:
    return {
        "number": version.number,
        "url": addresses.method_api(version.number),
        "html_url": addresses.method_version(version.number),
        "published_at": moment_text(version.at),
        "reason": version.reason,
    }
