"""Proved entries as rows of this register, with the state they add up to. Nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import models
from django.db.models.base import ModelState

from claims.history.exported import MALFORMED, ROWS, ExportedClaim, Proved, Unsound, demand
from claims.history.state import State
from claims.models import (
    NO_HASH,
    Article,
    Claim,
    Claimant,
    HistoryEntry,
    LedgerRow,
    Publisher,
    Redaction,
    Verdict,
)
from claims.vocabulary import Act

M = TypeVar("M", bound=models.Model)


@dataclass(slots=True)
class Known:
    """The rows of this register that entries name, by their public ids."""

    claimants: Mapping[str, Claimant] = field(default_factory=dict)
    publishers: Mapping[str, Publisher] = field(default_factory=dict)
    articles: Mapping[str, Article] = field(default_factory=dict)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    _rows: dict[Any, Mapping[str, Any]] = field(init=False)

    def __post_init__(self) -> None:
        self._rows = {
            Claimant: self.claimants,
            Publisher: self.publishers,
            Article: self.articles,
            Claim: self.claims,
        }

    def of(self, model: type[models.Model] | None, public_id: Any) -> Any:
        """Return the row of that id. Raises Unsound where the export told of none before."""
        try:
            return self._rows[model][public_id]
        except KeyError:
            raise Unsound(f"nobody and nothing is called {public_id!r}") from None


@dataclass(slots=True)
class Restored:
    """One claim, with everything that is written of it, and its state."""

    claim: Claim
    state: State
    entries: list[HistoryEntry] = field(default_factory=list)
    rows: list[LedgerRow] = field(default_factory=list)
    links: list[tuple[int, int]] = field(default_factory=list)  # of a verdict and its evidence
    redactions: list[Redaction] = field(default_factory=list)
    indices: list[int | None] = field(default_factory=list)  # of each entry its place in the log


@dataclass(frozen=True, slots=True)
class Fact:
    """A column that stands in the leaf: where its value goes and what it must be."""

    name: str
    attname: str
    kind: type
    related: type[models.Model] | None
    needed: bool
    words: frozenset[str]


def _facts(model: type[LedgerRow]) -> tuple[Fact, ...]:
    return tuple(_fact(model._meta.get_field(name)) for name in model.FACTS)


def _fact(column: Any) -> Fact:
    kinds = {models.BooleanField: bool, models.DateField: date, models.PositiveIntegerField: int}
    kind = next((kinds[one] for one in type(column).__mro__ if one in kinds), str)
    words = frozenset(value for value, _ in column.flatchoices)
    return Fact(column.name, column.attname, kind, column.related_model, not column.null, words)


FACTS = {key: _facts(model) for key, model in ROWS.items()}
MADE: list[type[models.Model]] = [HistoryEntry, Claim, *ROWS.values()]
BLANK: dict[type[models.Model], dict[str, Any]] = {
    model: {column.attname: None for column in model._meta.concrete_fields} for model in MADE
}
# Of each row, by its key: how each erasable value is called in a disclosure, and the columns of it and of its salt.
ERASABLE = {
    "": [(name, name, f"{name}_salt") for name in HistoryEntry.ERASABLE],
    **{
        key: [(f"{key}.{name}", name, f"{name}_salt") for name in model.ERASABLE]
        for key, model in ROWS.items()
    },
}
MEMBERS = {key: {fact.name for fact in facts} for key, facts in FACTS.items()}
MEMBERS["verdict"] |= {"wording", "evidence"}


def row_of(model: type[M], values: dict[str, Any], related: dict[str, Any]) -> M:
    """Return an instance with these values, its relations at hand: twenty times as fast as by its constructor."""
    one = model.__new__(model)
    state = ModelState()
    state.fields_cache = related
    vars(one).update(BLANK[model], _state=state, **values)
    return one


def restored(told: ExportedClaim, known: Known, *, claim: Claim, by: int) -> Restored:
    """Return the rows and the state of a claim. Raises Unsound where they cannot be what its leaves say."""
    found = Restored(claim, State(claim))
    try:
        for number, one in enumerate(told.entries, start=1):
            try:
                _take(found, told, one, known, by)
            except (Unsound, *MALFORMED) as error:
                reason = error if isinstance(error, Unsound) else repr(error)
                raise Unsound(f"entry {number}: {reason}") from error
    finally:
        claim.head_number = len(found.entries)
    head = found.entries[-1]
    claim.head_hash, claim.head_at = head.leaf_hash, head.recorded_at
    demand(found.state.wordings, "the claim says nothing")
    return found


def _take(found: Restored, told: ExportedClaim, one: Proved, known: Known, by: int) -> None:
    entry = _entry(found, one, known, by)
    rows: list[LedgerRow] = []
    rests_on: tuple[int, ...] = ()
    for key in one.rows:
        row = _row(key, entry, one, known)
        if isinstance(row, Verdict):
            rests_on = _verdict(found, row, one.leaf[key])
        rows.append(row)
    redactions = _redactions(found, told, entry)
    found.entries.append(entry)
    found.indices.append(one.index)
    found.rows += rows
    found.redactions += redactions
    found.state.apply(entry, rows, rests_on=rests_on, redactions=redactions)


def _entry(found: Restored, one: Proved, known: Known, by: int) -> HistoryEntry:
    leaf, claim = one.leaf, found.claim
    other = known.of(Claim, leaf["other_claim"]) if "other_claim" in leaf else None
    previous = found.entries[-1].leaf_hash if found.entries else NO_HASH
    values = {
        "id": one.place,
        "claim_id": claim.pk,
        "number": leaf["seq"],
        "act": leaf["kind"],
        "recorded_at": datetime.fromisoformat(leaf["recorded_at"]),
        "effective_on": _day(leaf.get("effective_on")),
        "about": leaf.get("about"),
        "other_claim_id": other.pk if other else None,
        "reason_code": leaf.get("reason", ""),
        "by_id": by,
        "prev_hash": previous,
        "leaf": one.data,
        "leaf_hash": one.leaf_hash,
    }
    _fill_in(values, "", one)
    return row_of(HistoryEntry, values, {"claim": claim, "other_claim": other})


def _fill_in(values: dict[str, Any], key: str, one: Proved) -> None:
    """Add the erasable values of one row to those of its columns, each with its salt."""
    for told, name, salt in ERASABLE[key]:
        if (value := one.values.get(told)) is not None:
            values[salt], values[name] = value


def _row(key: str, entry: HistoryEntry, one: Proved, known: Known) -> LedgerRow:
    told = one.leaf[key]
    if not told.keys() <= MEMBERS[key]:
        raise Unsound(f"{key} has unknown members: {sorted(told.keys() - MEMBERS[key])}")
    values: dict[str, Any] = {"entry_id": entry.pk, "claim_id": entry.claim_id}
    related: dict[str, Any] = {"entry": entry, "claim": entry.claim}
    for fact in FACTS[key]:
        value = told.get(fact.name)
        if fact.related is not None:
            related[fact.name] = row = known.of(fact.related, value) if value else None
            values[fact.attname] = row.pk if row else None
        elif value is not None:
            values[fact.attname] = _plain(key, fact, value)
        elif fact.needed:
            raise Unsound(f"{key}.{fact.name} is missing")
    _fill_in(values, key, one)
    return row_of(ROWS[key], values, related)


def _plain(key: str, fact: Fact, value: Any) -> Any:
    if fact.kind is date:
        return _day(value)
    if type(value) is not fact.kind or (fact.words and value not in fact.words):
        raise Unsound(f"{key}.{fact.name} is {value!r}")
    return value


def _day(told: Any) -> date | None:
    """Return a day; only its one spelling will do, because the leaf is compared with the column."""
    if told is None:
        return None
    day = date.fromisoformat(told)
    demand(day.isoformat() == told, f"{told!r} is not a day")
    return day


def _verdict(found: Restored, row: Verdict, told: dict[str, Any]) -> tuple[int, ...]:
    state, numbers = found.state, told["evidence"]
    wording = next((one for one in state.wordings if one.version == told["wording"]), None)
    demand(wording, "it is of a wording that is not there")
    demand(numbers == sorted(set(numbers)), "the evidence is not in order")
    row.wording_id, row.wording = wording.pk, wording  # type: ignore[union-attr, assignment]
    for number in numbers:
        piece = state.evidence[number].row
        found.links.append((row.pk, piece.pk))
    return tuple(numbers)


def _redactions(found: Restored, told: ExportedClaim, entry: HistoryEntry) -> list[Redaction]:
    if entry.act != Act.TEXT_REDACTED:
        return []
    return [
        Redaction(
            entry=entry,
            target=found.entries[one.target - 1],
            field=one.field,
            digest=one.digest,
        )
        for one in told.erased
        if one.entry == entry.number
    ]
