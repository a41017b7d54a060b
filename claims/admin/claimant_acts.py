"""The pages on which people act on a claimant: other names, affiliations, Wikidata, and merging two records of one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Model
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims import workflow
from claims.admin.claimant_field import MergeClaimantsForm
from claims.admin.forms import InternalReasonForm, day, line
from claims.admin.merged_claimants import MergedClaimants
from claims.admin.pages import Subject, VerbPage
from claims.models import Affiliation, Claimant, ClaimantAlias, User
from claims.vocabulary import Verb
from claims.workflow import RuleBroken
from claims.workflow.merging import may_merge_claimants

LOOK_FIRST = _("Nothing was done yet: look at what would come of it, then press “Merge”.")


class PartyPage(VerbPage[Subject]):
    """A page about a claimant, or about something stated of one."""

    template = "admin/claims/claimant_act.html"

    def claim_of(self, subject: Subject) -> None:
        return None

    def party_of(self, subject: Subject) -> Claimant:
        """Return the claimant."""
        party: Any = getattr(subject, "claimant", subject)
        found: Claimant = party
        return found

    def back(self, subject: Subject) -> str:
        return reverse("admin:claims_claimant_change", args=[self.party_of(subject).pk])

    def logged(self, subject: Subject, result: Any) -> Model:
        return self.party_of(subject)

    def context(self, subject: Subject, form: forms.Form) -> dict[str, Any]:
        return {"party": self.party_of(subject)}


class OfClaimant(PartyPage[Claimant]):
    """A page about a claimant who was not merged into another."""

    def subject(self, **ids: int) -> Claimant:
        return get_object_or_404(Claimant, **ids)

    def closed_because(self, subject: Claimant, by: User) -> str:
        merged = subject.merged_into_id is not None
        return gettext("This claimant was merged into another.") if merged else ""


class NameForm(forms.Form):
    """One more name."""

    name = line(
        _("Name"), _("Such as a transliteration, a former name, or an acronym."), required=True
    )


class AddAlias(OfClaimant):
    verb = Verb.ADD_ALIAS
    slug, title, button = "add-name", _("Add another name"), _("Add the name")
    done = _("Name added.")
    intro = _(
        "The desk finds the claimant and their claims by it. Readers do not see it: claims show the names they were "
        "recorded with."
    )
    form_class = NameForm

    def perform(self, subject: Claimant, data: dict[str, Any], by: User) -> ClaimantAlias:
        return workflow.add_alias(subject, name=data["name"], by=by)


class WithdrawAlias(PartyPage[ClaimantAlias]):
    verb = Verb.WITHDRAW_ALIAS
    slug, title, button = "withdraw-name", _("Withdraw another name"), _("Withdraw")
    route = "name/<int:pk>/"
    done = _("Name withdrawn. It stays on the claimant's page, with your reason.")
    intro = _("Nobody is found by it any more. It stays on the claimant's page, with your reason.")
    form_class = InternalReasonForm

    def subject(self, **ids: int) -> ClaimantAlias:
        return get_object_or_404(ClaimantAlias.objects.select_related("claimant"), **ids)

    def closed_because(self, subject: ClaimantAlias, by: User) -> str:
        return gettext("This name was withdrawn already.") if subject.withdrawn_at else ""

    def perform(self, subject: ClaimantAlias, data: dict[str, Any], by: User) -> ClaimantAlias:
        return workflow.withdraw_alias(subject, reason=data["reason"], by=by)


class AffiliationForm(forms.Form):
    """What somebody was, for whom, and when."""

    role = line(_("Role"), _("Such as: spokesperson"), required=True)
    body = line(_("Body"), _("For whom, such as: Ministry of Health"))
    since = day(_("First day"), _("Empty where it is not known."))
    until = day(_("Last day"), _("Empty where it is not known, or has not come."))


class AddAffiliation(OfClaimant):
    verb = Verb.ADD_AFFILIATION
    slug, title, button = "add-affiliation", _("Add an affiliation"), _("Add the affiliation")
    done = _("Affiliation added.")
    intro = _(
        "Namesakes are told apart by what they were on the day in question. Readers see it on the claimant's page."
    )
    form_class = AffiliationForm

    def perform(self, subject: Claimant, data: dict[str, Any], by: User) -> Affiliation:
        return workflow.add_affiliation(subject, by=by, **data)


class OfAffiliation(PartyPage[Affiliation]):
    """A page about one affiliation."""

    route = "affiliation/<int:pk>/"

    def subject(self, **ids: int) -> Affiliation:
        return get_object_or_404(Affiliation.objects.select_related("claimant"), **ids)

    def closed_because(self, subject: Affiliation, by: User) -> str:
        return gettext("This affiliation was withdrawn already.") if subject.withdrawn_at else ""


class EndForm(forms.Form):
    """When it ended."""

    until = day(_("Last day"))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fields["until"].required = True


class EndAffiliation(OfAffiliation):
    verb = Verb.END_AFFILIATION
    slug, title, button = "end-affiliation", _("End an affiliation"), _("Keep this day")
    done = _("Affiliation ended.")
    form_class = EndForm

    def closed_because(self, subject: Affiliation, by: User) -> str:
        known = gettext("Its end is known already.") if subject.until else ""
        return super().closed_because(subject, by) or known

    def perform(self, subject: Affiliation, data: dict[str, Any], by: User) -> Affiliation:
        return workflow.end_affiliation(subject, until=data["until"], by=by)


class WithdrawAffiliation(OfAffiliation):
    verb = Verb.WITHDRAW_AFFILIATION
    slug, title, button = "withdraw-affiliation", _("Withdraw an affiliation"), _("Withdraw")
    done = _("Affiliation withdrawn. It stays on the claimant's page, with your reason.")
    intro = _("Nobody is found by it any more. It stays on the claimant's page, with your reason.")
    form_class = InternalReasonForm

    def perform(self, subject: Affiliation, data: dict[str, Any], by: User) -> Affiliation:
        return workflow.withdraw_affiliation(subject, reason=data["reason"], by=by)


class LinkForm(forms.Form):
    """Which item of Wikidata it is."""

    wikidata = line(
        _("Wikidata item"),
        _("Its id, such as Q7747, or the address of its page. Empty where none is known."),
    )


class LinkClaimant(OfClaimant):
    verb = Verb.LINK_CLAIMANT
    slug, title, button = "link", _("Link with Wikidata"), _("Keep this")
    done = _("Link with Wikidata recorded.")
    intro = _(
        "Readers see the link on the claimant's page, and search engines in the data of each verdict. Namesakes are "
        "many: look at the item's page first."
    )
    form_class = LinkForm

    def form(self, subject: Claimant, request: HttpRequest, **data: Any) -> forms.Form:
        return LinkForm(initial={"wikidata": subject.wikidata}, **data)

    def perform(self, subject: Claimant, data: dict[str, Any], by: User) -> Claimant:
        return workflow.link_claimant(subject, wikidata=data["wikidata"], by=by)


class MergeClaimants(OfClaimant):
    verb = Verb.MERGE_CLAIMANTS
    slug, title, button = "merge", _("Merge into another claimant"), _("Merge")
    done = _("Claimants merged. The old address leads to the surviving claimant.")
    intro = _(
        "For two records of one claimant. Nothing is moved: claims keep the names they were recorded with, and are "
        "listed together. It cannot be undone."
    )
    form_class = MergeClaimantsForm
    template = "admin/claims/merge_claimants.html"

    def context(self, subject: Claimant, form: forms.Form) -> dict[str, Any]:
        into = form.cleaned_data.get("into") if form.is_bound else None
        result = MergedClaimants(subject, into) if into and "into" not in form.errors else None
        return {**super().context(subject, form), "result": result}

    def perform(self, subject: Claimant, data: dict[str, Any], by: User) -> Any:
        into: Claimant = data["into"]
        may_merge_claimants(subject, into)
        if data["shown"] != MergedClaimants(subject, into).token:
            raise RuleBroken(LOOK_FIRST)
        return workflow.merge_claimants(subject, into=into, reason=data["reason"], by=by)


CLAIMANT_PAGES: tuple[type[VerbPage[Any]], ...] = (
    AddAlias,
    WithdrawAlias,
    AddAffiliation,
    EndAffiliation,
    WithdrawAffiliation,
    LinkClaimant,
    MergeClaimants,
)
