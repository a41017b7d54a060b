"""Other outlets' fact-checks (schema.org ClaimReview), as pages, feeds and Google's API state them: reading only.

Pure functions. Nothing is judged and nothing invented: a rating is kept word for word, and what is stated in a shape
the standard does not know (a list for an object, a name for a person, a script that is no JSON) is read where its
meaning is plain and left out where it is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from claims.hosts import host_of
from claims.reading.dates import from_metadata
from claims.reading.markup import (
    Item,
    json_ld,
    listed,
    plain,
    scope_item,
    scopes,
    tree_of,
    types_of,
)

LONGEST_TEXT = 2_000
_DEEPEST = 12
_MOST_OBJECTS = 5_000
_MOST_REVIEWS = 50
_OUTLETS = ("organization", "corporation", "ngo", "website")


@dataclass(frozen=True, slots=True)
class ForeignReview:
    """One fact-check of another outlet. `rating` is its own, verbatim; what it does not state is "" or None."""

    claim_text: str
    rating: str
    reviewer: str = ""
    published_on: date | None = None
    url: str = ""
    title: str = ""
    claimant: str = ""
    said_on: date | None = None
    language: str = ""


@dataclass(slots=True)
class _Found:
    """What a walk through structured data met: fact-checks, and all that can be referred to by its id."""

    reviews: list[Item] = field(default_factory=list)
    entries: list[Item] = field(default_factory=list)
    by_id: dict[str, Item] = field(default_factory=dict)
    left: int = _MOST_OBJECTS


def reviews_on_page(source: str) -> list[ForeignReview]:
    """Return the fact-checks that a page's JSON-LD and microdata state, in their order, each once.

    Raises UnreadableArticle when the page is too large, too deep or no HTML.
    """
    tree = tree_of(source)
    marked_up = (scope_item(scope) for scope, item in scopes(tree) if _is_review(item))
    return reviews_in([*json_ld(tree), *marked_up])


def reviews_in(data: object) -> list[ForeignReview]:
    """Return the fact-checks anywhere in parsed JSON: JSON-LD, a DataFeed, an answer of Google's API."""
    found = _Found()
    _walk(data, found, 0)
    read = [_review(item, found.by_id) for item in found.reviews]
    read += [one for entry in found.entries for one in _google(entry)]
    stated = (one for one in read if one.claim_text or one.rating)
    return list(dict.fromkeys(stated))[:_MOST_REVIEWS]


def nearest_first(reviews: Iterable[ForeignReview], wording: str) -> list[ForeignReview]:
    """Return the reviews in the order of how alike the claim they check and `wording` are."""
    from rapidfuzz import fuzz  # large

    wanted = wording.casefold()
    return sorted(reviews, key=lambda one: -fuzz.token_set_ratio(one.claim_text.casefold(), wanted))


def _walk(value: object, found: _Found, depth: int) -> None:
    if depth > _DEEPEST or found.left <= 0:
        return
    found.left -= 1
    if isinstance(value, list):
        for part in value:
            _walk(part, found, depth + 1)
    elif isinstance(value, dict):
        _meet(value, found)
        for part in value.values():
            _walk(part, found, depth + 1)


def _meet(item: Item, found: _Found) -> None:
    if _is_review(item):
        found.reviews.append(item)
    elif "text" in item and "claimReview" in item:
        found.entries.append(item)
    known_as = item.get("@id")
    if isinstance(known_as, str) and len(item) > 1:
        found.by_id.setdefault(known_as, item)


def _is_review(item: Item) -> bool:
    return any(name.endswith("claimreview") for name in types_of(item))


def _review(item: Item, by_id: dict[str, Item]) -> ForeignReview:
    claim = _object(item.get("itemReviewed"), by_id)
    url = plain(item.get("url")) or plain(item.get("mainEntityOfPage"))
    stated = (
        plain(item.get("claimReviewed")) or plain(claim.get("text")) or plain(claim.get("name"))
    )
    return ForeignReview(
        claim_text=stated[:LONGEST_TEXT],
        rating=_rating(_object(item.get("reviewRating"), by_id), item.get("reviewRating")),
        reviewer=_reviewer(item, by_id) or host_of(url),
        published_on=from_metadata(plain(item.get("datePublished"))),
        url=url,
        title=plain(item.get("headline")) or plain(item.get("name")),
        claimant=_name(claim.get("author"), by_id),
        said_on=from_metadata(plain(claim.get("datePublished"))),
        language=plain(item.get("inLanguage")),
    )


def _google(entry: Item) -> Iterator[ForeignReview]:
    """Read one claim of an answer of Google's API, which carries its reviews."""
    for review in listed(entry["claimReview"]):
        if isinstance(review, dict):
            publisher = _object(review.get("publisher"), {})
            yield ForeignReview(
                claim_text=plain(entry["text"])[:LONGEST_TEXT],
                rating=plain(review.get("textualRating"))[:LONGEST_TEXT],
                reviewer=plain(publisher.get("name")) or plain(publisher.get("site")),
                published_on=from_metadata(plain(review.get("reviewDate"))),
                url=plain(review.get("url")),
                title=plain(review.get("title")),
                claimant=plain(entry.get("claimant")),
                said_on=from_metadata(plain(entry.get("claimDate"))),
                language=plain(review.get("languageCode")),
            )


def _rating(rating: Item, stated: object) -> str:
    """Return a rating's own words; where it has none, its value and the scale it stands on."""
    words = plain(rating.get("alternateName")) or plain(stated)
    value = _number(rating.get("ratingValue"))
    if words or not value:
        return (words or _number(rating.get("name")))[:LONGEST_TEXT]
    worst, best = _number(rating.get("worstRating")), _number(rating.get("bestRating"))
    if worst and best:
        return f"{value} ({worst}–{best})"  # noqa: RUF001  (a range)
    return f"{value} / {best}" if best else value


def _number(value: object) -> str:
    """Return a number, or the text that stands for one, as it is written."""
    first = next(iter(listed(value)), None)
    if isinstance(first, bool):
        return ""
    return str(first) if isinstance(first, int | float | Decimal) else plain(first)


def _reviewer(item: Item, by_id: dict[str, Item]) -> str:
    """Return the outlet that checked: of an author who is a person, the publisher is meant."""
    author = _object(item.get("author"), by_id)
    name = _name(item.get("author"), by_id)
    if name and any(kind.endswith(_OUTLETS) for kind in types_of(author)):
        return name
    outlets = (_name(item.get(key), by_id) for key in ("publisher", "sourceOrganization"))
    return next(filter(None, outlets), name)


def _name(value: object, by_id: dict[str, Item]) -> str:
    """Return the name of a person or body, however it is wrapped."""
    found = _object(value, by_id)
    return plain(found.get("name")) if found else plain(value)


def _object(value: Any, by_id: dict[str, Item]) -> Item:
    """Return the object stated, the first of a list of them, or the one an id refers to; else an empty one."""
    first = next((one for one in listed(value) if isinstance(one, dict)), {})
    return by_id.get(str(first.get("@id")), first) if len(first) == 1 else first
