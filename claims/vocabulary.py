"""The words of the field, each an enumeration: what may be said of a claim, its evidence and its history.

This is the ground floor. Nothing here imports from the rest of the project. The stored values are
stable for ever, because they stand inside the hashed bytes of the history.
"""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise


class VerificationStatus(TextChoices):
    """What the register says of a claim. Exactly these three."""

    CONFIRMED = "confirmed", _("Confirmed")
    UNCONFIRMED = "unconfirmed", _("Unconfirmed")
    DISPUTED = "disputed", _("Disputed")


# The one text for readers, clients and reviewers alike.
DEFINITIONS: dict[VerificationStatus, StrOrPromise] = {
    VerificationStatus.CONFIRMED: _(
        "Independent evidence supports the claim as it is worded: at least two sources that do not rest on "
        "each other, or one primary source and a stated reason why it is enough."
    ),
    VerificationStatus.UNCONFIRMED: _(
        "Nobody has shown the claim to be true or false. The verdict says what is known, what is not, and "
        "what would settle it."
    ),
    VerificationStatus.DISPUTED: _(
        "There is evidence against the claim as it is worded. Where there is evidence for it as well, both "
        "are shown."
    ),
}

# What stands in the place of a status once the register took its verdict back.
WITHDRAWN_LABEL = _("Withdrawn")


class Stance(TextChoices):
    """What a piece of evidence does to a claim."""

    SUPPORTS = "supports", _("Supports")
    REFUTES = "refutes", _("Refutes")
    CONTEXT = "context", _("Context")


class Position(TextChoices):
    """Where the speaker of an appearance stands towards the claim."""

    ASSERTS = "asserts", _("asserts")
    DENIES = "denies", _("denies")
    QUESTIONS = "questions", _("questions")
    CANNOT_CONFIRM = "cannot_confirm", _("cannot confirm")
    REPEATS = "repeats", _("repeats")


class CueClass(TextChoices):
    """What the reporting words ("said", "alleges", "was unable to confirm") tell the reader."""

    NEUTRAL = "neutral", _("neutral")
    DISTANCING = "distancing", _("distancing")
    HEDGE = "hedge", _("hedge")
    CONFIRMATION = "confirmation", _("confirmation")
    NON_CONFIRMATION = "non_confirmation", _("non-confirmation")
    DENIAL = "denial", _("denial")
    REFUSAL = "refusal", _("refusal")


class ClaimKind(TextChoices):
    """What kind of statement a claim is; only some kinds can be checked."""

    FACT = "fact", _("Fact")
    FIGURE = "figure", _("Figure")
    QUOTATION = "quotation", _("Quotation")
    FORECAST = "forecast", _("Forecast")
    OPINION = "opinion", _("Opinion")


CHECKABLE_KINDS = frozenset({ClaimKind.FACT, ClaimKind.FIGURE, ClaimKind.QUOTATION})


class EvidenceKind(TextChoices):
    """What a source is."""

    DOCUMENT = "document", _("Document")
    DATA = "data", _("Data")
    STATEMENT = "statement", _("Statement")
    NEWS_REPORT = "news_report", _("News report")
    FACT_CHECK = "fact_check", _("Fact-check")
    IMAGE_VIDEO = "image_video", _("Image or video")
    EXPERT = "expert", _("Expert")
    OTHER = "other", _("Other")


class RatedAs(TextChoices):
    """What another fact-checker's rating comes to, in the register's own words beside theirs; never a verdict here."""

    TRUE = "true", _("true")
    MOSTLY_TRUE = "mostly_true", _("mostly true")
    MIXED = "mixed", _("partly true, partly false")
    MISLEADING = "misleading", _("misleading")
    MOSTLY_FALSE = "mostly_false", _("mostly false")
    FALSE = "false", _("false")
    ALTERED = "altered", _("made up or altered")
    SATIRE = "satire", _("satire")
    UNPROVEN = "unproven", _("unproven")


class Cause(TextChoices):
    """Why a verdict was given."""

    FIRST_VERDICT = "first_verdict", _("First verdict")
    NEW_EVIDENCE = "new_evidence", _("New evidence")
    CORRECTION = "correction", _("Correction")
    RECONFIRMATION = "reconfirmation", _("Re-confirmation")
    REWORDING = "rewording", _("Rewording")


