"""Verbs for lawful erasure: propose_redaction, redact_text. Two people must agree."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from claims.history.canonical import digest_of
from claims.history.leaves import erasable_values
from claims.history.recorder import ROW_ORDER, Recorder, locked, write
from claims.history.residue import sweep_after_commit
from claims.models import (
    Claimant,
    Evidence,
    HistoryEntry,
    ImportRow,
    Proposal,
    Redaction,
    RedactionRequest,
    Review,
    SourceReading,
    User,
)
from claims.models.redaction import NAMING
from claims.models.verdict import TEXTS
from claims.vocabulary import Act, RedactionReason, ReviewState, Verb
from claims.workflow.acting import acting
from claims.workflow.forgetting import ERASED, forget_claimant
from claims.workflow.inputs import clean_choice
from claims.workflow.linking import forget_item
from claims.workflow.quoting import forget_quotes
from claims.workflow.refusals import RuleBroken, require
from claims.workflow.snapshots import forget_copy, forget_readings
from claims.workflow.telling import changed

WORDING = "wording.text"


def erasable_fields(entry: HistoryEntry) -> dict[str, tuple[str, bytes]]:
    """Return the values of an entry that can still be erased: name to value and digest."""
    rows = [row for model in ROW_ORDER for row in model._default_manager.filter(pk=entry.pk)]
    return {
        name: (value, digest_of(salt, name, value))
        for name, value, salt in erasable_values(entry, rows)
    }


def propose_redaction(
    entry: HistoryEntry, *, fields: Sequence[str], reason: RedactionReason, by: User
) -> RedactionRequest:
    """Ask for values of `entry` (named as in `erasable_fields`) to be erased.

    Raises RuleBroken when a name is unknown or its value is gone already, and when all of it was asked for on the
    same ground and waits.
    """
    require(by, Verb.PROPOSE_REDACTION)
    ground = clean_choice("reason", reason, RedactionReason)
    with transaction.atomic():
        locked(entry.claim)
        present = erasable_fields(HistoryEntry.objects.get(pk=entry.pk))
        for name in fields:
            if name not in present:
                told = _("Entry %(number)d has no value %(name)s to erase.")
                said = told % {"number": entry.number, "name": name}
                raise RuleBroken(said, field="fields")
        if not fields:
            raise RuleBroken(_("Name at least one value to erase."), field="fields")
        if set(fields) <= _waiting(entry, ground):
            told = _("This was asked for already and waits for another editor.")
            raise RuleBroken(told, field="fields")
        names = " ".join(dict.fromkeys(fields))
        return RedactionRequest.objects.create(
            entry=entry, fields=names, reason=ground, requested_by=by
        )


def _waiting(entry: HistoryEntry, ground: RedactionReason) -> set[str]:
    asked = RedactionRequest.objects.waiting().filter(entry=entry, reason=ground)
    return {name for request in asked for name in request.field_names}


def redact_text(request: RedactionRequest, *, by: User) -> HistoryEntry:
    """Erase the values for good, behind a public tombstone that names their digests and the reason code.

    Of values that another request had erased before, nothing more is said; requests of which nothing is left to
    erase are closed along with this one.
    Raises PermissionDenied when `by` made the request, RuleBroken when it was carried out already.
    """
    require(by, Verb.REDACT_TEXT)
    if request.requested_by_id == by.pk:
        raise PermissionDenied(_("You asked for this redaction; somebody else must carry it out."))
    claim = request.entry.claim
    with transaction.atomic(), acting(claim, by=by, verb=Verb.REDACT_TEXT) as recorder:
        request.refresh_from_db()
        if request.carried_out_id:
            raise RuleBroken(_("This redaction was carried out already."))
        entry = _tombstone(recorder, request)
        _forget_copies(recorder, request)
        piece = Evidence.objects.filter(entry=request.entry).first()
        write([recorder])
        _forget_source(request, piece)
        _forget_names(request)
        _close(request, entry)
        sweep_after_commit()
    return entry


def _tombstone(recorder: Recorder, request: RedactionRequest) -> HistoryEntry:
    present = erasable_fields(request.entry)
    redactions = [
        Redaction(target=request.entry, field=name, digest=present[name][1])
        for name in request.field_names
        if name in present
    ]
    return recorder.record(
        Act.TEXT_REDACTED,
        about=request.entry.number,
        reason_code=request.reason,
        redactions=redactions,
    )


def _close(request: RedactionRequest, entry: HistoryEntry) -> None:
    """Close a request, and those that asked for nothing but what is erased by now."""
    left = erasable_fields(HistoryEntry.objects.get(pk=request.entry_id)).keys()
    for one in RedactionRequest.objects.waiting().filter(entry=request.entry):
        if left.isdisjoint(one.field_names):
            one.carried_out = entry
            one.save(update_fields=["carried_out"])
    request.refresh_from_db(fields=["carried_out"])


def _forget_copies(recorder: Recorder, request: RedactionRequest) -> None:
    """Proposals hold the same words as the verdict that came of them, or drafts of them; these go too.

    So do the reports of imports: they name a claim by its wording, for a year. What else quotes the words to the desk
    alone forgets them.
    """
    present = erasable_fields(request.entry)
    gone = [name for name in request.field_names if name in present]
    forget_quotes((name, present[name][0]) for name in gone)
    if WORDING in request.field_names and WORDING in present:
        value, _ = present[WORDING]
        told = ImportRow.objects.filter(Q(claim=recorder.claim) | Q(wording=value))
        told.exclude(wording="").update(wording=ERASED)
    proposals = Proposal.objects.filter(review__claim=recorder.claim)
    review = _review_behind(request.entry)
    for name in TEXTS:
        if f"verdict.{name}" in request.field_names and f"verdict.{name}" in present:
            value, _ = present[f"verdict.{name}"]
            copies = proposals.filter(Q(review=review) | Q(**{name: value}))
            copies.exclude(**{name: ""}).update(**{name: ERASED})


def _forget_source(request: RedactionRequest, piece: Evidence | None) -> None:
    """What evidence was made of goes with its values: the reading always, the stored copy with its own digest.

    `piece` is the evidence as it was before. A copy that other evidence names stays.
    """
    if piece is None:
        return
    forget_readings(SourceReading.objects.filter(evidence=piece))
    if "evidence.snapshot" in request.field_names and piece.snapshot:
        forget_copy(piece.snapshot)


def _review_behind(entry: HistoryEntry) -> Review | None:
    """Return the review that ended in the verdict of `entry`; imported verdicts have none.

    A claim has one review at a time, and each that is approved gives one verdict: so they follow each other alike.
    """
    if entry.act != Act.VERDICT_GIVEN:
        return None
    given = HistoryEntry.objects.filter(claim=entry.claim, act=Act.VERDICT_GIVEN)
    place = given.filter(number__lt=entry.number).count()
    approved = Review.objects.filter(claim=entry.claim, state=ReviewState.APPROVED)
    return next(iter(approved.order_by("pk")[place : place + 1]), None)


def _forget_names(request: RedactionRequest) -> None:
    """A claimant whom no value names any more is nameless everywhere; one who lost any name is no item of Wikidata.

    Locked, so that of two redactions on two claims the later one sees what the earlier one erased.
    """
    parties = Claimant.objects.filter(
        Q(wordings__entry=request.entry) | Q(appearances__entry=request.entry)
    )
    held = Claimant.objects.select_for_update().filter(pk__in=parties.values("pk"))
    named = not set(NAMING).isdisjoint(request.field_names)
    for claimant in held.order_by("pk"):
        if named:
            forget_item(claimant)
            changed(claimant)
        left = Q(wordings__claimant_name__isnull=False) | Q(appearances__speaker_name__isnull=False)
        if not Claimant.objects.filter(left, pk=claimant.pk).exists():
            forget_claimant(claimant)
