"""From a web address or a file to evidence: where the source is, how far its reading is, the form filled in from it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from claims import workflow
from claims.admin.base import BIGGEST_KEY
from claims.admin.claim_acts import ClaimVerbPage
from claims.admin.evidence_forms import (
    ReadEvidenceForm,
    SourceForm,
    chosen_review,
    draft_of,
)
from claims.admin.ledger import claim_url
from claims.admin.looking import looked_at
from claims.admin.pages import VerbPage
from claims.admin.site import DeskSite
from claims.admin.uploads import was_too_large
from claims.desk_vocabulary import FetchTrouble, ReadingState
from claims.models import Claim, Evidence, Publisher, SourceReading, User
from claims.tasks import enqueue
from claims.tasks.sources import read_source_page
from claims.vocabulary import Verb
from claims.workflow.origins import origin_hints

SLOW = timedelta(seconds=30)
MOST_PARAGRAPHS = 500
AT_WORK = (ReadingState.WAITING, ReadingState.FETCHING)
BY_HAND = _(
    "Look at the page in your browser: add what it says by hand, or save it as a PDF and bring the file."
)
LATER = _(
    "Try again in a few minutes. If that does not help, look at the page in your browser and add what it says by "
    "hand, or have an archive's copy of it read in its place."
)
MISSPELT = _(
    "Look whether the address is whole, and spelt as your browser shows it. If it is, add what the source says by hand."
)
ADVICE: dict[str, StrOrPromise] = {
    FetchTrouble.ADDRESS: MISSPELT,
    FetchTrouble.NO_HOST: MISSPELT,
    FetchTrouble.GONE: _(
        "Look for a typing error. If the page was taken down, have an archive's copy of it read in its place."
    ),
    FetchTrouble.CONNECTION: LATER,
    FetchTrouble.TIMEOUT: LATER,
    FetchTrouble.BUSY: LATER,
    FetchTrouble.NOT_TEXT: _(
        "Web pages, plain text, PDF and pictures are read; at the address is something else. Save it as a PDF and "
        "bring the file, or add what it says by hand."
    ),
    FetchTrouble.FORGOTTEN: _(
        "Nobody came to it for a quarter of an hour. Try again; if it happens again, tell whoever runs the register "
        "that the background worker may not be running."
    ),
}


def reading_url(reading: SourceReading, page: str = "") -> str:
    """Return the address of a reading's page, or of one below it."""
    ids = {"pk": reading.claim_id, "number": reading.pk}
    return reverse(f"admin:claims_claim_reading{page}", kwargs=ids)


def by_hand_url(reading: SourceReading) -> str:
    """Return where the same source is added by hand."""
    page = reverse("admin:claims_claim_add-evidence", kwargs={"pk": reading.claim_id})
    return f"{page}?{urlencode({'url': reading.url})}"


def is_slow(reading: SourceReading) -> bool:
    """Whether nobody has come to it for longer than usual."""
    return reading.state == ReadingState.WAITING and timezone.now() - reading.at > SLOW


def found_reading(**ids: int) -> SourceReading:
    """Return the reading an address names. Raises Http404."""
    rows = SourceReading.objects.with_all()
    return get_object_or_404(rows, claim=ids["pk"], pk=ids["number"])


class ReadSource(ClaimVerbPage):
    """Say where a source is. Nothing of the claim changes, so nothing need be looked at first."""

    verb = Verb.ADD_EVIDENCE
    slug = "read-source"
    title, button = _("Read a source"), _("Read it")
    intro = _(
        "The page is fetched by the desk's own fetcher, and a copy is kept. Then you look at everything, correct "
        "it, and pick the passage that matters."
    )
    done = _("Source taken.")
    form_class = SourceForm
    template = "admin/claims/read_source.html"
    guarded = False

    def form(self, subject: Claim, request: HttpRequest, **data: Any) -> forms.Form:
        return SourceForm(too_large=was_too_large(request), **data)

    def perform(self, subject: Claim, data: dict[str, Any], by: User) -> SourceReading:
        if file := data["file"]:
            return workflow.take_file(subject, data=file.read(), name=file.name, by=by)
        reading = workflow.start_reading(subject, url=data["url"], by=by)
        enqueue(read_source_page, reading.pk)
        return reading

    def said(self, result: SourceReading) -> str:
        if result.state in AT_WORK:
            return gettext("The page is being read. You may go on with something else meanwhile.")
        return str(self.done)

    def after(self, subject: Claim, result: SourceReading) -> str:
        return reading_url(result)


