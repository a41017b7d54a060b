"""The fields a seed file may hold, and how each value is read.

seeds/README.md describes the format for people; these tables are the same format for the machine.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import TextChoices

from claims.desk_vocabulary import RelationKind
from claims.vocabulary import (
    Cause,
    ClaimantKind,
    ClaimKind,
    CueClass,
    EvidenceKind,
    Licence,
    Position,
    PublisherKind,
    ReviewReason,
    Stance,
    Verb,
    VerificationStatus,
)

ROLES = ("contributor", "reviewer", "second_reviewer", "editor", "importer")

Reader = Callable[[Any], Any]
Fields = Mapping[str, Reader]

# --- How a value is read: each reader returns it, or raises ValueError with the reason ----------


def text(value: Any) -> str:
    """Read words."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be a text that is not empty")
    return value.strip()


def flag(value: Any) -> bool:
    """Read a yes or no."""
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def day(value: Any) -> datetime.date:
    """Read a date."""
    if not isinstance(value, datetime.date) or isinstance(value, datetime.datetime):
        raise ValueError("must be a date such as 2024-11-04")
    return value


def listed(value: Any) -> list[Any]:
    """Read a list."""
    if not isinstance(value, list):
        raise ValueError("must be a list")
    return value


def texts(value: Any) -> list[str]:
    """Read a list of words."""
    return [text(each) for each in listed(value)]


def mapping(value: Any) -> dict[str, Any]:
    """Read fields with their values."""
    if not isinstance(value, dict):
        raise ValueError("must be a set of fields")
    return value


def one_of(words: type[TextChoices] | tuple[str, ...]) -> Reader:
    """Return the reader of one word of a vocabulary."""
    allowed = words if isinstance(words, tuple) else tuple(words.values)

    def read(value: Any) -> str:
        if value not in allowed:
            raise ValueError(f"must be one of {', '.join(allowed)}, not {value!r}")
        return value if isinstance(words, tuple) else words(value)

    return read


def or_nothing(reader: Reader) -> Reader:
    """Return a reader that also takes null."""
    return lambda value: None if value is None else reader(value)


# --- The fields of each kind of thing; those with an exclamation mark are required ---------------

PERSON = one_of(ROLES)

PUBLISHER: Fields = {"name!": text, "domain": text, "kind!": one_of(PublisherKind), "by": PERSON}
CLAIMANT: Fields = {
    "name!": text,
    "kind!": one_of(ClaimantKind),
    "role": text,
    "wikidata": text,
    "by": PERSON,
}
ARTICLE: Fields = {
    "title!": text,
    "paragraphs!": texts,
    "standfirst": text,
    "authors": texts,
    "dateline": text,
    "published_on": day,
    "language": text,
    "url": text,
    "publisher": text,
    "licence": one_of(Licence),
    "by": PERSON,
}
TOPIC: Fields = {"name!": text, "by": PERSON}
CLAIM: Fields = {
    "wording!": text,
    "kind!": one_of(ClaimKind),
    "by!": PERSON,
    "claimant": text,
    "said_on": day,
    "language": text,
    "appearances": listed,
    "acts": listed,
    "expect": mapping,
}
EXPECT: Fields = {
    "status!": or_nothing(one_of(VerificationStatus)),
    "needs_reconfirmation": flag,
    "merged_into": text,
}
APPEARANCE: Fields = {
    "article!": text,
    "exact!": text,
    "speaker": text,
    "position": one_of(Position),
    "cue": text,
    "cue_class": one_of(CueClass),
    "inferred": flag,
    "direct": flag,
}
EVIDENCE: Fields = {
    "stance!": one_of(Stance),
    "kind!": one_of(EvidenceKind),
    "url": text,
    "source_text": text,
    "title": text,
    "publisher": text,
    "published_on": day,
    "excerpt": text,
    "note": text,
    "primary": flag,
    "same_origin_as": text,
}
VERDICT: Fields = {
    "status!": one_of(VerificationStatus),
    "rationale!": text,
    "evidence!": texts,
    "known": text,
    "not_known": text,
    "would_settle": text,
    "single_source_reason": text,
    "cause": one_of(Cause),
}
ACTS: Mapping[Verb, Fields] = {
    Verb.ADD_APPEARANCE: APPEARANCE,
    Verb.ADD_EVIDENCE: EVIDENCE,
    Verb.WITHDRAW_EVIDENCE: {"evidence!": text, "reason!": text},
    Verb.REWORD_CLAIM: {
        "wording!": text,
        "reason!": text,
        "kind": one_of(ClaimKind),
        "claimant": text,
    },
    Verb.IMPORT_VERDICT: {**VERDICT, "origin!": text, "effective_on": day},
    Verb.OPEN_REVIEW: {"reason!": one_of(ReviewReason), "note": text},
    Verb.ASSIGN_REVIEW: {"review!": text, "to!": PERSON},
    Verb.PROPOSE_VERDICT: {**VERDICT, "review!": text},
    Verb.RETURN_REVIEW: {"review!": text, "reason!": text},
    Verb.APPROVE_VERDICT: {"review!": text, "note": text},
    Verb.CLOSE_REVIEW: {"review!": text, "reason!": text},
    Verb.VOID_VERDICT: {"reason!": text},
    Verb.MERGE_CLAIMS: {"into!": text, "reason!": text},
    Verb.FILE_CLAIM: {"topics!": texts},
    Verb.RELATE_CLAIMS: {"other!": text, "kind!": one_of(RelationKind), "reason!": text},
}
