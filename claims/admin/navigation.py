"""The ways through the desk: what everybody needs all day in one row, the rest behind “More”.

A page that is new to the desk gets its entry here, with the permission that opens it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Place:
    """One part of the desk: its name, the address it begins with, and who may go there."""

    label: Words
    url_name: str
    permission: str
    rare: bool = False


def _list(label: Words, model: str, *, rare: bool = False) -> Place:
    return Place(label, f"admin:claims_{model}_changelist", f"claims.view_{model}", rare)


PLACES = (
    _list(_("Reviews"), "review"),
    _list(_("Articles"), "article"),
    _list(_("Claims"), "claim"),
    _list(_("Evidence"), "evidence"),
    _list(_("Claimants"), "claimant"),
    _list(_("Publishers"), "publisher", rare=True),
    _list(_("History"), "historyentry", rare=True),
    _list(_("Redactions"), "redactionrequest", rare=True),
    Place(_("Activity"), "admin:activity", "claims.view_claim", rare=True),
    _list(_("Imports"), "importrun", rare=True),
    Place(_("Exports"), "admin:exports", "claims.view_claim", rare=True),
    _list(_("Background work"), "backgroundtask", rare=True),
    _list(_("Topics"), "topic", rare=True),
    _list(_("Conflicts of interest"), "conflictofinterest", rare=True),
    _list(_("Method"), "methodversion", rare=True),
    _list(_("Keys of the API"), "apikey", rare=True),
    _list(_("Webhooks"), "webhook", rare=True),
    _list(_("People"), "user", rare=True),
)
# Where the palette leads besides; an empty permission is everybody's.
ERRANDS = (
    Place(_("Desk"), "admin:index", ""),
    Place(_("New article"), "admin:claims_article_new", "claims.record_article"),
    Place(_("Import a file"), "admin:claims_importrun_new", "claims.import_verdict"),
    Place(_("Stale verdicts"), "admin:claims_review_stale", "claims.view_claim"),
    _list(_("Reader reports"), "readerreport"),
    Place(_("Take down a report"), "admin:claims_readerreport_new", "claims.file_report"),
    Place(_("New topic"), "admin:claims_topic_new", "claims.record_topic"),
    Place(_("New webhook"), "admin:claims_webhook_new", "claims.set_up_webhook"),
    Place(_("Notices"), "admin:notices", ""),
    Place(_("What you are told"), "admin:notices_choices", ""),
    Place(_("Password"), "admin:password_change", ""),
)


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of the desk's navigation."""

    label: Words
    url: str
    current: bool
    rare: bool = False


def navigation(request: HttpRequest) -> Iterator[Link]:
    """Yield the links to everything this person may look at."""
    home = reverse("admin:index")
    yield Link(_("Desk"), home, request.path == home)
    for place in PLACES:
        if request.user.has_perm(place.permission):
            url = reverse(place.url_name)
            yield Link(place.label, url, request.path.startswith(url), place.rare)
