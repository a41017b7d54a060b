"""Claimants: the people, bodies and unnamed sources whose claims are public."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.http import Http404
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from claims import addresses
from claims.api.answers import ReadOnlyView
from claims.api.bases import base_of
from claims.api.counted import by_status
from claims.api.described import AS_OF, CLAIMANT_KIND, PAGE_PARAMETERS, described
from claims.api.described_members import fields
from claims.api.pages import Order, Pager
from claims.api.parameters import PAGING, Parameters
from claims.api.problems import NotThen
from claims.api.shapes.lists import ClaimantPageSerializer
from claims.api.shapes.parties import ClaimantSerializer, ClaimantSummarySerializer
from claims.api.shapes.sparse import sparse
from claims.api.shown import Shown
from claims.document_parts import Part
from claims.history.canonical import fact_of, moment_text
from claims.models import Affiliation, Claim, Claimant, ClaimantMerger, Redaction
from claims.vocabulary import ClaimantKind

NEWEST_FIRST = Order(("pk",))


class ClaimantList(ReadOnlyView):
    """The claimants of the register."""

    @described(
        "listClaimants",
        "List claimants",
        sparse(ClaimantPageSerializer),
        parameters=[CLAIMANT_KIND, AS_OF, fields(ClaimantSummarySerializer), *PAGE_PARAMETERS],
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Return one page of those whom published claims name as maker or speaker, recorded last first.

        Of several who were found to be one, the one whom the others lead to is listed. With `as_of`, those whom
        readers could see then, by the names of then.
        """
        asked = Parameters(request.query_params, ("kind", "as_of", "fields", *PAGING))
        kind, moment = asked.choice("kind", ClaimantKind.values), asked.moment("as_of")
        shown = Shown(asked, ClaimantSummarySerializer)
        pager = Pager(request, asked, NEWEST_FIRST)
        claimants = Claimant.objects.named_in_public(moment).leading(moment)
        if kind:
            claimants = claimants.of_kind(kind)
        # 1: the page
        page = pager.page(claimants, lambda claimant: (claimant.public_id,))
        parts = [claimant_part(claimant, past=bool(moment)) for claimant in page.rows]
        return self.answer_page(page, [shown.of(part) for part in parts])


class ClaimantDetail(ReadOnlyView):
    """One claimant."""

    @described(
        "readClaimant",
        "Read a claimant",
        sparse(ClaimantSerializer),
        parameters=[AS_OF, fields(ClaimantSerializer)],
        found_by_id=True,
        moves=True,
    )
    def get(self, request: Request, public_id: str) -> HttpResponseBase:
        """Return a claimant, how many listed claims they made of each status, and where to read them.

        A claimant who was found to be another leads there (301); the claims of both are counted and listed together.
        With `as_of`, it is what readers could know then.
        """
        asked = Parameters(request.query_params, ("as_of", "fields"))
        moment, shown = asked.moment("as_of"), Shown(asked, ClaimantSerializer)
        asked.check()
        # 1: the claimant, and where they were found to be another, that one
        claimant = Claimant.objects.named_in_public(moment).known_as(public_id).first()
        if claimant is None:
            raise _absent(public_id, moment)
        if survivor := _survivor(claimant, moment):
            query = request.META.get("QUERY_STRING", "")
            path = addresses.claimant_api(survivor.public_id)
            return self.moved(f"{path}?{query}" if query else path)
        # 2: who is the same; 3: how many claims of each status; 4, 5: what they were; of several, 6: their names
        part = claimant_part(claimant, past=bool(moment)) | _counts(claimant, moment)
        part |= _known(claimant, moment) | _lists(claimant, moment, base_of(request))
        return self.answer_part(shown.of(part))


def _absent(public_id: str, moment: datetime | None) -> Exception:
    if moment and Claimant.objects.named_in_public().known_as(public_id).exists():
        return NotThen("Nothing public named this claimant then.")
    return Http404()


def _survivor(claimant: Claimant, moment: datetime | None) -> Claimant | None:
    """Return whom readers are, or then were, led to, if it is another."""
    if moment is None:
        return claimant.public_survivor
    key = ClaimantMerger.objects.survivor_at(claimant, moment)
    led_to = Claimant.objects.named_in_public(moment).among([key])
    return None if key == claimant.pk else led_to.first()


def _same(claimant: Claimant, moment: datetime | None) -> list[int]:
    """Return the keys of all who are, or then were, known to be the same."""
    if moment is None or len(claimant.same) == 1:
        return claimant.same
    return ClaimantMerger.objects.same_at(claimant, moment)


def _counts(claimant: Claimant, moment: datetime | None) -> Part:
    if moment is None:
        counts = Claim.objects.listed().by_claimant(claimant).status_counts()
    else:
        then = Claim.objects.listed_at(moment)
        own = then.worded_at(moment, claimant=_same(claimant, moment))
        counts = own.status_counts_at(moment)
    return {"claims_by_status": by_status(counts)}


def _known(claimant: Claimant, moment: datetime | None) -> Part:
    """Return the other names under which claims show them, and what they were, which no history holds."""
    same, names = _same(claimant, moment), []
    if len(same) > 1:
        others = Claimant.objects.named_in_public(moment).among(same).order_by("pk")
        names = [str(getattr(one, "public_name", "")) for one in others if one.pk != claimant.pk]
    own = getattr(claimant, "public_name", None)
    return {
        "also_named": [name for name in dict.fromkeys(names) if name != own],
        "affiliations": None if moment else _affiliations(claimant),
    }


def _affiliations(claimant: Claimant) -> list[Part]:
    """Return what the claimant was and when; nothing once a name or a role of theirs had to be removed somewhere."""
    if Redaction.objects.naming(claimant.same).exists():
        return []
    return [
        {
            "role": one.role,
            "body": one.body or None,
            "since": fact_of(one.since),
            "until": fact_of(one.until),
        }
        for one in Affiliation.objects.standing().dated(claimant.same)
    ]


def _lists(claimant: Claimant, moment: datetime | None, base: str) -> Part:
    """Return where to read the claims they made, and the places where they speak."""
    then = {"as_of": moment_text(moment)} if moment else {}
    made = urlencode({"claimant": claimant.public_id, **then})
    spoken = urlencode({"speaker": claimant.public_id, **then})
    api = f"{base}{addresses.API}"
    return {
        "claims_url": f"{api}/claims/?{made}",
        "appearances_url": f"{api}/appearances/?{spoken}",
    }


def claimant_part(claimant: Claimant, *, past: bool = False) -> Part:
    """Return what lists show of a claimant, by the name that the history shows.

    Which item of Wikidata describes them is not in the history, and is not told of the past.
    """
    name, role = getattr(claimant, "public_name", None), getattr(claimant, "public_role", None)
    return {
        "id": claimant.public_id,
        "url": addresses.claimant_api(claimant.public_id),
        "html_url": addresses.claimant_page(claimant.public_id, name),
        "name": name,
        "role": role,
        "kind": claimant.kind,
        "wikidata": None if past else claimant.wikidata or None,
    }
