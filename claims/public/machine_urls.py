"""Addresses that are the same in every language: what machines read."""

from __future__ import annotations

from django.urls import path

from claims.public.views import fixed

app_name = "machines"
urlpatterns = [
    path("robots.txt", fixed.robots, name="robots"),
    path("favicon.ico", fixed.icon, name="icon"),
    path("site.webmanifest", fixed.manifest, name="manifest"),
]
