"""A claim's whole history with every value and salt that was not erased: what the offline verifier takes."""

from __future__ import annotations

import orjson
from django.conf import settings
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from claims import documents
from claims.api.answers import ReadOnlyView
from claims.api.bases import base_of
from claims.api.claims import found
from claims.api.conditions import head_mark
from claims.api.described import described
from claims.api.parameters import Parameters
from claims.api.shapes.bundle import BundleSerializer
from claims.history.replay import replay
from claims.interop.bundle import bundle_of
from claims.models import Claim


class ClaimBundle(ReadOnlyView):
    """One claim, to be proved by whoever trusts nobody here."""

    @described("readClaimBundle", "Read a claim to check it", BundleSerializer, found_by_id=True)
    def get(self, request: Request, public_id: str) -> HttpResponseBase:
        """Return a claim's history with the salts of its values: what `python -m claims.verify` proves offline.

        Each entry has its `leaf`, the exact text that was hashed, and as `disclosures` the values whose salted digests
        stand in it (RFC 9901, 4.2.1), without those that were erased. `document` is what those entries come to.
        """
        Parameters(request.query_params, ()).check()
        # 1: the claim; 2 to 8: its history
        claim = found(Claim.objects.known_as(public_id).with_document())
        state = replay(claim)
        bundle = bundle_of(
            state,
            documents.absolute(documents.build(state), base_of(request)),
            log=settings.FACTCHECK_LOG_ORIGIN,
            exported_at=state.entries[-1].recorded_at,
        )
        return self.answer(orjson.dumps(bundle), head=head_mark(claim.head_hash))
