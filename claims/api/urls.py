"""Addresses of the API."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from claims.api.articles import ArticleDetail
from claims.api.claimants import ClaimantDetail, ClaimantList
from claims.api.claims import ClaimDetail
from claims.api.history import ClaimHistory
from claims.api.problem_pages import ProblemTypeDetail, ProblemTypeList
from claims.api.reference import Reference, ReferenceStart, Schema
from claims.api.root import Nothing, Root
from claims.api.statuses import StatusList
from claims.api.writing.articles import Articles
from claims.api.writing.claims import Appearances, Claims, EvidenceOfClaim
from claims.api.writing.reports import Reports
from claims.api.writing.writings import OneWriting, Writings

ID = "(?P<public_id>[0-9a-z]{1,16})"

app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", Root.as_view(), name="root"),
    path("claims/", Claims.as_view(), name="claims"),
    re_path(rf"^claims/{ID}/$", ClaimDetail.as_view(), name="claim"),
    re_path(rf"^claims/{ID}/history/$", ClaimHistory.as_view(), name="claim-history"),
    re_path(rf"^claims/{ID}/appearances/$", Appearances.as_view(), name="claim-appearances"),
    re_path(rf"^claims/{ID}/evidence/$", EvidenceOfClaim.as_view(), name="claim-evidence"),
    path("articles/", Articles.as_view(), name="articles"),
    re_path(rf"^articles/{ID}/$", ArticleDetail.as_view(), name="article"),
    path("claimants/", ClaimantList.as_view(), name="claimants"),
    re_path(rf"^claimants/{ID}/$", ClaimantDetail.as_view(), name="claimant"),
    path("statuses/", StatusList.as_view(), name="statuses"),
    path("reports/", Reports.as_view(), name="reports"),
    path("writings/", Writings.as_view(), name="writings"),
    re_path(rf"^writings/{ID}/$", OneWriting.as_view(), name="writing"),
    path("problems/", ProblemTypeList.as_view(), name="problems"),
    re_path(r"^problems/(?P<slug>[a-z-]{1,40})/$", ProblemTypeDetail.as_view(), name="problem"),
    path("schema/", Schema.as_view(), name="schema"),
    path("docs/", Reference.as_view(), name="docs"),
    path("docs/start.js", ReferenceStart.as_view(), name="docs-start"),
    re_path(r"", Nothing.as_view(), name="nothing"),
]
