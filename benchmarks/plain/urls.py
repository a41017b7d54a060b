"""Addresses of the plain register."""

from __future__ import annotations

from django.urls import include, path
from rest_framework.routers import DefaultRouter

from plain.api import ChangeViewSet, ClaimViewSet, page

router = DefaultRouter()
router.register("claims", ClaimViewSet, basename="claim")
router.register("changes", ChangeViewSet, basename="change")
urlpatterns = [path("api/", include(router.urls)), path("claims/<str:public_id>/", page)]
