"""The context every verb on a claim runs in: permission, lock, recorder, and all that must follow an act.

On leaving, the entries are written and the claim's cached columns, its stored document and its words in the search
index are refreshed in the same transaction, so no verb can forget any of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction

from claims import documents
from claims.history.recorder import Recorder, locked, recorder_for, write
from claims.history.replay import replay
from claims.history.state import State
from claims.interop.statements import words_key
from claims.models import Claim, HistoryEntry, User
from claims.models.made import made
from claims.search import index
from claims.vocabulary import Act, Verb
from claims.workflow.refusals import require
from claims.workflow.rules import takes_acts

CACHED = (
    "head_number",
    "head_hash",
    "head_at",
    "wording",
    "words_key",
    "language",
    "kind",
    "claimant",
    "said_on",
    "status",
    "status_since",
    "published_at",
    "merged_into",
    "discarded_at",
)


COLUMN_OF = {"claimant": "claimant_id", "merged_into": "merged_into_id"}
WORDLESS = frozenset(
    {
        Act.APPEARANCE_ADDED,
        Act.APPEARANCE_WITHDRAWN,
        Act.EVIDENCE_ADDED,
        Act.EVIDENCE_WITHDRAWN,
        Act.CLAIMANT_CONTACTED,
        Act.VERDICT_GIVEN,
        Act.VERDICT_OVERRIDE,
        Act.VERDICT_IMPORTED,
        Act.VERDICT_VOIDED,
    }
)


@dataclass(frozen=True, slots=True)
class Acted:
    """A published claim, and the entries that one transaction added to it: at least one."""

    state: State
    entries: Sequence[HistoryEntry]


Hearer = Callable[[Claim, bool], None]
EntryHearer = Callable[[Sequence[Acted]], None]
_hearers: list[Hearer] = []
_hearers_of_new: list[Hearer] = []
_hearers_of_unseen: list[Hearer] = []
_hearers_of_entries: list[EntryHearer] = []


def tell_of_acts(hearer: Hearer, *, of_new: bool = True, of_unseen: bool = False) -> None:
    """Have `hearer` told of each act on a published claim, within its transaction, and whether words were erased.

    It may ask for tasks and do nothing else: rooms above hear of acts here that no verb could name. Not `of_new`, it
    is left alone with claims that come into being published. `of_unseen`, it is told of what is erased of claims that
    readers cannot see as well: the words may stand in an article that they can.
    """
    _hearers.append(hearer)
    if of_new:
        _hearers_of_new.append(hearer)
    if of_unseen:
        _hearers_of_unseen.append(hearer)


def tell_of_entries(hearer: EntryHearer) -> None:
    """Have `hearer` told which entries published claims were given, within their transaction; of imports, many at once.

    It may ask for what is to be done outside and do nothing else.
    """
    _hearers_of_entries.append(hearer)


@contextmanager
def acting(claim: Claim, *, by: User, verb: Verb) -> Iterator[Recorder]:
    """Yield the recorder of `claim` under its lock; write and project when the block ends.

    Raises PermissionDenied when `by` may not use the verb, RuleBroken when the claim was merged into another or
    discarded. The caller's instance is fresh afterwards.
    """
    require(by, verb)
    with transaction.atomic():
        recorder = recorder_for(locked(claim), by=by)
        if verb != Verb.REDACT_TEXT:
            takes_acts(recorder.claim)
        yield recorder
        finish(recorder)
    for name in CACHED:
        setattr(claim, name, getattr(recorder.claim, name))


@contextmanager
def acting_on_new(*, by: User, verb: Verb) -> Iterator[Recorder]:
    """Yield the recorder of a claim that does not exist yet, and bring it into being."""
    require(by, verb)
    with transaction.atomic():
        recorder = new_recorder(by)
        yield recorder
        finish_new([recorder])


def new_recorder(by: User) -> Recorder:
    """Return the recorder of a claim that `finish_new` will write."""
    claim = made(Claim)
    return Recorder(claim, by=by, state=State(claim))


def finish_new(recorders: Sequence[Recorder]) -> None:
    """Write new claims as their entries left them, with everything that is derived from them."""
    for recorder in recorders:
        _derive(recorder.state)
    Claim.objects.bulk_create(recorder.claim for recorder in recorders)
    write(recorders)
    documents.store(recorder.state for recorder in recorders)
    index.reindex(recorder.claim.pk for recorder in recorders)
    for recorder in recorders:
        _tell(recorder.claim, _hearers_of_new, erased=False)
    _tell_of_entries(recorders)


def finish(recorder: Recorder) -> None:
    """Write what was recorded and refresh everything that is derived from it."""
    entries = recorder.state.entries
    erased = bool(entries) and entries[-1].act == Act.TEXT_REDACTED
    write([recorder])
    if erased:
        recorder.state = replay(recorder.claim)
    _project(recorder.state, read=recorder.read, words=words_may_change(recorder.added))
    if erased:
        index.forget_erased()
    unseen = erased and not recorder.claim.is_published
    _tell(recorder.claim, _hearers_of_unseen if unseen else _hearers, erased=erased)
    _tell_of_entries([recorder])


def _tell(claim: Claim, hearers: Sequence[Hearer], *, erased: bool) -> None:
    if claim.is_published or erased:
        for hearer in hearers:
            hearer(claim, erased)


def _tell_of_entries(recorders: Sequence[Recorder]) -> None:
    acted = [
        Acted(recorder.state, recorder.added)
        for recorder in recorders
        if recorder.added and recorder.claim.is_published
    ]
    if acted:
        for hearer in _hearers_of_entries:
            hearer(acted)


@transaction.atomic
def rebuild_claim(claim: Claim) -> None:
    """Derive cached columns and document anew, under the claim's lock.

    For a new shape of document, never for a fault: nothing is recorded.
    """
    _project(replay(locked(claim)))


def _project(state: State, *, read: Mapping[str, object] | None = None, words: bool = True) -> None:
    """Bring a claim's cached columns, stored document and words in the index in step with `state`.

    Of the columns those are written that are not as they were `read`; the words where they may have changed.
    """
    _derive(state)
    changed = [name for name in CACHED if read is None or _differs(state.claim, name, read)]
    if changed:
        state.claim.save(update_fields=changed)
    documents.store([state])
    if words:
        index.reindex([state.claim.pk])


def _differs(claim: Claim, name: str, read: Mapping[str, object]) -> bool:
    column = COLUMN_OF.get(name, name)
    return bool(getattr(claim, column) != read[column])


def words_may_change(entries: Iterable[HistoryEntry]) -> bool:
    """Return whether what the search index holds of a claim may be another after these entries.

    It holds the wording, the claimant's names, and claims that stand: what else is recorded changes none of it.
    """
    return any(entry.act not in WORDLESS for entry in entries)


def _derive(state: State) -> None:
    for name, value in cached_values(state).items():
        setattr(state.claim, name, value)


def cached_values(state: State) -> dict[str, object]:
    """Return what the cached columns of a claim must hold, besides its head."""
    wording = state.wording
    return {
        "wording": wording.text or "",
        "words_key": words_key(wording.text or ""),
        "language": wording.language,
        "kind": wording.kind,
        "claimant": wording.claimant if wording.claimant_name is not None else None,
        "said_on": wording.said_on,
        "status": state.status,
        "status_since": state.status_since,
        "published_at": state.published_at,
        "merged_into": state.merged_into,
        "discarded_at": state.discarded.recorded_at if state.discarded else None,
    }
