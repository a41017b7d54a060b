"""Background work on the desk: what waits, runs and failed, the periodic jobs, and running a failed task again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks.base import TaskResultStatus

from claims import workflow
from claims.admin.cells import when
from claims.admin.ledger import ReadingAdmin
from claims.admin.pages import VerbPage
from claims.models import BackgroundTask, Claim, PeriodicJob, User
from claims.tasks.declaring import bounds_of
from claims.tasks.periodic import jobs
from claims.vocabulary import Verb

LIST = "admin:claims_backgroundtask_changelist"


@dataclass(frozen=True, slots=True)
class JobLine:
    """A periodic job, as the list tells of it."""

    name: str
    purpose: str
    every: str
    asked_for_at: datetime | None


def job_lines() -> list[JobLine]:
    """Return every periodic job, and when it was last asked for."""
    asked_for = PeriodicJob.objects.last_asked_for()
    return [
        JobLine(job.name, job.purpose, span(job.every), asked_for.get(job.name)) for job in jobs()
    ]


def span(time: timedelta) -> str:
    """Return a span of time in the largest unit that leaves no fraction."""
    seconds = max(round(time.total_seconds()), 0)
    if seconds and seconds % 86400 == 0:
        return _("%(number)d d") % {"number": seconds // 86400}
    if seconds and seconds % 3600 == 0:
        return _("%(number)d h") % {"number": seconds // 3600}
    if seconds and seconds % 60 == 0:
        return _("%(number)d min") % {"number": seconds // 60}
    return _("%(number)d s") % {"number": seconds}


def state_of(task: BackgroundTask) -> str:
    """Return where a task stands, in words."""
    if task.status == TaskResultStatus.READY:
        return _("Waits for its next attempt") if task.attempts else _("Waits")
    return {
        TaskResultStatus.RUNNING: _("Running"),
        TaskResultStatus.FAILED: _("Failed"),
        TaskResultStatus.SUCCESSFUL: _("Done"),
    }[TaskResultStatus(task.status)]


class RunAgain(VerbPage[BackgroundTask]):
    verb = Verb.RETRY_TASK
    slug, title, button = "run-again", gettext_lazy("Background task"), gettext_lazy("Run again")
    done = gettext_lazy("The task is run again.")
    route = "<uuid:pk>/"
    template = "admin/claims/task.html"
    form_class = forms.Form

    def subject(self, **ids: Any) -> BackgroundTask:
        return get_object_or_404(BackgroundTask, **ids)

    def claim_of(self, subject: BackgroundTask) -> Claim | None:
        return None

    def back(self, subject: BackgroundTask) -> str:
        return reverse(LIST)

    def form(self, subject: BackgroundTask, request: HttpRequest, **data: Any) -> forms.Form:
        form = super().form(subject, request, **data)
        form.shows_traceback = request.user.is_superuser  # type: ignore[attr-defined]
        return form

    def context(self, subject: BackgroundTask, form: Any) -> dict[str, Any]:
        return {
            "state": state_of(subject),
            "failed": subject.status == TaskResultStatus.FAILED,
            "most": bounds_of(subject.task_path).retries + 1,
            "took": span(subject.took) if subject.took is not None else "",
            "given": [*subject.args_kwargs["args"], *subject.args_kwargs["kwargs"].values()],
            "shows_traceback": form.shows_traceback,
        }

    def perform(self, subject: BackgroundTask, data: dict[str, Any], by: User) -> BackgroundTask:
        return workflow.retry_task(subject, by=by)


class StateFilter(admin.SimpleListFilter):
    """Where tasks stand, in the words of the list."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            (TaskResultStatus.READY, _("Waits")),
            (TaskResultStatus.RUNNING, _("Running")),
            (TaskResultStatus.FAILED, _("Failed")),
            (TaskResultStatus.SUCCESSFUL, _("Done")),
        ]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[BackgroundTask]
    ) -> QuerySet[BackgroundTask]:
        chosen = self.value()
        return queryset.filter(status=chosen) if chosen in TaskResultStatus.values else queryset


class BackgroundTaskAdmin(ReadingAdmin[BackgroundTask]):
    """The queue, the latest first."""

    list_display = ("task", "state", "attempts_made", "asked", "lasted", "trouble_met")
    list_display_links = None
    list_filter = (StateFilter,)
    open_lookups = frozenset({"state"})
    ordering = ("-enqueued_at", "-pk")
    sortable_by = ()
    change_list_template = "admin/claims/tasks.html"

    @admin.display(description=gettext_lazy("Task"))
    def task(self, task: BackgroundTask) -> SafeString:
        """Lead to all that is known of it."""
        url = reverse("admin:claims_backgroundtask_run-again", args=[task.pk])
        return format_html('<a href="{}">{}</a>', url, task.short_name.replace("_", " "))

    @admin.display(description=gettext_lazy("State"))
    def state(self, task: BackgroundTask) -> SafeString:
        """Say where it stands."""
        chip = "chip chip-failed" if task.status == TaskResultStatus.FAILED else "chip"
        return format_html('<span class="{}">{}</span>', chip, state_of(task))

    @admin.display(description=gettext_lazy("Attempts"))
    def attempts_made(self, task: BackgroundTask) -> str:
        """How many attempts it had, of how many."""
        most = bounds_of(task.task_path).retries + 1
        return _("%(made)d of %(most)d") % {"made": task.attempts, "most": most}

    @admin.display(description=gettext_lazy("Asked for"))
    def asked(self, task: BackgroundTask) -> SafeString:
        """When it was asked for."""
        return when(task.enqueued_at)

    @admin.display(description=gettext_lazy("Took"))
    def lasted(self, task: BackgroundTask) -> str:
        """How long the last attempt lasted."""
        return span(task.took) if task.took is not None else ""

    @admin.display(description=gettext_lazy("What went wrong"))
    def trouble_met(self, task: BackgroundTask) -> SafeString | str:
        """What the last attempt ran into; it may have been got over since."""
        done = task.status == TaskResultStatus.SUCCESSFUL
        met = "" if done else task.trouble[:200]
        return format_html("<code>{}</code>", met) if met else ""

    def get_urls(self) -> list[URLPattern]:
        page = RunAgain(self.admin_site)  # type: ignore[arg-type]
        return [page.urls("claims_backgroundtask"), *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """List the tasks, with the periodic jobs below."""
        return super().changelist_view(request, {"jobs": job_lines(), **(extra_context or {})})

    def show(self, request: HttpRequest, task: BackgroundTask) -> HttpResponse:
        """Lead to all that is known of it."""
        return redirect("admin:claims_backgroundtask_run-again", UUID(str(task.pk)))
