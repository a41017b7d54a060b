"""Who said a claim, who denied it, who could not confirm it: its appearances by the position of their speakers."""

from __future__ import annotations

from dataclasses import dataclass

from django_stubs_ext import StrOrPromise

from claims.documents import Document
from claims.layout.words import CHORUS
from claims.vocabulary import Position


@dataclass(frozen=True, slots=True)
class Chorus:
    """All who do the same with the claim, and where."""

    position: str
    title: StrOrPromise
    places: list[Document]

    @property
    def standing(self) -> list[Document]:
        """The places that nobody took back."""
        return [place for place in self.places if not place["withdrawn"]]


def choruses_of(document: Document) -> list[Chorus]:
    """Return the appearances of a claim, those who assert it first and those who deny it last."""
    found = [
        Chorus(
            position,
            title,
            [place for place in document["appearances"] if place["position"] == position],
        )
        for position, title in CHORUS.items()
    ]
    return [chorus for chorus in found if chorus.places]


def place_of_statement(document: Document) -> Document | None:
    """Return the first standing place where the claim was made: asserted if it was anywhere, else as found."""
    standing = [place for place in document["appearances"] if not place["withdrawn"]]
    asserted = [place for place in standing if place["position"] == Position.ASSERTS]
    return next(iter([*asserted, *standing]), None)
