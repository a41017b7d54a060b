"""Addresses of the API."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from claims.api.articles import ArticleDetail, ArticleList
from claims.api.claimants import ClaimantDetail, ClaimantList
from claims.api.claims import ClaimDetail, ClaimList
from claims.api.history import ClaimHistory
from claims.api.match import Match
from claims.api.reference import Reference, ReferenceStart, Schema
from claims.api.root import Nothing, Root
from claims.api.statuses import StatusList

ID = "(?P<public_id>[0-9a-z]{1,16})"

app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", Root.as_view(), name="root"),
    path("claims/", ClaimList.as_view(), name="claims"),
    re_path(rf"^claims/{ID}/$", ClaimDetail.as_view(), name="claim"),
    re_path(rf"^claims/{ID}/history/$", ClaimHistory.as_view(), name="claim-history"),
    path("articles/", ArticleList.as_view(), name="articles"),
    re_path(rf"^articles/{ID}/$", ArticleDetail.as_view(), name="article"),
    path("claimants/", ClaimantList.as_view(), name="claimants"),
    re_path(rf"^claimants/{ID}/$", ClaimantDetail.as_view(), name="claimant"),
    path("statuses/", StatusList.as_view(), name="statuses"),
    path("match/", Match.as_view(), name="match"),
    path("schema/", Schema.as_view(), name="schema"),
    path("docs/", Reference.as_view(), name="docs"),
    path("docs/start.js", ReferenceStart.as_view(), name="docs-start"),
    re_path(r"", Nothing.as_view(), name="nothing"),
]
