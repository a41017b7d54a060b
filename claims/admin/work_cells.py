"""The cells of the queues. Each carries its own name, for screens too narrow for a heading above it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.admin.cells import status_chip
from claims.admin.ledger import link_to_claim
from claims.desk_vocabulary import SECRET_RATING_STATES, Priority
from claims.models import Claim, Review
from claims.vocabulary import ACTIVE_REVIEW_STATES

SOON = 14


def named(name: Any, value: Any) -> SafeString:
    """Return a cell's content with its name before it."""
    return format_html('<span class="cell-name">{}</span> <span>{}</span>', name, value)


def tick(review: Review) -> SafeString:
    """Return a box to choose a review with."""
    label = _("Tick: %(claim)s") % {"claim": review.claim}
    return format_html(
        '<input type="checkbox" name="review" value="{}" form="bulk" aria-label="{}">',
        review.pk,
        label,
    )


def claim(claim: Claim) -> SafeString:
    """Return a link to the claim's review, its claimant and the topics it is filed under."""
    link = link_to_claim(claim, "review")
    return format_html('{}<span class="under">{}{}</span>', link, claimant(claim), topics(claim))


def topics(claim: Claim) -> SafeString:
    """Return the topics a claim is filed under, which were fetched along."""
    names = ((filing.topic.name,) for filing in claim.filings.all())
    return format_html_join("", ' <span class="tag">{}</span>', names)


def claimant(claim: Claim) -> SafeString | str:
    """Return a link to all work on claims of the same claimant."""
    if claim.claimant is None:
        return _("Nobody named")
    url = f"{reverse('admin:claims_review_changelist')}?claimant={claim.claimant.pk}"
    return format_html('<a href="{}">{}</a>', url, claim.claimant)


def state(review: Any) -> SafeString:
    """Return where a review stands, with the status that was proposed last and by whom."""
    stands, status = review.get_state_display(), review.proposed_status
    if review.rating_state in SECRET_RATING_STATES and review.state in ACTIVE_REVIEW_STATES:
        waits = review.get_rating_state_display()
        return named(_("State"), format_html('{}<span class="under">{}</span>', stands, waits))
    if not status:
        return named(_("State"), stands)
    by = _("by %(name)s") % {"name": review.proposer_name}
    shown = format_html('{} {}<span class="under">{}</span>', stands, status_chip(status), by)
    return named(_("State"), shown)


def priority(review: Review) -> SafeString:
    """Return how pressing a review is; what is not usual stands out."""
    label = review.get_priority_display()
    mark = Priority(review.priority).name.lower()
    shown = format_html('<span class="priority priority-{}">{}</span>', mark, label)
    return named(_("Priority"), shown)


def age(opened_at: datetime) -> SafeString:
    """Return how long ago something began, in its largest unit."""
    said = timesince(opened_at, depth=1)
    shown = format_html('<time datetime="{}">{}</time>', opened_at.isoformat(), said)
    return named(_("Age"), shown)


def due(day: date | None) -> SafeString:
    """Return until when, and how late it is."""
    if day is None:
        return named(_("Due"), "—")
    mark = "late" if day < timezone.localdate() else "due"
    far = how_far(day)
    shown = format_html('<time datetime="{}" class="{}">{}</time>', day.isoformat(), mark, far)
    return named(_("Due"), shown)


def how_far(day: date) -> str:
    """Return a day as its distance from today, or as a date where it is far off."""
    days = (day - timezone.localdate()).days
    if days < 0:
        return ngettext("%(days)d day late", "%(days)d days late", -days) % {"days": -days}
    if days == 0:
        return _("today")
    if days > SOON:
        return in_full(day)
    return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}


def in_full(day: date) -> str:
    """Return a day as a date."""
    return date_format(day, "j M Y")
