"""The claim that an address names, and its document as of the moment that the address asks for."""

from __future__ import annotations

import json

from django.db.models import QuerySet
from django.http import Http404

from claims import documents
from claims.models import Claim
from claims.models.compiled_rows import CompiledRows
from claims.public.arguments import Asked


def _published(public_id: str) -> QuerySet[Claim]:
    claims = Claim.objects.published().known_as(public_id).order_by()
    return claims.with_document().with_survivor().with_identity()


_shown = CompiledRows(Claim, _published, kinds=(str,))


def claim_of(public_id: str) -> Claim:
    """Return a published claim with its document, its survivor and who makes it; any other is not found. One query."""
    claim = _shown.first(public_id)
    if claim is None:
        raise Http404
    return claim


def document_of(claim: Claim, asked: Asked) -> documents.Document:
    """Return a claim's document as of the moment asked for; without a verdict then, nothing is found."""
    if asked.effective_as_of:
        found = documents.effective_as_of(claim, asked.effective_as_of, known_at=asked.as_of)
    elif asked.as_of:
        found = documents.as_of(claim, asked.as_of)
    else:
        found = json.loads(claim.document.body)
    if found is None:
        raise Http404
    return found


def document_asked_for(public_id: str, asked: Asked) -> documents.Document:
    """Return a published claim's document as of the moment asked for."""
    return document_of(claim_of(public_id), asked)
