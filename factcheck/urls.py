"""The addresses of the three doors: the admin, the API and the public pages."""

from __future__ import annotations

from django.contrib import admin
from django.urls import URLResolver, include, path, re_path

from claims.api.claims import ClaimFile
from claims.api.root import Nothing
from claims.api.urls import ID
from claims.public.urls import InTheirLanguage

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/v1/", include("claims.api.urls")),
    # Programs are told in their own language that there is nothing, whatever version they ask for.
    re_path(r"^api(?:/|$)", Nothing.as_view()),
    re_path(rf"^claims/{ID}\.json$", ClaimFile.as_view(), name="claim_json"),
    path("", include("claims.api.google.urls")),
    path("", include("claims.public.machine_urls")),
    URLResolver(InTheirLanguage(), [path("", include("claims.public.urls"))]),
]

handler400 = "factcheck.failures.bad_request"
handler500 = "factcheck.failures.server_error"
