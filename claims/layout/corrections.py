"""What the register put right, one line each: what was wrong, what it is now, and which entry says so.

The log of corrections and its feeds are made of these.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from claims import addresses
from claims.documents import Document
from claims.layout.words import WITHDRAWN
from claims.models import HistoryEntry
from claims.vocabulary import WITHDRAWN_LABEL, Act, RedactionReason, VerificationStatus

TITLES: dict[str, StrOrPromise] = {
    Act.VERDICT_VOIDED: _("Verdict taken back"),
    Act.EVIDENCE_WITHDRAWN: _("Evidence withdrawn"),
    Act.TEXT_REDACTED: _("Text removed"),
}
CORRECTED = _("Verdict corrected")


@dataclass(frozen=True, slots=True)
class Correction:
    """One act by which something was put right in public."""

    act: str
    number: int
    at: datetime
    claim: Document
    before: str
    after: str
    reason: str
    source: str
    ground: StrOrPromise
    path: str

    @property
    def id(self) -> str:
        """What names the act among all: the claim and the number of the entry."""
        return f"{self.claim['id']}-{self.number}"

    @property
    def title(self) -> StrOrPromise:
        """What kind of act it was."""
        return TITLES.get(self.act, CORRECTED)

    @property
    def is_verdict(self) -> bool:
        """Whether it gave or took back a verdict."""
        return self.act not in (Act.EVIDENCE_WITHDRAWN, Act.TEXT_REDACTED)

    @property
    def before_label(self) -> StrOrPromise:
        """The status before, in words."""
        return label_of(self.before)

    @property
    def after_label(self) -> StrOrPromise:
        """The status after, in words."""
        return label_of(self.after)


def correction_of(entry: HistoryEntry) -> Correction:
    """Return the line of an act that `HistoryEntry.objects.corrections()` found."""
    claim: Document = json.loads(entry.claim.document.summary)
    before = getattr(entry, "before", None) or WITHDRAWN
    ground = RedactionReason(entry.reason_code).label if entry.reason_code else ""
    source = getattr(entry, "source", None) or ""
    return Correction(
        act=entry.act,
        number=entry.number,
        at=entry.recorded_at,
        claim=claim,
        before=before,
        after=_after(entry, before),
        reason=_reason(entry),
        source=source if entry.act == Act.EVIDENCE_WITHDRAWN else "",
        ground=ground,
        path=_path(entry, claim),
    )


def label_of(status: str) -> StrOrPromise:
    """Return a status in words, also where the register took its verdict back."""
    return WITHDRAWN_LABEL if status == WITHDRAWN else VerificationStatus(status).label


def _after(entry: HistoryEntry, before: str) -> str:
    if entry.act == Act.VERDICT_VOIDED:
        return WITHDRAWN
    return before if entry.act in TITLES else entry.verdict.status


def _reason(entry: HistoryEntry) -> str:
    """Return why, as it was told in public: nothing where that was removed, and nothing of what was removed."""
    if entry.act == Act.TEXT_REDACTED:
        return ""
    return (entry.note if entry.act in TITLES else entry.verdict.rationale) or ""


def _path(entry: HistoryEntry, claim: Document) -> str:
    """Return where the entry is read: on the claim's page, or on its page of that time once it was merged away."""
    anchor = f"#history-{entry.number}"
    if entry.claim.merged_into_id is None:
        return f"{claim['html_url']}{anchor}"
    return f"{addresses.claim_memento(claim['id'], entry.recorded_at)}{anchor}"
