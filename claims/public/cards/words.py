"""What a claim's card says, and what it says instead where our faces lack the claim's script or its words are gone."""

from __future__ import annotations

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from claims.documents import Document
from claims.languages import QUOTATION_MARKS, spoken
from claims.layout.words import WITHDRAWN
from claims.public.cards.card import Card
from claims.public.cards.lettering import covers, plain
from claims.templatetags.public_machines import status_in_words
from claims.templatetags.public_text import day_of


def card_of(document: Document) -> Card:
    """Return the card of a claim's document (or of its summary)."""
    text, closing = _claim(document)
    return Card(
        status=document["status"] or WITHDRAWN,
        heading=status_in_words(document["status"]),
        text=text,
        closing=closing,
        foot=_foot(document),
        register=_register(),
    )


def general_card() -> Card:
    """Return the card of every page that has none of its own."""
    text = _("A register of public claims, the evidence for and against them, and what it shows.")
    return Card("", _register(), text, "", settings.FACTCHECK_BASE_URL.partition("//")[2], "")


def _claim(document: Document) -> tuple[str, str]:
    """Return the claim in quotation marks, the last apart; or whose it is, where it cannot be drawn."""
    wording = plain(document["wording"] or "")
    if wording and covers(wording):
        opening, closing = QUOTATION_MARKS[spoken()]
        return f"{opening}{wording}", closing
    name = _claimant(document)
    if not wording:
        return (_("A claim by %(name)s. Its words were removed.") % {"name": name}), ""
    return (
        _("A claim in %(language)s, by %(name)s") % {"language": _language(document), "name": name}
    ), ""


def _claimant(document: Document) -> str:
    part = document["claimant"]
    name = plain(part["name"]) if part else ""
    return name if name and covers(name) else _("somebody named on its page")


def _language(document: Document) -> str:
    try:
        return str(get_language_info(document["language"].lower())["name_translated"])
    except KeyError:
        return str(document["language"])


def _foot(document: Document) -> str:
    part = document["claimant"]
    name = plain(part["name"]) if part else ""
    day = strip_tags(day_of(document["status_since"]))
    if name and covers(name):
        return _("Claim by %(name)s · verdict of %(day)s") % {"name": name, "day": day}
    return _("Verdict of %(day)s") % {"day": day}


def _register() -> str:
    name = plain(settings.FACTCHECK_REGISTER_NAME)
    return name if covers(name) else settings.FACTCHECK_BASE_URL.partition("//")[2]
