"""“Claimed before?”: the claims nearest to a wording, asked for while it is typed. Nothing is linked by itself."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from claims.admin.base import BIGGEST_KEY
from claims.admin.site import person_of
from claims.models import Article
from claims.search.desk import Known, claimed_before
from claims.vocabulary import Verb, VerificationStatus
from claims.workflow.claims import WORDING_LIMIT
from claims.workflow.refusals import require


@dataclass(frozen=True, slots=True)
class Near:
    """A claim of the register that may be the one somebody is about to record."""

    known: Known
    is_here: bool

    @property
    def status_label(self) -> str:
        """Its status in words."""
        return str(VerificationStatus(self.known.status).label) if self.known.status else ""


def nearest_claims(wording: str, article: Article) -> list[Near]:
    """Return the five claims nearest to `wording`; of each, whether it was found in this article already."""
    found = claimed_before(wording[:WORDING_LIMIT], limit=5)
    if not found:
        return []
    keys = [one.pk for one in found]
    appearances = article.appearances.standing().filter(claim__in=keys)
    here = set(appearances.values_list("claim", flat=True))
    return [Near(one, one.pk in here) for one in found]


class ClaimedBefore:
    """Answers with the five nearest claims as a fragment of the form.

    It is asked by POST so that unpublished wordings stand in no log of addresses; it changes nothing.
    """

    def url(self, site: AdminSite) -> URLPattern:
        """Return the address."""
        view = require_POST(site.admin_view(self.answer))
        return path("<int:pk>/claimed-before/", view, name="claims_article_claimed_before")

    def answer(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Look up what was typed, as far as a wording goes."""
        require(person_of(request), Verb.RECORD_CLAIM)
        if pk > BIGGEST_KEY:
            raise Http404
        article = get_object_or_404(Article.objects.without_text(), pk=pk)
        known = nearest_claims(request.POST.get("wording", ""), article)
        context = {"known": known, "subject": article}
        return render(request, "admin/claims/parts/claimed_before.html", context)
