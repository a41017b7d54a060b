"""The other forms of what a page shows, linked in the head of its answer (RFC 8288) as the page itself links them."""

from __future__ import annotations

from django.conf import settings

from claims import addresses
from claims.documents import Document

JSON, JSON_LD = "application/json", "application/ld+json"


def forms_of_claim(document: Document) -> list[tuple[str, str]]:
    """Return the path and media type of each form in which programs read a claim; a verdict while it is in force."""
    own = document["id"]
    verdict = [(addresses.claim_file(own, "jsonld"), JSON_LD)] if document["verdict"] else []
    return [
        (addresses.claim_file(own, "json"), JSON),
        *verdict,
        (addresses.claim_provenance(own), JSON_LD),
    ]


def links_to(forms: list[tuple[str, str]]) -> list[str]:
    """Return each form as a link."""
    base = settings.FACTCHECK_BASE_URL
    return [f'<{base}{path}>; rel="alternate"; type="{kind}"' for path, kind in forms]
