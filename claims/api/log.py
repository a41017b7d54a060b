"""The log as a whole: how long it is, and where it ends."""

from __future__ import annotations

from django.conf import settings
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from claims.api.answers import ReadOnlyView
from claims.api.bases import base_of
from claims.api.changes import changes_url
from claims.api.described import described
from claims.api.parameters import Parameters
from claims.api.shapes.changes import LogSerializer
from claims.api.told import Followed
from claims.history.canonical import moment_text
from claims.models import LogLeaf, Restoration


class Log(ReadOnlyView):
    """The log of public acts."""

    @described("readLog", "Read where the log ends", LogSerializer, tag="changes")
    def get(self, request: Request) -> HttpResponseBase:
        """Return how many public acts the log holds, the last of them, and where the ones to come are read.

        Nothing here is signed, so it proves nothing to others: it says what this register holds now. While it is being
        rebuilt from an export, of which `ended_at` is null then, that is less than it will hold.
        """
        Parameters(request.query_params, ()).check()
        # 1: the last act, 2: what the register was rebuilt from
        last = LogLeaf.objects.heads().first()
        known = Followed.to(*last[:2]) if last else Followed()
        return self.answer_part(
            {
                "origin": settings.FACTCHECK_LOG_ORIGIN,
                "size": known.acts,
                "last": last
                and {
                    "log_index": last[0],
                    "leaf_hash": bytes(last[1]).hex(),
                    "recorded_at": moment_text(last[2]),
                },
                "changes_url": changes_url(base_of(request), known),
                "rebuilt": [_rebuilt(one) for one in Restoration.objects.in_order()],
            }
        )


def _rebuilt(one: Restoration) -> dict[str, str | None]:
    return {
        "manifest_sha256": one.manifest_sha256,
        "as_of": moment_text(one.as_of) if one.as_of else None,
        "ended_at": moment_text(one.ended_at) if one.ended_at else None,
    }
