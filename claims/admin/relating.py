"""How a claim stands to others, on the desk: what its page shows of it, and the pages that state and withdraw it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from claims import workflow
from claims.admin.claim_acts import ClaimVerbPage
from claims.admin.claim_field import claim_named
from claims.admin.forms import INTERNAL, InternalReasonForm, line, text_area
from claims.admin.ledger import claim_url
from claims.admin.pages import VerbPage
from claims.admin.steps import may
from claims.desk_vocabulary import RELATIONS_TURNED, RelationKind
from claims.models import Claim, ClaimRelation, User
from claims.vocabulary import Verb

HEADING = "related-heading"


@dataclass(frozen=True, slots=True)
class Related:
    """A claim that another stands to in some way."""

    relation: ClaimRelation
    seen_from: Claim

    @property
    def other(self) -> Claim:
        """The claim at the other end."""
        return self.relation.beyond(self.seen_from)

    @property
    def how(self) -> StrOrPromise:
        """How the one claim stands to the other, in words."""
        kind = RelationKind(self.relation.kind)
        return kind.label if self.relation.is_stated_of(self.seen_from) else RELATIONS_TURNED[kind]


@dataclass(frozen=True, slots=True)
class RelatedClaims:
    """The part of a claim's page about how it stands to others."""

    found: list[Related]
    may_relate: bool
    may_withdraw: bool


def related_claims(claim: Claim, person: User, *, ended: bool) -> RelatedClaims:
    """Return how `claim` stands to others, what was withdrawn included, and what `person` may do about it."""
    rows = ClaimRelation.objects.of(claim).with_people()
    return RelatedClaims(
        found=[Related(row, claim) for row in rows],
        may_relate=not ended and may(person, Verb.RELATE_CLAIMS),
        may_withdraw=may(person, Verb.WITHDRAW_RELATION),
    )


class RelationForm(forms.Form):
    """How this claim stands to which other, and why."""

    kind = forms.ChoiceField(
        label=_("This claim …"), choices=RelationKind.choices, widget=forms.RadioSelect
    )
    other = line(
        _("The other claim"),
        _("Its id, or the address of its page here or in public."),
        required=True,
    )
    reason = text_area(_("Reason"), INTERNAL, rows=2, required=True)

    def clean_other(self) -> Claim:
        """Find the claim by its public id, its number on the desk, or an address holding either."""
        return claim_named(self.cleaned_data["other"])


class RelateClaims(ClaimVerbPage):
    verb = Verb.RELATE_CLAIMS
    slug, title, button = "relate", _("Relate to another claim"), _("Relate them")
    done = _("The claims are related.")
    intro = _(
        "Readers see it on the pages of both claims, once both are published. What is broader is stated from the "
        "narrower claim's page."
    )
    form_class = RelationForm
    guarded = False  # the verb locks both claims, in an order that cannot deadlock

    def back(self, subject: Claim) -> str:
        return claim_url(subject.pk, HEADING)

    def perform(self, subject: Claim, data: dict[str, Any], by: User) -> ClaimRelation:
        kind = RelationKind(data["kind"])
        return workflow.relate_claims(
            subject, data["other"], kind=kind, reason=data["reason"], by=by
        )


class WithdrawRelation(VerbPage[ClaimRelation]):
    verb = Verb.WITHDRAW_RELATION
    slug, title, button = "take-relation-back", _("Withdraw a relation"), _("Withdraw")
    route = "<int:pk>/relation/<int:number>/"
    done = _("Relation withdrawn. It stays on the desk's pages of both claims, with your reason.")
    intro = _("Readers do not see it any more. The desk does, with your reason.")
    form_class = InternalReasonForm
    template = "admin/claims/withdraw_relation.html"
    guarded = False  # the verb locks both claims, in an order that cannot deadlock

    def subject(self, **ids: int) -> ClaimRelation:
        rows = ClaimRelation.objects.select_related("claim__claimant", "other__claimant")
        ends = Q(claim=ids["pk"]) | Q(other=ids["pk"])
        found = get_object_or_404(rows, ends, pk=ids["number"])
        found.looked_at_from = found.claim if found.claim_id == ids["pk"] else found.other
        return found

    def claim_of(self, subject: ClaimRelation) -> Claim:
        return subject.looked_at_from

    def back(self, subject: ClaimRelation) -> str:
        return claim_url(self.claim_of(subject).pk, HEADING)

    def closed_because(self, subject: ClaimRelation, by: User) -> str:
        return gettext("This was withdrawn already.") if subject.withdrawn_at else ""

    def context(self, subject: ClaimRelation, form: forms.Form) -> dict[str, Any]:
        return {"related": Related(subject, self.claim_of(subject))}

    def perform(self, subject: ClaimRelation, data: dict[str, Any], by: User) -> ClaimRelation:
        return workflow.withdraw_relation(subject, reason=data["reason"], by=by)


RELATION_PAGES: tuple[type[VerbPage[Any]], ...] = (RelateClaims, WithdrawRelation)
