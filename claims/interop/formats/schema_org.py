"""Files of schema.org ClaimReview: saved pages, bodies of JSON-LD, and the DataFeed of Data Commons; Google's answers.

Sources: schema.org/ClaimReview, schema.org/DataFeed, Google's Fact Check Tools API v1alpha1.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from claims.interop.claimreview import ForeignReview, reviews_in, reviews_on_page
from claims.interop.formats.checks import from_review, row_of
from claims.interop.formats.sources import (
    BYTE_ORDER_MARK,
    MEGABYTE,
    Options,
    Source,
    UnreadableFile,
    elements,
)
from claims.interop.statements import Fault, Row
from claims.reading.parse import decoded
from claims.reading.text import UnreadableArticle

LARGEST_PAGE = 10 * MEGABYTE
NOTHING = "it states no fact-check"


def claimreview(sources: Sequence[Source], options: Options) -> Iterator[Row]:
    """Yield the fact-checks of pages or of bodies of JSON-LD, each file by itself."""
    for source in sources:
        try:
            found = _reviews(source.read(limit=LARGEST_PAGE))
        except (UnreadableFile, UnreadableArticle) as error:
            yield Fault(source.name, getattr(error, "reason", str(error)))
            continue
        if not found:
            yield Fault(source.name, NOTHING)
        for number, review in enumerate(found, start=1):
            yield row_of(from_review(review, f"{source.name} review {number}"), options)


def _reviews(data: bytes) -> list[ForeignReview]:
    start = data.removeprefix(BYTE_ORDER_MARK).lstrip()[:1]
    if start == b"<":
        _, _, page = decoded(data, media_type="text/html")
        return reviews_on_page(page)
    text = data.decode("utf-8-sig", "replace")
    try:
        return reviews_in(json.loads(text, strict=False))
    except (ValueError, RecursionError):
        # The body of a script with comments, or broken as browsers forgive it.
        script = text.replace("</script", "<\\/script")
        return reviews_on_page(f'<script type="application/ld+json">{script}</script>')


def datafeed(sources: Sequence[Source], options: Options) -> Iterator[Row]:
    """Yield the fact-checks of feeds, element by element."""
    yield from _listed(elements(sources, "dataFeedElement", "data", "@graph"), options)


def google(sources: Sequence[Source], options: Options) -> Iterator[Row]:
    """Yield the fact-checks of answers to `claims:search`, saved one by one or as a list of claims or answers."""
    yield from _listed(elements(sources, "claims"), options)


def _listed(found: Iterator[tuple[str, Any]], options: Options) -> Iterator[Row]:
    for place, element in found:
        reviews = reviews_in(element)
        if not reviews:
            yield Fault(place, NOTHING)
        for number, review in enumerate(reviews, start=1):
            where = f"{place} review {number}" if len(reviews) > 1 else place
            yield row_of(from_review(review, where), options)
