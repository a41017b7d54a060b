"""Filters that turn the register's terms into words for readers."""

from __future__ import annotations

import math
from typing import Any

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma

from claims.desk_vocabulary import ReportKind
from claims.layout import words
from claims.layout.claim_view import Line
from claims.templatetags.public_text import exact_moment
from claims.vocabulary import Cause, EvidenceKind, Position, RatedAs

register = template.Library()


@register.inclusion_tag("public/parts/status.html")
def status_word(status: str | None, label: str = "") -> dict[str, str]:
    """Show a status in words of the language spoken, with a mark of its own shape: never by colour alone."""
    status = status or words.WITHDRAWN
    return {"status": status, "label": str(words.STATUSES.get(status, label))}


@register.filter
def status_class(status: str | None) -> str:
    """Return the name under which the stylesheet knows a status."""
    return status or words.WITHDRAWN


@register.filter
def status_name(status: str | None) -> str:
    """Return a status in words."""
    return str(words.STATUSES[status or words.WITHDRAWN])


@register.filter
def meaning(status: str | None) -> str:
    """Return what a status means."""
    return str(words.MEANINGS[status or words.WITHDRAWN])


@register.filter
def in_words(position: str) -> str:
    """Return what a speaker did with a claim: it was asserted, denied …"""
    return str(words.POSITIONS[Position(position)])


@register.filter
def voice(position: str) -> str:
    """Return what a speaker does with a claim, to stand after the speaker's name."""
    return str(words.VOICES[position])


@register.filter
def mark_in_words(kind: str) -> str:
    """Return what a mark of the timeline stands for."""
    return str(words.MARKS[kind])


@register.filter
def kind_of_source(kind: str) -> str:
    """Return what kind of source a piece of evidence is."""
    return str(EvidenceKind(kind).label)


@register.filter
def rating_in_words(rated_as: str) -> str:
    """Return what another fact-checker's rating comes to."""
    return str(RatedAs(rated_as).label)


@register.filter
def cause_in_words(cause: str) -> str:
    """Return why a verdict was given."""
    return str(Cause(cause).label)


@register.filter
def cue_in_words(cue_class: str) -> str:
    """Return what kind of expression a cue is."""
    return str(words.CUES[cue_class])


@register.filter
def kind_label(kind: str) -> str:
    """Return what kind of claim it is, in words that cannot be taken for a verdict."""
    return str(words.KINDS[kind])


@register.filter
def report_kind(kind: str) -> str:
    """Return what somebody told the register."""
    return str(ReportKind(kind).label)


@register.filter
def bounded(number: int, most: int) -> str:
    """Return a number that was counted up to `most`; beyond that only that it is more."""
    return f"{intcomma(most)}+" if number > most else intcomma(number)


@register.filter
def in_minutes(seconds: int) -> int:
    """Return a time to wait in whole minutes, at least one."""
    return max(1, math.ceil(seconds / 60))


@register.filter
def clock_label(name: str) -> str:
    """Return the question that a parameter asks of one of the clocks; nothing for any other parameter."""
    return str(words.CLOCKS.get(name, ""))


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