class Act(TextChoices):
    """One public act on one claim; the name of a history entry."""

    CLAIM_RECORDED = "claim_recorded", _("Claim recorded")
    APPEARANCE_ADDED = "appearance_added", _("Appearance added")
    APPEARANCE_WITHDRAWN = "appearance_withdrawn", _("Appearance withdrawn")
    CLAIM_REWORDED = "claim_reworded", _("Claim reworded")
    EVIDENCE_ADDED = "evidence_added", _("Evidence added")
    EVIDENCE_WITHDRAWN = "evidence_withdrawn", _("Evidence withdrawn")
    VERDICT_GIVEN = "verdict_given", _("Verdict given")
    VERDICT_OVERRIDE = "verdict_overridden", _("Verdict given by one person")
    VERDICT_IMPORTED = "verdict_imported", _("Verdict imported")
    VERDICT_VOIDED = "verdict_voided", _("Verdict voided")
    CLAIMANT_CONTACTED = "claimant_contacted", _("Claimant contacted")
    CLAIM_MERGED = "claim_merged", _("Merged into another claim")
    CLAIM_ABSORBED = "claim_absorbed", _("Took over a duplicate")
    CLAIM_DISCARDED = "claim_discarded", _("Claim discarded")
    TEXT_REDACTED = "text_redacted", _("Text redacted")


class ContactOutcome(TextChoices):
    """What came of asking the claimant."""

    ASKED = "asked", _("Asked")
    ANSWERED = "answered", _("Answered")
    DECLINED = "declined", _("Declined")
    NO_ANSWER = "no_answer", _("No answer")
    UNREACHABLE = "unreachable", _("Unreachable")


class ReviewState(TextChoices):
    """Where a review stands. The last two are final."""

    OPEN = "open", _("Open")
    ASSIGNED = "assigned", _("Assigned")
    PROPOSED = "proposed", _("Proposed")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Approved")
    CLOSED = "closed", _("Closed")


ACTIVE_REVIEW_STATES = (
    ReviewState.OPEN,
    ReviewState.ASSIGNED,
    ReviewState.PROPOSED,
    ReviewState.RETURNED,
)


class ReviewReason(TextChoices):
    """Why a review was opened."""

    NEW_CLAIM = "new_claim", _("New claim")
    NEW_EVIDENCE = "new_evidence", _("New evidence")
    READER_REPORT = "reader_report", _("Reader report")
    RECHECK_DUE = "recheck_due", _("Re-check due")
    REWORDING = "rewording", _("Rewording")
    CORRECTION = "correction", _("Correction")
    OVERRIDE = "override", _("Published by one person")


class ClaimantKind(TextChoices):
    """Who makes claims."""

    PERSON = "person", _("Person")
    BODY = "body", _("Body")
    UNNAMED = "unnamed", _("Unnamed source")


class PublisherKind(TextChoices):
    """What an outlet or body that publishes is."""

    NEWS_AGENCY = "news_agency", _("News agency")
    NEWSPAPER = "newspaper", _("Newspaper")
    BROADCASTER = "broadcaster", _("Broadcaster")
    ONLINE = "online", _("Online outlet")
    GOVERNMENT = "government", _("Government")
    INSTITUTION = "institution", _("Institution")
    FACT_CHECKER = "fact_checker", _("Fact-checker")
    OTHER = "other", _("Other")


class Licence(TextChoices):
    """How much of an article's text the public page may show."""

    QUOTES_ONLY = "quotes_only", _("Short quotations only")
    FULL_TEXT = "full_text", _("Full text")


class Precision(TextChoices):
    """How exactly a date in the world is known."""

    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")


class RedactionReason(TextChoices):
    """Why a value was erased. Enumerated, because prose in a tombstone leaks what it buries."""

    COURT_ORDER = "court_order", _("Court order")
    DATA_PROTECTION = "data_protection", _("Data protection")
    COPYRIGHT = "copyright", _("Copyright")
    SAFETY = "safety", _("Safety of a person")
    OTHER_LEGAL = "other_legal", _("Other legal duty")


class Role(TextChoices):
    """The groups of people who work on the register."""

    CONTRIBUTOR = "Contributor", _("Contributor")
    REVIEWER = "Reviewer", _("Reviewer")
    EDITOR = "Editor", _("Editor")
    IMPORTER = "Importer", _("Importer")


