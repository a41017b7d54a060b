"""What merging two claimants would come to, and what readers find afterwards. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from claims import addresses
from claims.models import Affiliation, Appearance, Claim, Claimant


@dataclass(frozen=True, slots=True)
class Held:
    """How much one of two claimants brings along."""

    claimant: Claimant
    claims: int
    published: int
    appearances: int


@dataclass(frozen=True, slots=True)
class Led:
    """A public address, and where it leads afterwards."""

    old: str
    new: str


class MergedClaimants:
    """Two claimants, were `ending` merged into `lasting`."""

    def __init__(self, ending: Claimant, lasting: Claimant) -> None:
        self.ending = ending
        self.lasting = lasting

    @cached_property
    def token(self) -> str:
        """What changes when there is something else to look at."""
        known = [len(self.names), len(self.affiliations), len(self.ending.same)]
        return ".".join([self.lasting.public_id, *map(str, known)])

    @cached_property
    def records(self) -> list[Claimant]:
        """The records that become one, the surviving first."""
        rows = Claimant.objects.with_names().in_bulk({*self.ending.same, *self.lasting.same})
        return sorted(rows.values(), key=lambda one: (one.pk != self.lasting.pk, one.pk))

    @cached_property
    def names(self) -> list[str]:
        """All names by which the survivor is found, theirs first."""
        every = [name for one in self.records for name in (one.name, *one.other_names)]
        return [*dict.fromkeys(every)]

    @cached_property
    def affiliations(self) -> list[Affiliation]:
        """All that they were, the latest first."""
        return list(Affiliation.objects.standing().dated([one.pk for one in self.records]))

    @property
    def held(self) -> list[Held]:
        """What each of the two brings along, the surviving first."""
        return [held_by(one) for one in (self.lasting, self.ending)]

    @cached_property
    def public(self) -> dict[int, Claimant]:
        """Those of the records whom readers can see, by the names they show."""
        return Claimant.objects.named_in_public().in_bulk([one.pk for one in self.records])

    @property
    def public_name(self) -> str:
        """The name that stands on the survivor's public page; none where they have no page."""
        shown = self.public.get(self.lasting.pk)
        return str(getattr(shown, "public_name", "")) if shown else ""

    @property
    def led(self) -> Iterator[Led]:
        """Yield the public addresses that lead to the survivor's from then on."""
        new = addresses.claimant_page(self.lasting.public_id, self.public_name)
        for key, one in self.public.items():
            if key in self.ending.same:
                name: str = getattr(one, "public_name", "")
                yield Led(addresses.claimant_page(one.public_id, name), new)


def held_by(claimant: Claimant) -> Held:
    """Return how many claims that were not merged away are theirs, and in how many places they speak."""
    claims = Claim.objects.standing().by_claimant(claimant)
    places = Appearance.objects.standing().spoken_by(claimant)
    return Held(claimant, claims.count(), claims.published().count(), places.count())
