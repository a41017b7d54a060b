"""The words of the desk's own work: what is internal, and stands in no hashed bytes."""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise


class Priority(IntegerChoices):
    """How pressing a review is; queues put the highest first."""

    LOW = 1, _("Low")
    NORMAL = 2, _("Normal")
    HIGH = 3, _("High")
    URGENT = 4, _("Urgent")


class ReportKind(TextChoices):
    """What somebody outside tells the register."""

    ERROR = "error", _("Error")
    EVIDENCE = "evidence", _("New evidence")
    REPLY = "reply", _("Reply of the claimant")
    CLAIM = "claim", _("Claim to check")


class ReportState(TextChoices):
    """What became of a report. The last two are final."""

    NEW = "new", _("New")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")


class ReportChannel(TextChoices):
    """By which way a report reached the register."""

    PAGE = "page", _("Public page")
    API = "api", _("API")
    MAIL = "mail", _("E-mail or letter")
    PHONE = "phone", _("Telephone")


class NoticeKind(TextChoices):
    """Why somebody on the desk is told something."""

    ASSIGNED = "assigned", _("A review was assigned to you")
    MENTIONED = "mentioned", _("Somebody mentioned you in a note")
    RETURNED = "returned", _("Your proposal was returned")
    APPROVED = "approved", _("Your proposal was approved")
    OVERDUE = "overdue", _("A review of yours is overdue")
    WEBHOOK = "webhook", _("A webhook of yours was switched off")


class RatingState(TextChoices):
    """What the ratings of a claim add up to, where a second person has to rate it."""

    NOT_ASKED = "not_asked", _("No second rating asked for")
    FIRST = "first", _("Waits for a proposal")
    SECOND = "second", _("Waits for a second rating")
    THIRD = "third", _("Two disagree: waits for a third rating")
    DECIDED = "decided", _("Two agree")
    SPLIT = "split", _("No majority")


# While a review is in one of these, what was proposed is shown to nobody who has not rated the claim.
SECRET_RATING_STATES = (RatingState.FIRST, RatingState.SECOND, RatingState.THIRD)


class RelationKind(TextChoices):
    """How one claim stands to another, read from the one to the other."""

    REPEATS = "repeats", _("repeats")
    CONTRADICTS = "contradicts", _("contradicts")
    NARROWER = "narrower", _("is narrower than")


# The same, read from the other claim back.
RELATIONS_TURNED: dict[RelationKind, StrOrPromise] = {
    RelationKind.REPEATS: _("is repeated by"),
    RelationKind.CONTRADICTS: _("contradicts"),
    RelationKind.NARROWER: _("is broader than"),
}


class RecheckCause(TextChoices):
    """Why a claim is to be looked at again."""

    BY_HAND = "by_hand", _("Set by hand")
    TOPIC = "topic", _("Interval of its topic")
    SOURCE_CHANGED = "source_changed", _("A cited page changed")
    SOURCE_GONE = "source_gone", _("A cited page is gone")
    REPORT = "report", _("A reader's report was accepted")


class FetchTrouble(TextChoices):
    """Why there is no document from an address, or no article in it."""

    ADDRESS = "address", _("The address cannot be used")
    PRIVATE = "private", _("The address is not public")
    REDIRECT = "redirect", _("The address leads somewhere that is not fetched")
    NO_HOST = "no_host", _("There is no such site")
    CONNECTION = "connection", _("The site could not be reached")
    TIMEOUT = "timeout", _("The site took too long")
    CERTIFICATE = "certificate", _("The site could not prove who it is")
    GONE = "gone", _("There is no such page")
    FORBIDDEN = "forbidden", _("The site does not let us in")
    BUSY = "busy", _("The site is out of order")
    TOO_LARGE = "too_large", _("The page is too large")
    NOT_TEXT = "not_text", _("There is no text at the address")
    GARBLED = "garbled", _("The answer could not be read")
    NO_ARTICLE = "no_article", _("No article was found on the page")
    FORGOTTEN = "forgotten", _("It was not done")


class IntakeSource(TextChoices):
    """How an article came in."""

    TEXT = "text", _("Pasted text")
    FILE = "file", _("File")
    URL = "url", _("Web address")


class IntakeState(TextChoices):
    """Where the intake of an article stands. The last two are final."""

    WAITING = "waiting", _("Waiting to be fetched")
    FETCHING = "fetching", _("Being fetched")
    READY = "ready", _("To be checked")
    FAILED = "failed", _("Not fetched")
    RECORDED = "recorded", _("Recorded")
    DISCARDED = "discarded", _("Discarded")


UNFINISHED_INTAKES = (
    IntakeState.WAITING,
    IntakeState.FETCHING,
    IntakeState.READY,
    IntakeState.FAILED,
)


class SourceState(TextChoices):
    """What was found at the address of a piece of evidence when it was last looked at."""

    SAME = "same", _("As it was")
    CHANGED = "changed", _("Changed")
    GONE = "gone", _("Gone")
    UNREACHABLE = "unreachable", _("Could not be reached")


