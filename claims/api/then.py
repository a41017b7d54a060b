"""What the register said of claims as of a moment: made of the documents that are stored.

Of what these do not tell, the history is replayed; for lists, only the acts that change what they show.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

import orjson
from django.http import Http404
from django.utils import timezone

from claims import documents, earlier
from claims.api import few
from claims.api.problems import NoSuchEntry
from claims.history.state import State
from claims.models import Claim, ClaimDocument, HistoryEntry, Verdict, VerdictEvidence, Wording
from claims.models.claim import ClaimQuerySet
from claims.vocabulary import Act


class Listed(NamedTuple):
    """A claim on a list of the past: whether nothing was recorded on it since, what lists show of it now, and the
    stored document, if that was read along.
    """

    public_id: str
    key: int
    untouched: bool
    summary: str | None
    body: str | None = None


def moment_of(public_id: str, place: datetime | int | None) -> datetime | None:
    """Return the moment of a place in a published claim's history; one query where it is the number of an entry.

    Raises NoSuchEntry, or Http404 where there is no such claim: an unpublished one tells nothing by its numbers.
    """
    if not isinstance(place, int):
        return place
    published = Claim.objects.published().known_as(public_id)
    moments = HistoryEntry.objects.numbered(public_id, place).filter(claim__in=published)
    for moment in moments.values_list("recorded_at", flat=True):
        return moment
    if published.exists():
        raise NoSuchEntry
    raise Http404


@dataclass(frozen=True, slots=True)
class Then:
    """Which past is asked about: what was known at `known_at` and, given a day, of how things stood on it."""

    known_at: datetime
    effective: date | None = None

    @classmethod
    def asked(cls, moment: datetime | None, day: date | None) -> Then | None:
        """Return the past that the parameters of a request name, if they name one."""
        return cls(moment or timezone.now(), day) if moment or day else None

    def claims(self, status: str | None, **said: Collection[object]) -> ClaimQuerySet:
        """Return the claims that were listed then, of a status and with the values of a wording."""
        day, claims = self.effective, Claim.objects.all()
        # First the day: of two ends of one range, SQLite takes the first that is named.
        claims = few.effective(claims, day) if day else claims
        claims = claims.listed_at(self.known_at)
        if said:
            claims = claims.worded_at(self.known_at, **said)
        entries = HistoryEntry.objects.all()
        if day:
            return claims.ruled_by(entries.in_effect_on(day, known_at=self.known_at), status=status)
        acts = entries.recorded_until(self.known_at).last_verdict_first()
        return claims.ruled_by(acts, status=status)

    def document(self, key: int, body: str | None) -> documents.Document | None:
        """Return the whole document of a claim then, given the stored one; up to two queries, or nine for a replay."""
        try:
            return self._cut(key, body)
        except earlier.CannotTell:
            claim = Claim.objects.get(pk=key)
        if self.effective:
            return documents.effective_as_of(claim, self.effective, known_at=self.known_at)
        return documents.as_of(claim, self.known_at)

    def _cut(self, key: int, body: str | None) -> documents.Document | None:
        if body is None:
            raise earlier.CannotTell
        stood = earlier.standing(orjson.loads(body), self.known_at, self.effective)
        return earlier.document(stood, key) if stood else None

    def summaries(self, claims: Sequence[Claim]) -> list[str]:
        """Return what `told` does of claims that were read with their summaries."""
        return self.told([self._listed(claim) for claim in claims])

    def _listed(self, claim: Claim) -> Listed:
        untouched = claim.head_at is not None and claim.head_at <= self.known_at
        stored: ClaimDocument | None = getattr(claim, "document", None)
        if stored is None:
            return Listed(claim.public_id, claim.pk, untouched, None)
        body = None if "body" in stored.get_deferred_fields() else stored.body
        return Listed(claim.public_id, claim.pk, untouched, stored.summary, body)

    def told(self, rows: Sequence[Listed]) -> list[str]:
        """Return the JSON that lists showed of each of `rows` then; none, one or up to five queries.

        1: the documents of those that were touched since; 2 to 5: the replay of those that these do not tell
        """
        same = self.effective is None
        moved = [row for row in rows if not (same and row.untouched and row.summary)]
        unread = [row.key for row in moved if row.body is None]
        bodies = ClaimDocument.objects.bodies(unread) if unread else {}
        found = {row.key: self._summary(row, row.body or bodies.get(row.key)) for row in moved}
        lost = [Claim(pk=row.key, public_id=row.public_id) for row in moved if not found[row.key]]
        found |= {one.claim.pk: self._replayed(one) for one in states_at(lost, self.known_at)}
        return [found.get(row.key) or row.summary or "" for row in rows]

    def is_now(self, head_at: datetime | None, stored: str | None) -> bool:
        """Whether nothing was recorded on a claim since, so that what is stored of it was right then, too."""
        untouched = head_at is not None and head_at <= self.known_at
        return untouched and self.effective is None and stored is not None

    def _summary(self, row: Listed, body: str | None) -> str | None:
        """Return what a list showed, as far as the stored document tells."""
        if body is None or row.summary is None:
            return None
        kept = earlier.told_of_lists(body)
        stood = earlier.standing(kept, self.known_at, self.effective)
        if stood is None:
            return None
        try:
            return documents.encode(earlier.summary(stood, orjson.loads(row.summary)))
        except earlier.CannotTell:
            return None

    def _replayed(self, state: State) -> str:
        verdict = state.verdict_on(self.effective) if self.effective else state.verdict
        return documents.encode(documents.summary(state, verdict=verdict))


def states_at(claims: Sequence[Claim], moment: datetime) -> list[State]:
    """Return the wording and status of each of `claims` at `moment`."""
    states = {claim.pk: State(claim) for claim in claims}
    if not states:
        return []
    # 1: the acts; 2: the wordings with their claimants; 3: the verdicts; 4: what they rest on, if any of it was lost
    acts = HistoryEntry.objects.of_claims(claims).recorded_until(moment).that_summaries_show()
    entries = list(acts.in_order())
    rows = _rows(claims)
    rests_on = _rests_on({one.claim_id for one in entries if one.act == Act.EVIDENCE_WITHDRAWN})
    for entry in entries:
        state = states[entry.claim_id]
        entry.claim = state.claim
        if entry.act == Act.EVIDENCE_WITHDRAWN and entry.about is not None:
            state.withdrawn.add(entry.about)  # without the evidence itself, which lists do not show
            continue
        row = rows.get(entry.pk)
        if row:
            row.entry = entry
        state.apply(entry, [row] if row else [], rests_on=rests_on.get(entry.pk, ()))
    return list(states.values())


def _rests_on(losers: Collection[int]) -> dict[int, tuple[int, ...]]:
    """Return the entry numbers of the evidence that each verdict rests on, of claims with these keys."""
    found: dict[int, tuple[int, ...]] = {}
    if not losers:
        return found
    links = VerdictEvidence.objects.filter(verdict__claim__in=losers)
    for verdict, number in links.values_list("verdict_id", "evidence__entry__number"):
        found[verdict] = (*found.get(verdict, ()), number)
    return found


def _rows(claims: Sequence[Claim]) -> dict[int, Wording | Verdict]:
    wordings = {row.pk: row for row in Wording.objects.for_summaries(claims)}
    verdicts = {row.pk: row for row in Verdict.objects.for_summaries(claims)}
    for verdict in verdicts.values():
        verdict.wording = wordings[verdict.wording_id]
    return {**wordings, **verdicts}
