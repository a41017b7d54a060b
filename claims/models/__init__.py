"""The tables of the register, their constraints, and beside each model its named reads."""

from claims.models.article import Article, ArticleOriginal
from claims.models.claim import NO_HASH, Claim
from claims.models.entry import HistoryEntry, LedgerRow, Redaction
from claims.models.evidence import Evidence
from claims.models.parties import Claimant, Publisher
from claims.models.record import ClaimDocument, ImportRecord
from claims.models.review import Proposal, RedactionRequest, Review
from claims.models.user import ROLE_VERBS, User
from claims.models.verdict import Verdict, VerdictEvidence
from claims.models.wording import Appearance, Wording

__all__ = [
    "NO_HASH",
    "ROLE_VERBS",
    "Appearance",
    "Article",
    "ArticleOriginal",
    "Claim",
    "ClaimDocument",
    "Claimant",
    "Evidence",
    "HistoryEntry",
    "ImportRecord",
    "LedgerRow",
    "Proposal",
    "Publisher",
    "Redaction",
    "RedactionRequest",
    "Review",
    "User",
    "Verdict",
    "VerdictEvidence",
    "Wording",
]
