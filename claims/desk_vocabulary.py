"""The words of the desk's own work: what is internal, and stands in no hashed bytes."""

from __future__ import annotations

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


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


class RecheckCause(TextChoices):
    """Why a claim is to be looked at again."""

    BY_HAND = "by_hand", _("Set by hand")
    TOPIC = "topic", _("Interval of its topic")
    SOURCE_CHANGED = "source_changed", _("A cited page changed")
    SOURCE_GONE = "source_gone", _("A cited page is gone")
    REPORT = "report", _("A reader's report was accepted")
