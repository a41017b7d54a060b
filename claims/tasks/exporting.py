"""The register as files for readers: made every night and when asked for, and anew as soon as words were erased."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from claims.exports.keeping import any_there, discard_all, export_for_readers
from claims.models import Claim
from claims.tasks.announcing import tell_cache_of_exports
from claims.tasks.declaring import background, enqueue
from claims.tasks.periodic import periodic
from claims.workflow.acting import tell_of_acts


@periodic(every=timedelta(days=1))
@background(retries=3, limit=timedelta(hours=6))
def export_nightly() -> None:
    """Write the register as files for readers."""
    export_for_readers()


@background(retries=3, limit=timedelta(hours=6))
def export_again() -> None:
    """Throw away every export that may hold erased words, and make one that does not."""
    discard_all()
    export_for_readers()


@background(retries=3, limit=timedelta(hours=6))
def export_again_where_begun() -> None:
    """Do the same, where somebody began to export while words were being erased and none was there before."""
    if any_there():
        export_again.func()


def throw_away_erased(claim: Claim, erased: bool) -> None:  # noqa: FBT001  (told by `acting`)
    """Where an act erased words: throw away, once it is committed, the files that hold them, and have new ones made.

    Whoever begins an export before the commit still reads the words, so it is looked for after it. The tasks throw
    away as well, should this process die between commit and files.
    """
    if erased:
        transaction.on_commit(_throw_away, robust=True)
        enqueue(export_again if any_there() else export_again_where_begun)


def _throw_away() -> None:
    tell_cache_of_exports(discard_all())


tell_of_acts(throw_away_erased, of_new=False, of_unseen=True)
