"""Verbs on imports from a file: start_import, preview_import, confirm_import, carry_out_import, fail_import,
discard_import. They go with import_verdict, and ask for its permission.

A file is read twice: once to show what would become of each row, and, when a person has confirmed that, to bring it in.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.desk_vocabulary import ENDED_IMPORTS, ImportFormat, ImportState
from claims.interop.formats import READERS, Options, Source, UnreadableFile
from claims.interop.formats.mapping import BadMapping, read_mapping
from claims.models import ImportRow, ImportRun, User
from claims.vocabulary import Verb
from claims.workflow.bringing_in import ROWS, BringingIn, Line
from claims.workflow.inputs import LONG, clean_choice, clean_text, usable_text
from claims.workflow.refusals import RuleBroken, require

MEGABYTE = 1_000_000
CHANGED = (
    "state",
    "done",
    "total",
    "data",
    "trouble",
    "confirmed_by",
    "confirmed_at",
    "changed_at",
)
UNDECIDED_KEPT, REPORTS_KEPT = timedelta(days=7), timedelta(days=365)


def start_import(
    form: str, data: bytes, *, file_name: str, by: User, mapping: str = ""
) -> ImportRun:
    """Take a file that is to be brought in; a task reads it.

    Its verdicts become evidence: nobody publishes with a file alone. Raises RuleBroken naming what is wrong: the file
    is empty or too large, the mapping of a table missing or bad.
    """
    require(by, Verb.IMPORT_VERDICT)
    chosen = clean_choice("format", form, ImportFormat)
    if not data:
        raise RuleBroken(_("The file is empty."), field="file")
    if len(data) > settings.FACTCHECK_UPLOAD_MAX_MB * MEGABYTE:
        told = _("The file is larger than %(most)d MB. Ask whoever runs the register to import it.")
        raise RuleBroken(told % {"most": settings.FACTCHECK_UPLOAD_MAX_MB}, field="file")
    _refuse_mapping(chosen, mapping)
    return ImportRun.objects.create(
        format=chosen,
        file_name=usable_text(file_name, limit=200) or "file",
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        data=data,
        mapping=mapping if chosen == ImportFormat.CSV else "",
        by=by,
    )


def _refuse_mapping(form: ImportFormat, mapping: str) -> None:
    if form != ImportFormat.CSV:
        return
    if not mapping.strip():
        told = _("A table needs a mapping file that says which column is what.")
        raise RuleBroken(told, field="mapping")
    try:
        read_mapping(mapping)
    except BadMapping as error:
        raise RuleBroken(str(error), field="mapping") from error


def preview_import(run: ImportRun, *, by: User) -> ImportRun:
    """Read the file and note what would become of each row. Raises RuleBroken when nobody waits for it any more.

    A file that is none of its format fails the import.
    """
    with _changing(run, (ImportState.WAITING, ImportState.READING), by=by):
        run.state, run.done = ImportState.READING, 0
        run.rows.all().delete()
    try:
        _walk(run, BringingIn(by=by, dry_run=True))
    except UnreadableFile as error:
        return fail_import(run, str(error), by=by)
    with _changing(run, (ImportState.READING,), by=by):
        run.state, run.total = ImportState.READY, run.done
    return run


def confirm_import(run: ImportRun, *, by: User) -> ImportRun:
    """Say that the file is to be brought in as it was shown, and be named for it; a task does it."""
    with _changing(run, (ImportState.READY,), by=by):
        run.state = ImportState.CONFIRMED
        run.confirmed_by, run.confirmed_at = by, timezone.now()
    return run


def carry_out_import(run: ImportRun, *, by: User) -> ImportRun:
    """Bring the file in. Begun once more after an interruption, it goes on where that was."""
    with _changing(run, (ImportState.CONFIRMED, ImportState.RUNNING), by=by):
        if run.state == ImportState.CONFIRMED:
            run.rows.all().delete()
        run.state, run.done = ImportState.RUNNING, 0
    try:
        _walk(run, BringingIn(by=by), told=set(run.rows.values_list("place", flat=True)))
    except UnreadableFile as error:
        return fail_import(run, str(error), by=by)
    with _changing(run, (ImportState.RUNNING,), by=by):
        run.state, run.total, run.data = ImportState.DONE, run.done, None
    return run


def fail_import(run: ImportRun, trouble: str, *, by: User) -> ImportRun:
    """End an import that cannot go on, and say why; the file is cleared away."""
    with _changing(run, set(ImportState) - set(ENDED_IMPORTS), by=by):
        run.state, run.data = ImportState.FAILED, None
        run.trouble = clean_text("trouble", usable_text(trouble), limit=LONG, required=True)
    return run


def discard_import(run: ImportRun, *, by: User) -> ImportRun:
    """End an import before anything came in; the file is cleared away."""
    states = (ImportState.WAITING, ImportState.READING, ImportState.READY)
    with _changing(run, states, by=by):
        run.state, run.data = ImportState.DISCARDED, None
        run.rows.all().delete()
    return run


def give_up_import(run: ImportRun, trouble: str) -> None:
    """End an import that nobody is left to carry on, as long as it is as `run` has it, and say why."""
    if run.state in ENDED_IMPORTS:
        return
    waiting = ImportRun.objects.filter(pk=run.pk, state=run.state)
    ended = {"state": ImportState.FAILED, "trouble": trouble, "data": None}
    waiting.update(**ended, changed_at=timezone.now())


def prune_imports() -> None:
    """Discard imports that nobody decided on for a week; forget reports after a year."""
    now = timezone.now()
    for run in ImportRun.objects.untouched_since(now - UNDECIDED_KEPT).without_file():
        give_up_import(run, _("Nobody decided on it for a week."))
    ImportRun.objects.ended_before(now - REPORTS_KEPT).delete()


def _walk(run: ImportRun, engine: BringingIn, told: Collection[str] = frozenset()) -> None:
    """Read the file from its beginning, and note what becomes of its rows; those `told` of are not told again."""

    def note(lines: Sequence[Line]) -> None:
        again = [line for line in lines if line.place not in told]
        ImportRow.objects.bulk_create(_rows(run, again), batch_size=500)
        run.done += sum(line.outcome in ROWS for line in lines)
        run.changed_at = timezone.now()
        run.save(update_fields=["done", "changed_at"])

    engine.note = note
    data = bytes(run.data or b"")
    mapping = read_mapping(run.mapping) if run.mapping else None
    source = Source(run.file_name, lambda: io.BytesIO(data))
    options = Options(mapping=mapping)
    for _lines in engine.run(READERS[ImportFormat(run.format)]([source], options)):
        pass


def _rows(run: ImportRun, lines: Sequence[Line]) -> Iterator[ImportRow]:
    for line in lines:
        yield ImportRow(
            run=run,
            place=line.place,
            outcome=line.outcome,
            reason=line.reason,
            wording=line.wording,
            claim=line.claim,
        )


@contextmanager
def _changing(run: ImportRun, states: Collection[str], *, by: User) -> Iterator[None]:
    """Hold the import, fresh and in one of `states`, for the block to change; it is saved when the block ends."""
    require(by, Verb.IMPORT_VERDICT)
    with transaction.atomic():
        ImportRun.objects.select_for_update().values_list("pk").get(pk=run.pk)
        run.refresh_from_db()
        if run.state not in states:
            now = run.get_state_display()
            raise RuleBroken(_("This is not possible any more: %(state)s.") % {"state": now})
        yield
        run.changed_at = timezone.now()
        run.save(update_fields=CHANGED)
