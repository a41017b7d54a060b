"""The feeds: claims (all, or any choice of them), changes of verdicts, corrections, and the acts on one claim."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from claims import addresses
from claims.documents import Document
from claims.layout.corrections import correction_of
from claims.models import Claim, HistoryEntry
from claims.public.answers import answer_with, moved
from claims.public.arguments import BadArgument, only, read_cursor
from claims.public.choosing import Choice, read_choice
from claims.public.feeds.entries import of_acts, of_change, of_claim, of_correction
from claims.public.feeds.forms import Entry, Feed, tag_uri, written
from claims.public.paging import BadCursor, acts_of, page_of
from claims.public.sharing import open_file
from claims.templatetags.public_machines import shared_title

MOST = 30
NAMES = ("claimant", "publisher", "topic")
NUMBER = re.compile("[1-9][0-9]{0,8}")
Telling = tuple[Feed, list[str]]


@open_file
def show(request: HttpRequest, what: str, form: str) -> HttpResponse:
    """Show one of the feeds of the whole register, in one of the forms."""
    feed, marks = TOLD[what](request, form)
    marks = [feed.title, feed.next_after or "", *marks]
    return answer_with(request, lambda: written(feed, form), marks=marks)


@open_file
def show_claim(request: HttpRequest, public_id: str, form: str) -> HttpResponse:
    """Show the acts on a published claim; the feed of a merged one is the survivor's."""
    claims = Claim.objects.published().known_as(public_id)
    found = claims.with_document().with_survivor().first()
    if found is None:
        raise Http404
    if found.merged_into and found.merged_into.is_published:
        return moved(request, addresses.claim_feed(found.merged_into.public_id, form))
    before = _read_number(request.GET)

    def made() -> HttpResponse:
        return written(_acts(json.loads(found.document.body), form, before), form)

    return answer_with(request, made, marks=[found.document.sha256])


def _acts(document: Document, form: str, before: int | None) -> Feed:
    """Return the acts on a claim, or those before an entry: where one page ends is told by the number of its last."""
    entries, left = of_acts(document, most=MOST, before=before)
    return Feed(
        tag_uri(f"feeds/claims/{document['id']}"),
        _("Acts on the claim: %(claim)s") % {"claim": shared_title(document)},
        addresses.claim_feed(document["id"], form),
        document["html_url"],
        entries,
        after=str(before) if before else None,
        next_after=str(left) if left else None,
    )


def _read_number(query: QueryDict) -> int | None:
    given = only(query, "after")
    if given and not NUMBER.fullmatch(given):
        raise BadArgument("after", given, str(BadCursor()))
    return int(given) if given else None


def _claims(request: HttpRequest, form: str) -> Telling:
    choice = _choice(request)
    after = read_cursor(request.GET)
    page = page_of(choice.claims().with_document(), after, MOST)
    query = f"?{choice.query}" if choice.query else ""
    told = map(of_claim, page.claims)
    feed = _feed(request, "claims", form, choice.title, told, page.next_cursor, query=query)
    return feed, [claim.document.sha256 for claim in page.claims]


def _choice(request: HttpRequest) -> Choice:
    """Return what is chosen; a claimant, publisher or topic that readers do not know has no feed."""
    try:
        return read_choice(request.GET)
    except BadArgument as refusal:
        if refusal.name in NAMES:
            raise Http404 from refusal
        raise


def _changes(request: HttpRequest, form: str) -> Telling:
    page = acts_of(HistoryEntry.objects.changes_of_verdict(), read_cursor(request.GET), MOST)
    told = (
        of_change(one, before=getattr(one, "before", None), after=getattr(one, "after", None))
        for one in page.rows
    )
    title = _("Changes of verdicts")
    feed = _feed(request, "changes", form, title, told, page.next_cursor)
    return feed, [entry.claim.document.sha256 for entry in page.rows]


def _corrections(request: HttpRequest, form: str) -> Telling:
    page = acts_of(HistoryEntry.objects.corrections(), read_cursor(request.GET), MOST)
    corrections = [correction_of(entry) for entry in page.rows]
    told = map(of_correction, corrections)
    feed = _feed(request, "corrections", form, _("Corrections"), told, page.next_cursor)
    return feed, [str(one) for one in corrections]


def _feed(
    request: HttpRequest,
    what: str,
    form: str,
    title: str,
    told: Iterable[Entry],
    next_after: str | None,
    *,
    query: str = "",
) -> Feed:
    return Feed(
        id=tag_uri(f"feeds/{what}{query}"),
        title=title,
        path=addresses.feed(what, form) + query,
        page=f"/{what}/{query}",
        entries=list(told),
        after=only(request.GET, "after") or None,
        next_after=next_after,
    )


TOLD: dict[str, Callable[[HttpRequest, str], Telling]] = {
    "claims": _claims,
    "changes": _changes,
    "corrections": _corrections,
}
