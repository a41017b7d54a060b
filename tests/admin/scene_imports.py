"""Imports of files at each stage, every word of them Greek."""

from __future__ import annotations

from claims.models import ImportRun, User
from claims.workflow import confirm_import, discard_import, fail_import, start_import
from tests.interop.checks import answer, bytes_of
from tests.workflow.importing import ended, shown

ROW = {
    **answer(
        "Η γέφυρα έκλεισε.",
        url="https://εφημερίδα.ελ/έλεγχος",
        publisher={"name": "Ελεγκτές"},
        textualRating="Ψέμα",
        title="Γέφυρα",
    ),
    "claimant": "Δήμαρχος",
}


def imports(by: User) -> None:
    """Send files: one waits, one was read, one is confirmed, one came in, one failed, one was discarded."""
    runs = [_sent(by), shown(by, ROW), confirm_import(shown(by, ROW), by=by), ended(by, ROW)]
    runs.append(fail_import(_sent(by), "Λάθος", by=by))
    runs.append(discard_import(_sent(by), by=by))
    for run in runs:
        run.rows.update(place="Γραμμή", reason="Λόγος")
    ImportRun.objects.update(file_name="Αρχείο")


def _sent(by: User) -> ImportRun:
    return start_import("google", bytes_of([ROW]), file_name="Αρχείο", by=by)
