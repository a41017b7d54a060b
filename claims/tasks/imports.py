"""Imports from a file in the background: reading it for the preview, bringing it in, clearing away what is left."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from django.core.exceptions import PermissionDenied

from claims import workflow
from claims.models import ImportRun
from claims.tasks.declaring import background
from claims.tasks.periodic import periodic
from claims.workflow import RuleBroken
from claims.workflow.import_runs import prune_imports


@background(retries=3, limit=timedelta(hours=1))
def preview_import_file(run_id: int) -> None:
    """Read a file that is to be brought in, and note what would become of each row."""
    run = ImportRun.objects.select_related("by").get(pk=run_id)
    with suppress(RuleBroken, PermissionDenied):  # discarded meanwhile, or by somebody who has left
        workflow.preview_import(run, by=run.by)


@background(retries=3, limit=timedelta(hours=4))
def carry_out_import_file(run_id: int) -> None:
    """Bring a file in that somebody confirmed; made again after an interruption, it goes on."""
    run = ImportRun.objects.select_related("by").get(pk=run_id)
    with suppress(PermissionDenied):
        workflow.carry_out_import(run, by=run.by)


@periodic(every=timedelta(days=1))
@background()
def prune_old_imports() -> None:
    """End imports that nobody decided on for a week, and forget reports after a year."""
    prune_imports()
