"""One fact-check of another outlet as a statement: their rating as evidence, word for word, never as our verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from claims.desk_vocabulary import RowOutcome
from claims.interop.claimreview import ForeignReview
from claims.interop.formats.sources import Options
from claims.interop.rating_table import VERSION, meaning_of, spelled, stance_of, status_of
from claims.interop.statements import (
    CONTROLS,
    LONGEST_ADDRESS,
    LONGEST_NAME,
    LONGEST_PASSAGE,
    LONGEST_RATING,
    LONGEST_SOURCE,
    LONGEST_TITLE,
    LONGEST_WORDING,
    Fault,
    Judgement,
    Note,
    Piece,
    Row,
    Statement,
    domain_of,
    folded,
    is_web_address,
    key_of,
    one_line,
    plausible,
    without_controls,
)
from claims.languages import canonical_tag
from claims.vocabulary import EvidenceKind, RatedAs

SOURCE, OWN = "fact-check", "own"
LONGEST_OUTLET = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A fact-check as a format states it, uncleaned. `meaning` overrules the table where `meant` says so."""

    place: str
    wording: str
    rating: str
    outlet: str
    url: str = ""
    site: str = ""
    archived_url: str = ""
    title: str = ""
    claimant: str = ""
    said_on: date | None = None
    published_on: date | None = None
    effective_on: date | None = None
    language: str = ""
    excerpt: str = ""
    remark: str = ""
    source_text: str = ""
    key: str = ""
    family: str = ""
    meant: bool = False
    meaning: RatedAs | None = None
    notes: tuple[str, ...] = field(default=())


def from_review(review: ForeignReview, place: str) -> Check:
    """Return a review of schema.org or Google's API as a check."""
    return Check(
        place=place,
        wording=review.claim_text,
        rating=review.rating,
        outlet=review.reviewer,
        url=review.url,
        title=review.title,
        claimant=review.claimant,
        said_on=review.said_on,
        published_on=review.published_on,
        language=review.language,
    )


def row_of(check: Check, options: Options) -> Row:
    """Return what a check brings in, or why it cannot come in."""
    wording, rating = one_line(check.wording), one_line(check.rating)
    site = check.site or domain_of(check.url)
    outlet = one_line(check.outlet)[:LONGEST_OUTLET].strip() or site
    meaning = check.meaning if check.meant else meaning_of(rating, site=site)
    status = status_of(rating, meaning)
    if fault := _fault(wording, rating, outlet):
        return Fault(check.place, fault)
    if options.as_own and status is None:
        return Fault(check.place, f"the rating “{rating:.80}” has no status here")
    source = OWN if options.as_own else SOURCE
    judgements = []
    if options.as_own and status:
        known = f"The rating there: {rating[:LONGEST_RATING]}."
        day = check.effective_on or check.published_on
        effective = day if plausible(day) else None
        judged = Judgement(status=status, known=known, effective_on=effective, rests_on=(0,))
        judgements.append(judged)
    return Statement(
        source=source,
        key=check.key or key_of(check.url or folded(outlet), folded(wording), spelled(rating)),
        family=check.family,
        place=check.place,
        wording=wording,
        origin=outlet,
        language=canonical_tag(one_line(check.language)[:35]) or "und",
        speaker=_speaker(check),
        said_on=check.said_on if plausible(check.said_on) else None,
        pieces=[_piece(check, outlet, site, rating, meaning)],
        judgements=judgements,
        notes=list(_notes(check, outlet, rating, meaning)),
    )


def _fault(wording: str, rating: str, outlet: str) -> str:
    if not any(letter.isalnum() for letter in wording):
        return "it states no claim"
    if len(wording) > LONGEST_WORDING:
        return f"the claim has more than {LONGEST_WORDING:,} characters"
    if not rating:
        return "it states no rating"
    return "" if outlet else "it does not say who checked"


def _speaker(check: Check) -> str:
    name = one_line(check.claimant)
    return name if len(name) <= LONGEST_NAME and any(map(str.isalnum, name)) else ""


def _piece(check: Check, outlet: str, site: str, rating: str, meaning: RatedAs | None) -> Piece:
    url = without_controls(check.url[: 2 * LONGEST_ADDRESS])
    linked = is_web_address(url)
    archived = without_controls(check.archived_url[: 2 * LONGEST_ADDRESS])
    told = one_line(check.source_text) or f"A fact-check by {outlet}"
    long = len(rating) > LONGEST_RATING
    excerpt = without_controls(check.excerpt)
    return Piece(
        stance=stance_of(meaning),
        kind=EvidenceKind.FACT_CHECK,
        url=url if linked else "",
        archived_url=archived if is_web_address(archived) else "",
        source_text="" if linked else (f"{told}: {url}" if url else told)[:LONGEST_SOURCE],
        title=one_line(check.title)[:LONGEST_TITLE].strip(),
        outlet=outlet,
        domain=site,
        published_on=check.published_on if plausible(check.published_on) else None,
        excerpt=(rating if long else excerpt)[:LONGEST_PASSAGE].strip(),
        remark=without_controls(check.remark)[:LONGEST_PASSAGE].strip(),
        rating="" if long else rating,
        rated_as=meaning,
    )


def _notes(check: Check, outlet: str, rating: str, meaning: RatedAs | None) -> Iterator[Note]:
    for reason in _repairs(check, rating):
        yield Note(RowOutcome.REPAIRED, reason)
    if meaning is None and not (check.meant and check.meaning is None):
        told = (
            f"the rating “{rating:.80}” of {outlet} is not in table {VERSION}; kept word for word"
        )
        yield Note(RowOutcome.UNKNOWN_RATING, told)


def _repairs(check: Check, rating: str) -> Iterator[str]:
    yield from check.notes
    for name, day in (("claim", check.said_on), ("fact-check", check.published_on)):
        if not plausible(day):
            yield f"the date of the {name}, {day}, is impossible; left out"
    for name, address in (("address", check.url), ("archived copy", check.archived_url)):
        if address and not is_web_address(without_controls(address)):
            kept = "kept as text" if name == "address" else "left out"
            yield f"the {name} {address[:80]!r} is no web address; {kept}"
    if check.claimant and not _speaker(check):
        yield f"the claimant {check.claimant[:60]!r} is no name; left out"
    if len(one_line(check.title)) > LONGEST_TITLE:
        yield f"the title has more than {LONGEST_TITLE} characters; cut"
    if len(rating) > LONGEST_RATING:
        yield f"the rating has more than {LONGEST_RATING} characters; it stands in the excerpt"
    texts = (check.wording, check.claimant, check.rating, check.title, check.outlet, check.excerpt)
    if any(map(CONTROLS.search, texts)):
        yield "control characters left out"
