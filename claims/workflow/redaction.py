"""Verbs for lawful erasure: propose_redaction, redact_text. Two people must agree."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from claims.history.canonical import digest_of
from claims.history.leaves import erasable_values
from claims.history.recorder import Recorder, write
from claims.models import (
    Appearance,
    Claimant,
    Evidence,
    HistoryEntry,
    LedgerRow,
    Proposal,
    Redaction,
    RedactionRequest,
    User,
    Verdict,
    Wording,
)
from claims.vocabulary import Act, RedactionReason, Verb
from claims.workflow.acting import acting
from claims.workflow.inputs import clean_choice
from claims.workflow.refusals import RuleBroken, require
from claims.workflow.verdicts import TEXTS

ROWS: tuple[type[LedgerRow], ...] = (Wording, Appearance, Evidence, Verdict)
ERASED = "[redacted]"


def erasable_fields(entry: HistoryEntry) -> dict[str, tuple[str, bytes]]:
    """Return the values of an entry that can still be erased: name to value and digest."""
    rows = [row for model in ROWS for row in model._default_manager.filter(pk=entry.pk)]
    return {
        name: (value, digest_of(salt, name, value))
        for name, value, salt in erasable_values(entry, rows)
    }


def propose_redaction(
    entry: HistoryEntry, *, fields: Sequence[str], reason: RedactionReason, by: User
) -> RedactionRequest:
    """Ask for values of `entry` (named as in `erasable_fields`) to be erased.

    Raises RuleBroken when a name is unknown or its value is gone already.
    """
    require(by, Verb.PROPOSE_REDACTION)
    present = erasable_fields(entry)
    for name in fields:
        if name not in present:
            raise RuleBroken(f"Entry {entry.number} has no value {name} to erase.", field="fields")
    if not fields:
        raise RuleBroken("Name at least one value to erase.", field="fields")
    return RedactionRequest.objects.create(
        entry=entry,
        fields=" ".join(dict.fromkeys(fields)),
        reason=clean_choice("reason", reason, RedactionReason),
        requested_by=by,
    )


def redact_text(request: RedactionRequest, *, by: User) -> HistoryEntry:
    """Erase the values for good, behind a public tombstone that names their digests and the reason code.

    Raises PermissionDenied when `by` made the request, RuleBroken when it was carried out already.
    """
    require(by, Verb.REDACT_TEXT)
    if request.requested_by_id == by.pk:
        raise PermissionDenied("You asked for this redaction; somebody else must carry it out.")
    claim = request.entry.claim
    with transaction.atomic(), acting(claim, by=by, verb=Verb.REDACT_TEXT) as recorder:
        request.refresh_from_db()
        if request.carried_out_id:
            raise RuleBroken("This redaction was carried out already.")
        entry = _tombstone(recorder, request)
        _forget_copies(recorder, request)
        write([recorder])
        _forget_names(request)
        request.carried_out = entry
        request.save(update_fields=["carried_out"])
    return entry


def _tombstone(recorder: Recorder, request: RedactionRequest) -> HistoryEntry:
    present = erasable_fields(request.entry)
    gone = [name for name in request.field_names if name not in present]
    if gone:
        raise RuleBroken(f"Erased already: {', '.join(gone)}.", field="fields")
    redactions = [
        Redaction(target=request.entry, field=name, digest=present[name][1])
        for name in request.field_names
    ]
    return recorder.record(
        Act.TEXT_REDACTED,
        about=request.entry.number,
        reason_code=request.reason,
        redactions=redactions,
    )


def _forget_copies(recorder: Recorder, request: RedactionRequest) -> None:
    """A proposal holds the same words as the verdict that came of it; internal copies go too."""
    present = erasable_fields(request.entry)
    for name in TEXTS:
        if f"verdict.{name}" in request.field_names:
            value, _ = present[f"verdict.{name}"]
            copies = Proposal.objects.filter(review__claim=recorder.claim, **{name: value})
            copies.update(**{name: ERASED})


def _forget_names(request: RedactionRequest) -> None:
    """A claimant whom no value names any more is nameless everywhere."""
    parties = Claimant.objects.filter(
        Q(wordings__entry=request.entry) | Q(appearances__entry=request.entry)
    )
    for claimant in parties.distinct():
        named = Q(wordings__claimant_name__isnull=False) | Q(
            appearances__speaker_name__isnull=False
        )
        if not Claimant.objects.filter(named, pk=claimant.pk).exists():
            claimant.name, claimant.role = f"{ERASED} {claimant.public_id}", ""
            claimant.save(update_fields=["name", "role"])
