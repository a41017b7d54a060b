"""Our verdicts in the shape of the Fact Check Tools API (v1alpha1), for clients written for it. Pure functions.

What clients index without looking is always there: the text, an address, a publisher with its site, the rating and a
language. The shape has no place for a claim's id, its history and its evidence; those who want them follow the address.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from claims.documents import Document
from claims.hosts import host_of
from claims.interop.claimreview_markup import RATINGS, Item, claim_review, judged, web_only
from claims.vocabulary import EvidenceKind

NOT_KNOWN = "und"  # the language tag of what is in a language that nobody noted (RFC 5646, 4.1)
LONGEST_TITLE = 120
PAGES = "pages/"


@dataclass(frozen=True, slots=True)
class Checker:
    """The register as a publisher of fact checks: its name, and the address its pages stand under."""

    name: str
    base: str

    @property
    def site(self) -> str:
        """The host of the register's pages, without `www.`."""
        return host_of(self.base)


def claim_of(document: Document, checker: Checker) -> Item | None:
    """Return the claim of `document` with its reviews; None where no verdict is in force, or its words are gone.

    `text` is the wording the verdict was given on. `claimant` is "" where nobody is known; `claimDate` is left out
    where the day is not, and is the first day of a month or year where no more is known.
    """
    wording = judged(document)
    if document["verdict"] is None or document["merged_into"] or not wording or not wording["text"]:
        return None
    claimant = document["claimant"]
    claim: Item = {"text": wording["text"], "claimant": claimant["name"] if claimant else ""}
    if document["said_on"]:
        claim["claimDate"] = _midnight(document["said_on"])
    own = _own_review(document, wording["text"], checker)
    return {**claim, "claimReview": [own, *_other_reviews(document)]}


def _own_review(document: Document, text: str, checker: Checker) -> Item:
    rating = RATINGS[document["verdict"]["status"]]
    return {
        "publisher": {"name": checker.name, "site": checker.site},
        "url": checker.base + document["html_url"],
        "title": f"{rating}: “{_shortened(text)}”",
        "reviewDate": document["status_since"],
        "textualRating": rating,
        "languageCode": document["language"],
    }


def _other_reviews(document: Document) -> list[Item]:
    """Return what other fact-checkers called the claim, of the evidence that says who, where and in which word."""
    return [
        _other_review(piece)
        for piece in document["evidence"]
        if piece["kind"] == EvidenceKind.FACT_CHECK
        and not piece["withdrawn"]
        and piece["rating"]
        and piece["publisher"]
        and web_only(piece["url"])
    ]


def _other_review(piece: Document) -> Item:
    review: Item = {
        "publisher": {"name": piece["publisher"], "site": host_of(piece["url"])},
        "url": piece["url"],
        "title": piece["title"] or piece["publisher"],
        "textualRating": piece["rating"],
        "languageCode": NOT_KNOWN,
    }
    if piece["published_on"]:
        review["reviewDate"] = _midnight(piece["published_on"])
    return review


def page_of(document: Document, checker: Checker) -> Item | None:
    """Return the markup of a claim's page as that API keeps it; None where its page has none."""
    author = {"name": checker.name}
    review = claim_review(document, publisher=author, base=checker.base)
    if review is None:
        return None
    return {
        "name": f"{PAGES}{document['id']}",
        "pageUrl": review["url"],
        "publishDate": review["datePublished"],
        "claimReviewAuthor": author,
        "claimReviewMarkups": [_markup(review)],
        "versionId": document["head"]["leaf_hash"],
    }


def _markup(review: Item) -> Item:
    claim, rating = review["itemReviewed"], review["reviewRating"]
    author, first = claim.get("author"), claim.get("firstAppearance", {})
    known = {
        "url": review["url"],
        "claimReviewed": review["claimReviewed"],
        "claimDate": claim.get("datePublished"),
        "claimFirstAppearance": first.get("url"),
        "claimAppearances": [
            place["url"] for place in claim.get("appearance", []) if "url" in place
        ],
        "claimAuthor": author and _named(author),
        "rating": _named(rating) | {"textualRating": rating["alternateName"]},
    }
    return {key: value for key, value in known.items() if value}


_NAMED = ("name", "jobTitle", "sameAs", "ratingValue", "bestRating", "worstRating")


def _named(item: Item) -> dict[str, Any]:
    return {key: item[key] for key in (*_NAMED, "ratingExplanation") if key in item}


def _midnight(day: str) -> str:
    return f"{day[:10]}T00:00:00Z"


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_TITLE else f"{line[: LONGEST_TITLE - 1].rstrip()}…"
