"""Addresses that people with one permission may look at, and that do nothing else."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.admin.site import DeskSite, person_of

View = Callable[..., HttpResponse]


def looked_at(site: DeskSite, view: View, *, having: str) -> View:
    """Return `view` for whoever has the permission `having`; anybody else is refused before anything is asked."""
    safe = require_safe(view)

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not person_of(request).has_perm(f"claims.{having}"):
            raise PermissionDenied(_("You may not see this."))
        return safe(request, *args, **kwargs)

    answer.verb = having  # type: ignore[attr-defined]  # as a page of a verb says whose it is
    return site.admin_view(answer)
