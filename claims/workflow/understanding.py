"""What a fetched document says, as far as a register can use it: bounded, clean, and nearest to the claim first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from claims.fetching import Fetched
from claims.hosts import host_of
from claims.interop.claimreview import ForeignReview, nearest_first, reviews_on_page
from claims.languages import canonical_tag
from claims.reading.parse import decoded
from claims.reading.sources import ReadSource, read_source
from claims.reading.text import UnreadableArticle
from claims.snapshots.kinds import UnfitFile, check_picture, kind_of
from claims.snapshots.stripping import PICTURES
from claims.workflow.inputs import MEDIUM, usable_text, usable_url

PAGES = ("text/html", "application/xhtml+xml", "text/plain")
NOT_WHAT_IT_SAYS = "The server says that this is {stated}, and it is not."
TOO_LARGE = "The picture has more pixels than are unpacked here."
DAMAGED = "The picture is damaged."


@dataclass(frozen=True, slots=True)
class Understood:
    """A document as it will be offered for evidence."""

    source: ReadSource
    reviews: list[ForeignReview]
    canonical_url: str
    domain: str
    language: str


def understand(fetched: Fetched, wording: str) -> Understood:
    """Read what was fetched. Raises UnreadableArticle when it is not what it claims to be, or beyond reading."""
    source, reviews = ReadSource(), []
    if fetched.media_type in PAGES:
        stated = f"{fetched.media_type}; charset={fetched.charset or ''}"
        source = read_source(fetched.body, media_type=stated, url=fetched.final_url)
        reviews = _reviews(fetched, stated, wording)
    else:
        _check(fetched)
    canonical = usable_url(source.canonical_url)
    return Understood(
        source=source,
        reviews=reviews,
        canonical_url=canonical or fetched.final_url,
        domain=host_of(canonical or fetched.final_url),
        language=canonical_tag(source.language) or "",
    )


def _reviews(fetched: Fetched, stated: str, wording: str) -> list[ForeignReview]:
    _, kind, written = decoded(fetched.body, media_type=stated)
    found = reviews_on_page(written) if kind == "text/html" else []
    return nearest_first(found, wording)


def _check(fetched: Fetched) -> None:
    """See that a document or picture is one; nothing of it is unpacked."""
    if kind_of(fetched.body) != fetched.media_type:
        raise UnreadableArticle("data", NOT_WHAT_IT_SAYS.format(stated=fetched.media_type))
    try:
        if fetched.media_type in PICTURES:
            check_picture(fetched.body, fetched.media_type)
    except UnfitFile as refusal:
        told = {"pixels": TOO_LARGE, "damaged": DAMAGED}.get(refusal.reason)
        if told:  # that it moves is no fault of a picture kept as it came
            raise UnreadableArticle("data", told) from refusal


def columns_of(review: ForeignReview) -> dict[str, Any]:
    """Return a foreign review as columns, without what no text needs."""
    return {
        "claim_text": usable_text(review.claim_text),
        "rating": usable_text(review.rating),
        "reviewer": usable_text(review.reviewer, limit=200),
        "published_on": review.published_on,
        "url": usable_url(review.url),
        "title": usable_text(review.title, limit=MEDIUM),
    }
