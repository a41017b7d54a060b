"""Imports from a file in the background: reading it for the preview, bringing it in, clearing away what is left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from claims import workflow
from claims.models import ImportRun
from claims.tasks.declaring import background
from claims.tasks.periodic import periodic
from claims.workflow import RuleBroken
from claims.workflow.import_runs import give_up_import, prune_imports


@background(retries=3, limit=timedelta(hours=1))
def preview_import_file(run_id: int) -> None:
    """Read a file that is to be brought in, and note what would become of each row."""
    run = ImportRun.objects.select_related("by").get(pk=run_id)
    with suppress(RuleBroken), _sent_by_one_who_may(run):  # discarded meanwhile
        workflow.preview_import(run, by=run.by)


@background(retries=3, limit=timedelta(hours=4))
def carry_out_import_file(run_id: int) -> None:
    """Bring a file in that somebody confirmed; made again after an interruption, it goes on."""
    run = ImportRun.objects.select_related("by").get(pk=run_id)
    with _sent_by_one_who_may(run):
        workflow.carry_out_import(run, by=run.by)


@contextmanager
def _sent_by_one_who_may(run: ImportRun) -> Iterator[None]:
    """End an import whose sender has left or may no longer import: it would wait for ever."""
    try:
        yield
    except PermissionDenied:
        give_up_import(
            run, _("Whoever sent it may no longer import. Somebody who may can send it again.")
        )


@periodic(every=timedelta(days=1))
@background()
def prune_old_imports() -> None:
    """End imports that nobody decided on for a week, and forget reports after a year."""
    prune_imports()
