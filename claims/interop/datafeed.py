"""All verdicts as one schema.org DataFeed, in the shape of Data Commons' ClaimReview feed. Pure functions.

Its consumers look at the text before they look at the JSON: one reads the first megabyte and cuts off `HEAD` to the
letter. So the text is written by hand, two spaces deep and with a space before each colon, one element after another.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from claims.documents import Document
from claims.interop.claimreview_markup import Item, claim_review

CONTEXT = "http://schema.org"  # as consumers of this feed know it
HEAD = f'{{\n  "@context" : "{CONTEXT}",\n  "@type" : "DataFeed",\n  "dataFeedElement" : [ '
BETWEEN, END = ", ", " ]\n}\n"
DAY, SECOND = 10, 19
_ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes the feed, at which address, and under which licence, if any is named."""

    name: str
    base: str
    licence: str

    @property
    def organization(self) -> Item:
        """The publisher as the feed names it."""
        return {"@type": "Organization", "name": self.name, "url": f"{self.base}/"}


def feed_text(documents: Iterable[Document], publisher: Publisher) -> Iterator[str]:
    """Yield the whole feed piece by piece; claims without a verdict in force are not in it."""
    yield HEAD
    first = True
    for document in documents:
        element = element_of(document, publisher)
        if element:
            yield element if first else BETWEEN + element
            first = False
    yield END


def element_of(document: Document, publisher: Publisher) -> str:
    """Return a claim's verdict as an element of the feed; "" where there is none.

    `item` is an array, and dates are such as every `fromisoformat` reads, or left out.
    """
    review = claim_review(document, publisher=publisher.organization, base=publisher.base)
    if review is None:
        return ""
    element = {
        "@type": "DataFeedItem",
        "dateCreated": f"{document['published_at'][:SECOND]}Z",
        "url": review["url"],
        "item": [_item(review, publisher)],
    }
    # No text of ours can end an element of a page that takes the feed in.
    return _spaced(element, "  ").translate(_ESCAPES)


def _item(review: Item, publisher: Publisher) -> Item:
    item = {
        "@type": "ClaimReview",
        "url": review["url"],
        "claimReviewed": review["claimReviewed"],
        "datePublished": review["datePublished"][:DAY],
        "dateModified": review["dateModified"][:DAY],
        "inLanguage": review["inLanguage"],
        "author": publisher.organization,
        "reviewRating": review["reviewRating"],
        "itemReviewed": _claim(review["itemReviewed"]),
        "sdPublisher": publisher.organization,
    }
    return item | ({"sdLicense": publisher.licence} if publisher.licence else {})


def _claim(claim: Item) -> Item:
    places = [claim["firstAppearance"]] if "firstAppearance" in claim else []
    places += claim.get("appearance", [])
    addresses = [{"url": place["url"]} for place in places if "url" in place]
    known: dict[str, Any] = {
        "@type": "Claim",
        "author": claim.get("author"),
        "datePublished": _whole_day(claim.get("datePublished", "")),
        "firstAppearance": addresses[0] if addresses else None,
        "appearance": addresses,
    }
    return {key: value for key, value in known.items() if value}


def _whole_day(day: str) -> str:
    return day if len(day) == DAY else ""


def _spaced(value: Any, indent: str) -> str:
    """Return JSON as the feed writes it, the first line of it unindented."""
    text = json.dumps(value, ensure_ascii=False, indent=2, separators=(",", " : "))
    return text.replace("\n", f"\n{indent}")
