"""Stored copies of sources, for people of the desk to download: never shown, never run, found by their digest alone."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from claims.admin.looking import looked_at
from claims.admin.site import DeskSite
from claims.models import Snapshot
from claims.snapshots import store
from claims.snapshots.kinds import EXTENSIONS

# Whatever a browser makes of the bytes: it downloads them, runs nothing, and lets no other site have them.
HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}
SHORT = 16


def copy_urls(site: DeskSite) -> list[URLPattern]:
    """Return where copies are downloaded."""
    view = looked_at(site, download, having="view_snapshot")
    return [path("copy/<str:sha256>/", view, name="claims_snapshot_download")]


def download(request: HttpRequest, sha256: str) -> HttpResponse:
    """Answer with a copy's bytes, if they are still those it is named after."""
    if not store.DIGEST.fullmatch(sha256):
        raise Http404
    copy = get_object_or_404(Snapshot.objects.without_text(), sha256=sha256)
    try:
        data = store.read(sha256)
    except store.CopyMissing as error:
        raise Http404(_("The stored copy is missing. An operator must look into it.")) from error
    except store.CopyAltered as error:
        told = _("The stored copy was altered and is not shown. An operator must look into it.")
        raise Http404(told) from error
    name = f"{sha256[:SHORT]}{EXTENSIONS.get(copy.media_type, '.bin')}"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, "application/octet-stream", headers={**HEADERS, **disposition})
