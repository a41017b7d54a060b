"""The pages on which people work in a review without moving it: notes, who can be told of them, the checklist."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from claims import workflow
from claims.admin.base import LETTERS
from claims.admin.ledger import claim_url
from claims.admin.pages import VerbPage, log_act
from claims.admin.review_acts import ReviewVerbPage
from claims.admin.review_forms import NOT_APPLICABLE, OPEN, CheckForm, NoteForm
from claims.admin.review_panel import Item, checklist_of, unknown_in
from claims.admin.site import person_of
from claims.models import ChecklistItem, Claim, Review, ReviewCheck, ReviewNote, User
from claims.vocabulary import Verb
from claims.workflow.checklist import AT_WORK

OFFERED = 8


class AddNote(ReviewVerbPage):
    verb = Verb.ADD_NOTE
    slug, title, button = "note", _("Write a note"), _("Add the note")
    done = _("Note added.")
    intro = _("Notes stay on the desk. One that is wrong is corrected by a further one.")
    form_class = NoteForm
    template = "admin/claims/note.html"
    guarded = False  # a remark stays true whatever else happened meanwhile

    def closed_because(self, subject: Review, by: User) -> str:
        return ""

    def back(self, subject: Review) -> str:
        return claim_url(subject.claim_id, "notes")

    def perform(self, subject: Review, data: dict[str, Any], by: User) -> ReviewNote:
        return workflow.add_note(subject, text=data["text"], by=by)

    def said(self, result: Any) -> str:
        """Say whom the note did not reach."""
        if names := unknown_in(result):
            listed = ", ".join(f"@{name}" for name in names)
            return say("Note added. Nobody on the desk is called %(names)s.") % {"names": listed}
        return str(self.done)


class AnswerItem(VerbPage[ReviewCheck]):
    verb = Verb.CHECK_ITEM
    slug, title, button = "check", _("Answer an item of the checklist"), _("Save")
    route = "<int:pk>/item/<int:number>/"
    done = _("Answer saved.")
    form_class = CheckForm
    template = "admin/claims/check.html"
    guarded = False  # whoever ticks looks at the evidence, not at what the page said a minute ago

    def subject(self, **ids: int) -> ReviewCheck:
        review = get_object_or_404(Review.objects.select_related("claim__claimant"), pk=ids["pk"])
        items = ChecklistItem.objects.filter(method=review.method_id)
        item = get_object_or_404(items, position=ids["number"])
        found = review.checks.filter(item=item).first() or ReviewCheck()
        found.review, found.item = review, item
        return found

    def claim_of(self, subject: ReviewCheck) -> Claim:
        return subject.review.claim

    def back(self, subject: ReviewCheck) -> str:
        return claim_url(subject.review.claim_id, "checklist")

    def closed_because(self, subject: ReviewCheck, by: User) -> str:
        at_work = subject.review.state in AT_WORK
        return "" if at_work else say("The checklist is answered before a verdict is proposed.")

    def form(self, subject: ReviewCheck, request: HttpRequest, **data: Any) -> forms.Form:
        given = Item(subject.item, subject if subject.pk else None)
        return CheckForm(initial={"answer": given.answer, "why": subject.not_applicable}, **data)

    def perform(self, subject: ReviewCheck, data: dict[str, Any], by: User) -> ReviewCheck | None:
        if data["answer"] == OPEN:
            workflow.uncheck_item(subject.review, subject.item, by=by)
            return None
        why = data["why"] if data["answer"] == NOT_APPLICABLE else ""
        return workflow.check_item(subject.review, subject.item, not_applicable=why, by=by)

    def _act(self, request: HttpRequest, subject: ReviewCheck, ids: dict[str, int]) -> HttpResponse:
        """Answer the script of the claim's page with the checklist alone; anything unusual, with the whole page."""
        form = self._sent(request, subject)
        if "fragment" not in request.POST or not form.is_valid():
            return super()._act(request, subject, ids)
        by = person_of(request)
        try:
            with transaction.atomic():
                self.perform(subject, form.cleaned_data, by)
                log_act(request, self.claim_of(subject), str(self.done))
        except ValidationError:
            return super()._act(request, self.subject(**ids), ids)
        context = {"checklist": checklist_of(subject.review, by), "review": subject.review}
        headers = {"X-Fragment": "checklist"}
        return TemplateResponse(
            request, "admin/claims/parts/checklist.html", context, headers=headers
        )


def offer_people(request: HttpRequest) -> JsonResponse:
    """Answer who on the desk can be mentioned by a name that begins with `q`."""
    if not person_of(request).has_perm("claims.view_review"):
        raise PermissionDenied
    called = request.GET.get("q", "")[:LETTERS]
    found = User.objects.on_desk(called=called)[:OFFERED] if "\0" not in called else ()
    people = [{"name": one.get_username(), "called": one.public_name} for one in found]
    return JsonResponse({"people": people})


ROOM_PAGES: tuple[type[VerbPage[Any]], ...] = (AddNote, AnswerItem)
