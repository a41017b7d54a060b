"""What feeds tell of a claim, of a change of its verdict, of a correction, of any act on it: as text and as safe HTML.

Nothing here is told without the status before it: a title that stands alone must not repeat a claim.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from django.utils.html import format_html_join, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from claims.documents import Document
from claims.languages import quoted
from claims.layout.corrections import Correction
from claims.layout.words import STORIES
from claims.models import Claim, HistoryEntry
from claims.public.cards.lettering import plain
from claims.public.feeds.forms import Entry, tag_uri
from claims.templatetags.public_machines import shared_title, status_in_words
from claims.templatetags.public_text import day_of, rich
from claims.templatetags.public_words import named

LONGEST_TITLE = 250


def of_claim(claim: Claim) -> Entry:
    """Return a claim as things stand; a change of its status makes it new, and leaves it the same entry."""
    document = json.loads(claim.document.body)
    since = datetime.fromisoformat(document["status_since"])
    verdict = document["verdict"]
    rationale = verdict["rationale"] if verdict else None
    return _entry(
        tag_uri(f"claims/{document['id']}"),
        document,
        title=shared_title(document),
        lines=_lines(document),
        rationale=rationale,
        published=datetime.fromisoformat(document["published_at"]),
        updated=since,
    )


def of_change(entry: HistoryEntry, *, before: str | None, after: str | None) -> Entry:
    """Return a change of a claim's verdict."""
    document = json.loads(entry.claim.document.summary)
    turned = f"{status_in_words(before or None)} → {status_in_words(after or None)}"
    return _entry(
        tag_uri(f"claims/{document['id']}/entries/{entry.number}"),
        document,
        title=_titled(turned, document),
        lines=[turned, *_lines(document)[1:]],
        rationale=entry.verdict.rationale if after else entry.note,
        published=entry.recorded_at,
        updated=entry.recorded_at,
        anchor=f"#history-{entry.number}",
    )


def of_correction(one: Correction) -> Entry:
    """Return something that was put right."""
    what = str(one.title)
    if one.before != one.after:
        what = f"{what} ({one.before_label} → {one.after_label})"
    return _entry(
        tag_uri(f"claims/{one.claim['id']}/corrections/{one.number}"),
        one.claim,
        title=_titled(what, one.claim),
        lines=[what, *_lines(one.claim)],
        rationale=one.reason,
        published=one.at,
        updated=one.at,
        path=one.path,
    )


def of_acts(
    document: Document, *, most: int, before: int | None = None
) -> tuple[list[Entry], int | None]:
    """Return the last acts on a claim, or the last ones before the entry of a number, the latest first.

    With them the number before which it goes on; None where nothing is left.
    """
    acts = [act for act in document["history"] if before is None or act["number"] < before]
    shown = acts[: -most - 1 : -1]
    left = len(acts) > len(shown)
    return [_of_act(document, act) for act in shown], shown[-1]["number"] if left else None


def _of_act(document: Document, act: Document) -> Entry:
    what = str(STORIES[act["act"]])
    if "status" in act:
        what = f"{what} ({status_in_words(act['status'])})"
    at = datetime.fromisoformat(act["recorded_at"])
    return _entry(
        tag_uri(f"claims/{document['id']}/entries/{act['number']}"),
        document,
        title=_("%(what)s, entry %(number)d") % {"what": what, "number": act["number"]},
        lines=[what, *_lines(document)],
        rationale=act["reason"],
        published=at,
        updated=at,
        anchor=f"#history-{act['number']}",
    )


def _entry(
    id: str,
    document: Document,
    *,
    title: str,
    lines: Iterable[str],
    rationale: str | None,
    published: datetime,
    updated: datetime,
    anchor: str = "",
    path: str = "",
) -> Entry:
    shown = [line for line in lines if line]
    text = "\n\n".join([*shown, *([strip_tags(rich(rationale)).strip()] if rationale else [])])
    return Entry(
        id=id,
        title=plain(title)[:LONGEST_TITLE],
        path=path or f"{document['html_url']}{anchor}",
        text=_printable(text),
        html=_printable(_paragraphs(shown) + rich(rationale)),
        published=published,
        updated=updated,
        language=document["language"],
        tags=(status_in_words(document["status"]),),
    )


def _titled(what: str, document: Document) -> str:
    return f"{what}: {quoted(document['wording'])}" if document["wording"] else what


def _lines(document: Document) -> list[str]:
    """Return the status, the claim in quotation marks, whose it is, and since when the status stands."""
    name = named(document["claimant"])
    day = strip_tags(day_of(document["status_since"]))
    return [
        status_in_words(document["status"]),
        quoted(document["wording"]) if document["wording"] else "",
        _("Claim by %(name)s.") % {"name": name} if name else "",
        _("Verdict of %(day)s.") % {"day": day},
    ]


def _paragraphs(lines: Iterable[str]) -> SafeString:
    return format_html_join("", "<p>{}</p>", ((line,) for line in lines))


def _printable(text: str) -> str:
    """Return a text without the few characters that XML cannot hold."""
    return "".join(c for c in text if c >= " " or c in "\n\t")
