"""What people hand to the verbs: drafts of the things that become part of the history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from claims.desk_vocabulary import ReportChannel, ReportKind
from claims.models import Article, Claim, Claimant, Evidence, Publisher
from claims.vocabulary import (
    Cause,
    ClaimKind,
    ContactOutcome,
    CueClass,
    EvidenceKind,
    Licence,
    Position,
    Precision,
    RatedAs,
    Stance,
    VerificationStatus,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleDraft:
    """A text to be frozen, with the bytes it was read from."""

    title: str
    text: str
    original: bytes
    media_type: str = "text/plain"
    standfirst: str = ""
    authors: tuple[str, ...] = ()
    dateline: str = ""
    publisher_name: str = ""
    publisher: Publisher | None = None
    published_on: date | None = None
    language: str = "en"
    url: str = ""
    canonical_url: str = ""
    licence: Licence = Licence.QUOTES_ONLY


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeDraft:
    """What somebody sends of an article: its text, its file, or nothing but the address to fetch it from."""

    text: str = ""
    file: bytes = b""
    file_name: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeCorrection:
    """An article's parts as a person says they are, before it is frozen. `authors` are separated by semicolons."""

    title: str
    text: str
    standfirst: str = ""
    authors: str = ""
    publisher_name: str = ""
    dateline: str = ""
    published_on: date | None = None
    date_unknown: bool = False
    language: str = ""
    url: str = ""
    canonical_url: str = ""
    licence: Licence = Licence.QUOTES_ONLY


@dataclass(frozen=True, slots=True, kw_only=True)
class AppearanceDraft:
    """A claim found in an article. `start` and `end` are code points of the article's text.

    Without `start` the quote is looked for, and must stand there exactly once.
    """

    article: Article
    exact: str
    start: int | None = None
    end: int | None = None
    position: Position = Position.ASSERTS
    cue: str = ""
    cue_class: CueClass = CueClass.NEUTRAL
    speaker: Claimant | None = None
    inferred: bool = False
    direct: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimDraft:
    """A statement in the register's own wording, and who is held to make it."""

    wording: str
    kind: ClaimKind = ClaimKind.FACT
    claimant: Claimant | None = None
    said_on: date | None = None
    said_on_precision: Precision = Precision.DAY
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceDraft:
    """One source for or against a claim: an address or, without one, a description of the source.

    `snapshot` is the SHA-256 of a stored copy, in lower-case hexadecimal; `rating` is another fact-checker's own,
    word for word, and `rated_as` what that comes to, None where nobody can tell. `excerpt_in_copy` says whether the
    excerpt was found in that copy's text, None where there was nothing to compare.
    """

    stance: Stance
    kind: EvidenceKind
    url: str = ""
    archived_url: str = ""
    source_text: str = ""
    title: str = ""
    publisher: Publisher | None = None
    publisher_name: str = ""
    published_on: date | None = None
    excerpt: str = ""
    note: str = ""
    snapshot: str = ""
    rating: str = ""
    rated_as: RatedAs | None = None
    excerpt_in_copy: bool | None = None
    primary: bool = False
    same_origin_as: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactDraft:
    """What the claimant was asked, through what, and what came of it.

    `about` is the number of the entry that recorded a contact of which more is known now.
    """

    asked_on: date | None = None
    channel: str = ""
    outcome: ContactOutcome = ContactOutcome.ASKED
    answered_on: date | None = None
    answer: str = ""
    about: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictDraft:
    """A verdict somebody proposes or imports. Without `evidence` it rests on all that stands."""

    status: VerificationStatus
    rationale: str
    evidence: Sequence[Evidence] = ()
    cause: Cause | None = None
    known: str = ""
    not_known: str = ""
    would_settle: str = ""
    single_source_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDraft:
    """What somebody outside says, and how they can be answered.

    `seed` is the key of the form it came by, where it has one (`models.private_links.new_seed`); `language` is the one
    that its sender reads.
    """

    kind: ReportKind
    channel: ReportChannel
    text: str
    claim: Claim | None = None
    url: str = ""
    sender_name: str = ""
    sender_email: str = ""
    seed: str = ""
    language: str = ""
