"""The pages on which people move a review: assign, propose, approve, return, close."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims import documents, workflow
from claims.admin.forms import ApprovalForm, AssignForm, InternalReasonForm, ProposalForm
from claims.admin.ledger import claim_url
from claims.admin.pages import VerbPage
from claims.admin.readiness import readiness
from claims.admin.review_panel import checklist_of
from claims.admin.site import person_of
from claims.admin.steps import refusal_of
from claims.desk_vocabulary import RatingState
from claims.history.replay import replay
from claims.history.state import State
from claims.layout.changes import Change, changes
from claims.models import Claim, Proposal, Review, User
from claims.models.verdict import TEXTS
from claims.vocabulary import Verb, VerificationStatus
from claims.workflow import RuleBroken, VerdictDraft, rules
from claims.workflow.checklist import open_items
from claims.workflow.conflicts import free_of_conflict
from claims.workflow.machine import next_state
from claims.workflow.opinions import (
    MISSING,
    is_secret,
    known_proposal,
    may_know,
    ratings_stand_behind,
)
from claims.workflow.prospect import prospect
from claims.workflow.rules import independent_origins
from claims.workflow.verdicts import draft_of

RATE_FIRST = _("Rate it first: you are shown what was proposed once you have.")


def kept_out(by: User, claim: Claim) -> str:
    """Return why a conflict of interest keeps somebody out of the verdict on a claim, or nothing."""
    return refusal_of(free_of_conflict, by, claim)


class ReviewVerbPage(VerbPage[Review]):
    """A page about one review."""

    def subject(self, **ids: int) -> Review:
        return get_object_or_404(Review.objects.select_related("claim__claimant"), **ids)

    def claim_of(self, subject: Review) -> Claim:
        return subject.claim

    def back(self, subject: Review) -> str:
        return claim_url(subject.claim_id, "review")

    def version(self, subject: Review) -> str:
        latest = subject.latest_proposal()
        return f"{subject.claim.head_number}-{subject.state}-{latest.pk if latest else 0}"

    def closed_because(self, subject: Review, by: User) -> str:
        return refusal_of(next_state, subject, self.verb)


class Assign(ReviewVerbPage):
    verb = Verb.ASSIGN_REVIEW
    slug, title, button = "assign", _("Assign the review"), _("Assign")
    done = _("Review assigned.")
    form_class = AssignForm

    def form(self, subject: Review, request: HttpRequest, **data: Any) -> forms.Form:
        initial = {"to": subject.assignee_id or request.user.pk}
        return AssignForm(claim=subject.claim, initial=initial, **data)

    def perform(self, subject: Review, data: dict[str, Any], by: User) -> Review:
        return workflow.assign_review(subject, to=data["to"], by=by)


class Propose(ReviewVerbPage):
    verb = Verb.PROPOSE_VERDICT
    slug, title, button = "propose", _("Propose a verdict"), _("Propose")
    done = _("Verdict proposed. Somebody else must approve it before readers see it.")
    intro = _("Somebody else reads it and approves it, or returns it to you.")
    form_class = ProposalForm
    template = "admin/claims/propose.html"
    shared = True

    def form(self, subject: Review, request: HttpRequest, **data: Any) -> forms.Form:
        standing = [piece.row for piece in replay(subject.claim).standing_evidence()]
        earlier = known_proposal(subject, person_of(request))
        initial = written(earlier) if earlier else {"evidence": [row.pk for row in standing]}
        return ProposalForm(standing=standing, earlier=earlier, initial=initial, **data)

    def context(self, subject: Review, form: forms.Form) -> dict[str, Any]:
        typed = form if isinstance(form, ProposalForm) else None
        return {
            "readiness": readiness(typed.standing) if typed else [],
            "earlier": typed and typed.earlier,
            "open_items": open_items(subject),
        }

    def closed_because(self, subject: Review, by: User) -> str:
        return super().closed_because(subject, by) or kept_out(by, subject.claim)

    def perform(self, subject: Review, data: dict[str, Any], by: User) -> Proposal:
        data |= {"status": VerificationStatus(data["status"]), "evidence": list(data["evidence"])}
        return workflow.propose_verdict(subject, VerdictDraft(**data), by=by)


def written(proposal: Proposal) -> dict[str, Any]:
    """Return a proposal as its form holds it: it is worked on, not typed again."""
    chosen = [row.pk for row in proposal.evidence.all()]
    texts = {name: getattr(proposal, name) for name in TEXTS}
    return {"status": proposal.status, "evidence": chosen, **texts}


class Decide(ReviewVerbPage):
    """A page that shows the proposal to whoever decides on it."""

    template = "admin/claims/decide.html"

    def _page(
        self, request: HttpRequest, subject: Review, form: forms.Form, **shown: Any
    ) -> HttpResponse:
        """Lead whoever has to rate the claim first there; of the proposal they are shown nothing."""
        if may_know(subject, person_of(request)):
            return super()._page(request, subject, form, **shown)
        messages.info(request, RATE_FIRST)
        return redirect("admin:claims_review_rate", subject.pk)

    def context(self, subject: Review, form: forms.Form) -> dict[str, Any]:
        proposal = subject.proposals.with_basis().order_by("-pk").first()
        if proposal is None:
            return {"proposal": None}
        pieces = list(proposal.evidence.all())
        state = replay(subject.claim)
        standing = [piece.row for piece in state.standing_evidence()]
        return {
            "proposal": proposal,
            "pieces": pieces,
            "origins": independent_origins(pieces),
            "aside": [row for row in standing if row not in pieces],
            "hindrance": hindrance(proposal, state),
            "checklist": checklist_of(subject),
            "changes": changes_by(proposal, state),
        }


def changes_by(proposal: Proposal, state: State) -> list[Change]:
    """Return what approving would change on the public page; nothing where there is no such page yet.

    It uses `state` up.
    """
    if state.published_at is None:
        return []
    before = documents.build(state)
    name = proposal.by.public_name
    return changes(before, prospect(state, proposal, proposed_by=name, approved_by=None))


def hindrance(proposal: Proposal, state: State) -> str:
    """Return why nobody could approve `proposal` as things stand, or nothing: the verb's rules, asked early."""
    draft = draft_of(proposal)
    try:
        rules.wording_is_current(proposal, state)
        rules.evidence_carries(draft, rules.standing(state, draft.evidence))
        ratings_stand_behind(proposal.review, proposal)
    except RuleBroken as refusal:
        return " ".join(refusal.messages)
    return ""


