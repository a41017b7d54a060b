"""Tags that say to programs what a page says to people."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import orjson
from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from claims import addresses, languages
from claims.interop.claimreview_markup import Item, claim_review, publisher_of
from claims.vocabulary import WITHDRAWN_LABEL, VerificationStatus

register = template.Library()
# As JSON may spell them, so that no text can end the element it stands in or open a comment there.
ATOM = "application/atom+xml"
KINDS = {"atom": ATOM, "json": "application/feed+json"}
FEEDS = {
    "claims": gettext_lazy("All verdicts"),
    "changes": gettext_lazy("Changes of verdicts"),
    "corrections": gettext_lazy("Corrections"),
}
NARROWED = {"claimant": "public_id", "publisher": "public_id", "topic": "slug"}
LOCALES = {languages.PUBLIC: "en_GB", "de": "de_DE"}
_ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&\u2028\u2029"}


@register.simple_tag
def claim_review_markup(document: dict[str, Any], claimant_url: str = "") -> SafeString:
    """Return the verdict of a claim's document as a block of data (JSON-LD); nothing where none is in force.

    `claimant_url` is where others say who the claimant is.
    """
    base = settings.FACTCHECK_BASE_URL
    markup = claim_review(document, publisher=publisher(), base=base, claimant_url=claimant_url)
    return data_block(markup) if markup else SafeString("")


@register.simple_tag
def status_in_words(status: str | None) -> str:
    """Return a status as readers read it, in the language spoken."""
    return str(VerificationStatus(status).label if status else WITHDRAWN_LABEL)


@register.simple_tag
def shared_title(document: dict[str, Any]) -> str:
    """Return what stands for a claim where its address is passed on: never its words without the status."""
    status, wording = status_in_words(document["status"]), document["wording"]
    return f"{status}: {languages.quoted(wording)}" if wording else status


@register.simple_tag
def card_address(document: dict[str, Any] | None = None) -> str:
    """Return the whole address of a claim's card, or of the register's own."""
    path = addresses.claim_card(document["id"]) if document else "/card.png"
    return f"{settings.FACTCHECK_BASE_URL}{languages.local(path)}"


@register.simple_tag
def oembed_address(path: str, form: str) -> str:
    """Return where programs ask how to take in the page at a path of the register."""
    base = settings.FACTCHECK_BASE_URL
    asked = urlencode({"url": base + languages.local(path), "format": form})
    return f"{base}{reverse('machines:oembed')}?{asked}"


@register.inclusion_tag("public/parts/feeds.html", takes_context=True)
def feed_links(context: dict[str, Any]) -> dict[str, Any]:
    """Name the feeds of the register, and first that of what the page shows."""
    found = [(str(title), addresses.feed(what, "atom"), ATOM) for what, title in FEEDS.items()]
    own = _own_feed(context)
    if own:
        title, path, query = own
        found = [(title, f"{path}.{form}{query}", kind) for form, kind in KINDS.items()] + found
    return {"feeds": found}


def _own_feed(context: dict[str, Any]) -> tuple[str, str, str] | None:
    """Return the title, the path without its form and the query of the feed of what a page shows."""
    claims = addresses.feed("claims", "").removesuffix(".")
    document, choice = context.get("doc"), context.get("choice")
    if document:
        path = addresses.claim_feed(document["id"], "").removesuffix(".")
        return gettext("Acts on this claim"), path, ""
    if choice:
        return choice.title, claims, f"?{choice.query}"
    for name, key in NARROWED.items():
        if thing := context.get(name):
            query = urlencode({name: getattr(thing, key)})
            return gettext("Claims on this page"), claims, f"?{query}"
    return None


@register.simple_tag
def locales() -> list[str]:
    """Return the languages of the pages as Open Graph names them, the one spoken first."""
    spoken = languages.spoken()
    return [LOCALES[tag] for tag in sorted(languages.READERS, key=lambda tag: tag != spoken)]


def publisher() -> Item:
    """Return who publishes this register."""
    return publisher_of(
        settings.FACTCHECK_REGISTER_NAME, settings.FACTCHECK_BASE_URL, settings.FACTCHECK_POLICIES
    )


def data_block(item: Item) -> SafeString:
    """Return an item as the element that browsers do not run and programs read."""
    # safe: no character that HTML gives a meaning to is left in it
    text = SafeString(data_text(item))
    return format_html('<script type="application/ld+json">{}</script>', text)


def data_text(item: Item) -> str:
    """Return an item as JSON that may stand anywhere in a page."""
    return orjson.dumps(item).decode().translate(_ESCAPES)
