"""The method: what every register of this kind does, how this desk works, and how that has changed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from claims import addresses, languages
from claims.layout.words import MEANINGS
from claims.models import MethodVersion, Restoration
from claims.public.answers import answer, is_at, public_page
from claims.vocabulary import VerificationStatus

IMPRINT = {
    "owner": "FACTCHECK_OWNER_NAME",
    "contact": "FACTCHECK_OWNER_CONTACT",
    "funding": "FACTCHECK_FUNDING",
    "funding_url": "FACTCHECK_FUNDING_URL",
    "escalation": "FACTCHECK_ESCALATION_NAME",
    "escalation_url": "FACTCHECK_ESCALATION_URL",
}


@public_page
def show(request: HttpRequest) -> HttpResponse:
    """Explain how verdicts are reached, what they mean and how to check that none was altered."""
    statuses = [(status, MEANINGS[status]) for status in VerificationStatus]
    version = MethodVersion.objects.with_checklist().in_force()
    versions = list(MethodVersion.objects.listed())
    rebuilt = list(Restoration.objects.completed())
    context = {
        "statuses": statuses,
        "version": version,
        "imprint": _imprint(),
        "earlier": [one for one in versions if one != version],
        "rebuilt": rebuilt,
        "exports_url": addresses.EXPORTS_API,
        "path": languages.plain(request.path),
    }
    marks = [_mark(version), str(_imprint()), *(one.manifest_sha256 for one in rebuilt)]
    return answer(request, "public/method.html", context, marks=marks)


@public_page
def show_version(request: HttpRequest, number: int) -> HttpResponse:
    """Show how this desk worked while a version of the method was in force."""
    versions = {one.number: one for one in MethodVersion.objects.listed()}
    # Each version has one address, without noughts before its number.
    if number not in versions or not is_at(request, addresses.method_version(number)):
        raise Http404
    version = MethodVersion.objects.with_checklist().get(number=number)
    next_one = versions.get(number + 1)
    context = {"version": version, "next_one": next_one, "path": languages.plain(request.path)}
    marks = [_mark(version), _mark(next_one)]
    return answer(request, "public/method_version.html", context, marks=marks, noindex=True)


def _imprint() -> dict[str, Any]:
    """Return who is responsible, who pays, and who hears complaints: whatever the operator has told."""
    return {name: getattr(settings, setting) for name, setting in IMPRINT.items()}


def _mark(version: MethodVersion | None) -> str:
    return f"{version.number} {version.at.isoformat()}" if version else "none"
