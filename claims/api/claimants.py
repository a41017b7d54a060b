"""Claimants: the people, bodies and unnamed sources whose claims are public."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from claims import addresses
from claims.api.answers import ReadOnlyView
from claims.api.bases import base_of
from claims.api.described import CLAIMANT_KIND, PAGE_PARAMETERS, described
from claims.api.pages import Order, Pager
from claims.api.parameters import PAGING, Parameters
from claims.api.shapes.lists import ClaimantPageSerializer
from claims.api.shapes.parties import ClaimantSerializer
from claims.document_parts import Part
from claims.models import Claim, Claimant
from claims.vocabulary import ClaimantKind, VerificationStatus

NEWEST_FIRST = Order(("pk",))


class ClaimantList(ReadOnlyView):
    """The claimants of the register."""

    @described(
        "listClaimants",
        "List claimants",
        ClaimantPageSerializer,
        parameters=[CLAIMANT_KIND, *PAGE_PARAMETERS],
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Return one page of those whom published claims name as maker or speaker, recorded last first.

        Of several who were found to be one, the one whom the others lead to is listed.
        """
        asked = Parameters(request.query_params, ("kind", *PAGING))
        kind = asked.choice("kind", ClaimantKind.values)
        pager = Pager(request, asked, NEWEST_FIRST)
        claimants = Claimant.objects.named_in_public().leading()
        if kind:
            claimants = claimants.of_kind(kind)
        # 1: the page
        page = pager.page(claimants, lambda claimant: (claimant.public_id,))
        return self.answer_page(page, [claimant_part(claimant) for claimant in page.rows])


class ClaimantDetail(ReadOnlyView):
    """One claimant."""

    @described("readClaimant", "Read a claimant", ClaimantSerializer, found_by_id=True, moves=True)
    def get(self, request: Request, public_id: str) -> HttpResponseBase:
        """Return a claimant, how many listed claims they made of each status, and where to read them.

        A claimant who was found to be another leads there (301); the claims of both are counted and listed together.
        """
        Parameters(request.query_params, ()).check()
        # 1: the claimant, and where they were found to be another, that one
        claimant = Claimant.objects.named_in_public().known_as(public_id).first()
        if claimant is None:
            raise Http404
        if survivor := claimant.public_survivor:
            return self.moved(addresses.claimant_api(survivor.public_id))
        # 2: who is the same; 3: how many claims of each status
        counts = Claim.objects.listed().by_claimant(claimant).status_counts()
        claims = f"{addresses.API}/claims/?{urlencode({'claimant': public_id})}"
        return self.answer_part(
            claimant_part(claimant)
            | {
                "claims_url": base_of(request) + claims,
                "claims_by_status": {
                    **{status: counts.get(status, 0) for status in VerificationStatus.values},
                    "withdrawn": counts.get(None, 0),
                },
            }
        )


def claimant_part(claimant: Claimant) -> Part:
    """Return what lists show of a claimant, by the name that the history shows."""
    name, role = getattr(claimant, "public_name", None), getattr(claimant, "public_role", None)
    return {
        "id": claimant.public_id,
        "url": addresses.claimant_api(claimant.public_id),
        "html_url": addresses.claimant_page(claimant.public_id, name),
        "name": name,
        "role": role,
        "kind": claimant.kind,
        "wikidata": claimant.wikidata or None,
    }
