"""Choosing who says something: somebody the register knows, somebody new, or nobody named.

Without a script these are radio buttons and three fields; `desk/party.js` makes one field of them that looks names up.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from claims import workflow
from claims.models import Claimant, User
from claims.vocabulary import ClaimantKind
from claims.workflow import RuleBroken

NEW, NOBODY = "new", "nobody"
OFFERED = 6
LONGEST = 300


def known_by(name: str) -> list[Claimant]:
    """Return the claimants a name may mean: those of that name, and some that share its last word."""
    name = name.replace("\0", "").strip()
    words = name.split()
    if not words or len(name) > LONGEST:
        return []
    called = Exists(Claimant.objects.called(name).filter(pk=OuterRef("pk")))
    found = Claimant.objects.with_names().described_by(words[-1:])
    found = found.order_by(called.desc(), "name", "pk")[:OFFERED]
    return list(dict.fromkeys(claimant.survivor for claimant in found))


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
        somebody = _("Somebody else, named here") if known or self.extra else _("Named here")
        choices = [
            *self.extra,
            *((str(party.pk), str(party)) for party in known),
            (NEW, somebody),
            (NOBODY, _("Nobody is named")),
        ]
        return {
            self.prefix: forms.ChoiceField(
                label=self.label, choices=choices, widget=forms.RadioSelect
            ),
            f"{self.prefix}_name": forms.CharField(label=gettext_lazy("Name"), required=False),
            f"{self.prefix}_role": forms.CharField(
                label=gettext_lazy("Role"),
                required=False,
                help_text=gettext_lazy("Such as: spokesperson, Ministry of Health"),
            ),
            f"{self.prefix}_kind": forms.ChoiceField(
                label=gettext_lazy("Kind"),
                choices=[("", gettext_lazy("Choose")), *ClaimantKind.choices],
                required=False,
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
            return Claimant.objects.select_related("merged_into").get(pk=choice).survivor
        return self._named(data, by)

    def _named(self, data: dict[str, Any], by: User) -> Claimant:
        name, role = data[f"{self.prefix}_name"], data[f"{self.prefix}_role"]
        if not name:
            raise RuleBroken(_("Give the name."), field=f"{self.prefix}_name")
        if max(len(name), len(role)) > LONGEST:  # no name to search for: the verb says why
            return self._recorded(name, role, ClaimantKind.PERSON, by)
        namesakes = Claimant.objects.called(name).with_names()
        fitting = namesakes.filter(role=role) if role else namesakes
        same = {one.survivor for one in fitting[:OFFERED]}
        if len(same) > 1:
            message = _("Several claimants bear this name: say which by the role.")
            raise RuleBroken(message, field=f"{self.prefix}_role")
        if same:
            return same.pop()
        kind = data[f"{self.prefix}_kind"]
        if not kind:
            message = _("The register does not know this name yet: say what it stands for.")
            raise RuleBroken(message, field=f"{self.prefix}_kind")
        return self._recorded(name, role, kind, by)

    def _recorded(self, name: str, role: str, kind: str, by: User) -> Claimant:
        """Call the verb, and say what it refuses at this form's own fields."""
        try:
            return workflow.record_claimant(name=name, role=role, kind=ClaimantKind(kind), by=by)
        except RuleBroken as refusal:
            told = {f"{self.prefix}_{name}": why for name, why in refusal.message_dict.items()}
            raise forms.ValidationError(told) from refusal
