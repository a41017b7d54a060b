"""The words of the field, each an enumeration: what may be said of a claim, its evidence and its history.

This is the ground floor. Nothing here imports from the rest of the project. The stored values are
stable for ever, because they stand inside the hashed bytes of the history.
"""

from __future__ import annotations

from django.db.models import TextChoices


class VerificationStatus(TextChoices):
    """What the register says of a claim. Exactly these three."""

    CONFIRMED = "confirmed", "Confirmed"
    UNCONFIRMED = "unconfirmed", "Unconfirmed"
    DISPUTED = "disputed", "Disputed"


# The one text for readers, clients and reviewers alike.
DEFINITIONS: dict[VerificationStatus, str] = {
    VerificationStatus.CONFIRMED: (
        "Independent evidence supports the claim as it is worded: at least two sources that do not rest on "
        "each other, or one primary source and a stated reason why it is enough."
    ),
    VerificationStatus.UNCONFIRMED: (
        "Nobody has shown the claim to be true or false. The verdict says what is known, what is not, and "
        "what would settle it."
    ),
    VerificationStatus.DISPUTED: (
        "There is evidence against the claim as it is worded. Where there is evidence for it as well, both "
        "are shown."
    ),
}

# What stands in the place of a status once the register took its verdict back.
WITHDRAWN_LABEL = "Withdrawn"


class Stance(TextChoices):
    """What a piece of evidence does to a claim."""

    SUPPORTS = "supports", "Supports"
    REFUTES = "refutes", "Refutes"
    CONTEXT = "context", "Context"


class Position(TextChoices):
    """Where the speaker of an appearance stands towards the claim."""

    ASSERTS = "asserts", "asserts"
    DENIES = "denies", "denies"
    QUESTIONS = "questions", "questions"
    CANNOT_CONFIRM = "cannot_confirm", "cannot confirm"
    REPEATS = "repeats", "repeats"


class CueClass(TextChoices):
    """What the reporting words ("said", "alleges", "was unable to confirm") tell the reader."""

    NEUTRAL = "neutral", "neutral"
    DISTANCING = "distancing", "distancing"
    HEDGE = "hedge", "hedge"
    CONFIRMATION = "confirmation", "confirmation"
    NON_CONFIRMATION = "non_confirmation", "non-confirmation"
    DENIAL = "denial", "denial"
    REFUSAL = "refusal", "refusal"


class ClaimKind(TextChoices):
    """What kind of statement a claim is; only some kinds can be checked."""

    FACT = "fact", "Fact"
    FIGURE = "figure", "Figure"
    QUOTATION = "quotation", "Quotation"
    FORECAST = "forecast", "Forecast"
    OPINION = "opinion", "Opinion"


CHECKABLE_KINDS = frozenset({ClaimKind.FACT, ClaimKind.FIGURE, ClaimKind.QUOTATION})


class EvidenceKind(TextChoices):
    """What a source is."""

    DOCUMENT = "document", "Document"
    DATA = "data", "Data"
    STATEMENT = "statement", "Statement"
    NEWS_REPORT = "news_report", "News report"
    FACT_CHECK = "fact_check", "Fact-check"
    IMAGE_VIDEO = "image_video", "Image or video"
    EXPERT = "expert", "Expert"
    OTHER = "other", "Other"


class Cause(TextChoices):
    """Why a verdict was given."""

    FIRST_VERDICT = "first_verdict", "First verdict"
    NEW_EVIDENCE = "new_evidence", "New evidence"
    CORRECTION = "correction", "Correction"
    RECONFIRMATION = "reconfirmation", "Re-confirmation"
    REWORDING = "rewording", "Rewording"


class Act(TextChoices):
    """One public act on one claim; the name of a history entry."""

    CLAIM_RECORDED = "claim_recorded", "Claim recorded"
    APPEARANCE_ADDED = "appearance_added", "Appearance added"
    APPEARANCE_WITHDRAWN = "appearance_withdrawn", "Appearance withdrawn"
    CLAIM_REWORDED = "claim_reworded", "Claim reworded"
    EVIDENCE_ADDED = "evidence_added", "Evidence added"
    EVIDENCE_WITHDRAWN = "evidence_withdrawn", "Evidence withdrawn"
    VERDICT_GIVEN = "verdict_given", "Verdict given"
    VERDICT_IMPORTED = "verdict_imported", "Verdict imported"
    VERDICT_VOIDED = "verdict_voided", "Verdict voided"
    CLAIM_MERGED = "claim_merged", "Merged into another claim"
    CLAIM_ABSORBED = "claim_absorbed", "Took over a duplicate"
    CLAIM_DISCARDED = "claim_discarded", "Claim discarded"
    TEXT_REDACTED = "text_redacted", "Text redacted"


class ReviewState(TextChoices):
    """Where a review stands. The last two are final."""

    OPEN = "open", "Open"
    ASSIGNED = "assigned", "Assigned"
    PROPOSED = "proposed", "Proposed"
    RETURNED = "returned", "Returned"
    APPROVED = "approved", "Approved"
    CLOSED = "closed", "Closed"


