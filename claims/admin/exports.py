"""The exports of the register on the desk: which are kept, how far the next one is, and having one made now."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from django_tasks.base import TaskResultStatus

from claims import addresses, workflow
from claims.admin.pages import log_act
from claims.admin.site import DeskSite, person_of
from claims.admin.steps import may
from claims.exports.keeping import Kept, kept
from claims.exports.progress import progress_so_far
from claims.exports.shape import MANIFEST
from claims.models import BackgroundTask
from claims.tasks import enqueue
from claims.tasks.exporting import export_nightly
from claims.vocabulary import Verb
from claims.workflow import RuleBroken

LOOK = "claims.view_claim"
SEE_TASKS = "claims.view_backgroundtask"
SLOW = timedelta(seconds=30)
ASKED = gettext_lazy("An export of the register was asked for.")


class ExportPages:
    """The list of exports, with the button that has one made, and what its progress is asked of."""

    def __init__(self, site: DeskSite) -> None:
        self.site = site

    def urls(self) -> list[URLPattern]:
        """Return where the pages live."""
        view = self.site.admin_view
        every = require_http_methods(["GET", "HEAD", "POST"])
        asked = view(require_safe(self.progress))
        return [
            path("exports/", view(every(self.answer)), name="exports"),
            path("exports/progress/", asked, name="exports_progress"),
        ]

    def answer(self, request: HttpRequest) -> HttpResponse:
        """List the exports that are kept, or have one made."""
        _require_looking(request)
        return self._ask(request) if request.method == "POST" else self._list(request)

    def progress(self, request: HttpRequest) -> JsonResponse:
        """Answer how far the export has come, for a page that asks again and again."""
        _require_looking(request)
        task = BackgroundTask.objects.last_export()
        return JsonResponse(
            {
                "state": task.status.lower() if task else "",
                "under_way": task is not None and task.is_unfinished,
                "slow": is_slow(task),
                "counted": counted(task),
            }
        )

    def _ask(self, request: HttpRequest) -> HttpResponse:
        try:
            with transaction.atomic():
                job = workflow.request_export(by=person_of(request))
                enqueue(export_nightly)
                log_act(request, job, ASKED)
        except RuleBroken as refusal:
            messages.error(request, " ".join(refusal.messages))
        return redirect("admin:exports")

    def _list(self, request: HttpRequest) -> HttpResponse:
        person = person_of(request)
        task = BackgroundTask.objects.last_export()
        failed = task if task and task.status == TaskResultStatus.FAILED else None
        context = {
            **self.site.each_context(request),
            "title": _("Exports"),
            "exports": [_told(one) for one in kept()],
            "task": task,
            "step": task.status.lower() if task else "",
            "counted": counted(task),
            "slow": is_slow(task),
            "failed": failed,
            "task_url": _page_of(failed) if failed and person.has_perm(SEE_TASKS) else "",
            "may_ask": may(person, Verb.REQUEST_EXPORT),
            "manifest": MANIFEST,
            "list_url": addresses.EXPORTS_API,
        }
        return TemplateResponse(request, "admin/exports.html", context)


def _require_looking(request: HttpRequest) -> None:
    if not person_of(request).has_perm(LOOK):
        raise PermissionDenied(_("You may not look at this."))


def _page_of(task: BackgroundTask) -> str:
    return reverse("admin:claims_backgroundtask_run-again", args=[task.pk])


def _told(one: Kept) -> dict[str, Any]:
    """Return an export with where its files are, the manifest first, which nothing sums up."""
    files = [(file, addresses.export_file(one.name, file.name)) for file in one.manifest.files]
    return {
        "export": one,
        "bytes": sum(file.bytes for file in one.manifest.files),
        "manifest_url": addresses.export_file(one.name, MANIFEST),
        "files": files,
    }


def is_slow(task: BackgroundTask | None) -> bool:
    """Whether an export waits for longer than a running worker would let it."""
    if task is None or task.status != TaskResultStatus.READY:
        return False
    return timezone.now() - task.enqueued_at > SLOW


def counted(task: BackgroundTask | None) -> str:
    """Return how many claims have been written, in words; nothing while none is being made."""
    so_far = progress_so_far()
    if so_far is None or task is None or task.status != TaskResultStatus.RUNNING:
        return ""
    told = _("%(done)s of %(total)s claims")
    return told % {"done": f"{so_far.done:,}", "total": f"{so_far.total:,}"}
