"""Conflicts of interest on the desk: one's own, for editors everybody's; how they are declared and end. Internal."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import workflow
from claims.admin import work_cells
from claims.admin.base import BIGGEST_KEY
from claims.admin.cells import when
from claims.admin.claim_acts import ClaimVerbPage
from claims.admin.filtering import ChoiceFilter, FormFilteredAdmin, Offers
from claims.admin.forms import PersonField, text_area
from claims.admin.ledger import link_to_claim
from claims.admin.pages import Subject, VerbPage
from claims.admin.site import person_of
from claims.models import Claim, Claimant, ConflictOfInterest, User
from claims.models.conflict import ConflictQuerySet
from claims.vocabulary import Verb

CLAIM, CLAIMANT, ENDED = "claim", "claimant", "ended"


def may_record(person: User) -> bool:
    """Whether this person sees, records and ends the conflicts of others."""
    return person.has_perm(f"claims.{Verb.RECORD_CONFLICT}")


def seen_by(person: User) -> ConflictQuerySet:
    """Return the conflicts of interest this person may see."""
    rows = ConflictOfInterest.objects.with_subject()
    return rows if may_record(person) else rows.of(person)


class ConflictForm(forms.Form):
    """What somebody keeps out of, and why."""

    about = forms.ChoiceField(label=gettext_lazy("On"), widget=forms.RadioSelect)
    person = PersonField(
        label=gettext_lazy("Whose it is"),
        queryset=User.objects.filter(is_staff=True, is_active=True).order_by("public_name"),
        required=False,
        empty_label=gettext_lazy("Mine"),
    )
    reason = text_area(
        gettext_lazy("Reason"),
        gettext_lazy("Only the person and the editors see this."),
        required=True,
    )

    def __init__(self, *, about: list[tuple[str, str]], of_others: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        field: Any = self.fields["about"]
        field.choices = about
        field.initial = about[-1][0]
        if len(about) == 1:
            field.widget = forms.HiddenInput()
        if not of_others:
            del self.fields["person"]


class Declare(VerbPage[Subject]):
    """The page that declares a conflict of interest, one's own or, for editors, somebody's."""

    verb = Verb.DECLARE_CONFLICT
    slug, title = "declare-conflict", gettext_lazy("Declare a conflict of interest")
    button = gettext_lazy("Declare it")
    done = gettext_lazy("Conflict of interest declared.")
    intro = gettext_lazy(
        "Whoever declares one is assigned no review of the claim and neither proposes nor approves a verdict on it. "
        "One on a claimant counts for all their claims. You can end it at any time."
    )
    guarded: ClassVar[bool] = False

    @abstractmethod
    def abouts(self, subject: Subject) -> dict[str, Claim | Claimant]:
        """Return what it can be declared on, from the narrowest to the widest."""

    def form(self, subject: Subject, request: HttpRequest, **data: Any) -> forms.Form:
        labels = {CLAIM: _("This claim"), CLAIMANT: _("All claims of %(name)s")}
        about = [
            (key, labels[key] % {"name": thing}) for key, thing in self.abouts(subject).items()
        ]
        return ConflictForm(about=about, of_others=may_record(person_of(request)), **data)

    def perform(self, subject: Subject, data: dict[str, Any], by: User) -> ConflictOfInterest:
        about: dict[str, Any] = {data["about"]: self.abouts(subject)[data["about"]]}
        person = data.get("person") or by
        if person == by:
            return workflow.declare_conflict(reason=data["reason"], by=by, **about)
        return workflow.record_conflict(person, reason=data["reason"], by=by, **about)

    def logged(self, subject: Subject, result: Any) -> Any:
        """Not with the claim, whose log everybody reads."""
        return result


class DeclareOnClaim(Declare[Claim], ClaimVerbPage):
    def abouts(self, subject: Claim) -> dict[str, Claim | Claimant]:
        claimant = subject.claimant
        return {CLAIM: subject, **({CLAIMANT: claimant} if claimant else {})}


class DeclareOnClaimant(Declare[Claimant]):
    def subject(self, **ids: int) -> Claimant:
        return get_object_or_404(Claimant, **ids)

    def claim_of(self, subject: Claimant) -> None:
        return None

    def back(self, subject: Claimant) -> str:
        return reverse("admin:claims_conflictofinterest_changelist")

    def abouts(self, subject: Claimant) -> dict[str, Claim | Claimant]:
        return {CLAIMANT: subject}


class EndForm(forms.Form):
    """Nothing to say but yes."""


class EndConflict(VerbPage[ConflictOfInterest]):
    verb = Verb.END_CONFLICT
    slug, title = "end", gettext_lazy("End a conflict of interest")
    button = gettext_lazy("End it")
    done = gettext_lazy("Conflict of interest ended.")
    intro = gettext_lazy("It binds nobody from now on. That it was declared stays here.")
    form_class = EndForm
    template = "admin/claims/end_conflict.html"

    def answer(self, request: HttpRequest, **ids: int) -> HttpResponse:
        """To anybody but its owner and editors, there is no such thing."""
        if ids["pk"] <= BIGGEST_KEY and not seen_by(person_of(request)).filter(**ids).exists():
            raise Http404
        return super().answer(request, **ids)

    def subject(self, **ids: int) -> ConflictOfInterest:
        return get_object_or_404(ConflictOfInterest.objects.with_subject(), **ids)

    def claim_of(self, subject: ConflictOfInterest) -> None:
        return None

    def back(self, subject: ConflictOfInterest) -> str:
        return reverse("admin:claims_conflictofinterest_changelist")

    def closed_because(self, subject: ConflictOfInterest, by: User) -> str:
        return _("This conflict of interest was ended already.") if subject.ended_at else ""

    def perform(self, subject: ConflictOfInterest, data: dict[str, Any], by: User) -> Any:
        return workflow.end_conflict(subject, by=by)


class ForceFilter(ChoiceFilter):
    """Those in force; or, when chosen, those that have ended."""

    title, parameter_name = gettext_lazy("state"), "state"

    def offers(self, person: User) -> Offers:
        return [(ENDED, _("Ended"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        found: QuerySet[Any] = queryset.ended() if self.value() else queryset.in_force()
        return found


class ConflictAdmin(FormFilteredAdmin[ConflictOfInterest]):
    """What people keep out of: one's own; editors see everybody's."""

    list_display = ("on", "whose", "why", "declared", "state")
    list_display_links = None
    list_filter = (ForceFilter,)
    open_lookups = frozenset({"state"})
    list_title = gettext_lazy("My conflicts of interest")
    list_title_of_all = gettext_lazy("Conflicts of interest")

    def get_queryset(
        self, request: HttpRequest
    ) -> QuerySet[ConflictOfInterest, ConflictOfInterest]:
        return seen_by(person_of(request))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        of_all = may_record(person_of(request))
        title = self.list_title_of_all if of_all else self.list_title
        hint = _("You declare one on the page of a claim.")
        shown = {"list_title": title, "list_hint": hint}
        return super().changelist_view(request, {**shown, **(extra_context or {})})

    @admin.display(description=gettext_lazy("On"))
    def on(self, conflict: ConflictOfInterest) -> SafeString:
        """Name the claim, or the claimant with all claims of theirs."""
        if conflict.claim is not None:
            return link_to_claim(conflict.claim)
        url = f"{reverse('admin:claims_review_changelist')}?claimant={conflict.claimant_id}"
        told = _("all claims of theirs")
        link = format_html('<a href="{}">{}</a>', url, conflict.claimant)
        return format_html('{}<span class="under">{}</span>', link, told)

    @admin.display(description=gettext_lazy("Whose"), ordering="person__public_name")
    def whose(self, conflict: ConflictOfInterest) -> SafeString:
        """Say whose it is, and who put it down if it was somebody else."""
        shown: Any = conflict.person.public_name
        if conflict.declared_by_id != conflict.person_id:
            told = _("put down by %(name)s") % {"name": conflict.declared_by.public_name}
            shown = format_html('{}<span class="under">{}</span>', shown, told)
        return work_cells.named(_("Whose"), shown)

    @admin.display(description=gettext_lazy("Reason"))
    def why(self, conflict: ConflictOfInterest) -> SafeString:
        """Give the reason."""
        return work_cells.named(_("Reason"), conflict.reason)

    @admin.display(description=gettext_lazy("Declared"), ordering="declared_at")
    def declared(self, conflict: ConflictOfInterest) -> SafeString:
        """When it was declared."""
        return work_cells.named(_("Declared"), when(conflict.declared_at))

    @admin.display(description=gettext_lazy("Ended"), ordering="ended_at")
    def state(self, conflict: ConflictOfInterest) -> SafeString:
        """When it was ended, or the way to do so."""
        if conflict.ended_at is not None:
            return work_cells.named(_("Ended"), when(conflict.ended_at))
        url = reverse("admin:claims_conflictofinterest_end", args=[conflict.pk])
        return work_cells.named(_("Ended"), format_html('<a href="{}">{}</a>', url, _("End it")))

    def get_urls(self) -> list[URLPattern]:
        page: Any = EndConflict(self.admin_site)  # type: ignore[arg-type]
        return [page.urls("claims_conflictofinterest"), *super().get_urls()]
