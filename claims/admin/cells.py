"""Small pieces of markup that lists share."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django_stubs_ext import StrOrPromise

from claims.vocabulary import WITHDRAWN_LABEL, VerificationStatus


def status_chip(
    status: str | None, *, published: bool = False, ended: StrOrPromise = ""
) -> SafeString:
    """Return a status as a word in its colour; of a claim that has ended, how it ended."""
    if ended:
        return format_html('<span class="chip">{}</span>', ended)
    if status:
        label = VerificationStatus(status).label
        return format_html('<span class="chip chip-{}">{}</span>', status, label)
    absent = str(WITHDRAWN_LABEL) if published else gettext("No verdict")
    return format_html('<span class="chip">{}</span>', absent)


def moment(said: StrOrPromise, at: datetime) -> SafeString:
    """Return what was done, and when in UTC."""
    return format_html('{} <span class="quiet">{}</span>', said, when(at))


def when(at: datetime) -> SafeString:
    """Return a moment in UTC."""
    shown = date_format(timezone.localtime(at), "j M Y, H:i")
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), shown)