class Verb(TextChoices):
    """The verbs of the workflow. Each value is the codename of the permission to use it."""

    RECORD_PUBLISHER = "record_publisher", _("Can record publishers")
    RECORD_CLAIMANT = "record_claimant", _("Can record claimants")
    ADD_ALIAS = "add_alias", _("Can add other names of claimants")
    WITHDRAW_ALIAS = "withdraw_alias", _("Can withdraw other names of claimants")
    ADD_AFFILIATION = "add_affiliation", _("Can add affiliations of claimants")
    END_AFFILIATION = "end_affiliation", _("Can end affiliations of claimants")
    WITHDRAW_AFFILIATION = "withdraw_affiliation", _("Can withdraw affiliations of claimants")
    LINK_CLAIMANT = "link_claimant", _("Can link claimants with Wikidata")
    MERGE_CLAIMANTS = "merge_claimants", _("Can merge claimants")
    RECORD_ARTICLE = "record_article", _("Can record articles")
    RECORD_CLAIM = "record_claim", _("Can record claims")
    ADD_APPEARANCE = "add_appearance", _("Can add appearances to claims")
    SET_ASIDE_STATEMENT = "set_aside_statement", _("Can set suggested statements aside")
    TAKE_UP_STATEMENT = "take_up_statement", _("Can take up statements that were set aside")
    WITHDRAW_APPEARANCE = "withdraw_appearance", _("Can withdraw appearances")
    DISCARD_CLAIM = "discard_claim", _("Can discard claims that were never published")
    REWORD_CLAIM = "reword_claim", _("Can reword claims")
    ADD_EVIDENCE = "add_evidence", _("Can add evidence to claims")
    WITHDRAW_EVIDENCE = "withdraw_evidence", _("Can withdraw evidence")
    RECORD_CONTACT = "record_contact", _("Can record contacts with claimants")
    OPEN_REVIEW = "open_review", _("Can open reviews")
    ASSIGN_REVIEW = "assign_review", _("Can assign reviews")
    PRIORITISE_REVIEW = "prioritise_review", _("Can set the priority of reviews")
    SCHEDULE_REVIEW = "schedule_review", _("Can set the day reviews are due")
    DECLARE_CONFLICT = "declare_conflict", _("Can declare conflicts of interest of their own")
    RECORD_CONFLICT = "record_conflict", _("Can record conflicts of interest of others")
    END_CONFLICT = "end_conflict", _("Can end conflicts of interest")
    SET_RECHECK = "set_recheck", _("Can set the day a claim is looked at again")
    RECORD_TOPIC = "record_topic", _("Can record topics")
    CHANGE_TOPIC = "change_topic", _("Can change topics")
    FILE_CLAIM = "file_claim", _("Can file claims under topics")
    RELATE_CLAIMS = "relate_claims", _("Can say how claims stand to one another")
    WITHDRAW_RELATION = "withdraw_relation", _("Can withdraw how claims stand to one another")
    FILE_REPORT = "file_report", _("Can take down reports from outside")
    ACCEPT_REPORT = "accept_report", _("Can accept reports from outside")
    DECLINE_REPORT = "decline_report", _("Can decline reports from outside")
    PROPOSE_VERDICT = "propose_verdict", _("Can propose verdicts")
    RETURN_REVIEW = "return_review", _("Can return proposed verdicts")
    APPROVE_VERDICT = "approve_verdict", _("Can approve verdicts proposed by others")
    ADD_NOTE = "add_note", _("Can write notes on reviews")
    CHECK_ITEM = "check_item", _("Can answer the checklist of a review")
    SET_SECOND_RATING = "set_second_rating", _("Can say whether a claim needs a second rating")
    RATE_CLAIM = "rate_claim", _("Can rate a claim without knowing what others think")
    CREATE_PREVIEW = "create_preview", _("Can create preview links for experts")
    REVOKE_PREVIEW = "revoke_preview", _("Can revoke preview links")
    CLOSE_REVIEW = "close_review", _("Can close reviews")
    VOID_VERDICT = "void_verdict", _("Can void verdicts")
    OVERRIDE_VERDICT = "override_verdict", _("Can publish a verdict alone in an emergency")
    IMPORT_VERDICT = "import_verdict", _("Can import verdicts given elsewhere")
    MERGE_CLAIMS = "merge_claims", _("Can merge duplicate claims")
    PROPOSE_REDACTION = "propose_redaction", _("Can propose redactions")
    REDACT_TEXT = "redact_text", _("Can carry out redactions proposed by others")
    PUBLISH_METHOD = "publish_method", _("Can publish the text and checklist of the method page")
    RETRY_TASK = "retry_task", _("Can run failed tasks again")
    REQUEST_EXPORT = "request_export", _("Can have the register written to files now")
    ISSUE_API_KEY = "issue_api_key", _("Can issue keys of the API")
    REVOKE_API_KEY = "revoke_api_key", _("Can revoke keys of the API")
    SET_UP_WEBHOOK = "set_up_webhook", _("Can set up webhooks, and send again what they missed")
