"""Our verdicts as other programs read them: the claim's document as schema.org ClaimReview, in JSON-LD.

A pure function of the document: nothing is added that a reader of the page could not see, but where Wikidata says who
the claimant is, as the claimant's own page does. The words for machines
differ from the page's in one place, on purpose: programs look for "confirmed" anywhere in a rating and so would read
"Unconfirmed" as its opposite; they are told "Unproven".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from claims import languages
from claims.documents import Document
from claims.vocabulary import DEFINITIONS, Cause, ClaimantKind, Position, VerificationStatus

Item = dict[str, Any]

CONTEXT = "https://schema.org"  # alone: Google reads nothing that brings a second one
# Programs look for "confirmed" inside a rating: none may hold the word of its opposite.
RATINGS: dict[str, str] = {
    VerificationStatus.CONFIRMED: "Confirmed",
    VerificationStatus.UNCONFIRMED: "Unproven",
    VerificationStatus.DISPUTED: "Disputed",
}
# The scale goes from false to true: whoever has shown neither has no place on it.
NUMBERS: dict[str, Item] = {
    VerificationStatus.CONFIRMED: {"ratingValue": 5, "bestRating": 5, "worstRating": 1}
}
KINDS: dict[str, str] = {ClaimantKind.PERSON: "Person", ClaimantKind.BODY: "Organization"}
POLICIES = frozenset(
    {
        "actionableFeedbackPolicy",
        "correctionsPolicy",
        "diversityPolicy",
        "ethicsPolicy",
        "masthead",
        "missionCoveragePrioritiesPolicy",
        "noBylinesPolicy",
        "ownershipFundingInfo",
        "publishingPrinciples",
        "sameAs",
        "unnamedSourcesPolicy",
        "verificationFactCheckingPolicy",
    }
)


def publisher_of(name: str, base: str, policies: Mapping[str, str]) -> Item:
    """Return who publishes the register at `base`, with where its policies are read.

    `policies` go before the register's own page of its method.
    """
    method = f"{base}/method/"
    own = {"publishingPrinciples": method, "verificationFactCheckingPolicy": method}
    known = {key: value for key, value in policies.items() if key in POLICIES}
    return {
        "@type": "NewsMediaOrganization",
        "@id": f"{base}/#publisher",
        "name": name,
        "url": f"{base}/",
        **own,
        "correctionsPolicy": method,
        **known,
    }


def claim_review(
    document: Document, *, publisher: Item, base: str, claimant_url: str = ""
) -> Item | None:
    """Return the verdict of `document` as ClaimReview; None where none is in force, or the claim's words are gone.

    The claim reviewed is the wording that the verdict was given on, which may be an earlier one. `claimant_url` is
    where others say who the claimant is: no document holds it, since no claim's history does.
    """
    verdict, wording = document["verdict"], judged(document)
    if verdict is None or document["merged_into"] or not wording or not wording["text"]:
        return None
    page = base + document["html_url"]
    return _filled(
        {
            "@context": CONTEXT,
            "@type": "ClaimReview",
            "@id": f"{_home(document, base)}#review",
            "url": page,
            "datePublished": document["published_at"],
            "dateModified": document["history"][-1]["recorded_at"],
            "inLanguage": document["language"],
            "author": publisher,
            "creditText": verdict["origin"] if verdict["imported"] else "",
            "claimReviewed": wording["text"],
            "reviewRating": _rating(verdict),
            "reviewBody": verdict["rationale"],
            "itemReviewed": _claim(document, wording["text"], base, claimant_url),
            "citation": [_source(piece) for piece in document["evidence"] if _stands(piece)],
            "correction": _corrections(document, page),
        }
    )


def judged(document: Document) -> Document | None:
    """Return the wording that the verdict in force was given on, as the document lists it."""
    verdict = document["verdict"]
    wanted = verdict["wording_version"] if verdict else None
    return next((part for part in document["wordings"] if part["version"] == wanted), None)


def _home(document: Document, base: str) -> str:
    """Return the claim's address that no rewording changes."""
    return f"{base}/claims/{document['id']}/"


