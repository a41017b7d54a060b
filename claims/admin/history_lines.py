"""The lines of a claim's history on the desk: each entry, and in a few words what it brought or took."""

from __future__ import annotations

from dataclasses import dataclass

from claims.admin.forms import name_of
from claims.history.state import State
from claims.models import HistoryEntry
from claims.vocabulary import Act


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the history, and the words it is about."""

    entry: HistoryEntry
    what: str

    @property
    def digest(self) -> str:
        """The hash of the entry's exact bytes."""
        return bytes(self.entry.leaf_hash).hex()


def what_of(state: State, entry: HistoryEntry) -> str:
    """Return what an entry brought or took, in a few words; nothing where the act says it all."""
    number = entry.number
    if entry.act == Act.TEXT_REDACTED:
        return "; ".join(name_of(name) for (_, name), by in state.redactions.items() if by == entry)
    if number in state.verdicts:
        return state.verdicts[number].row.get_status_display()
    if number in state.contacts:
        return state.contacts[number].row.get_outcome_display()
    if number in state.evidence:
        return str(state.evidence[number].row)
    wordings = [str(row) for row in state.wordings if row.entry.number == number]
    quotes = [f"“{place.row}”" for place in state.appearances.values() if place.entry == entry]
    return next(iter(wordings + quotes), "")
