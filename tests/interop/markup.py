"""What tests of the markup share: schema.org's context as far as we use it, our shapes, our properties."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import pyshacl
import rdflib

import claims.interop

SHAPES = Path(claims.interop.__file__).parent / "shapes.ttl"
_ADDRESSES = (
    "archivedAt",
    "correctionsPolicy",
    "ownershipFundingInfo",
    "publishingPrinciples",
    "sameAs",
    "url",
    "verificationFactCheckingPolicy",
)
_DATES = ("dateModified", "datePublished")
# As schema.org publishes it: its terms are http, whatever the address of the context.
CONTEXT: dict[str, Any] = {
    "@vocab": "http://schema.org/",
    **{name: {"@id": f"http://schema.org/{name}", "@type": "@id"} for name in _ADDRESSES},
    **{
        name: {"@id": f"http://schema.org/{name}", "@type": "http://schema.org/Date"}
        for name in _DATES
    },
}
# Type by type, every property that we state. One that is misspelt is in none of them.
ALLOWED: dict[str, set[str]] = {
    "ClaimReview": {
        "@context",
        "@id",
        "author",
        "citation",
        "claimReviewed",
        "correction",
        "creditText",
        "dateModified",
        "datePublished",
        "inLanguage",
        "itemReviewed",
        "reviewBody",
        "reviewRating",
        "url",
    },
    "NewsMediaOrganization": {
        "@id",
        "correctionsPolicy",
        "name",
        "ownershipFundingInfo",
        "publishingPrinciples",
        "url",
        "verificationFactCheckingPolicy",
    },
    "Rating": {"alternateName", "bestRating", "ratingExplanation", "ratingValue", "worstRating"},
    "Claim": {
        "@id",
        "appearance",
        "author",
        "datePublished",
        "firstAppearance",
        "inLanguage",
        "text",
    },
    "Thing": {"description", "name", "sameAs"},
    "Person": {"jobTitle", "name", "sameAs"},
    "Organization": {"description", "name", "sameAs"},
    "NewsArticle": {"datePublished", "headline", "inLanguage", "publisher", "url"},
    "CreativeWork": {"archivedAt", "datePublished", "name", "publisher", "url"},
    "CorrectionComment": {"datePublished", "text", "url"},
}


def complaints(markup: dict[str, Any]) -> str:
    """Return what our shapes say against a markup; "" when nothing. Nobody outside is asked."""
    data = json.dumps({**markup, "@context": CONTEXT})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's, of its own parts
        graph = rdflib.Graph().parse(data=data, format="json-ld")
        conforms, _, text = pyshacl.validate(graph, shacl_graph=str(SHAPES))
    return "" if conforms else str(text)


def unknown_properties(value: Any) -> list[str]:
    """Return every property that is not on the list of its type, and every type that has none."""
    if isinstance(value, list):
        return [name for part in value for name in unknown_properties(part)]
    if not isinstance(value, dict):
        return []
    kind = str(value.get("@type"))
    own = [f"{kind}.{name}" for name in set(value) - ALLOWED.get(kind, set()) - {"@type"}]
    return own + [name for part in value.values() for name in unknown_properties(part)]
