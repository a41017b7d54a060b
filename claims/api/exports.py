"""The exports of the whole register: which are kept, what they hold, where their files are."""

from __future__ import annotations

from typing import Any

from django.http.response import HttpResponseBase
from rest_framework.request import Request

from claims import addresses
from claims.api.answers import ReadOnlyView
from claims.api.bases import base_of
from claims.api.described import described
from claims.api.pages import Page
from claims.api.parameters import Parameters
from claims.api.shapes.exports import ExportPageSerializer
from claims.exports.keeping import Kept, kept
from claims.exports.shape import MANIFEST
from claims.history.canonical import moment_text


class ExportList(ReadOnlyView):
    """The exports that readers may fetch."""

    @described(
        "listExports", "List the exports of the whole register", ExportPageSerializer, tag="exports"
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Return the exports that are kept, the newest first, each with its files and their digests.

        An empty register can be rebuilt from one: `manage.py import_claims --format factcheck`.
        """
        Parameters(request.query_params, ()).check()
        base = base_of(request)
        parts = [_export_part(one, base) for one in kept()]
        return self.answer_page(Page(parts, None, None), parts)


def _export_part(one: Kept, base: str) -> dict[str, Any]:
    manifest = one.manifest
    return {
        "name": one.name,
        "taken_at": moment_text(one.taken_at),
        "as_of": manifest.as_of,
        "manifest_url": f"{base}{addresses.export_file(one.name, MANIFEST)}",
        "manifest_sha256": one.digest,
        "claims": manifest.claims,
        "entries": manifest.entries,
        "log_size": manifest.log_size,
        "log_head": manifest.log_head,
        "files": [
            {
                "name": file.name,
                "url": f"{base}{addresses.export_file(one.name, file.name)}",
                "sha256": file.sha256,
                "bytes": file.bytes,
                "rows": file.rows,
            }
            for file in manifest.files
        ],
    }
