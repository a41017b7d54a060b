"""The pages on which people act on a claim: add and withdraw evidence, reword, void, merge, open a review."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims import workflow
from claims.admin.evidence_forms import EvidenceForm, SourceForm, draft_of
from claims.admin.forms import (
    BY_HAND,
    MergeForm,
    PublicReasonForm,
    RecheckForm,
    ReviewForm,
    RewordForm,
)
from claims.admin.ledger import claim_url
from claims.admin.merged_claims import MergedClaims
from claims.admin.pages import VerbPage
from claims.admin.party import Party, known_by
from claims.admin.site import person_of
from claims.models import Claim, Claimant, Evidence, Recheck, SourceReading, User
from claims.vocabulary import CHECKABLE_KINDS, ClaimKind, EvidenceKind, ReviewReason, Verb
from claims.workflow import RuleBroken
from claims.workflow.claims import Keep
from claims.workflow.merging import may_merge_claims
from claims.workflow.rules import takes_acts

KEEP = "keep"
LONGEST_URL = 2_000
LOOK_FIRST = _("Nothing was done yet: look at what would come of it, then press “Merge”.")


class ClaimVerbPage(VerbPage[Claim]):
    """A page about one claim."""

    def subject(self, **ids: int) -> Claim:
        return get_object_or_404(Claim.objects.recorded().with_claimant(), **ids)

    def claim_of(self, subject: Claim) -> Claim:
        return subject

    def back(self, subject: Claim) -> str:
        return claim_url(subject.pk)

    def closed_because(self, subject: Claim, by: User) -> str:
        if subject.discarded_at:
            return gettext("This claim was discarded.")
        return gettext("This claim was merged into another.") if subject.merged_into_id else ""


class AddEvidence(ClaimVerbPage):
    verb = Verb.ADD_EVIDENCE
    slug, title, button = "add-evidence", _("Add evidence"), _("Add evidence")
    done = _("Evidence added.")
    intro = _("Evidence is part of the claim's history: it can be withdrawn later, never edited.")
    form_class = EvidenceForm
    template = "admin/claims/evidence_form.html"

    def form(self, subject: Claim, request: HttpRequest, **data: Any) -> forms.Form:
        known = Evidence.objects.filter(claim=subject).standing()
        url = request.GET.get("url", "")[:LONGEST_URL]
        initial = {"kind": EvidenceKind.NEWS_REPORT, "url": url}
        form = EvidenceForm(known=known, initial=initial, **data)
        form.under_way = SourceReading.objects.open_of(subject, person_of(request))
        return form

    def context(self, subject: Claim, form: forms.Form) -> dict[str, Any]:
        return {"source_form": SourceForm(prefix=None, auto_id="source_%s")}

    def perform(self, subject: Claim, data: dict[str, Any], by: User) -> Evidence:
        name = data["publisher_name"]
        publisher = workflow.record_publisher(name=name, by=by) if name else None
        return workflow.add_evidence(subject, draft_of(data, publisher), by=by)


class WithdrawEvidence(VerbPage[Evidence]):
    verb = Verb.WITHDRAW_EVIDENCE
    slug, title, button = "withdraw", _("Withdraw evidence"), _("Withdraw")
    route = "<int:pk>/evidence/<int:number>/"
    done = _("Evidence withdrawn. It stays visible, with your reason.")
    intro = _("The evidence stays on the page, marked as withdrawn, with your reason.")
    form_class = PublicReasonForm
    template = "admin/claims/withdraw.html"

    def subject(self, **ids: int) -> Evidence:
        rows = Evidence.objects.select_related("claim__claimant", "entry")
        return get_object_or_404(rows, claim=ids["pk"], entry__number=ids["number"])

    def claim_of(self, subject: Evidence) -> Claim:
        return subject.claim

    def back(self, subject: Evidence) -> str:
        return claim_url(subject.claim_id, f"entry-{subject.entry.number}")

    def closed_because(self, subject: Evidence, by: User) -> str:
        stands = Evidence.objects.filter(pk=subject.pk).standing().exists()
        return "" if stands else gettext("This evidence was withdrawn already.")

    def perform(self, subject: Evidence, data: dict[str, Any], by: User) -> Any:
        return workflow.withdraw_evidence(subject, reason=data["reason"], by=by)


class Reword(ClaimVerbPage):
    verb = Verb.REWORD_CLAIM
    slug, title, button = "reword", _("Reword the claim"), _("Reword")
    done = _(
        "Claim reworded. Its verdict stays on the earlier wording until somebody re-confirms it."
    )
    intro = _(
        "The earlier wording stays in the history. A verdict given on it stays there too, and the page says so "
        "until somebody re-confirms it."
    )
    form_class = RewordForm
    template = "admin/claims/reword.html"
    shared = True
    party = Party("claimant", _("Who makes the claim"))
    parties = (party,)

    def form(self, subject: Claim, request: HttpRequest, **data: Any) -> forms.Form:
        initial = {"wording": subject.wording, "kind": subject.kind, "claimant": KEEP}
        form = RewordForm(initial=initial, **data)
        named = subject.claimant or gettext("nobody is named")
        as_it_is = gettext("As it is: %(claimant)s") % {"claimant": named}
        party = Party("claimant", self.party.label, [(KEEP, as_it_is)])
        form.fields |= party.fields(known_by(request.POST.get("claimant_name", "")))
        return form

    def perform(self, subject: Claim, data: dict[str, Any], by: User) -> Any:
        claimant: Claimant | Keep | None = workflow.KEEP
        if data["claimant"] != KEEP:
            claimant = self.party.chosen(data, by)
        return workflow.reword_claim(
            subject,
            wording=data["wording"],
            kind=ClaimKind(data["kind"]),
            claimant=claimant,
            reason=data["reason"],
            by=by,
        )


class VoidVerdict(ClaimVerbPage):
    verb = Verb.VOID_VERDICT
    slug, title, button = "void", _("Void the verdict"), _("Void the verdict")
    done = _("Verdict voided. The claim stays public, without a status.")
    intro = _(
        "The claim stays public without a status until a new verdict is given. The verdict stays visible."
    )
    form_class = PublicReasonForm

    def closed_because(self, subject: Claim, by: User) -> str:
        merged = super().closed_because(subject, by)
        return merged or ("" if subject.status else gettext("This claim has no verdict in force."))

    def perform(self, subject: Claim, data: dict[str, Any], by: User) -> Any:
        return workflow.void_verdict(subject, reason=data["reason"], by=by)


class Merge(ClaimVerbPage):
    verb = Verb.MERGE_CLAIMS
    slug, title, button = "merge", _("Merge into another claim"), _("Merge")
    done = _("Claims merged. The old address leads to the surviving claim.")
    intro = _(
        "This claim ends as a duplicate. Both histories stay as they are, nothing is moved, and its address leads to "
        "the surviving claim. It cannot be undone."
    )
    form_class = MergeForm
    template = "admin/claims/merge.html"
    guarded = False  # the verb locks both claims, in an order that cannot deadlock

    def closed_because(self, subject: Claim, by: User) -> str:
        merged = super().closed_because(subject, by)
        at_work = subject.reviews.active().exists()
        return merged or (
            gettext("A review of this claim is in progress: end it first.") if at_work else ""
        )

    def context(self, subject: Claim, form: forms.Form) -> dict[str, Any]:
        into = form.cleaned_data.get("into") if form.is_bound else None
        result = MergedClaims(subject, into) if into and "into" not in form.errors else None
        return {"result": result}

    def perform(self, subject: Claim, data: dict[str, Any], by: User) -> Any:
        into: Claim = data["into"]
        takes_acts(subject)
        may_merge_claims(subject, into)
        if data["shown"] != MergedClaims(subject, into).token:
            raise RuleBroken(LOOK_FIRST)
        return workflow.merge_claims(subject, into=into, reason=data["reason"], by=by)


class SetRecheck(ClaimVerbPage):
    verb = Verb.SET_RECHECK
    slug, title, button = "recheck", _("Look at it again"), _("Keep this day")
    done = _("The day is kept.")
    intro = _(
        "On this day a review is opened by itself. Left empty, the claim is not looked at again."
    )
    form_class = RecheckForm
    shared = True

    def form(self, subject: Claim, request: HttpRequest, **data: Any) -> forms.Form:
        planned = Recheck.objects.filter(claim=subject).first()
        initial = {"due_on": planned.due_on, "note": planned.note} if planned else {}
        return RecheckForm(initial=initial, **data)

    def perform(self, subject: Claim, data: dict[str, Any], by: User) -> Any:
        return workflow.set_recheck(subject, due_on=data["due_on"], note=data["note"], by=by)


class OpenReview(ClaimVerbPage):
    verb = Verb.OPEN_REVIEW
    slug, title, button = "open-review", _("Open a review"), _("Open the review")
    done = _("Review opened.")
    intro = _(
        "A review is one case of work on the claim: internal, from its opening to an approved verdict."
    )
    form_class = ReviewForm

    def closed_because(self, subject: Claim, by: User) -> str:
        if merged := super().closed_because(subject, by):
            return merged
        if subject.kind not in CHECKABLE_KINDS:
            return gettext("Forecasts and opinions are not checkable: no verdict can be given.")
        open_one = subject.reviews.active().exists()
        return gettext("This claim already has a review in progress.") if open_one else ""

    def form(self, subject: Claim, request: HttpRequest, **data: Any) -> forms.Form:
        form = ReviewForm(**data)
        if subject.is_published:
            others = [one for one in BY_HAND if one[0] != ReviewReason.NEW_CLAIM]
            form.fields["reason"].choices = [("", gettext("Choose")), *others]  # type: ignore[attr-defined]
        return form

    def perform(self, subject: Claim, data: dict[str, Any], by: User) -> Any:
        reason = ReviewReason(data["reason"])
        return workflow.open_review(subject, reason=reason, note=data["note"], by=by)


CLAIM_PAGES: tuple[type[VerbPage[Any]], ...] = (
    AddEvidence,
    WithdrawEvidence,
    Reword,
    VoidVerdict,
    Merge,
    SetRecheck,
    OpenReview,
)