class ReadingPages:
    """How far a reading is: a page that looks again by itself, and the same in a word for the page's script."""

    def __init__(self, site: DeskSite) -> None:
        self.site = site

    def urls(self, prefix: str) -> list[URLPattern]:
        """Return where the two live."""
        route = "<int:pk>/reading/<int:number>/"
        page, state = (
            looked_at(self.site, view, having=Verb.ADD_EVIDENCE) for view in (self.page, self.state)
        )
        return [
            path(route, page, name=f"{prefix}_reading"),
            path(f"{route}state/", state, name=f"{prefix}_reading-state"),
        ]

    def page(self, request: HttpRequest, **ids: int) -> HttpResponse:
        """Show how far it is; once it is done, lead on."""
        reading = self._reading(ids)
        if reading.state == ReadingState.READY:
            return redirect(reading_url(reading, "-add"))
        if reading.state == ReadingState.USED:
            return redirect(claim_url(reading.claim_id))
        context = {
            **self.site.each_context(request),
            "title": gettext("The source") if reading.trouble else gettext("Reading the source"),
            "claim": reading.claim,
            "reading": reading,
            "at_work": reading.state in AT_WORK,
            "is_slow": is_slow(reading),
            "advice": ADVICE.get(reading.trouble, BY_HAND),
            "by_hand_url": by_hand_url(reading),
            "state_url": reading_url(reading, "-state"),
            "back": claim_url(reading.claim_id),
        }
        return TemplateResponse(request, "admin/claims/reading.html", context)

    def state(self, request: HttpRequest, **ids: int) -> HttpResponse:
        """Say how far it is."""
        reading = self._reading(ids)
        under_way = reading.state in AT_WORK
        return JsonResponse(
            {"state": reading.state, "under_way": under_way, "slow": is_slow(reading)}
        )

    def _reading(self, ids: dict[str, int]) -> SourceReading:
        if max(ids.values()) > BIGGEST_KEY:
            raise Http404
        return found_reading(**ids)


class AddReadEvidence(VerbPage[SourceReading]):
    """The evidence form, filled in from what was read, beside the text it was read from."""

    verb = Verb.ADD_EVIDENCE
    route = "<int:pk>/reading/<int:number>/"
    slug = "add"
    title, button = _("Add evidence"), _("Add evidence")
    done = _("Evidence added, with its stored copy.")
    intro = _(
        "Filled in from the source. Correct what is wrong, pick the passage that matters, and say what it does to "
        "the claim. Evidence can be withdrawn later, never edited."
    )
    form_class = ReadEvidenceForm
    template = "admin/claims/read_evidence.html"

    def urls(self, prefix: str) -> URLPattern:
        url = super().urls(prefix)
        url.name = f"{prefix}_reading-add"
        return url

    def subject(self, **ids: int) -> SourceReading:
        return found_reading(**ids)

    def claim_of(self, subject: SourceReading) -> Claim:
        return subject.claim

    def back(self, subject: SourceReading) -> str:
        return claim_url(subject.claim_id)

    def closed_because(self, subject: SourceReading, by: User) -> str:
        if subject.state == ReadingState.USED:
            return gettext("This source was added already.")
        if subject.state != ReadingState.READY:
            return gettext("This source is not read yet.")
        return ""

    def form(self, subject: SourceReading, request: HttpRequest, **data: Any) -> forms.Form:
        standing = Evidence.objects.filter(claim=subject.claim_id).standing()
        known = list(standing.select_related("entry"))
        reviews = list(subject.reviews.all())
        publisher = Publisher.objects.filter(domain=subject.domain).first()
        return ReadEvidenceForm(
            reading=subject,
            known=known,
            hints=origin_hints(subject, known),
            reviews=reviews,
            publisher=publisher,
            review=chosen_review(reviews, request.GET.get("review", "")),
            **data,
        )

    def context(self, subject: SourceReading, form: forms.Form) -> dict[str, Any]:
        copy = subject.snapshot
        paragraphs = copy.text.split("\n\n") if copy and copy.text else []
        return {
            "copy": copy,
            "paragraphs": paragraphs[:MOST_PARAGRAPHS],
            "goes_on": len(paragraphs) > MOST_PARAGRAPHS,
        }

    def perform(self, subject: SourceReading, data: dict[str, Any], by: User) -> Evidence:
        publisher = self._publisher(subject, data, by)
        return workflow.add_read_evidence(
            subject, draft_of(data, publisher), by=by, not_in_copy=data["not_in_copy"]
        )

    def _publisher(
        self, subject: SourceReading, data: dict[str, Any], by: User
    ) -> Publisher | None:
        """Return the publisher a person named: that of the domain, where they left its name as it is."""
        name = data["publisher_name"]
        if not name:
            return None
        known = Publisher.objects.filter(domain=subject.domain).first()
        if known is not None and known.name.casefold() == name.casefold():
            return known
        domain = subject.domain if data.get("of_domain") else ""
        return workflow.record_publisher(name=name, domain=domain, by=by)


SOURCE_PAGES: tuple[type[VerbPage[Any]], ...] = (ReadSource, AddReadEvidence)
