"""The verb of importers: import_claims brings claims in whole, and each only once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from claims.history.recorder import Recorder
from claims.models import Claim, ImportRecord, User
from claims.vocabulary import Verb
from claims.workflow import rules
from claims.workflow.acting import acting, finish_new, new_recorder
from claims.workflow.claims import put_claim
from claims.workflow.drafts import AppearanceDraft, ClaimDraft, EvidenceDraft, VerdictDraft
from claims.workflow.evidence import put_evidence
from claims.workflow.inputs import clean_text
from claims.workflow.refusals import RuleBroken, require
from claims.workflow.verdicts import put_imported_verdict

NEEDED = (Verb.RECORD_CLAIM, Verb.ADD_EVIDENCE, Verb.IMPORT_VERDICT)
# In memory between their stamping and their writing, for which the guards leave a few seconds.
ENTRIES_AT_ONCE = 500


class ComingInElsewhereError(RuleBroken):
    """Another import is bringing the same rows in at this moment: nothing came in by this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedVerdict:
    """A verdict given elsewhere, and the day it took effect there, where known.

    `rests_on` are positions in the claim's evidence; None stands for all of it. `origin` says where this one was given,
    if not where the rest comes from.
    """

    draft: VerdictDraft
    effective_on: date | None = None
    rests_on: Sequence[int] | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedClaim:
    """A claim with all that its source says about it; `key` names it within the source, and so do `more_keys`."""

    key: str
    claim: ClaimDraft
    more_keys: Sequence[str] = ()
    appearance: AppearanceDraft | None = None
    evidence: Sequence[EvidenceDraft] = ()
    verdicts: Sequence[ImportedVerdict] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedPart:
    """What a further row says about a claim that is there; the first of its `keys` names the row."""

    keys: Sequence[str]
    origin: str
    evidence: Sequence[EvidenceDraft] = ()
    verdicts: Sequence[ImportedVerdict] = ()


@dataclass(slots=True)
class ImportResult:
    """What became of a batch: the new claims by key, the keys known already, the refusals by key."""

    added: dict[str, Claim]
    known: set[str]
    refused: dict[str, RuleBroken]


def import_claims(
    imported: Sequence[ImportedClaim], *, source: str, origin: str, by: User
) -> ImportResult:
    """Bring claims of `source` in with their evidence and verdicts, in one transaction.

    A key that came in before is left alone, so a second call adds nothing; a claim that breaks a rule is refused
    whole and keeps nobody else out. Raises PermissionDenied, and ComingInElsewhereError when another import brings
    the same rows in at this moment.
    """
    for verb in NEEDED:
        require(by, verb)
    with transaction.atomic():
        keys = [one.key for one in imported]
        records = ImportRecord.objects.filter(source=source, key__in=keys)
        result = ImportResult({}, set(records.values_list("key", flat=True)), {})
        for recorders in _recorded(imported, result, origin=origin, by=by):
            finish_new(list(recorders.values()))
            added = {key: recorder.claim for key, recorder in recorders.items()}
            result.added |= added
            _remember(_all_keys(imported, added), source)
    return result


def import_onto_claim(
    claim: Claim, imported: Sequence[ImportedPart], *, source: str, by: User
) -> dict[str, RuleBroken]:
    """Bring what further rows of `source` say onto a claim that stands already; return the refusals by key.

    A row is there whole or not at all. One with verdicts comes only onto a claim that imported verdicts made public:
    four eyes are not gone round for a claim that waits on the desk. Raises PermissionDenied, RuleBroken when the claim
    takes no acts, and ComingInElsewhereError when another import brings the same rows in at this moment.
    """
    for verb in NEEDED:
        require(by, verb)
    refused: dict[str, RuleBroken] = {}
    for one in imported:
        try:
            with acting(claim, by=by, verb=Verb.ADD_EVIDENCE) as recorder:
                if one.verdicts:
                    rules.stands_by_imports(recorder.state)
                _put_parts(recorder, one.evidence, one.verdicts, one.origin)
                _remember([(key, claim) for key in one.keys], source)
        except RuleBroken as error:
            if isinstance(error, ComingInElsewhereError):
                raise
            refused[one.keys[0]] = error
    return refused


def _all_keys(
    imported: Sequence[ImportedClaim], added: dict[str, Claim]
) -> Iterable[tuple[str, Claim]]:
    """Return every name that the sources have for the claims added, each once."""
    rows = [one for one in imported if one.key in added]
    return {key: added[one.key] for one in rows for key in (one.key, *one.more_keys)}.items()


def _remember(keys: Iterable[tuple[str, Claim]], source: str) -> None:
    rows = (ImportRecord(source=source, key=key, claim=claim) for key, claim in keys)
    try:
        ImportRecord.objects.bulk_create(rows)
    except IntegrityError as error:
        raise ComingInElsewhereError(
            _("The same rows are coming in elsewhere. Run this again when that has ended.")
        ) from error


def remember_import(claim: Claim, *, source: str, key: str, by: User) -> ImportRecord:
    """Write down which row of `source` a claim was made from act by act, so that a second run knows it.

    Raises RuleBroken when that row came in already.
    """
    require(by, Verb.RECORD_CLAIM)
    for name, value in (("source", source), ("key", key)):
        clean_text(name, value, limit=200, required=True)
    row, new = ImportRecord.objects.get_or_create(source=source, key=key, defaults={"claim": claim})
    if not new:
        raise RuleBroken(_("This row came in already."), field="key")
    return row


def _recorded(
    imported: Sequence[ImportedClaim], result: ImportResult, *, origin: str, by: User
) -> Iterator[dict[str, Recorder]]:
    """Record claims in memory; yield them, by key, before the first ones have waited too long to be written."""
    recorders: dict[str, Recorder] = {}
    entries = 0
    for one in imported:
        if any(one.key in keys for keys in (result.known, result.added, recorders)):
            continue
        recorder = new_recorder(by)
        try:
            _put_all(recorder, one, origin)
        except RuleBroken as error:
            result.refused[one.key] = error
        else:
            recorders[one.key] = recorder
            entries += recorder.claim.head_number
        if entries >= ENTRIES_AT_ONCE:
            yield recorders
            recorders, entries = {}, 0
    yield recorders


def _put_all(recorder: Recorder, imported: ImportedClaim, origin: str) -> None:
    clean_text("key", imported.key, limit=200, required=True)
    put_claim(recorder, imported.claim, imported.appearance)
    _put_parts(recorder, imported.evidence, imported.verdicts, origin)


def _put_parts(
    recorder: Recorder,
    evidence: Sequence[EvidenceDraft],
    verdicts: Sequence[ImportedVerdict],
    origin: str,
) -> None:
    pieces = [put_evidence(recorder, draft) for draft in evidence]
    for verdict in verdicts:
        chosen = range(len(pieces)) if verdict.rests_on is None else verdict.rests_on
        put_imported_verdict(
            recorder,
            verdict.draft,
            [pieces[position] for position in chosen],
            effective_on=verdict.effective_on,
            origin=verdict.origin or origin,
        )
