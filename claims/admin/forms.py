"""The desk's forms: what may be typed for each verb. What is right is for the verb to say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from claims.admin.claim_field import claim_named
from claims.admin.offers import PiecesField
from claims.models import Claim, ConflictOfInterest, Evidence, Proposal, User
from claims.vocabulary import (
    ClaimKind,
    RedactionReason,
    ReviewReason,
    Verb,
    VerificationStatus,
)

PUBLIC_REASON = _("Readers see this in the claim's history.")
INTERNAL = _("Only people on the desk see this.")


def text_area(
    label: StrOrPromise, help_text: StrOrPromise = "", *, rows: int = 3, required: bool = False
) -> Any:
    """Return a field for sentences."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, required=required, widget=widget)


def line(label: StrOrPromise, help_text: StrOrPromise = "", *, required: bool = False) -> Any:
    """Return a field for a name or an address."""
    return forms.CharField(label=label, help_text=help_text, required=required)


def day(label: StrOrPromise, help_text: StrOrPromise = "") -> forms.DateField:
    """Return a field for a date."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, help_text=help_text, required=False, widget=widget)


class PublicReasonForm(forms.Form):
    """Why something is taken back, for everybody to read."""

    reason = text_area(_("Reason"), PUBLIC_REASON, required=True)


class InternalReasonForm(forms.Form):
    """Why a colleague's work goes back or ends, for the desk."""

    reason = text_area(_("Reason"), INTERNAL, required=True)


# A verdict that one person publishes opens its review by itself.
BY_HAND = [one for one in ReviewReason.choices if one[0] != ReviewReason.OVERRIDE]


class ReviewForm(forms.Form):
    """Why work on a claim begins."""

    reason = forms.ChoiceField(label=_("Why it is taken up"), choices=BY_HAND)
    note = text_area(_("Note"), INTERNAL)


class PersonField(forms.ModelChoiceField[User]):
    """Somebody of the desk: the name their acts bear, and the one colleagues know."""

    def label_from_instance(self, obj: User) -> str:
        return f"{obj.public_name} ({obj.get_full_name() or obj.get_username()})"


