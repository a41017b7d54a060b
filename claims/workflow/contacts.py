"""The verb of the right of reply: record_contact, what the claimant was asked and answered."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from claims.history.state import State, StoodContact
from claims.models import Claim, Contact, User
from claims.vocabulary import Act, ContactOutcome, Verb
from claims.workflow.acting import acting
from claims.workflow.drafts import ContactDraft
from claims.workflow.inputs import SHORT, clean_choice, clean_past_day, clean_text
from claims.workflow.refusals import RuleBroken

SAID = (*Contact.FACTS, *Contact.ERASABLE)
REPLIES = (ContactOutcome.ANSWERED, ContactOutcome.DECLINED)


def record_contact(claim: Claim, draft: ContactDraft, *, by: User) -> Contact:
    """Record that the claimant was asked, or what has become of that since.

    With `about`, the number of the entry that recorded the contact, what is left empty stays as it was. Raises
    RuleBroken naming the field at fault, and where nobody is named as claimant or nothing would change.
    """
    with acting(claim, by=by, verb=Verb.RECORD_CONTACT) as recorder:
        if recorder.state.wording.claimant is None:
            raise RuleBroken(_("Nobody is named as claimant: reword the claim to name them first."))
        earlier = _earlier(recorder.state, draft.about)
        row = _contact(draft, earlier.row if earlier else None)
        if earlier and all(_said(row, name) == _said(earlier.row, name) for name in SAID):
            raise RuleBroken(_("Nothing has changed since this was recorded."))
        about = earlier.first if earlier else None
        recorder.record(Act.CLAIMANT_CONTACTED, row, about=about)
    return row


def _said(row: Contact, name: str) -> object:
    return getattr(row, name) or None


def _earlier(state: State, about: int | None) -> StoodContact | None:
    if about is None:
        return None
    if about not in state.contacts:
        raise RuleBroken(_("That is no contact with the claimant of this claim."), field="about")
    first = state.contacts[about].first
    return next(one for one in state.current_contacts() if one.first == first)


def _contact(draft: ContactDraft, earlier: Contact | None) -> Contact:
    asked_on = clean_past_day("asked_on", draft.asked_on)
    if asked_on is None and earlier is not None:
        asked_on = earlier.asked_on
    if asked_on is None:
        raise RuleBroken(_("Say when the claimant was asked."), field="asked_on")
    channel = clean_text("channel", draft.channel, limit=SHORT, required=earlier is None)
    outcome = clean_choice("outcome", draft.outcome, ContactOutcome)
    answered_on, answer = _reply(draft, outcome, asked_on)
    return Contact(
        asked_on=asked_on,
        channel=channel or (earlier and earlier.channel) or "",
        outcome=outcome,
        answered_on=answered_on,
        answer=answer,
    )


def _reply(draft: ContactDraft, outcome: ContactOutcome, asked_on: date) -> tuple[date | None, str]:
    answered_on = clean_past_day("answered_on", draft.answered_on)
    answer = clean_text("answer", draft.answer, required=outcome == ContactOutcome.ANSWERED)
    if outcome not in REPLIES and (answered_on or answer):
        field = "answered_on" if answered_on else "answer"
        raise RuleBroken(
            _("There was no answer: leave this empty, or change what came of it."), field=field
        )
    if outcome == ContactOutcome.ANSWERED and answered_on is None:
        raise RuleBroken(_("Say when the answer came."), field="answered_on")
    if answered_on is not None and answered_on < asked_on:
        raise RuleBroken(_("The answer came before the question."), field="answered_on")
    return answered_on, answer
