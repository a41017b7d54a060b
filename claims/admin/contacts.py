"""The pages on which people record the right of reply: what the claimant was asked, and what came of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims import workflow
from claims.admin.claim_acts import ClaimVerbPage
from claims.admin.forms import day, line, text_area
from claims.admin.ledger import claim_url
from claims.admin.pages import VerbPage
from claims.history.replay import replay
from claims.models import Claim, Contact, User
from claims.vocabulary import ContactOutcome, Verb
from claims.workflow import ContactDraft


class ContactForm(forms.Form):
    """What the claimant was asked, and what came of it. All of it is public."""

    asked_on = day(_("Asked on"))
    channel = line(_("Through"), _("Such as: e-mail to the press office"))
    outcome = forms.ChoiceField(
        label=_("What came of it"), choices=ContactOutcome.choices, widget=forms.RadioSelect
    )
    answered_on = day(_("Answered on"))
    answer = text_area(_("Answer"), _("Word for word: readers see it in quotation marks."))


class RecordContact(ClaimVerbPage):
    verb = Verb.RECORD_CONTACT
    slug, title = "contact", _("Record a contact with the claimant")
    button, done = _("Record the contact"), _("Contact recorded.")
    intro = _("The right of reply. Readers see it as one line; more can be recorded as it comes.")
    form_class = ContactForm

    def closed_because(self, subject: Claim, by: User) -> str:
        if ended := super().closed_because(subject, by):
            return ended
        return "" if replay(subject).wording.claimant else gettext("Nobody is named as claimant.")

    def form(self, subject: Claim, request: HttpRequest, **data: Any) -> forms.Form:
        return ContactForm(initial={"outcome": ContactOutcome.ASKED}, **data)

    def perform(self, subject: Claim, data: dict[str, Any], by: User) -> Contact:
        data["outcome"] = ContactOutcome(data["outcome"])
        return workflow.record_contact(subject, ContactDraft(**data), by=by)


class UpdateContact(VerbPage[Contact]):
    verb = Verb.RECORD_CONTACT
    slug, title = "more", _("What came of asking the claimant")
    button, done = _("Record it"), _("Recorded.")
    route = "<int:pk>/contact/<int:number>/"
    intro = _("What was recorded before stays in the history; readers see what is recorded last.")
    form_class = ContactForm

    def subject(self, **ids: int) -> Contact:
        rows = Contact.objects.select_related("claim__claimant", "entry")
        return get_object_or_404(rows, claim=ids["pk"], entry__number=ids["number"])

    def claim_of(self, subject: Contact) -> Claim:
        return subject.claim

    def back(self, subject: Contact) -> str:
        return claim_url(subject.claim_id, "contacts-heading")

    def closed_because(self, subject: Contact, by: User) -> str:
        current = replay(subject.claim).current_contacts()
        known = any(one.entry.number == subject.entry.number for one in current)
        return (
            "" if known else gettext("More was recorded on this contact since: go on from there.")
        )

    def form(self, subject: Contact, request: HttpRequest, **data: Any) -> forms.Form:
        names = ("asked_on", "channel", "outcome", "answered_on", "answer")
        return ContactForm(initial={name: getattr(subject, name) for name in names}, **data)

    def perform(self, subject: Contact, data: dict[str, Any], by: User) -> Contact:
        data["outcome"] = ContactOutcome(data["outcome"])
        draft = ContactDraft(about=subject.entry.number, **data)
        return workflow.record_contact(subject.claim, draft, by=by)


CONTACT_PAGES: tuple[type[VerbPage[Any]], ...] = (RecordContact, UpdateContact)
