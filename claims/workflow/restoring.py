"""Rebuilding an empty register from an export, as it was: the same entries, the same bytes, the same order.

An operator's tool and no verb of the desk. While it runs, the database takes nothing else; see docs/history.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from claims import documents
from claims.exports.reading import BadExport, Opened
from claims.exports.shape import CLAIMS, name_of
from claims.history import bulk, many
from claims.history.exported import Unsound, proved
from claims.history.sealing import await_turn
from claims.models import (
    Article,
    Claim,
    Claimant,
    ClaimTopic,
    HistoryEntry,
    Publisher,
    Redaction,
    Restoration,
    Topic,
    User,
    VerdictEvidence,
)
from claims.search import index
from claims.workflow.ending_restorations import Named, finish
from claims.workflow.restoring_ahead import Proven, proven
from claims.workflow.restoring_claims import Parties, Ready, Terms, made_ready
from claims.workflow.restoring_parties import take_in_parties

BATCHES = 10  # in one transaction
UNKEYED = (VerdictEvidence, Redaction, ClaimTopic)
MUST_BE_EMPTY = (HistoryEntry, Claim, Claimant, Publisher, Article, Topic)


@dataclass(slots=True)
class Rebuilt:
    """How far a restoration has come: claims and entries now there, and documents that came out in another shape."""

    restoration: Restoration
    claims: int = 0
    entries: int = 0
    otherwise: int = 0


def rebuild_register(export: Opened, *, by: User, processes: int = 1) -> Iterator[Rebuilt]:
    """Bring in everything that `export` holds, in batches; yield how far it has come after each.

    What a broken-off run left is gone on with. Raises bulk.Refused where the register is not empty, is another's, or is
    being rebuilt from something else; BadExport at the first line that does not hold. Claims before it are in then, the
    register stays closed to every other act, and only the same export can be gone on with.
    """
    restoration = _begin(export, by)
    terms = Terms(
        origin=settings.FACTCHECK_LOG_ORIGIN,
        by=by.pk,
        begun_at=restoration.begun_at,
        same_shape=export.manifest.document_shape == documents.SHAPE,
        log_size=export.manifest.log_size,
    )
    done = Rebuilt(restoration, bulk.last_line())
    named = Named(export.manifest.claims)
    try:
        with proven(export, done.claims, terms, processes) as batches:
            while _written(batches, named, terms, done):
                yield done
        finish(export, done.restoration, named, terms, by=by, claims=done.claims)
    except Unsound as error:
        raise BadExport(str(error)) from error
    yield done


def check_export(export: Opened) -> Iterator[int]:
    """Prove every claim of an export without writing anything; yield how many were. Raises BadExport."""
    for number, line in export.lines(CLAIMS):
        try:
            proved(line, origin=export.manifest.log)
        except Unsound as error:
            raise BadExport(f"{name_of(CLAIMS)}, line {number}: {error}") from error
        yield number


def _begin(export: Opened, by: User) -> Restoration:
    manifest = export.manifest
    if manifest.log != settings.FACTCHECK_LOG_ORIGIN:
        told = f"The export is of the log {manifest.log}; this register is {settings.FACTCHECK_LOG_ORIGIN}."
        raise bulk.Refused(told)
    with transaction.atomic():
        await_turn()
        new = not Restoration.objects.begun().exists()
        if new:
            _refuse_unless_empty()
        restoration = _begun(export)
        if new:
            take_in_parties(export, by=by)
            bulk.set_indexes_aside()
            index.set_aside()
    return restoration


def _begun(export: Opened) -> Restoration:
    manifest = export.manifest
    try:
        return bulk.begin(
            manifest_sha256=export.digest,
            origin=manifest.log,
            whole=manifest.whole,
            as_of=export.as_of,
        )
    except IntegrityError as error:  # somebody has acted meanwhile
        raise bulk.Refused(str(error).splitlines()[0]) from error


def _refuse_unless_empty() -> None:
    for model in MUST_BE_EMPTY:
        if model._default_manager.exists():
            told = f"This register is not empty: it has {model._meta.verbose_name_plural}."
            raise bulk.Refused(told)


def _written(batches: Iterator[Proven], named: Named, terms: Terms, done: Rebuilt) -> bool:
    """Write the next batches in one transaction, guarded as any other write is; return whether there were any."""
    some, claims = False, done.claims
    with transaction.atomic():
        await_turn()
        bulk.stand_alone(done.restoration, claims)
        bulk.compress_quickly()
        for batch in islice(batches, BATCHES):
            some = True
            for ready in _ready(batch, named, terms, claims):
                _write(ready)
                done.entries += ready.entries
                done.otherwise += ready.otherwise
                done.claims = max(done.claims, ready.last)
    return some


def _ready(batch: Proven, named: Named, terms: Terms, done: int) -> Iterator[Ready]:
    """Yield a batch ready to be written; the claims that others name are there before they are named."""
    if batch.ready:
        yield batch.ready
    for number, line in batch.naming:
        named.note(number, line)
    if new := [line for line in batch.naming if line[0] > done]:
        yield made_ready(new, terms, Parties())


def _write(ready: Ready) -> None:
    keys = [key for key, _ in ready.heads]
    try:
        tables = dict(ready.tables)
        there = set(Claim.objects.filter(pk__in=keys).values_list("pk", flat=True))
        if there:
            tables[Claim] = bulk.fill_in(Claim, tables[Claim], there)
        for model, rows in tables.items():
            many.write(model, rows, keyed=model not in UNKEYED)
        bulk.check_at_once()
    except (DatabaseError, ValueError, OverflowError) as error:
        told = f"{name_of(CLAIMS)}, lines {min(keys)} to {max(keys)}: the database refuses them: {error}"
        raise BadExport(told) from error
    index.reindex(keys)
