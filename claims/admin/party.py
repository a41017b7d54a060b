"""Choosing who says something: somebody the register knows, somebody new, or nobody named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from claims import workflow
from claims.models import Claimant, User
from claims.vocabulary import ClaimantKind
from claims.workflow import RuleBroken

NEW, NOBODY = "new", "nobody"
OFFERED = 6
LONGEST = 300


def known_by(name: str) -> list[Claimant]:
    """Return the claimants whose name is, or ends with the last word of, `name`."""
    words = name.replace("\0", "").split()
    if not words or len(words[-1]) > LONGEST:
        return []
    return list(Claimant.objects.filter(name__icontains=words[-1])[:OFFERED])


class Party:
    """Four fields of a form that together say who: known, or new by name, role and kind.

    `extra` are choices beside these, such as "the speaker"; the form that adds them interprets them.
    """

    def __init__(
        self, prefix: str, label: StrOrPromise, extra: Sequence[tuple[str, StrOrPromise]] = ()
    ) -> None:
        self.prefix = prefix
        self.label = label
        self.extra = tuple(extra)

    def fields(self, known: Sequence[Claimant]) -> dict[str, forms.Field]:
        """Return the four fields, offering the `known` ones by name."""
        choices = [
            *self.extra,
            *((str(party.pk), str(party)) for party in known),
            (NEW, _("Somebody else, named here") if known or self.extra else _("Named here")),
            (NOBODY, _("Nobody is named")),
        ]
        role_help = _("Such as: spokesperson, Ministry of Health")
        return {
            self.prefix: forms.ChoiceField(
                label=self.label, choices=choices, widget=forms.RadioSelect
            ),
            f"{self.prefix}_name": forms.CharField(label=_("Name"), required=False),
            f"{self.prefix}_role": forms.CharField(
                label=_("Role"), required=False, help_text=role_help
            ),
            f"{self.prefix}_kind": forms.ChoiceField(
                label=_("Kind"), choices=[("", _("Choose")), *ClaimantKind.choices], required=False
            ),
        }

    def labels(self) -> dict[str, StrOrPromise]:
        """Return what the fields are called where they stand beside those of another party."""
        own = {name: f"{self.label}: {field.label}" for name, field in self.fields([]).items()}
        return {**own, self.prefix: self.label}

    def chosen(self, data: dict[str, Any], by: User) -> Claimant | None:
        """Return whom the sent data name, recorded if new. Raises RuleBroken at the field at fault."""
        choice = data[self.prefix]
        if choice == NOBODY:
            return None
        if choice != NEW:
            return Claimant.objects.get(pk=choice)
        return self._named(data, by)

    def _named(self, data: dict[str, Any], by: User) -> Claimant:
        name, role = data[f"{self.prefix}_name"], data[f"{self.prefix}_role"]
        if not name:
            raise RuleBroken(_("Give the name."), field=f"{self.prefix}_name")
        if max(len(name), len(role)) > LONGEST:  # no name to search for: the verb says why
            return self._recorded(name, role, ClaimantKind.PERSON, by)
        namesakes = Claimant.objects.filter(name__iexact=name)
        same = [] if role else list(namesakes[:2])
        if len(same) > 1:
            message = _("Several claimants bear this name: say which by the role.")
            raise RuleBroken(message, field=f"{self.prefix}_role")
        if same:
            return same[0]
        kind = data[f"{self.prefix}_kind"]
        if not kind and not namesakes.filter(role=role).exists():
            message = _("The register does not know this name yet: say what it stands for.")
            raise RuleBroken(message, field=f"{self.prefix}_kind")
        return self._recorded(name, role, kind or ClaimantKind.PERSON, by)

    def _recorded(self, name: str, role: str, kind: str, by: User) -> Claimant:
        """Call the verb, and say what it refuses at this form's own fields."""
        try:
            return workflow.record_claimant(name=name, role=role, kind=ClaimantKind(kind), by=by)
        except RuleBroken as refusal:
            told = {f"{self.prefix}_{name}": why for name, why in refusal.message_dict.items()}
            raise forms.ValidationError(told) from refusal
