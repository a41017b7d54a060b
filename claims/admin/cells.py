"""Small pieces of markup that lists share."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.vocabulary import WITHDRAWN_LABEL, VerificationStatus


def status_chip(status: str | None, *, published: bool = False, ended: str = "") -> SafeString:
    """Return a status as a word in its colour; of a claim that has ended, how it ended."""
    if ended:
        return format_html('<span class="chip">{}</span>', ended)
    if status:
        label = VerificationStatus(status).label
        return format_html('<span class="chip chip-{}">{}</span>', status, label)
    label = WITHDRAWN_LABEL if published else "No verdict"
    return format_html('<span class="chip">{}</span>', label)


def moment(said: str, at: datetime) -> SafeString:
    """Return what was done, and when in UTC."""
    return format_html('{} <span class="quiet">{}</span>', said, when(at))


def when(at: datetime) -> SafeString:
    """Return a moment in UTC."""
    shown = timezone.localtime(at).strftime("%-d %b %Y, %H:%M")
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), shown)
