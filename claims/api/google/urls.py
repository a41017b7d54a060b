"""Addresses of the Fact Check Tools API: where its clients look, from the register's root."""

from __future__ import annotations

from django.urls import path, re_path

from claims.api.google.claims import ClaimSearch, ImageSearch
from claims.api.google.discovery import Batch, Discovery, NothingHere
from claims.api.google.markup_pages import OnePage, PageList

app_name = "google"
urlpatterns = [
    path("v1alpha1/claims:search", ClaimSearch.as_view(), name="search"),
    path("v1alpha1/claims:imageSearch", ImageSearch.as_view(), name="image-search"),
    path("v1alpha1/pages", PageList.as_view(), name="pages"),
    re_path(r"^v1alpha1/pages/(?P<public_id>[0-9a-z]{1,16})$", OnePage.as_view(), name="page"),
    path("$discovery/rest", Discovery.as_view(), name="discovery"),
    path("discovery/v1/apis/factchecktools/v1alpha1/rest", Discovery.as_view()),
    re_path(r"^batch(?:/|$)", Batch.as_view(), name="batch"),
    re_path(r"^(?:v1alpha1|\$discovery|discovery)(?:/|$)", NothingHere.as_view()),
]
