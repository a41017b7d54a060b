"""Rebuilding an empty register from an export, as it was: the same entries, the same bytes, the same order.

An operator's tool and no verb of the desk. While it runs, the database takes nothing else; see docs/history.md.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context

from django.conf import settings
from django.db import IntegrityError, connections, transaction
from django.db.utils import DatabaseError

from claims import documents
from claims.exports.reading import BadExport, Opened
from claims.exports.shape import CLAIMS, name_of
from claims.history import bulk
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
from claims.workflow.restoring_claims import Line, Ready, Terms, made_ready
from claims.workflow.restoring_parties import take_in_parties

AT_ONCE = 50
# As it stands in a leaf that stands in a line.
NAMES_ANOTHER = b'\\"other_claim\\":'
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
    done = Rebuilt(restoration)
    done.claims = _there_already()
    named = Named(export.manifest.claims)
    try:
        for ready in _all_ready(export, done.claims, named, terms, processes):
            _write(ready)
            done.claims += len(ready.heads)
            done.entries += ready.entries
            done.otherwise += ready.otherwise
            yield done
        finish(export, restoration, named, terms, by=by)
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


def _there_already() -> int:
    """Return how many lines an earlier run brought in: they came in order, each batch whole."""
    last = Claim.objects.recorded().order_by("-pk").first()
    return last.pk if last else 0


def _all_ready(
    export: Opened, done: int, named: Named, terms: Terms, processes: int
) -> Iterator[Ready]:
    """Yield the claims ready to be written, batch by batch in their order, a few batches ahead."""
    batches = _batches(export, done, named)
    if processes < 2:
        for batch in batches:
            yield made_ready(batch, terms)
        return
    with ExitStack() as stack:
        connections.close_all()  # a connection must not be shared with a process that is forked off
        pool = stack.enter_context(
            ProcessPoolExecutor(processes - 1, get_context("fork"), connections.close_all)
        )
        stack.callback(pool.shutdown, cancel_futures=True)
        waiting: deque[Future[Ready]] = deque()
        for batch in batches:
            waiting.append(pool.submit(made_ready, batch, terms))
            if len(waiting) == processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _batches(export: Opened, done: int, named: Named) -> Iterator[list[Line]]:
    lines = _noting(export.lines(CLAIMS), done, named)
    while batch := list(islice(lines, AT_ONCE)):
        yield batch


def _noting(lines: Iterator[Line], done: int, named: Named) -> Iterator[Line]:
    """Yield the lines that are not in yet, and have the claims that others name be there before they are named."""
    for number, line in lines:
        if NAMES_ANOTHER in line:
            named.note(number, line)
        if number > done:
            yield number, line


@transaction.atomic
def _write(ready: Ready) -> None:
    """Write some claims with everything that belongs to them, guarded as any other write is."""
    keys = [key for key, _ in ready.heads]
    first = keys[0]
    try:
        tables = dict(ready.tables)
        there = set(Claim.objects.filter(pk__in=keys).values_list("pk", flat=True))
        if there:
            tables[Claim] = bulk.fill_in(Claim, tables[Claim], there)
        for model, rows in tables.items():
            bulk.write(model, rows, keyed=model not in UNKEYED)
        bulk.check_at_once()
    except (DatabaseError, ValueError, OverflowError) as error:
        told = f"{name_of(CLAIMS)}, lines {first} to {keys[-1]}: the database refuses them: {error}"
        raise BadExport(told) from error
    index.reindex(keys)
