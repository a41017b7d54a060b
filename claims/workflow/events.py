"""Which event an act on a published claim is to those who are told of acts by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from claims.desk_vocabulary import Event
from claims.history.state import State
from claims.models import HistoryEntry
from claims.vocabulary import Act
from claims.workflow.acting import Acted

VERDICT = (Act.VERDICT_GIVEN, Act.VERDICT_OVERRIDE, Act.VERDICT_IMPORTED)
# The others happen to no claim that readers can see.
EVENTS: dict[Act, Event] = {
    Act.APPEARANCE_ADDED: Event.APPEARANCE_ADDED,
    Act.APPEARANCE_WITHDRAWN: Event.APPEARANCE_WITHDRAWN,
    Act.CLAIM_REWORDED: Event.CLAIM_REWORDED,
    Act.EVIDENCE_ADDED: Event.EVIDENCE_ADDED,
    Act.EVIDENCE_WITHDRAWN: Event.EVIDENCE_WITHDRAWN,
    Act.VERDICT_VOIDED: Event.VERDICT_VOIDED,
    Act.CLAIMANT_CONTACTED: Event.CLAIMANT_CONTACTED,
    Act.CLAIM_MERGED: Event.CLAIM_MERGED,
    Act.CLAIM_ABSORBED: Event.CLAIM_ABSORBED,
    Act.TEXT_REDACTED: Event.TEXT_REDACTED,
}


@dataclass(frozen=True, slots=True)
class Happened:
    """An event, the entry that brought it, and the status of the claim from then on ("" for none)."""

    event: Event
    entry: HistoryEntry
    status: str


def happened(acted: Acted) -> Iterator[Happened]:
    """Yield one event for each entry; for all that stood when the claim was published, one, at the last of them."""
    state, entries = acted.state, acted.entries
    if state.published_at is not None and state.published_at >= entries[0].recorded_at:
        last = entries[-1]
        yield Happened(Event.CLAIM_PUBLISHED, last, status_after(state, last.number))
        return
    for entry in entries:
        status = status_after(state, entry.number)
        if entry.act in VERDICT:
            changed = status != status_after(state, entry.number - 1)
            yield Happened(Event.STATUS_CHANGED if changed else Event.VERDICT_GIVEN, entry, status)
        else:
            yield Happened(EVENTS[Act(entry.act)], entry, status)


def status_after(state: State, number: int) -> str:
    """Return the status of a claim after so many entries, "" for none."""
    given = [one for one in state.verdicts.values() if one.entry.number <= number]
    last = max(given, key=lambda one: one.entry.number, default=None)
    if last is None or (last.ended is not None and last.ended.number <= number):
        return ""
    return last.row.status
