"""Claims: the list and the whole document, now, as of a moment, and as things stood on a day."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime

from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils import timezone
from rest_framework.request import Request

from claims import documents
from claims.api.answers import ReadOnlyView
from claims.api.bases import absolute_json, base_of
from claims.api.described import (
    AS_OF,
    AS_OF_ENTRY,
    CLAIM_FILTERS,
    EFFECTIVE_AS_OF,
    PAGE_PARAMETERS,
    described,
)
from claims.api.pages import Order, Pager
from claims.api.parameters import PAGING, Parameters
from claims.api.problems import NotInEffect, NotThen
from claims.api.shapes.claim import ClaimDocumentSerializer
from claims.api.shapes.lists import ClaimPageSerializer
from claims.api.then import Then, moment_of
from claims.models import Claim, Claimant, ClaimantMerger
from claims.models.claim import ClaimQuerySet
from claims.vocabulary import ClaimKind, VerificationStatus

Said = dict[str, Collection[object]]
PAST = ("as_of", "effective_as_of")
FILTERS = ("status", "claimant", "kind", "language")
BY_STATUS_SINCE = Order(("status_since", "pk"))
BY_PUBLICATION = Order(("published_at", "pk"))


class ClaimList(ReadOnlyView):
    """The claims of the register."""

    @described(
        "listClaims",
        "List claims",
        ClaimPageSerializer,
        parameters=[*CLAIM_FILTERS, AS_OF, EFFECTIVE_AS_OF, *PAGE_PARAMETERS],
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Return one page of published claims, those whose status was set last first.

        With `as_of` or `effective_as_of`, the claims and their statuses are those of that past, in the order of
        their first publication, the newest first; such a list does not move while it is walked.
        """
        asked = Parameters(request.query_params, (*FILTERS, *PAST, *PAGING))
        status = asked.choice("status", VerificationStatus.values)
        said = {
            "kind": asked.choice("kind", ClaimKind.values),
            "language": asked.language("language"),
        }
        then = Then.asked(asked.moment("as_of"), asked.day("effective_as_of"))
        chosen: Said = {name: [value] for name, value in said.items() if value}
        claimant = asked.public_id("claimant")
        pager = Pager(request, asked, BY_PUBLICATION if then else BY_STATUS_SINCE)
        if claimant:
            chosen["claimant"] = claimants_known_as(claimant, then)
        return self._then(pager, then, status, chosen) if then else self._now(pager, status, chosen)

    def _now(self, pager: Pager, status: str | None, said: Said) -> HttpResponseBase:
        claims = Claim.objects.listed().saying(**said)
        if status:
            claims = claims.with_status(status)
        # the page, each claim with the JSON of its summary
        page = pager.page(claims.stored_summaries(), lambda row: row[:2])
        return self.answer_page_text(page, [summary for *_, summary in page.rows])

    def _then(self, pager: Pager, then: Then, status: str | None, said: Said) -> HttpResponseBase:
        # 1: the page's claims; 2 to 5: the replay of those that were touched since, if any
        page = pager.page(then.claims(status, **said), _place_by_publication)
        return self.answer_page_text(page, then.summaries(page.rows))


def claimants_known_as(public_id: str, then: Then | None) -> list[int]:
    """Return the key of a claimant whom readers can see, with those who are, or then were, known to be the same.

    Nobody is found by an id that readers do not know: it must not tell whom it belongs to.
    """
    # 1: the claimant; 2: who is the same; 3: of several, who was by then
    claimant = Claimant.objects.named_in_public().known_as(public_id).first()
    if claimant is None:
        return []
    several = then is not None and len(claimant.same) > 1
    if then and several:
        return ClaimantMerger.objects.same_at(claimant, then.known_at)
    return claimant.same


def _place_by_publication(claim: Claim) -> tuple[datetime | None, str]:
    return claim.published_at, claim.public_id


class ClaimDetail(ReadOnlyView):
    """One claim."""

    @described(
        "readClaim",
        "Read a claim",
        ClaimDocumentSerializer,
        parameters=[AS_OF_ENTRY, EFFECTIVE_AS_OF],
        found_by_id=True,
    )
    def get(self, request: Request, public_id: str) -> HttpResponseBase:
        """Return the whole document of a claim: wordings, appearances, evidence, verdict and history.

        With `as_of`, it is the document that was served at that moment, or after that entry; what has been redacted
        since is erased there too. With `effective_as_of`, the verdict shown is the one in effect on that day in the
        world's time, as far as is known today or was known at `as_of`. A claim merged into another keeps its
        document, and `merged_into` leads to the survivor.
        """
        asked = Parameters(request.query_params, PAST)
        place, day = asked.place("as_of"), asked.day("effective_as_of")
        asked.check()
        then = Then.asked(moment_of(public_id, place), day)
        body, sha256 = self._then(public_id, then) if then else self._now(public_id)
        return self.answer(absolute_json(body, base_of(request)), sha256=sha256)

    def _now(self, public_id: str) -> tuple[str, str]:
        # 1: the stored document
        stored = Claim.objects.published().known_as(public_id).stored_documents()
        for body, sha256 in stored:
            return body, sha256
        # Stored documents are a cache: where one is missing, the history has the answer.
        return self._then(public_id, Then(timezone.now()))

    def _then(self, public_id: str, then: Then) -> tuple[str, str]:
        # 1: the claim with its stored document; 2 to 8: the replay of its history, if it was touched since
        claim = found(Claim.objects.known_as(public_id).with_document(), then.known_at)
        if then.is_now(claim):
            return claim.document.body, claim.document.sha256
        document = then.document(claim)
        if document is None:
            raise NotInEffect
        body = documents.encode(document)
        return body, hashlib.sha256(body.encode()).hexdigest()


def found(claims: ClaimQuerySet, moment: datetime | None = None) -> Claim:
    """Return the one of `claims` that is published, and was at `moment`.

    An unpublished one is as unknown as one that never was.
    """
    claim = claims.published().first()
    if claim is None or claim.published_at is None:
        raise Http404
    if moment and claim.published_at > moment:
        raise NotThen
    return claim
