"""The addresses of the three doors: the admin, the API and the public pages."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path, re_path

from claims.api.root import Nothing

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/v1/", include("claims.api.urls")),
    # Programs are told in their own language that there is nothing, whatever version they ask for.
    re_path(r"^api(?:/|$)", Nothing.as_view()),
    path("", include("claims.public.urls")),
]

handler400 = "factcheck.failures.bad_request"
handler500 = "factcheck.failures.server_error"
