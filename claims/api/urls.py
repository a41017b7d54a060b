"""Addresses of the API."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from claims.api.appearances import AppearanceDetail, AppearanceList
from claims.api.articles import ArticleDetail
from claims.api.bundles import ClaimBundle
from claims.api.changes import Changes
from claims.api.claimants import ClaimantDetail, ClaimantList
from claims.api.claims import ClaimDetail
from claims.api.corrections import CorrectionList
from claims.api.evidence import EvidenceDetail, EvidenceList
from claims.api.exports import ExportList
from claims.api.history import ClaimDifference, ClaimHistory
from claims.api.ledger import PART_ID
from claims.api.log import Log
from claims.api.match import Match
from claims.api.method import MethodDetail, MethodList
from claims.api.problem_pages import ProblemTypeDetail, ProblemTypeList
from claims.api.publishers import PublisherDetail, PublisherList
from claims.api.reference import Reference, ReferenceStart, Schema
from claims.api.root import Nothing, Root
from claims.api.statuses import StatusList
from claims.api.topics import TopicDetail, TopicList
from claims.api.verdicts import ClaimVerdicts, VerdictDetail, VerdictList
from claims.api.writing.articles import Articles
from claims.api.writing.claims import Appearances, Claims, EvidenceOfClaim
from claims.api.writing.reports import Reports
from claims.api.writing.writings import OneWriting, Writings

PART = f"(?P<part_id>{PART_ID})"
SLUG = "(?P<slug>[-a-zA-Z0-9_]{1,100})"
NUMBER = "(?P<number>[1-9][0-9]{0,8})"
ID = "(?P<public_id>[0-9a-z]{1,16})"

app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", Root.as_view(), name="root"),
    path("claims/", Claims.as_view(), name="claims"),
    re_path(rf"^claims/{ID}/$", ClaimDetail.as_view(), name="claim"),
    re_path(rf"^claims/{ID}/history/$", ClaimHistory.as_view(), name="claim-history"),
    re_path(rf"^claims/{ID}/bundle/$", ClaimBundle.as_view(), name="claim-bundle"),
    re_path(rf"^claims/{ID}/history/diff/$", ClaimDifference.as_view(), name="claim-difference"),
    re_path(rf"^claims/{ID}/evidence/$", EvidenceOfClaim.as_view(), name="claim-evidence"),
    re_path(rf"^claims/{ID}/appearances/$", Appearances.as_view(), name="claim-appearances"),
    re_path(rf"^claims/{ID}/verdicts/$", ClaimVerdicts.as_view(), name="claim-verdicts"),
    path("evidence/", EvidenceList.as_view(), name="evidence-list"),
    re_path(rf"^evidence/{PART}/$", EvidenceDetail.as_view(), name="evidence"),
    path("appearances/", AppearanceList.as_view(), name="appearances"),
    re_path(rf"^appearances/{PART}/$", AppearanceDetail.as_view(), name="appearance"),
    path("verdicts/", VerdictList.as_view(), name="verdicts"),
    re_path(rf"^verdicts/{PART}/$", VerdictDetail.as_view(), name="verdict"),
    path("articles/", Articles.as_view(), name="articles"),
    re_path(rf"^articles/{ID}/$", ArticleDetail.as_view(), name="article"),
    path("claimants/", ClaimantList.as_view(), name="claimants"),
    re_path(rf"^claimants/{ID}/$", ClaimantDetail.as_view(), name="claimant"),
    path("publishers/", PublisherList.as_view(), name="publishers"),
    re_path(rf"^publishers/{ID}/$", PublisherDetail.as_view(), name="publisher"),
    path("topics/", TopicList.as_view(), name="topics"),
    re_path(rf"^topics/{SLUG}/$", TopicDetail.as_view(), name="topic"),
    path("corrections/", CorrectionList.as_view(), name="corrections"),
    path("method/", MethodList.as_view(), name="methods"),
    re_path(rf"^method/{NUMBER}/$", MethodDetail.as_view(), name="method"),
    path("changes/", Changes.as_view(), name="changes"),
    path("log/", Log.as_view(), name="log"),
    path("exports/", ExportList.as_view(), name="exports"),
    path("statuses/", StatusList.as_view(), name="statuses"),
    path("reports/", Reports.as_view(), name="reports"),
    path("writings/", Writings.as_view(), name="writings"),
    re_path(rf"^writings/{ID}/$", OneWriting.as_view(), name="writing"),
    path("problems/", ProblemTypeList.as_view(), name="problems"),
    re_path(r"^problems/(?P<slug>[a-z-]{1,40})/$", ProblemTypeDetail.as_view(), name="problem"),
    path("match/", Match.as_view(), name="match"),
    path("schema/", Schema.as_view(), name="schema"),
    path("docs/", Reference.as_view(), name="docs"),
    path("docs/start.js", ReferenceStart.as_view(), name="docs-start"),
    re_path(r"", Nothing.as_view(), name="nothing"),
]
