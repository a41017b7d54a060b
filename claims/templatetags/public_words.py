"""Filters that turn the register's terms into words for readers."""

from __future__ import annotations

from typing import Any

from django import template

from claims.layout import words
from claims.layout.claim_view import Line
from claims.templatetags.public_text import exact_moment
from claims.vocabulary import Position

register = template.Library()


@register.inclusion_tag("public/parts/status.html")
def status_word(status: str | None, label: str = "") -> dict[str, str]:
    """Show a status in words, with a mark of its own shape: never by colour alone."""
    status = status or words.WITHDRAWN
    return {"status": status, "label": label or status.capitalize()}


@register.filter
def status_class(status: str | None) -> str:
    """Return the name under which the stylesheet knows a status."""
    return status or words.WITHDRAWN


@register.filter
def meaning(status: str | None) -> str:
    """Return what a status means."""
    return str(words.MEANINGS[status or words.WITHDRAWN])


@register.filter
def in_words(position: str) -> str:
    """Return what a speaker did with a claim: it was asserted, denied …"""
    return words.POSITIONS[Position(position)]


@register.filter
def cue_in_words(cue_class: str) -> str:
    """Return what kind of expression a cue is."""
    return words.CUES[cue_class]


@register.filter
def kind_label(kind: str) -> str:
    """Return what kind of claim it is, in words that cannot be taken for a verdict."""
    return words.KINDS[kind]


@register.filter
def clock_label(name: str) -> str:
    """Return the question that a parameter asks of one of the clocks; nothing for any other parameter."""
    return words.CLOCKS.get(name, "")


@register.filter
def named(part: dict[str, Any] | None) -> str:
    """Return who is held to make a claim, in one line."""
    if not part or not part["name"]:
        return ""
    return f"{part['name']}, {part['role']}" if part["role"] else str(part["name"])


@register.filter
def head_moment(line: Line) -> str:
    """Return the moment of the last line of a history, as an argument in an address holds it."""
    return exact_moment(line.entry["recorded_at"])
