"""Who did what on the desk: by person, claim and day; for oneself, and for those who may see everybody's.

It is read from the admin's own log, which repeats no words of a claim. The record of what was done in public is the
history of each claim.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib.admin.models import LogEntry
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from claims.admin.base import is_key
from claims.admin.charts import Chart, columns
from claims.admin.ledger import claim_url
from claims.admin.site import DeskSite, person_of
from claims.interop.csv_table import csv_lines
from claims.models import Claim, User
from claims.streaming import as_sent

SHOWN, EXPORTED, DAYS = 50, 10_000, 14
SEE_ALL = "claims.view_activity"
ABOUT_CLAIMS = {"content_type__app_label": "claims", "content_type__model": "claim"}
HEAD = ("when", "who", "what", "about")
CSV = "text/csv; charset=utf-8"


class ActivityForm(forms.Form):
    """Whose acts, on which claim, on which day."""

    who = forms.ModelChoiceField(
        User.objects.filter(is_staff=True).order_by("public_name"),
        label=_("Who"),
        required=False,
        empty_label=_("Everybody"),
    )
    claim = forms.RegexField(
        r"^[0-9a-z]{1,16}$",
        label=_("Claim"),
        required=False,
        help_text=_("Its id, such as k7m2p9x4qa"),
    )
    day = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, sees_all: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not sees_all:
            del self.fields["who"]
        else:
            self.fields["who"].label_from_instance = lambda one: one.public_name  # type: ignore[attr-defined]


class ActivityPages:
    """The list of acts, and the same as a file."""

    def __init__(self, site: DeskSite) -> None:
        self.site = site

    def urls(self) -> list[URLPattern]:
        """Return where the pages live."""
        view = self.site.admin_view
        return [
            path("activity/", view(require_safe(self.show)), name="activity"),
            path("activity.csv", view(require_safe(self.export)), name="activity_csv"),
        ]

    def show(self, request: HttpRequest) -> HttpResponse:
        """List the acts, the latest first; `?before=` leads to earlier ones."""
        form, acts = self._asked_for(request)
        before = request.GET.get("before", "")
        shown = acts.filter(pk__lt=int(before)) if is_key(before) else acts
        page = list(shown.select_related("user", "content_type")[: SHOWN + 1])
        query = request.GET.copy()
        query.pop("before", None)
        context = {
            **self.site.each_context(request),
            "title": _("Activity"),
            "form": form,
            "acts": [(act, about(act)) for act in page[:SHOWN]],
            "older": page[SHOWN - 1].pk if len(page) > SHOWN else None,
            "query": query.urlencode(),
            "chart": by_day(acts),
        }
        return TemplateResponse(request, "admin/activity.html", context)

    def export(self, request: HttpRequest) -> HttpResponse:
        """Hand the acts out as a file, the latest 10,000 at most."""
        _form, acts = self._asked_for(request)
        lines = csv_lines(HEAD, rows_of(acts.select_related("user")[:EXPORTED]))
        answer = StreamingHttpResponse(as_sent(request, lines), content_type=CSV)
        answer["Content-Disposition"] = 'attachment; filename="activity.csv"'
        answer["X-Content-Type-Options"] = "nosniff"
        return answer  # type: ignore[return-value]

    def _asked_for(self, request: HttpRequest) -> tuple[ActivityForm, QuerySet[LogEntry]]:
        person = person_of(request)
        sees_all = person.has_perm(SEE_ALL)
        form = ActivityForm(request.GET, sees_all=sees_all)
        acts = LogEntry.objects.order_by("-pk")
        if not sees_all:
            acts = acts.filter(user=person)
        if not form.is_valid():
            return form, acts.none()
        return form, narrowed(acts, form.cleaned_data)


def narrowed(acts: QuerySet[LogEntry], asked: dict[str, Any]) -> QuerySet[LogEntry]:
    """Return the acts that fit what was asked for."""
    if person := asked.get("who"):
        acts = acts.filter(user=person)
    if public_id := asked["claim"]:
        keys = [str(pk) for pk in Claim.objects.known_as(public_id).values_list("pk", flat=True)]
        acts = acts.filter(object_id__in=keys, **ABOUT_CLAIMS)
    if day := asked["day"]:
        acts = acts.filter(action_time__range=bounds_of(day))
    return acts


def bounds_of(day: date) -> tuple[datetime, datetime]:
    """Return the first and the last moment of a day."""
    zone = timezone.get_current_timezone()
    return datetime.combine(day, time.min, zone), datetime.combine(day, time.max, zone)


def about(act: LogEntry) -> str:
    """Return where the claim is that an act was about, or nothing."""
    kind = act.content_type
    is_claim = kind is not None and (kind.app_label, kind.model) == ("claims", "claim")
    key = act.object_id or ""
    return claim_url(int(key)) if is_claim and is_key(key) else ""


def rows_of(acts: QuerySet[LogEntry]) -> Iterator[tuple[object, ...]]:
    """Yield each act as a row of the file."""
    for act in acts.iterator():
        when = act.action_time.isoformat(timespec="seconds")
        yield when, act.user.public_name, act.get_change_message(), act.object_repr


def by_day(acts: QuerySet[LogEntry]) -> Chart:
    """Draw how many acts there were on each of the last fourteen days."""
    today = timezone.localdate()
    days = [today - timedelta(days=back) for back in reversed(range(DAYS))]
    since, _end = bounds_of(days[0])
    moments = acts.filter(action_time__gte=since).order_by().values_list("action_time", flat=True)
    counted = dict.fromkeys(days, 0)
    for moment in moments[:EXPORTED]:
        counted[timezone.localdate(moment)] = counted.get(timezone.localdate(moment), 0) + 1
    table = [(f"{day.day}.{day.month}.", {"all": counted[day]}) for day in days]
    drawn = table if any(counted.values()) else []
    return columns("activity", str(_("Acts by day")), drawn, {"all": str(_("Acts"))})