class AssignForm(forms.Form):
    """Who takes a review on."""

    to = PersonField(
        label=_("To"), queryset=User.objects.none(), empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, *, claim: Claim, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        able = User.objects.with_perm(f"claims.{Verb.PROPOSE_VERDICT}")
        conflicts = ConflictOfInterest.objects.in_force().binding(claim)
        bound = able.filter(conflicts_of_interest__in=conflicts).distinct().order_by("public_name")
        field: Any = self.fields["to"]
        field.queryset = able.exclude(pk__in=bound.values("pk")).order_by("username")
        if bound:
            names = ", ".join(one.public_name for one in bound)
            said = gettext("Left out, because of a conflict of interest: %(names)s")
            field.help_text = said % {"names": names}


class ProposalForm(forms.Form):
    """A verdict to propose: what it says, and what it rests on."""

    status = forms.ChoiceField(
        label=_("Verdict"), choices=VerificationStatus.choices, widget=forms.RadioSelect
    )
    evidence = PiecesField(
        label=_("It rests on"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick the evidence the verdict rests on.")},
    )
    rationale = text_area(
        _("Rationale"), _("Why this verdict. Readers see it first."), rows=6, required=True
    )
    known = text_area(_("What is known"))
    not_known = text_area(_("What is not known"))
    would_settle = text_area(_("What would settle it"), _("“Unconfirmed” needs this."))
    single_source_reason = text_area(
        _("Why one source is enough"),
        _("Only for “confirmed” on a single primary source."),
        rows=2,
    )

    def __init__(
        self, *, standing: Iterable[Evidence], earlier: Proposal | None = None, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.earlier = earlier
        self.standing = rows = list(standing)
        field: Any = self.fields["evidence"]
        field.offer(rows)
        # The verb takes "none chosen" for "all that stands", which is not what empty boxes say.
        field.required = bool(rows)
        if not rows:
            field.help_text = gettext("There is no standing evidence yet.")


class ApprovalForm(forms.Form):
    """The second person's yes."""

    note = text_area(_("Note to the desk"), INTERNAL, rows=2)


class RewordForm(forms.Form):
    """What a claim shall say from now on."""

    wording = text_area(_("Wording"), required=True)
    kind = forms.ChoiceField(label=_("Kind"), choices=ClaimKind.choices)
    reason = text_area(_("Reason"), PUBLIC_REASON, rows=2, required=True)


class RecheckForm(forms.Form):
    """When to look again, and why then."""

    due_on = day(_("Look again on"))
    note = text_area(_("Why then"), INTERNAL, rows=2)


class MergeForm(forms.Form):
    """Which claim lives on."""

    into = line(
        _("The claim that lives on"),
        _(
            "Its id, or the address of its page here or in public. You see it before anything happens."
        ),
        required=True,
    )
    reason = text_area(_("Reason"), PUBLIC_REASON, rows=2, required=True)
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_into(self) -> Claim:
        """Find the claim by its public id, its number on the desk, or an address holding either."""
        return claim_named(self.cleaned_data["into"])


class RedactionForm(forms.Form):
    """Which values of an entry to erase, and on what ground."""

    fields_to_erase = forms.MultipleChoiceField(
        label=_("Erase"), widget=forms.CheckboxSelectMultiple
    )
    reason = forms.ChoiceField(
        label=_("Ground"),
        choices=RedactionReason.choices,
        widget=forms.RadioSelect,
        help_text=_("Only this word becomes public: a sentence could repeat what is to be erased."),
    )

    def __init__(self, *, values: dict[str, str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        choices = [(name, f"{name_of(name)}: {value}") for name, value in values.items()]
        self.fields["fields_to_erase"].choices = choices  # type: ignore[attr-defined]


NAMES: dict[str, StrOrPromise] = {
    "by_name": _("Name of whoever did it"),
    "note": _("Reason or remark given with it"),
    "wording.text": _("Wording, text"),
    "wording.claimant_name": _("Wording, claimant name"),
    "wording.claimant_role": _("Wording, claimant role"),
    "appearance.speaker_name": _("Appearance, speaker name"),
    "appearance.exact": _("Appearance, quote"),
    "appearance.prefix": _("Appearance, words before the quote"),
    "appearance.suffix": _("Appearance, words after the quote"),
    "appearance.cue": _("Appearance, reporting words"),
    "appearance.article_sha256": _("Appearance, article sha256"),
    "evidence.url": _("Evidence, web address"),
    "evidence.archived_url": _("Evidence, archived url"),
    "evidence.source_text": _("Evidence, description of the source"),
    "evidence.title": _("Evidence, title"),
    "evidence.publisher_name": _("Evidence, publisher name"),
    "evidence.excerpt": _("Evidence, excerpt"),
    "evidence.remark": _("Evidence, remark"),
    "evidence.snapshot": _(
        "Evidence, stored copy; its file is removed, unless other evidence has it"
    ),
    "evidence.rating": _("Evidence, rating of another fact-checker"),
    "contact.channel": _("Contact with the claimant, how they were asked"),
    "contact.answer": _("Contact with the claimant, their answer"),
    "verdict.rationale": _("Verdict, rationale"),
    "verdict.known": _("Verdict, known"),
    "verdict.not_known": _("Verdict, not known"),
    "verdict.would_settle": _("Verdict, would settle"),
    "verdict.single_source_reason": _("Verdict, single source reason"),
    "verdict.proposed_by_name": _("Verdict, proposed by name"),
    "verdict.origin": _("Verdict, origin"),
}


def name_of(value: str) -> str:
    """Return the name of an erasable value, such as `wording.claimant_name`, in words."""
    return str(NAMES[value])


class ErasureForm(forms.Form):
    """The second person's yes to an erasure."""

    certain = forms.BooleanField(
        label=_("I have seen what will be erased, and that it cannot be brought back.")
    )
