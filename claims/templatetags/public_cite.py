"""Tags for those who take something from a claim's page with them: its citation, its frame, its terms."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as say

from claims import languages
from claims.layout.standing import page_now
from claims.layout.words import STATUSES, WITHDRAWN

register = template.Library()


@register.simple_tag
def citation(document: dict[str, Any]) -> SafeString:
    """Return the line to cite a verdict by: claim, claimant, status, register, entry, and the page as it is now."""
    claimant = document["claimant"]
    is_erased = "claimant_name" in document["wordings"][-1]["redacted"]
    nobody = say("[claimant removed]") if is_erased else say("Claimant not known")
    wording = document["wording"]
    return format_html(
        say("{wording} {claimant}. {status}. {register}, entry {number}. {address}"),
        wording=format_html(
            '<bdi lang="{}">{}</bdi>',
            document["language"],
            languages.quoted(wording) if wording else say("[wording removed]"),
        ),
        claimant=format_html("<bdi>{}</bdi>", claimant["name"] if claimant else nobody),
        status=STATUSES[document["status"] or WITHDRAWN],
        register=settings.FACTCHECK_REGISTER_NAME,
        number=document["head"]["number"],
        address=format_html(
            '<span class="address">{}{}</span>',
            settings.FACTCHECK_BASE_URL,
            languages.local(page_now(document)),
        ),
    )


@register.simple_tag
def embed_address(public_id: str) -> str:
    """Return the address of the card that shows a claim's current status on other people's pages."""
    return f"{settings.FACTCHECK_BASE_URL}/embed/claims/{public_id}/"


@register.simple_tag
def licence() -> dict[str, str]:
    """Return the terms under which the register's own texts may be reused."""
    return {"name": settings.FACTCHECK_LICENCE_NAME, "url": settings.FACTCHECK_LICENCE_URL}
