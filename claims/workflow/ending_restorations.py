"""What must wait until every claim of an export is there: what claims say of each other, and the last comparison."""

from __future__ import annotations

import hashlib

import orjson
from django.db import DatabaseError, transaction
from django.db.models import Model

from claims import documents
from claims.exports.reading import BadExport, Opened
from claims.exports.shape import CLAIMS, MANIFEST, Heads, Manifest, name_of
from claims.history import bulk
from claims.history.exported import MALFORMED, PUBLIC_ID
from claims.history.recorder import ROW_ORDER
from claims.history.replay import replay
from claims.history.sealing import await_turn
from claims.models import (
    Article,
    Claim,
    Claimant,
    ClaimDocument,
    ClaimTopic,
    HistoryEntry,
    LogLeaf,
    MethodVersion,
    Publisher,
    Restoration,
    Topic,
    Unsealed,
    User,
    VerdictEvidence,
)
from claims.search import index
from claims.vocabulary import Act
from claims.workflow.restoring_claims import Terms
from claims.workflow.restoring_parties import take_in_relations

NUMBERED = (Claim, HistoryEntry, Publisher, Claimant, Topic, MethodVersion, Article, Unsealed)
COUNTED: tuple[type[Model], ...] = (
    *NUMBERED,
    *ROW_ORDER,
    VerdictEvidence,
    ClaimDocument,
    ClaimTopic,
    LogLeaf,
)


class Named:
    """The claims that name others, and the others, which must have a row before they are named.

    One that comes on a later line gets the key of that line, with nothing in it until then. One that the export does
    not hold, because readers never saw it, keeps an empty row behind all others.
    """

    def __init__(self, claims: int) -> None:
        self.naming: dict[int, tuple[str | None, str | None]] = {}
        self._beyond = claims

    def note(self, number: int, line: bytes) -> None:
        """Take in the line of a claim that names others. Raises BadExport."""
        try:
            told = orjson.loads(line)
            document = told["bundle"]["document"]
            # Kept to the end, so its digest rather than the document.
            self.naming[number] = (
                told["sha256"],
                document and hashlib.sha256(orjson.dumps(document)).hexdigest(),
            )
            for public_id, place in told["others"].items():
                self._have(public_id, place)
        except MALFORMED as error:
            raise BadExport(f"{name_of(CLAIMS)}, line {number}: malformed: {error!r}") from error

    def _have(self, public_id: str, place: int | None) -> None:
        if not PUBLIC_ID.fullmatch(public_id):
            raise ValueError(f"{public_id!r} is no id of a claim")
        if Claim.objects.filter(public_id=public_id).exists():
            return
        if place is None:
            last = Claim.objects.filter(pk__gt=self._beyond).order_by("-pk").first()
            place = (last.pk if last else self._beyond) + 1
        elif type(place) is not int or not 0 < place <= self._beyond:
            raise ValueError(f"{place!r} is no line")
        bulk.reserve(place, public_id)


@transaction.atomic
def finish(
    export: Opened, restoration: Restoration, named: Named, terms: Terms, *, by: User, claims: int
) -> None:
    """Say what had to wait, compare all with the manifest, close the register to the past. Raises BadExport."""
    await_turn()
    bulk.stand_alone(restoration, claims)
    _lead_on()
    for number, (sha256, digest) in named.naming.items():
        _complete(number, sha256, digest, terms)
    take_in_relations(export, by=by)
    bulk.check_at_once()
    # Before places are given: the guard of the log looks up each entry by plans that go by these counts.
    bulk.count_anew(COUNTED)
    _give_places(export.manifest)
    _compare(export)
    bulk.go_on_numbering(NUMBERED)
    bulk.put_indexes_back()
    bulk.count_anew([LogLeaf])
    index.put_back()
    bulk.end(restoration)


def _lead_on() -> None:
    """Have the empty rows of claims that were taken over lead to the claim that took them over."""
    for claim in Claim.objects.filter(head_number=0):
        absorbed = HistoryEntry.objects.filter(act=Act.CLAIM_ABSORBED, other_claim=claim)
        entry = absorbed.order_by("pk").first()
        if entry is None:
            raise BadExport(f"{name_of(CLAIMS)}: nothing tells what became of claim {claim}")
        claim.merged_into = entry.claim
        bulk.lead_on(claim)


def _complete(number: int, sha256: str | None, digest: str | None, terms: Terms) -> None:
    state = replay(Claim.objects.get(pk=number))
    if state.published_at is None:
        return
    documents.store([state])
    row = ClaimDocument.objects.get(pk=number)
    if terms.same_shape and {sha256, digest} != {row.sha256}:
        told = "its document is not what its history gives"
        raise BadExport(f"{name_of(CLAIMS)}, line {number}: {told}")


def _give_places(manifest: Manifest) -> None:
    """Give every entry that had a place in the log the same place again. Raises BadExport where that leaves a gap."""
    try:
        bulk.give_places(manifest.log_size)
    except DatabaseError as error:
        raise BadExport(f"{name_of(CLAIMS)}: the log has a gap: {error}") from error
    last, leaf_hash, _ = LogLeaf.objects.heads().first() or (-1, b"", None)
    head = bytes(leaf_hash).hex() or None
    if (last + 1, head) != (manifest.log_size, manifest.log_head):
        told = f"it promises a log of {manifest.log_size} that ends with {manifest.log_head}"
        raise BadExport(f"{MANIFEST}: {told}; there are {last + 1}, the last {head}")


def _compare(export: Opened) -> None:
    heads, manifest = Heads(), export.manifest
    claims = Claim.objects.recorded().order_by("pk")
    for public_id, number, leaf_hash in claims.values_list(
        "public_id", "head_number", "head_hash"
    ).iterator():
        heads.add(public_id, number, bytes(leaf_hash).hex())
    found = (claims.count(), HistoryEntry.objects.count(), heads.hexdigest())
    if found != (manifest.claims, manifest.entries, manifest.heads):
        told = f"{manifest.claims} claims, {manifest.entries} entries, heads {manifest.heads}"
        raise BadExport(
            f"{MANIFEST}: it promises {told}; there are {found[0]}, {found[1]}, {found[2]}"
        )
