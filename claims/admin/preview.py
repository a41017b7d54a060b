"""The public page as it would be once a proposal is approved: the readers' own template, for the desk's eyes."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from claims.admin.ledger import claim_url
from claims.admin.review_acts import hindrance
from claims.admin.site import person_of
from claims.history.replay import replay
from claims.layout.claim_view import view_of
from claims.models import Review
from claims.vocabulary import Verb
from claims.workflow.opinions import may_know
from claims.workflow.prospect import prospect
from claims.workflow.refusals import require


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a proposal of this review as a page of the register; nothing is written and nothing is public."""
    by = person_of(request)
    require(by, Verb.APPROVE_VERDICT)
    review = get_object_or_404(Review.objects.active().select_related("claim"), pk=pk)
    if not may_know(review, by):
        return redirect("admin:claims_review_rate", review.pk)
    proposal = review.proposals.with_basis().order_by("-pk").first()
    if proposal is None:
        raise Http404
    state = replay(review.claim)
    reason = hindrance(proposal, state)
    name = proposal.by.public_name
    document = prospect(state, proposal, proposed_by=name, approved_by=by.public_name)
    context = {
        "doc": document,
        "view": view_of(document),
        "preview": True,
        "noindex": True,
        "hindrance": reason,
        "back": claim_url(review.claim_id, "review"),
    }
    return TemplateResponse(request, "admin/claims/preview.html", context)