class Approve(Decide):
    verb = Verb.APPROVE_VERDICT
    slug, title, button = "approve", _("Approve the verdict"), _("Approve and publish")
    done = _("Verdict approved and published.")
    intro = _(
        "Approving publishes this at once, under both names. It cannot be edited afterwards, only superseded."
    )
    form_class = ApprovalForm

    def closed_because(self, subject: Review, by: User) -> str:
        proposal = subject.latest_proposal()
        if proposal and proposal.by_id == by.pk:
            return gettext("You proposed this verdict; somebody else must approve it.")
        if reason := refusal_of(rules.another_follows, rules.published_alone_by(subject.claim), by):
            return reason
        if is_secret(subject) and may_know(subject, by):
            return str(MISSING[RatingState(subject.rating_state)])
        return super().closed_because(subject, by) or kept_out(by, subject.claim)

    def perform(self, subject: Review, data: dict[str, Any], by: User) -> Any:
        return workflow.approve_verdict(subject, note=data["note"], by=by)


class Return(Decide):
    verb = Verb.RETURN_REVIEW
    slug, title, button = "return", _("Return the proposal"), _("Return it")
    done = _("Proposal returned, with your reason.")
    intro = _("The proposer reads your reason and can propose again.")
    form_class = InternalReasonForm

    def perform(self, subject: Review, data: dict[str, Any], by: User) -> Review:
        return workflow.return_review(subject, reason=data["reason"], by=by)


class Close(ReviewVerbPage):
    verb = Verb.CLOSE_REVIEW
    slug, title, button = "close", _("Close the review"), _("Close it")
    done = _("Review closed without a verdict.")
    intro = _("The review ends without a verdict. A new one can be opened at any time.")
    form_class = InternalReasonForm

    def closed_because(self, subject: Review, by: User) -> str:
        refused = refusal_of(rules.may_end_without_verdict, subject.claim)
        return refused or super().closed_because(subject, by)

    def perform(self, subject: Review, data: dict[str, Any], by: User) -> Review:
        return workflow.close_review(subject, reason=data["reason"], by=by)


REVIEW_PAGES: tuple[type[VerbPage[Any]], ...] = (Assign, Propose, Approve, Return, Close)
