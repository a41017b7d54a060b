"""Naming a claim in a form: by its public id, its number on the desk, or an address holding either."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from claims.models import Claim


def claim_named(given: str) -> Claim:
    """Return the claim that somebody means. Raises ValidationError when there is none."""
    desk = re.search(r"/claim/(\d{1,18})/", given)
    words = re.findall(r"[0-9a-z]{10}", given.lower())
    claims = Claim.objects.with_claimant()
    found = claims.filter(pk=desk[1]) if desk else claims.filter(public_id__in=words[:9])
    claim = found.first()
    if claim is None:
        raise ValidationError(_("No claim of this id is known."))
    return claim


class ClaimField(forms.CharField):
    """A field in which a claim is named."""

    def clean(self, value: Any) -> Any:
        given = super().clean(value)
        return claim_named(given) if given else None