def _rating(verdict: Document) -> Item:
    status = VerificationStatus(verdict["status"])
    with languages.as_written():
        explanation = str(DEFINITIONS[status])
    return {
        "@type": "Rating",
        "alternateName": RATINGS[status],
        "ratingExplanation": explanation,
        **NUMBERS.get(status, {}),
    }


def _claim(document: Document, text: str, base: str, claimant_url: str) -> Item:
    places = [_place(part) for part in document["appearances"] if _makes_it(part)]
    places.sort(key=lambda place: str(place.get("datePublished") or "9999"))
    return _filled(
        {
            "@type": "Claim",
            "@id": f"{_home(document, base)}#claim",
            "text": text,
            "inLanguage": document["language"],
            "datePublished": _said_on(document),
            "author": _claimant(document["claimant"], claimant_url),
            "firstAppearance": places[0] if places else None,
            "appearance": places[1:],
        }
    )


def _makes_it(part: Document) -> bool:
    """Whether the claim is made there, and not denied."""
    return _stands(part) and part["position"] != Position.DENIES


def _said_on(document: Document) -> str:
    """Return the day of the claim, no more exactly than it is known."""
    length = {"year": 4, "month": 7}.get(document["said_on_precision"], 10)
    return (document["said_on"] or "")[:length]


def _claimant(part: Document | None, url: str) -> Item | None:
    """Return who makes the claim. What nobody has said to be a person or a body is called neither."""
    if not part:
        return None
    kind = KINDS.get(part.get("kind", ""), "Thing")
    role = {"jobTitle": part["role"]} if kind == "Person" else {"description": part["role"]}
    return _filled({"@type": kind, "name": part["name"], **role, "sameAs": url})


def _place(part: Document) -> Item:
    article = part["article"]
    return _filled(
        {
            "@type": "NewsArticle",
            "url": web_only(article["source_url"]),
            "headline": article["title"],
            "inLanguage": article["language"],
            "datePublished": article["published_on"],
            "publisher": _outlet(article["publisher"]),
        }
    )


def _source(piece: Document) -> Item:
    return _filled(
        {
            "@type": "CreativeWork",
            "url": web_only(piece["url"]),
            "archivedAt": web_only(piece["archived_url"]),
            "name": piece["title"] or piece["source_text"],
            "publisher": _outlet(piece["publisher"]),
            "datePublished": piece["published_on"],
        }
    )


def _outlet(name: str | None) -> Item | None:
    return {"@type": "Organization", "name": name} if name else None


def _corrections(document: Document, page: str) -> list[Item]:
    """Return each verdict that corrected the one before it, and what it says of why."""
    return [
        _filled(
            {
                "@type": "CorrectionComment",
                "text": _what_changed(entry, before),
                "datePublished": entry["recorded_at"],
                "url": f"{page}#history",
            }
        )
        for before, entry in _verdicts_in_turn(document)
        if entry.get("cause") == Cause.CORRECTION
    ]


def _verdicts_in_turn(document: Document) -> list[tuple[Document | None, Document]]:
    acts = [entry for entry in document["history"] if "status" in entry]
    return list(zip([None, *acts], acts, strict=False))


def _what_changed(entry: Document, before: Document | None) -> str:
    now = RATINGS.get(entry["status"], "withdrawn")
    was = RATINGS.get(before["status"], "withdrawn") if before else ""
    change = f"Corrected from {was} to {now}." if was and was != now else f"Corrected: {now}."
    return f"{change} {entry['reason']}".strip() if entry["reason"] else change


def _stands(part: Document) -> bool:
    return not part["withdrawn"]


def web_only(address: str | None) -> str:
    """Return an address that leads to the web, and nothing of any other."""
    return address if address and address.startswith(("https://", "http://")) else ""


def _filled(item: Item) -> Item:
    """Return the item without what is not known, or was erased."""
    return {key: value for key, value in item.items() if value not in (None, "", [], {})}