ACTIVE_REVIEW_STATES = (
    ReviewState.OPEN,
    ReviewState.ASSIGNED,
    ReviewState.PROPOSED,
    ReviewState.RETURNED,
)


class ReviewReason(TextChoices):
    """Why a review was opened."""

    NEW_CLAIM = "new_claim", "New claim"
    NEW_EVIDENCE = "new_evidence", "New evidence"
    READER_REPORT = "reader_report", "Reader report"
    RECHECK_DUE = "recheck_due", "Re-check due"
    REWORDING = "rewording", "Rewording"
    CORRECTION = "correction", "Correction"


class ClaimantKind(TextChoices):
    """Who makes claims."""

    PERSON = "person", "Person"
    BODY = "body", "Body"
    UNNAMED = "unnamed", "Unnamed source"


class PublisherKind(TextChoices):
    """What an outlet or body that publishes is."""

    NEWS_AGENCY = "news_agency", "News agency"
    NEWSPAPER = "newspaper", "Newspaper"
    BROADCASTER = "broadcaster", "Broadcaster"
    ONLINE = "online", "Online outlet"
    GOVERNMENT = "government", "Government"
    INSTITUTION = "institution", "Institution"
    FACT_CHECKER = "fact_checker", "Fact-checker"
    OTHER = "other", "Other"


class Licence(TextChoices):
    """How much of an article's text the public page may show."""

    QUOTES_ONLY = "quotes_only", "Short quotations only"
    FULL_TEXT = "full_text", "Full text"


class Precision(TextChoices):
    """How exactly a date in the world is known."""

    DAY = "day", "day"
    MONTH = "month", "month"
    YEAR = "year", "year"


class RedactionReason(TextChoices):
    """Why a value was erased. Enumerated, because prose in a tombstone leaks what it buries."""

    COURT_ORDER = "court_order", "Court order"
    DATA_PROTECTION = "data_protection", "Data protection"
    COPYRIGHT = "copyright", "Copyright"
    SAFETY = "safety", "Safety of a person"
    OTHER_LEGAL = "other_legal", "Other legal duty"


class Role(TextChoices):
    """The groups of people who work on the register."""

    CONTRIBUTOR = "Contributor", "Contributor"
    REVIEWER = "Reviewer", "Reviewer"
    EDITOR = "Editor", "Editor"
    IMPORTER = "Importer", "Importer"


class Verb(TextChoices):
    """The verbs of the workflow. Each value is the codename of the permission to use it."""

    RECORD_PUBLISHER = "record_publisher", "Can record publishers"
    RECORD_CLAIMANT = "record_claimant", "Can record claimants"
    RECORD_ARTICLE = "record_article", "Can record articles"
    RECORD_CLAIM = "record_claim", "Can record claims"
    ADD_APPEARANCE = "add_appearance", "Can add appearances to claims"
    SET_ASIDE_STATEMENT = "set_aside_statement", "Can set suggested statements aside"
    TAKE_UP_STATEMENT = "take_up_statement", "Can take up statements that were set aside"
    WITHDRAW_APPEARANCE = "withdraw_appearance", "Can withdraw appearances"
    DISCARD_CLAIM = "discard_claim", "Can discard claims that were never published"
    REWORD_CLAIM = "reword_claim", "Can reword claims"
    ADD_EVIDENCE = "add_evidence", "Can add evidence to claims"
    WITHDRAW_EVIDENCE = "withdraw_evidence", "Can withdraw evidence"
    OPEN_REVIEW = "open_review", "Can open reviews"
    ASSIGN_REVIEW = "assign_review", "Can assign reviews"
    PRIORITISE_REVIEW = "prioritise_review", "Can set the priority of reviews"
    SCHEDULE_REVIEW = "schedule_review", "Can set the day reviews are due"
    DECLARE_CONFLICT = "declare_conflict", "Can declare conflicts of interest of their own"
    RECORD_CONFLICT = "record_conflict", "Can record conflicts of interest of others"
    END_CONFLICT = "end_conflict", "Can end conflicts of interest"
    PROPOSE_VERDICT = "propose_verdict", "Can propose verdicts"
    RETURN_REVIEW = "return_review", "Can return proposed verdicts"
    APPROVE_VERDICT = "approve_verdict", "Can approve verdicts proposed by others"
    CLOSE_REVIEW = "close_review", "Can close reviews"
    VOID_VERDICT = "void_verdict", "Can void verdicts"
    IMPORT_VERDICT = "import_verdict", "Can import verdicts given elsewhere"
    MERGE_CLAIMS = "merge_claims", "Can merge duplicate claims"
    PROPOSE_REDACTION = "propose_redaction", "Can propose redactions"
    REDACT_TEXT = "redact_text", "Can carry out redactions proposed by others"
    RETRY_TASK = "retry_task", "Can run failed tasks again"
