"""What merging a duplicate would come to: what stays, what both have, what readers lose. Nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from claims import addresses
from claims.history.replay import replay
from claims.history.state import State, StoodAppearance, StoodEvidence
from claims.models import Claim, Recheck, Topic

Row = TypeVar("Row", StoodAppearance, StoodEvidence)


@dataclass(frozen=True, slots=True)
class Beside(Generic[Row]):
    """One source or place, as the duplicate has it and as the survivor does."""

    ending: Row | None
    lasting: Row | None

    @property
    def either(self) -> Row | None:
        """What to name it by."""
        return self.lasting or self.ending

    @property
    def stays_behind(self) -> bool:
        """Whether only the duplicate has it."""
        return self.lasting is None


def beside(
    ending: Iterable[Row], lasting: Iterable[Row], key: Callable[[Row], Hashable]
) -> list[Beside[Row]]:
    """Return the rows of both side by side, those alike in one line; what only the duplicate has comes first."""
    theirs: dict[Hashable, list[Row]] = {}
    for row in lasting:
        theirs.setdefault(key(row), []).append(row)
    pairs = []
    for row in ending:
        alike = theirs.get(key(row))
        pairs.append(Beside(row, alike.pop(0) if alike else None))
    pairs += [Beside(None, row) for rows in theirs.values() for row in rows]
    return sorted(pairs, key=lambda pair: (not pair.stays_behind, pair.ending is None))


def _source(piece: StoodEvidence) -> Hashable:
    """Return what two pieces of one source share; a source whose address was erased is like no other."""
    row = piece.row
    named = (row.title, row.source_text) if row.title or row.source_text else row.pk
    return row.url or named


def _place(place: StoodAppearance) -> Hashable:
    row = place.row
    return row.article_id, row.start, row.end


class MergedClaims:
    """Two claims, were `ending` merged into `lasting`."""

    def __init__(self, ending: Claim, lasting: Claim) -> None:
        self.ending = ending
        self.lasting = lasting

    @property
    def token(self) -> str:
        """What changes when there is something else to look at."""
        return f"{self.lasting.public_id}.{self.ending.head_number}.{self.lasting.head_number}"

    @cached_property
    def duplicate(self) -> State:
        """The claim that ends, as it stands."""
        return replay(self.ending)

    @cached_property
    def survivor(self) -> State:
        """The claim that lives on, as it stands and stays."""
        return replay(self.lasting)

    @cached_property
    def places(self) -> list[Beside[StoodAppearance]]:
        """Where each was found."""
        mine, theirs = self.duplicate.standing_appearances(), self.survivor.standing_appearances()
        return beside(mine, theirs, _place)

    @cached_property
    def evidence(self) -> list[Beside[StoodEvidence]]:
        """What was found for or against each."""
        mine, theirs = self.duplicate.standing_evidence(), self.survivor.standing_evidence()
        return beside(mine, theirs, _source)

    @property
    def places_behind(self) -> int:
        """How many places only the duplicate has."""
        return sum(pair.stays_behind for pair in self.places)

    @property
    def evidence_behind(self) -> int:
        """How many pieces of evidence only the duplicate has."""
        return sum(pair.stays_behind for pair in self.evidence)

    @property
    def contacts_behind(self) -> int:
        """How many contacts with the claimant stay with the duplicate."""
        return len(self.duplicate.current_contacts())

    @property
    def old_address(self) -> str:
        """Where readers find the duplicate now; nothing where they do not."""
        wording = self.duplicate.wording.text
        published = self.ending.is_published
        return addresses.claim_page(self.ending.public_id, wording) if published else ""

    @property
    def new_address(self) -> str:
        """Where they are led."""
        return addresses.claim_page(self.lasting.public_id, self.survivor.wording.text)

    @property
    def status_differs(self) -> bool:
        """Whether readers of the old address are told another status from then on."""
        return bool(self.old_address) and self.duplicate.status != self.survivor.status

    @property
    def claimant_differs(self) -> bool:
        """Whether the two are attributed to different claimants."""
        mine, theirs = self.ending.claimant, self.lasting.claimant
        if mine is None or theirs is None:
            return mine != theirs
        return theirs.pk not in mine.same

    @cached_property
    def topics_behind(self) -> list[Topic]:
        """The topics that only the duplicate is filed under."""
        kept = set(Topic.objects.of_claim(self.lasting))
        return [topic for topic in Topic.objects.of_claim(self.ending) if topic not in kept]

    @cached_property
    def recheck_behind(self) -> Recheck | None:
        """The day on which the duplicate was to be looked at again."""
        return Recheck.objects.filter(claim=self.ending).first()
