"""What the desk's name fields ask for while somebody types: claimants and publishers, as JSON.

Claimants are found by any of their names, by role and by affiliation, told apart by what they were on the day in
question, and given as whoever they were found to be.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Value, When
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.admin.base import LETTERS, WORDS
from claims.models import Affiliation, Claimant, Publisher

SHOWN = 8


def words_of(typed: str) -> list[str]:
    """Return the words of what was typed, as many as a database can compare."""
    return typed[:LETTERS].replace("\0", "").split()[:WORDS]


def day_of(sent: str) -> date | None:
    """Return the day that was sent, if it is one."""
    try:
        return parse_date(sent)
    except ValueError:
        return None


def claimants_named(typed: str, on: date | None = None) -> list[dict[str, str]]:
    """Return the claimants that `typed` may mean: `value` (key), `label`, `detail` and `kind`.

    Three queries: the claimants, their other names, and what they were `on` that day.
    """
    words = words_of(typed)
    if not words:
        return []
    begins = When(name__istartswith=" ".join(words), then=Value(0))
    found = Claimant.objects.with_names().described_by(words)
    found = found.order_by(Case(begins, default=Value(1)), "name", "pk")[:SHOWN]
    survivors = {one.survivor.pk: one for one in found}
    affiliations = affiliations_of(survivors, on)
    return [_claimant(one, typed, affiliations.get(pk, [])) for pk, one in survivors.items()]


def affiliations_of(claimants: Iterable[int], on: date | None) -> dict[int, list[Affiliation]]:
    """Return what each of the claimants was on that day, or ever, by any of their records."""
    rows = Affiliation.objects.standing().of_survivors(claimants)
    held: dict[int, list[Affiliation]] = {}
    for row in rows.on(on) if on else rows:
        held.setdefault(row.claimant.survivor.pk, []).append(row)
    return held


def _claimant(found: Claimant, typed: str, affiliations: list[Affiliation]) -> dict[str, str]:
    survivor = found.survivor
    roles = [str(one) for one in affiliations] or [survivor.role]
    other = other_name(found, typed)
    known = [_("also %(name)s") % {"name": other}] if other else []
    return {
        "value": str(survivor.pk),
        "label": survivor.name,
        "detail": " · ".join(filter(None, [*roles, *known])),
        "kind": str(survivor.get_kind_display()),
    }


def other_name(found: Claimant, typed: str) -> str:
    """Return the name by which the claimant was found, where it is not the one they are shown by."""
    survivor = found.survivor
    typed = typed.strip().casefold()
    names = found.other_names
    names += [found.name] if found.name != survivor.name else []
    return next((name for name in names if typed in name.casefold()), "")


def publishers_named(typed: str) -> list[dict[str, str]]:
    """Return the publishers of whose name or domain all words are part: `value` is the name. One query."""
    words = words_of(typed)
    if not words:
        return []
    begins = When(name__istartswith=" ".join(words), then=Value(0))
    found = Publisher.objects.described_by(words)
    found = found.order_by(Case(begins, default=Value(1)), "name", "pk")[:SHOWN]
    return [
        {
            "value": one.name,
            "label": one.name,
            "detail": one.domain or "",
            "kind": str(one.get_kind_display()),
        }
        for one in found
    ]


class ClaimantNames:
    """Where claimants are looked up: `?q=` what was typed, `&on=` the day in question."""

    model = "claimant"

    def found(self, request: HttpRequest) -> list[dict[str, str]]:
        """Return what the request asks for."""
        return claimants_named(request.GET.get("q", ""), day_of(request.GET.get("on", "")))

    def answer(self, request: HttpRequest) -> JsonResponse:
        """Answer somebody who may look at such rows."""
        if not request.user.has_perm(f"claims.view_{self.model}"):
            raise PermissionDenied
        return JsonResponse({"options": self.found(request)})

    def url(self, site: AdminSite) -> URLPattern:
        """Return the address."""
        view = require_safe(site.admin_view(self.answer))
        return path("named/", view, name=f"claims_{self.model}_named")


class PublisherNames(ClaimantNames):
    """Where publishers are looked up: `?q=` what was typed."""

    model = "publisher"

    def found(self, request: HttpRequest) -> list[dict[str, str]]:
        """Return what the request asks for."""
        return publishers_named(request.GET.get("q", ""))
