"""What every format of checked claims is read into: statements with what was found on them, and rows that are none.

Pure. Whatever a row says badly is repaired in plain sight or left out with a reason; nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from claims.desk_vocabulary import RowOutcome
from claims.hosts import host_of
from claims.vocabulary import ClaimantKind, EvidenceKind, RatedAs, Stance, VerificationStatus

LONGEST_WORDING, LONGEST_NAME, LONGEST_RATING, LONGEST_TITLE = 1_000, 300, 300, 600
LONGEST_ADDRESS = LONGEST_SOURCE = 2_000
LONGEST_PASSAGE = 20_000
EARLIEST = date(1800, 1, 1)
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
UNNAMED = ("user", "viral", "unknown", "multiple", "social media", "posts", "various", "anonymous")
BODY = ("party", "ministry", "government", "campaign", "department", "committee", "news", "group")
_web_address = URLValidator(schemes=["http", "https"])
_NUMERIC = ".,:/"
SIGN = re.compile(r"[^\w ]|_")  # anything that is no letter, digit or space


@dataclass(frozen=True, slots=True)
class Note:
    """Something to be said of a row that came in all the same; `place` where it is one of several."""

    outcome: RowOutcome
    reason: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that cannot come in, where it stands, and why."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One source on a statement. `outlet` is who published it, `domain` their site."""

    stance: Stance
    kind: EvidenceKind
    url: str = ""
    archived_url: str = ""
    source_text: str = ""
    title: str = ""
    outlet: str = ""
    domain: str = ""
    published_on: date | None = None
    excerpt: str = ""
    remark: str = ""
    rating: str = ""
    rated_as: RatedAs | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A verdict given elsewhere, on the pieces at these positions."""

    status: VerificationStatus
    rationale: str = ""
    known: str = ""
    effective_on: date | None = None
    rests_on: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one row, or several that say the same, bring in.

    `key` names it within `source`; `family` names the claim there where several rows, also of later files, are
    about one claim whatever its words. `place` is the row's address in its file.
    """

    source: str
    key: str
    place: str
    wording: str
    origin: str
    family: str = ""
    language: str = "und"
    speaker: str = ""
    said_on: date | None = None
    pieces: Sequence[Piece] = ()
    judgements: Sequence[Judgement] = ()
    notes: Sequence[Note] = ()


Row = Statement | Fault


def without_controls(value: object) -> str:
    """Return a text without control characters and half surrogate pairs, which no row means to hold."""
    return CONTROLS.sub("", str(value or "")).strip()


def one_line(value: object) -> str:
    """Return a text without control characters and line breaks, in the one form that equal texts have (NFC)."""
    return unicodedata.normalize("NFC", " ".join(without_controls(value).split()))


def is_web_address(text: str) -> bool:
    """Return whether `text` is an http or https address that can stand as a link."""
    try:
        _web_address(text)
    except ValidationError:
        return False
    return len(text) <= LONGEST_ADDRESS and "@" not in text.split("//", 1)[1].split("/", 1)[0]


def plausible(day: date | None) -> bool:
    """Return whether something can have been said or published on `day`; an unknown day can."""
    return day is None or EARLIEST <= day <= date.today()


def claimant_kind(name: str) -> ClaimantKind:
    """Return what a speaker most likely is; no format says so reliably, and reviewers can correct it."""
    words = name.casefold()
    if any(word in words for word in UNNAMED):
        return ClaimantKind.UNNAMED
    return ClaimantKind.BODY if any(word in words for word in BODY) else ClaimantKind.PERSON


def identity(wording: str, speaker: str) -> bytes:
    """Return the digest that two statements share if they say the same words by the same name.

    Case, white space, compatibility forms and punctuation make no difference, but for what is part of a number.
    """
    told = f"{folded(wording)}\0{folded(speaker)}"
    return blake2b(told.encode("utf-8", "replace"), digest_size=16).digest()


def words_key(wording: str) -> str:
    """Return the key that wordings share if they are the same to `identity`; "" for one that is empty or erased."""
    return key_of(folded(wording)) if wording else ""


def folded(text: str) -> str:
    """Return a text as `identity` compares it; one of punctuation alone stays as it is."""
    same = unicodedata.normalize("NFKC", text).casefold()
    kept = SIGN.sub(lambda sign: _if_it_tells(same, sign.start(), sign[0]), same).split()
    return " ".join(kept) or same.strip()


def _if_it_tells(text: str, at: int, letter: str) -> str:
    return letter if _tells(text, at, letter) else " "


def _tells(text: str, at: int, letter: str) -> bool:
    if unicodedata.category(letter)[0] not in "PZC":
        return True
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if letter in _NUMERIC:
        return before.isdigit() and after.isdigit()
    if letter == "%":
        return before.isdigit()
    return unicodedata.category(letter) == "Pd" and after.isdigit() and not before.isalnum()


def key_of(*parts: str) -> str:
    """Return a key of 32 characters that no other parts have."""
    return blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=16).hexdigest()


def domain_of(url: str) -> str:
    """Return the site of a web address, "" for any other."""
    return host_of(url) if is_web_address(url) else ""
