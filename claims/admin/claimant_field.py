"""Naming a claimant in a form: picked from the names offered, or by an id, an address, or a name only they have."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.base import is_key
from claims.admin.forms import INTERNAL, line, text_area
from claims.models import Claimant

SEVERAL = 6


def claimant_named(given: str) -> Claimant:
    """Return the claimant that somebody means. Raises ValidationError when there is none, or several."""
    desk = re.search(r"/claimant/(\d{1,18})/", given)
    words = re.findall(r"[0-9a-z]{10}", given.lower())
    claimants = Claimant.objects.with_names()
    found = claimants.filter(pk=desk[1]) if desk else claimants.filter(public_id__in=words[:9])
    return found.first() or _called(given)


def _called(name: str) -> Claimant:
    named = Claimant.objects.with_names().called(name)[:SEVERAL]
    same = {one.survivor for one in named}
    if not same:
        raise ValidationError(_("No claimant of this id or name is known."))
    if len(same) > 1:
        told = _("Several claimants bear this name: pick one of those offered, or give the id.")
        raise ValidationError(told)
    return same.pop()


class MergeClaimantsForm(forms.Form):
    """Which claimant lives on. `into_key` is the key of the one who was picked, empty once something else is typed."""

    into = line(
        gettext_lazy("The claimant who lives on"),
        gettext_lazy(
            "A name, an id, or the address of their page here or in public. You see what would come of it before "
            "anything happens."
        ),
        required=True,
    )
    into_key = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = text_area(gettext_lazy("How you know"), INTERNAL, rows=2, required=True)
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Put the claimant who is meant in place of what was typed."""
        data: dict[str, Any] = super().clean() or {}
        key, typed = data.get("into_key", ""), data.get("into")
        picked = Claimant.objects.filter(pk=key).first() if is_key(key) else None
        if typed:
            try:
                data["into"] = picked or claimant_named(typed)
            except ValidationError as refusal:
                self.add_error("into", refusal)
        return data
