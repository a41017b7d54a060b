"""The claims of an article as W3C Web Annotations (Recommendation of 23 February 2017). Pure functions.

Each quote that stands is selected by its words with what surrounds them (TextQuoteSelector) and by its place
(TextPositionSelector, in code points of the article's text as the register read it: markup removed, entities decoded).
A page may have changed since; `sourceDate` says when it was read. No more of a text is told than its quotes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from claims.addresses import claim_short
from claims.documents import Document
from claims.interop.claimreview_markup import RATINGS

Item = dict[str, Any]
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
PROFILE = f'application/ld+json; profile="{CONTEXT}"'


@dataclass(frozen=True, slots=True)
class Source:
    """The article that is annotated: where it is read, where the register shows its whole text, if it may, and when
    it was taken in (RFC 3339).
    """

    public_id: str
    url: str
    base: str
    path: str
    read_at: str
    shown_whole: bool

    @property
    def page(self) -> str:
        """The article's page in the register."""
        return self.base + self.path


def collection_of(
    source: Source,
    documents: Iterable[Document],
    *,
    identity: str,
    register: Item,
    unseen: Iterable[Item] = (),
) -> Item:
    """Return the annotations of one article as a collection of one page; `identity` is its own address.

    `unseen` are the places (`start`, `end`) of words that were erased as quotes of claims that readers cannot see.
    """
    here = [
        (document, place)
        for document in documents
        for place in document["appearances"]
        if place["article"]["id"] == source.public_id
    ]
    erased = [*unseen, *(place["quote"] for _, place in here if not place["quote"]["exact"])]
    found = [
        _annotation(source, document, place, _selectors(place["quote"], erased), identity, register)
        for document, place in here
        if _stands(place, erased)
    ]
    found.sort(key=lambda one: (one["target"]["selector"][1]["start"], one["id"]))
    return {
        "@context": CONTEXT,
        "id": identity,
        "type": "AnnotationCollection",
        "label": "Claims found in this article",
        "creator": register,
        "total": len(found),
        "first": {
            "id": f"{identity}#page",
            "type": "AnnotationPage",
            "partOf": identity,
            "startIndex": 0,
            "items": found,
        },
    }


def _stands(place: Document, erased: list[Item]) -> bool:
    """Whether a quote was neither withdrawn nor erased, be it by another's that reaches into it."""
    quote = place["quote"]
    words = (quote["start"], quote["end"])
    return not place["withdrawn"] and bool(quote["exact"]) and not _meets(words, erased)


def _meets(words: tuple[int, int], erased: list[Item]) -> bool:
    """Whether any erased words stand between two places of the text."""
    return any(one["start"] < words[1] and words[0] < one["end"] for one in erased)


def _annotation(
    source: Source,
    document: Document,
    place: Document,
    selectors: list[Item],
    identity: str,
    register: Item,
) -> Item:
    claim = source.base + claim_short(document["id"])
    return {
        "id": f"{identity}#{document['id']}-{place['entry']}",
        "type": "Annotation",
        "motivation": "assessing" if _rated(document) else "identifying",
        "creator": register,
        "created": _recorded_at(document, place["entry"]),
        "body": [*_rating(document), {"id": claim, "type": "Text", "format": "text/html"}],
        "target": {
            "source": source.url or source.page,
            "selector": selectors,
            "state": _state(source),
        },
    }


def _selectors(quote: Document, erased: list[Item]) -> list[Item]:
    """Return how a quote is found. What surrounds it is left out where words of it were erased as another's quote."""
    start, end = quote["start"], quote["end"]
    prefix, suffix = quote["prefix"] or "", quote["suffix"] or ""
    words: Item = {"type": "TextQuoteSelector", "exact": quote["exact"]}
    if prefix and not _meets((start - len(prefix), start), erased):
        words["prefix"] = prefix
    if suffix and not _meets((end, end + len(suffix)), erased):
        words["suffix"] = suffix
    return [words, {"type": "TextPositionSelector", "start": start, "end": end}]


def _state(source: Source) -> Item:
    state: Item = {"type": "TimeState", "sourceDate": source.read_at}
    return state | ({"cached": source.page} if source.shown_whole else {})


def _rated(document: Document) -> bool:
    """Whether the claim has a verdict of its own: what was merged into another has the other's."""
    return document["status"] is not None and not document["merged_into"]


def _rating(document: Document) -> list[Item]:
    if not _rated(document):
        return []
    rating = {"type": "TextualBody", "purpose": "assessing", "format": "text/plain"}
    return [{**rating, "language": "en", "value": RATINGS[document["status"]]}]


def _recorded_at(document: Document, number: int) -> str:
    entries = (entry["recorded_at"] for entry in document["history"] if entry["number"] == number)
    return str(next(entries, document["published_at"]))