class ReadingState(TextChoices):
    """How far the reading of a source has come. The last two are final."""

    WAITING = "waiting", _("Waiting")
    FETCHING = "fetching", _("Being fetched")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")
    USED = "used", _("Used")


class FilteredList(TextChoices):
    """The lists whose filters people keep under names of their own."""

    REVIEWS = "reviews", _("Reviews")
    REPORTS = "reports", _("Reader reports")
    STALE = "stale", _("Stale verdicts")


# What each of them can be narrowed by, its words and its order included.
_ALWAYS = frozenset({"q", "o"})
FILTERED_BY: dict[FilteredList, frozenset[str]] = {
    FilteredList.REVIEWS: _ALWAYS
    | {"queue", "assignee", "state", "priority", "age", "status", "topic", "reason", "claimant"},
    FilteredList.REPORTS: _ALWAYS | {"state", "kind", "channel"},
    FilteredList.STALE: _ALWAYS | {"status", "review"},
}


class Scope(TextChoices):
    """What a key of the API is good for. All but reading are named after the verb that its owner needs as well."""

    READ = "read", _("Read, at a rate of its own")
    RECORD_ARTICLE = "record_article", _("Record articles")
    RECORD_CLAIM = "record_claim", _("Record claims and claimants")
    ADD_APPEARANCE = "add_appearance", _("Add appearances to claims")
    ADD_EVIDENCE = "add_evidence", _("Add evidence to claims")
    FILE_REPORT = "file_report", _("Send reports of readers")


class Event(TextChoices):
    """What a webhook tells. The names (`[a-zA-Z0-9_.]`, Standard Webhooks) are public and never change."""

    CLAIM_PUBLISHED = "claim.published", _("A claim was published")
    STATUS_CHANGED = "claim.status_changed", _("The status of a claim changed")
    VERDICT_GIVEN = "verdict.given", _("A claim was given a further verdict of the same status")
    VERDICT_VOIDED = "verdict.voided", _("A verdict was voided")
    CLAIM_REWORDED = "claim.reworded", _("A claim was reworded")
    CLAIM_MERGED = "claim.merged", _("A claim was merged into another")
    CLAIM_ABSORBED = "claim.absorbed", _("A claim took over a duplicate")
    EVIDENCE_ADDED = "evidence.added", _("Evidence was added")
    EVIDENCE_WITHDRAWN = "evidence.withdrawn", _("Evidence was withdrawn")
    APPEARANCE_ADDED = "appearance.added", _("A claim was found in one more place")
    APPEARANCE_WITHDRAWN = "appearance.withdrawn", _("A place was taken back")
    CLAIMANT_CONTACTED = "claimant.contacted", _("A contact with the claimant was recorded")
    TEXT_REDACTED = "text.redacted", _("Text was redacted")
    PING = "webhook.ping", _("A test")


# What a webhook can be set up for: a test is sent to whichever one it is asked of.
TOLD_EVENTS = tuple(event for event in Event if event != Event.PING)


class WebhookEnd(TextChoices):
    """Why a webhook was switched off."""

    BY_HAND = "by_hand", _("By hand")
    GONE = "gone", _("The receiver answered that it is gone (410)")
    FAILING = "failing", _("Nothing was taken for days")
    NO_SECRET = "no_secret", _("The server's key is another one, so the secrets are lost")


class DeliveryState(TextChoices):
    """Where the delivery of a message to one webhook stands."""

    WAITING = "waiting", _("Waiting")
    DELIVERED = "delivered", _("Delivered")
    FAILED = "failed", _("Failed")


class ImportFormat(TextChoices):
    """The shapes in which others publish checked claims, as the register reads them."""

    CLAIMREVIEW = "claimreview", _("ClaimReview (a page, or its JSON-LD)")
    DATAFEED = "datafeed", _("DataFeed of Data Commons")
    GOOGLE = "google", _("Answer of Google's Fact Check API")
    AVERITEC = "averitec", _("AVeriTeC")
    DXY = "dxy", _("Rumour list of DXY")
    POLITIFACT = "politifact", _("PolitiFact's old API")
    CSV = "csv", _("Table with a mapping file")


class ImportState(TextChoices):
    """Where an import from a file stands. The last three are final."""

    WAITING = "waiting", _("Waiting for a worker")
    READING = "reading", _("Reading the file")
    READY = "ready", _("Waiting for your decision")
    CONFIRMED = "confirmed", _("Waiting to be brought in")
    RUNNING = "running", _("Bringing it in")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    DISCARDED = "discarded", _("Discarded")


ENDED_IMPORTS = (ImportState.DONE, ImportState.FAILED, ImportState.DISCARDED)


class RowOutcome(TextChoices):
    """What became of one row of an import, or what is to be said of it besides."""

    TAKEN = "taken", _("taken")
    MERGED = "merged", _("merged")
    KNOWN = "known", _("known already")
    SKIPPED = "skipped", _("skipped")
    REFUSED = "refused", _("refused")
    REPAIRED = "repaired", _("repaired")
    UNKNOWN_RATING = "unknown_rating", _("rating not in the table")
    SIMILAR = "similar", _("like another claim")
