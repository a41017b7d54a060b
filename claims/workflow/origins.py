"""Which standing evidence a new source may be a reprint of. A hint for a person, who decides; nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from claims.hosts import host_of
from claims.models import Evidence, Snapshot, SourceReading
from claims.reading.credits import agency_of
from claims.reading.likeness import NEAR_IDENTICAL, Shingles, shared, shingles


class Mark(TextChoices):
    """What two sources have in common, the surest first."""

    ADDRESS = "address", _("It has the same address.")
    BYTES = "bytes", _("It is the same file.")
    TEXT = "text", _("Its stored text is nearly the same.")
    WIRE = "wire", _("Both are credited to the same agency.")
    PUBLISHER = "publisher", _("Both are of the same publisher.")


@dataclass(frozen=True, slots=True)
class OriginHint:
    """A standing piece that may be of the same origin, and why; `share` of the shorter text stands in the longer."""

    piece: Evidence
    mark: Mark
    share: float = 0.0

    @property
    def percent(self) -> int:
        """The shared part of the text, for people."""
        return round(100 * self.share)


def origin_hints(reading: SourceReading, standing: Iterable[Evidence]) -> list[OriginHint]:
    """Return for each origin that `reading` may share the surest hint, the surest of all first."""
    pieces = list(standing)
    copies = {copy.sha256: copy for copy in Snapshot.objects.of(pieces)}
    source = _Source(reading)
    hints = [
        hint for piece in pieces for hint in source.hints(piece, copies.get(piece.snapshot or ""))
    ]
    order = list(Mark)
    hints.sort(key=lambda hint: (order.index(hint.mark), -hint.share, hint.piece.pk))
    first: dict[int, OriginHint] = {}
    for hint in hints:
        first.setdefault(hint.piece.origin, hint)
    return list(first.values())


class _Source:
    """The source under reading, compared with one piece after the other."""

    def __init__(self, reading: SourceReading) -> None:
        copy = reading.snapshot
        self.sha256 = copy.sha256 if copy else ""
        # Not the copy's own address: the same bytes may have been kept from another one first.
        self.urls = {reading.url, reading.canonical_url} - {""}
        self.words: Shingles = shingles(copy.text if copy else "")
        self.wires = {copy.wire if copy else "", agency_of(reading.publisher_name)} - {""}
        self.publishers = {reading.publisher_name.casefold(), reading.domain} - {""}

    def hints(self, piece: Evidence, copy: Snapshot | None) -> Iterator[OriginHint]:
        """Yield what this source and `piece` have in common."""
        if piece.url in self.urls:
            yield OriginHint(piece, Mark.ADDRESS)
        if copy and copy.sha256 == self.sha256:
            yield OriginHint(piece, Mark.BYTES)
        if copy and (share := shared(self.words, shingles(copy.text))) >= NEAR_IDENTICAL:
            yield OriginHint(piece, Mark.TEXT, share)
        if self.wires & {copy.wire if copy else "", agency_of(piece.publisher_name or "")}:
            yield OriginHint(piece, Mark.WIRE)
        voices = {(piece.publisher_name or "").casefold(), host_of(piece.url or "")}
        if self.publishers & voices:
            yield OriginHint(piece, Mark.PUBLISHER)
