"""The forms of one review's room: notes, answers to the checklist, ratings, links for experts."""

from __future__ import annotations

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from claims.vocabulary import VerificationStatus

OPEN, DONE, NOT_APPLICABLE = "open", "done", "not_applicable"
PEOPLE = reverse_lazy("admin:claims_review_people")


class NoteForm(forms.Form):
    """A remark to colleagues."""

    text = forms.CharField(
        label=_("Note"),
        help_text=_("Only people on the desk see this. “@name” tells a colleague of it."),
        widget=forms.Textarea(
            attrs={"rows": 3, "data-mentions": PEOPLE, "data-mentions-label": _("Colleagues")}
        ),
    )


class SecondRatingForm(forms.Form):
    """Whether a second person rates the claim."""

    needed = forms.ChoiceField(
        label=_("Second rating"),
        choices=[("yes", _("Ask for one")), ("no", _("Do not ask for one"))],
        widget=forms.RadioSelect,
    )


class RateForm(forms.Form):
    """What somebody thinks a claim's status should be."""

    status = forms.ChoiceField(
        label=_("Which status does the evidence carry?"),
        choices=VerificationStatus.choices,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("Only people on the desk see this, once they have rated the claim themselves."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CheckForm(forms.Form):
    """What is answered to one item of the checklist."""

    answer = forms.ChoiceField(
        label=_("Answer"),
        choices=[
            (DONE, _("Seen to")),
            (NOT_APPLICABLE, _("Does not apply")),
            (OPEN, _("Still open")),
        ],
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label=_("Why it does not apply"),
        required=False,
        max_length=300,
        widget=forms.TextInput,
    )

    def clean_why(self) -> str:
        """Ask for the reason where it is needed."""
        why: str = self.cleaned_data["why"]
        if self.cleaned_data.get("answer") == NOT_APPLICABLE and not why:
            raise forms.ValidationError(say("Say why it does not apply."))
        return why
