"""The tables of the register, their constraints, and beside each model its named reads."""

from claims.models.api_key import ApiKey, ApiKeyScope
from claims.models.api_write import ApiWrite
from claims.models.article import Article, ArticleOriginal, ArticleSketch
from claims.models.background import BackgroundTask, PeriodicJob
from claims.models.claim import NO_HASH, Claim
from claims.models.conflict import ConflictOfInterest
from claims.models.contact import Contact
from claims.models.counted import Count
from claims.models.delivery import Delivery, DeliveryAttempt
from claims.models.entry import HistoryEntry, LedgerRow
from claims.models.erasure import RedactionRequest
from claims.models.evidence import Evidence
from claims.models.following import Follower
from claims.models.importing import ImportRow, ImportRun
from claims.models.intake import ArticleIntake
from claims.models.log import LogLeaf, Unsealed
from claims.models.manners import Draft, Presence
from claims.models.merger import ClaimantMerger
from claims.models.method import ChecklistItem, MethodVersion
from claims.models.notice import Notice, NoticeChoice
from claims.models.parties import Affiliation, Claimant, ClaimantAlias
from claims.models.publisher import Publisher
from claims.models.reading import FoundReview, SourceReading
from claims.models.recheck import Recheck, SourceWatch
from claims.models.record import ClaimDocument, ImportRecord
from claims.models.redaction import Redaction
from claims.models.relation import ClaimRelation
from claims.models.report import ReaderReport
from claims.models.restoration import Restoration
from claims.models.review import Proposal, Review
from claims.models.room import PreviewLink, Rating, ReviewCheck, ReviewNote
from claims.models.saved_filter import SavedFilter
from claims.models.setaside import SetAside
from claims.models.snapshot import Snapshot
from claims.models.topic import ClaimTopic, Topic
from claims.models.user import ROLE_VERBS, User
from claims.models.verdict import Verdict, VerdictEvidence
from claims.models.webhook import Webhook, WebhookInterest, WebhookSecret
from claims.models.wording import Appearance, Wording

__all__ = [
    "NO_HASH",
    "ROLE_VERBS",
    "Affiliation",
    "ApiKey",
    "ApiKeyScope",
    "ApiWrite",
    "Appearance",
    "Article",
    "ArticleIntake",
    "ArticleOriginal",
    "ArticleSketch",
    "BackgroundTask",
    "ChecklistItem",
    "Claim",
    "ClaimDocument",
    "ClaimRelation",
    "ClaimTopic",
    "Claimant",
    "ClaimantAlias",
    "ClaimantMerger",
    "ConflictOfInterest",
    "Contact",
    "Count",
    "Delivery",
    "DeliveryAttempt",
    "Draft",
    "Evidence",
    "Follower",
    "FoundReview",
    "HistoryEntry",
    "ImportRecord",
    "ImportRow",
    "ImportRun",
    "LedgerRow",
    "LogLeaf",
    "MethodVersion",
    "Notice",
    "NoticeChoice",
    "PeriodicJob",
    "Presence",
    "PreviewLink",
    "Proposal",
    "Publisher",
    "Rating",
    "ReaderReport",
    "Recheck",
    "Redaction",
    "RedactionRequest",
    "Restoration",
    "Review",
    "ReviewCheck",
    "ReviewNote",
    "SavedFilter",
    "SetAside",
    "Snapshot",
    "SourceReading",
    "SourceWatch",
    "Topic",
    "Unsealed",
    "User",
    "Verdict",
    "VerdictEvidence",
    "Webhook",
    "WebhookInterest",
    "WebhookSecret",
    "Wording",
]
