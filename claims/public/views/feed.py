"""The feeds: claims (all, or any choice of them), changes of verdicts, corrections, and the acts on one claim."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from claims import addresses
from claims.layout.corrections import correction_of
from claims.models import Claim, HistoryEntry
from claims.public.answers import answer_with, moved, public_page
from claims.public.arguments import BadArgument
from claims.public.choosing import Choice, read_choice
from claims.public.feeds.entries import of_acts, of_change, of_claim, of_correction
from claims.public.feeds.forms import Entry, Feed, tag_uri, written
from claims.templatetags.public_machines import shared_title

MOST = 30
NAMES = ("claimant", "publisher", "topic")
Telling = tuple[Feed, list[str]]


@public_page
def show(request: HttpRequest, what: str, form: str) -> HttpResponse:
    """Show one of the feeds of the whole register, in one of the forms."""
    feed, marks = TOLD[what](request, form)
    return answer_with(request, lambda: written(feed, form), marks=[feed.title, *marks])


@public_page
def show_claim(request: HttpRequest, public_id: str, form: str) -> HttpResponse:
    """Show the acts on a published claim; the feed of a merged one is the survivor's."""
    claims = Claim.objects.published().known_as(public_id)
    found = claims.with_document().with_survivor().first()
    if found is None:
        raise Http404
    if found.merged_into and found.merged_into.is_published:
        return moved(request, addresses.claim_feed(found.merged_into.public_id, form))

    def made() -> HttpResponse:
        document = json.loads(found.document.body)
        feed = Feed(
            tag_uri(f"feeds/claims/{public_id}"),
            _("Acts on the claim: %(claim)s") % {"claim": shared_title(document)},
            addresses.claim_feed(public_id, form),
            document["html_url"],
            of_acts(document, most=MOST),
        )
        return written(feed, form)

    return answer_with(request, made, marks=[found.document.sha256])


def _claims(request: HttpRequest, form: str) -> Telling:
    choice = _choice(request)
    claims = list(choice.claims().with_document().newest_first()[:MOST])
    query = f"?{choice.query}" if choice.query else ""
    feed = _feed("claims", form, choice.title, map(of_claim, claims), query=query)
    return feed, [claim.document.sha256 for claim in claims]


def _choice(request: HttpRequest) -> Choice:
    """Return what is chosen; a claimant, publisher or topic that readers do not know has no feed."""
    try:
        return read_choice(request.GET)
    except BadArgument as refusal:
        if refusal.name in NAMES:
            raise Http404 from refusal
        raise


def _changes(request: HttpRequest, form: str) -> Telling:
    entries = list(HistoryEntry.objects.changes_of_verdict()[:MOST])
    told = (
        of_change(one, before=getattr(one, "before", None), after=getattr(one, "after", None))
        for one in entries
    )
    feed = _feed("changes", form, _("Changes of verdicts"), told)
    return feed, [entry.claim.document.sha256 for entry in entries]


def _corrections(request: HttpRequest, form: str) -> Telling:
    found = HistoryEntry.objects.corrections().newest_first()[:MOST]
    corrections = [correction_of(entry) for entry in found]
    feed = _feed("corrections", form, _("Corrections"), map(of_correction, corrections))
    return feed, [str(one) for one in corrections]


def _feed(what: str, form: str, title: str, told: Iterable[Entry], *, query: str = "") -> Feed:
    return Feed(
        id=tag_uri(f"feeds/{what}{query}"),
        title=title,
        path=addresses.feed(what, form) + query,
        page=f"/{what}/{query}",
        entries=list(told),
    )


TOLD: dict[str, Callable[[HttpRequest, str], Telling]] = {
    "claims": _claims,
    "changes": _changes,
    "corrections": _corrections,
}
