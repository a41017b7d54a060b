"""A claim's public document: the one shape that the API, the pages and the exports are projected from.

It is built from a replayed state, so the document stored today and the document "as of" a moment come from the
same lines, and its bytes are the same whatever language the desk speaks. It holds nothing internal: no account
names, drafts, notes, assignments or unpublished claims.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import orjson
from django.utils import timezone

from claims import addresses, languages
from claims.document_parts import (
    appearance_part,
    claimant_part,
    contact_part,
    entry_part,
    evidence_part,
    label_of,
    verdict_part,
    wording_part,
)
from claims.history.canonical import fact_of, moment_text
from claims.history.replay import Record, cut, read, replay, state_of
from claims.history.state import State, StoodVerdict
from claims.models import Claim, ClaimDocument, ClaimTopic, Review, Topic
from claims.models.compiled import Compiled
from claims.models.made import made
from claims.models.review import known_since
from claims.vocabulary import WITHDRAWN_LABEL, Act, VerificationStatus

# One more whenever the same history gives another document: exports say by which shape theirs were built.
SHAPE = 1
URL_KEYS = frozenset({"url", "html_url", "history_url"})
Document = dict[str, Any]
FILED = Compiled[tuple[str, str]](
    ClaimTopic,
    lambda claim: (
        ClaimTopic.objects.of_any([claim]).values_list("topic__name", "topic__slug").order_by()
    ),
    kinds=(int,),
)
UNDER_REVIEW = Compiled[tuple[datetime, datetime | None]](
    Review,
    lambda claim: (
        Review.objects.public_of([claim]).values_list("opened_at", "claim__published_at").order_by()
    ),
    kinds=(int,),
)


def build(state: State, *, verdict: StoodVerdict | None = None) -> Document:
    """Return the document of a published claim in `state`; `verdict` overrides the one in force."""
    with languages.as_written():
        return _whole(state, verdict or state.verdict)


def _whole(state: State, verdict: StoodVerdict | None) -> Document:
    return _summary(state, verdict) | _beneath(state, verdict)


def _beneath(state: State, verdict: StoodVerdict | None) -> Document:
    """Return what the document holds beside what lists show of it."""
    return {
        "wording_version": state.wording.version,
        "published_at": moment_text(state.published_at) if state.published_at else None,
        "verdict": verdict_part(state, verdict) if verdict else None,
        "wordings": [wording_part(state, row) for row in state.wordings],
        "appearances": [
            appearance_part(state, number, place) for number, place in state.appearances.items()
        ],
        "evidence": [
            evidence_part(state, number, piece) for number, piece in state.evidence.items()
        ],
        "contacts": [contact_part(state, one) for one in state.contacts.values()],
        "history": [entry_part(state, entry) for entry in state.entries],
        "merged_into": _merged_into(state),
        "head": _head(state),
    }


def summary(state: State, *, verdict: StoodVerdict | None = None) -> Document:
    """Return what lists show of the document, from the wordings, verdict acts and withdrawals of `state` alone."""
    with languages.as_written():
        return _summary(state, verdict or state.verdict)


def _summary(state: State, verdict: StoodVerdict | None) -> Document:
    wording, public_id = state.wording, state.claim.public_id
    return {
        "id": public_id,
        "url": addresses.claim_api(public_id),
        "html_url": addresses.claim_page(public_id, wording.text),
        "history_url": addresses.claim_history_api(public_id),
        "wording": wording.text,
        "language": wording.language,
        "kind": wording.kind,
        "claimant": claimant_part(wording),
        "said_on": fact_of(wording.said_on),
        "said_on_precision": wording.said_on_precision,
        "status": verdict.row.status if verdict else None,
        "status_label": label_of(VerificationStatus, verdict.row.status)
        if verdict
        else str(WITHDRAWN_LABEL),
        "status_since": _status_since(state, verdict),
        **_standing_of(state, verdict),
    }


def _standing_of(state: State, verdict: StoodVerdict | None) -> Document:
    """Return what a reader must know before trusting the status."""
    return {
        "verdict_on_earlier_wording": verdict is not None
        and verdict.row.wording.version != state.wording.version,
        "verdict_on_withdrawn_evidence": verdict is not None
        and bool(state.withdrawn_beneath(verdict)),
        "verdict_imported": verdict is not None and verdict.entry.act == Act.VERDICT_IMPORTED,
        "verdict_published_by_one": verdict is not None
        and verdict.entry.act == Act.VERDICT_OVERRIDE,
    }


def _status_since(state: State, verdict: StoodVerdict | None) -> str | None:
    if verdict and verdict is not state.verdict:
        return moment_text(verdict.entry.recorded_at)
    return moment_text(state.status_since) if state.status_since else None


def _merged_into(state: State) -> Document | None:
    survivor = state.merged_into
    if survivor is None or not survivor.is_published:
        return None
    return {
        "id": survivor.public_id,
        "url": addresses.claim_api(survivor.public_id),
        "html_url": addresses.claim_short(survivor.public_id),
    }


def _head(state: State) -> Document | None:
    head = state.head
    return {"number": head.number, "leaf_hash": bytes(head.leaf_hash).hex()} if head else None


def as_of(claim: Claim, moment: datetime) -> Document | None:
    """Return the document that the register served at `moment`, or None before the first verdict."""
    state = replay(claim, until=moment)
    return build(state) if state.published_at else None


def as_of_each(claim: Claim, *moments: datetime) -> list[Document | None]:
    """Return what `as_of` does for each of some moments; the history is read once for all."""
    record = read(claim, until=max(moments))
    states = [state_of(cut(record, moment)) for moment in moments]
    return [build(state) if state.published_at else None for state in states]


def after_each(claim: Claim, *places: datetime | int) -> list[Document | None]:
    """Return the document after each of some entries, by their numbers, or after what was recorded by a moment.

    Also of the time before the first verdict: whoever asks makes sure that the claim is public now. None where there
    is no such entry, or nothing was recorded by then. The history is read once for all.
    """
    record = read(claim)
    moments = [_moment_of(place, record) for place in places]
    return [build(state_of(cut(record, moment))) if moment else None for moment in moments]


def _moment_of(place: datetime | int, record: Record) -> datetime | None:
    """Return when the last entry of a place in a history was recorded."""
    for entry in reversed(record.entries.values()):
        if (entry.number == place) if isinstance(place, int) else (entry.recorded_at <= place):
            return entry.recorded_at
    return None


def effective_as_of(
    claim: Claim, day: date, *, known_at: datetime | None = None
) -> Document | None:
    """Return how things stood on `day` in the world's time, as far as was known at `known_at` (or is today).

    The verdict shown is the last one that took effect on or before `day`; None when none had, or when that one
    was voided.
    """
    state = replay(claim, until=known_at)
    verdict = state.verdict_on(day)
    return build(state, verdict=verdict) if verdict else None


def encode(document: Document) -> str:
    """Return a document as compact JSON text, keys in the order they are shown."""
    return orjson.dumps(document).decode()


def stored(state: State) -> ClaimDocument:
    """Return the row that keeps the document of `state` ready to serve, unsaved."""
    with languages.as_written():
        listed = _summary(state, state.verdict)
        body = encode(listed | _beneath(state, state.verdict))
    return made(
        ClaimDocument,
        claim_id=state.claim.pk,  # by its key: the two would hold each other, and neither be let go
        head_number=state.entries[-1].number,
        body=body,
        summary=encode(listed),
        sha256=hashlib.sha256(body.encode()).hexdigest(),
        stored_at=timezone.now(),
    )


def store(states: Iterable[State]) -> None:
    """Write the documents of `states` in place of those before; unpublished claims have none."""
    rows = [stored(state) for state in states if state.published_at]
    beside = around(row.claim_id for row in rows)
    for row in rows:
        row.around = beside[row.claim_id]
    ClaimDocument.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["claim"],
        update_fields=["head_number", "body", "summary", "sha256", "stored_at", "around"],
    )


def around(claims: Iterable[int]) -> dict[int, str]:
    """Return, by the key of each published claim, what stands around it for readers, as JSON text.

    Its topics, and since which moment it is under review as far as readers may know: the day alone, and never from
    before it was published. None of it is in the history, and nothing of it changes the document or its digest.
    """
    keys = list(claims)
    if not keys:
        return {}
    if len(keys) == 1:
        known = [known_since(*review) for review in UNDER_REVIEW.rows(*keys)]
        return {keys[0]: _around_of(FILED.rows(*keys), since=known[0] if known else None)}
    topics: dict[int, list[Topic]] = {key: [] for key in keys}
    for filing in ClaimTopic.objects.of_any(keys):
        topics[filing.claim_id].append(filing.topic)
    since = {review.claim_id: review.public_since for review in Review.objects.public_of(keys)}
    return {key: around_of(topics[key], since=since.get(key)) for key in keys}


def around_of(topics: Iterable[Topic], *, since: datetime | None) -> str:
    """Return what stands around a claim filed under `topics` and under review `since`, as JSON text."""
    return _around_of([(topic.name, topic.slug) for topic in topics], since=since)


def _around_of(topics: Iterable[tuple[str, str]], *, since: datetime | None) -> str:
    parts = [_topic_part(name, slug) for name, slug in topics]
    return encode(
        {
            "topics": sorted(parts, key=lambda topic: (topic["name"], topic["slug"])),
            "under_review_since": moment_text(since) if since else None,
        }
    )


def _topic_part(name: str, slug: str) -> Document:
    return {"name": name, "slug": slug, "html_url": addresses.topic_page(slug)}


def keep_around(*claims: int) -> None:
    """Write anew what stands around the claims with these keys; those that are not public have nothing."""
    rows = list(ClaimDocument.objects.filter(claim__in=claims).only("claim"))
    beside = around(row.claim_id for row in rows)
    for row in rows:
        row.around = beside[row.claim_id]
    ClaimDocument.objects.bulk_update(rows, ["around"], batch_size=500)


def current(claim: Claim) -> Document | None:
    """Return the stored document of a claim, or None while the claim is unpublished."""
    row = ClaimDocument.objects.filter(claim=claim).first()
    document: Document | None = json.loads(row.body) if row else None
    return document


def absolute(part: Any, base: str) -> Any:
    """Return a copy of a document in which the register's own paths stand behind `base`."""
    if isinstance(part, dict):
        return {key: _absolute_value(key, value, base) for key, value in part.items()}
    if isinstance(part, list):
        return [absolute(item, base) for item in part]
    return part


def _absolute_value(key: str, value: Any, base: str) -> Any:
    if key in URL_KEYS and isinstance(value, str) and value.startswith("/"):
        return base + value
    return absolute(value, base)
