"""Addresses of the plain register."""

from __future__ import annotations

from django.urls import include, path
from rest_framework.routers import DefaultRouter

from plain.api import ClaimViewSet, EvidenceViewSet, VerdictViewSet, history_of, page
from plain.models import Claim, Evidence, Verdict

router = DefaultRouter()
router.register("claims", ClaimViewSet, basename="claim")
router.register("evidence", EvidenceViewSet)
router.register("verdicts", VerdictViewSet)
router.register("history/claims", history_of(Claim), basename="claim-history")
router.register("history/evidence", history_of(Evidence), basename="evidence-history")
router.register("history/verdicts", history_of(Verdict), basename="verdict-history")
urlpatterns = [
    path("api/", include(router.urls)),
    path("claims/<str:public_id>/", page, name="page"),
]
