"""Evidence, appearances and verdicts as things of their own: projected from the documents of their claims."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import orjson

from claims import addresses
from claims.api.shown import Shown
from claims.api.then import Then
from claims.document_parts import Part, verdict_part
from claims.documents import Document
from claims.history.state import State, StoodVerdict
from claims.models import Claim, Redaction, Verdict, VerdictEvidence
from claims.models.entry import VERDICTS
from claims.models.ledger_reads import Place
from claims.vocabulary import Act

PART_ID = r"[0-9a-z]{1,16}-[1-9][0-9]{0,8}"
Parts = Callable[[Sequence[Place], dict[int, Document], datetime | None], list[Part]]


def part_id(public_id: str, number: int) -> str:
    """Return what names a thing of a claim: the claim and the number of the entry that brought it."""
    return f"{public_id}-{number}"


def items_of(
    places: Sequence[Place], parts: Parts, room: str, *, base: str, then: Then | None, shown: Shown
) -> list[Part]:
    """Return each of `places` as it stood then or stands now, with its own address and its claim.

    One query for the documents of all their claims and those of `parts`; where claims are to be expanded as of a
    moment, up to four more for what their documents do not tell (`Then.summaries`).
    """
    claims = {
        one.pk: one for one in Claim.objects.among({row[3] for row in places}).with_document()
    }
    documents = {key: orjson.loads(claim.document.body) for key, claim in claims.items()}
    told = parts(places, documents, then.known_at if then else None)
    summaries = _summaries(list(claims.values()), then) if "claim" in shown.expand else {}
    items = []
    for (_, public_id, number, key), part in zip(places, told, strict=True):
        name = part_id(public_id, number)
        address = f"{base}{addresses.API}/{room}/{name}/"
        claim = summaries.get(key) or claim_ref(public_id)
        items.append(shown.of({"id": name, "self_url": address, "claim": claim, **part}))
    return items


def _summaries(claims: list[Claim], then: Then | None) -> dict[int, Part]:
    told = then.summaries(claims) if then else [claim.document.summary for claim in claims]
    return {claim.pk: orjson.loads(text) for claim, text in zip(claims, told, strict=True)}


def claim_ref(public_id: str) -> Part:
    """Return where a claim is read, whatever it says."""
    return {
        "id": public_id,
        "url": addresses.claim_api(public_id),
        "html_url": addresses.claim_short(public_id),
    }


def members_of(member: str) -> Parts:
    """Return how one member of documents, `evidence` or `appearances`, is told of any moment.

    What is in it only grows; the one thing that changes later is that it is taken back.
    """

    def told(
        places: Sequence[Place], documents: dict[int, Document], moment: datetime | None
    ) -> list[Part]:
        found = {
            (key, part["entry"]): part for key, one in documents.items() for part in one[member]
        }
        parts = [found[key, number] for _, _, number, key in places]
        return [part | {"withdrawn": _by(part["withdrawn"], moment)} for part in parts]

    return told


def _by(act: Part | None, moment: datetime | None) -> Part | None:
    """Return an act that was recorded by `moment`."""
    late = act and moment and datetime.fromisoformat(act["recorded_at"]) > moment
    return None if late else act


def verdict_parts(
    places: Sequence[Place], documents: dict[int, Document], moment: datetime | None
) -> list[Part]:
    """Return verdicts as the documents of their time told them, and what became of each; three queries."""
    keys = [pk for pk, *_ in places]
    rows = Verdict.objects.with_entries().in_bulk(keys)
    rests_on = VerdictEvidence.objects.numbers_of(keys)
    states = _states(list(rows.values()))
    told = []
    for pk, _, number, key in places:
        stood = StoodVerdict(rows[pk].entry, row=rows[pk], rests_on=rests_on.get(pk, ()))
        fate = _fate(documents[key], number, moment)
        told.append(verdict_part(states[key], stood) | fate)
    return told


def _states(rows: list[Verdict]) -> dict[int, State]:
    """Return a state of each claim that knows what was erased of these verdicts; one query."""
    states = {row.claim_id: State(Claim(pk=row.claim_id)) for row in rows}
    for stone in Redaction.objects.of_entries(row.entry for row in rows):
        erased = states[stone.target.claim_id].redactions
        erased[stone.target.number, stone.field] = stone.entry
    return states


def _fate(document: Document, number: int, moment: datetime | None) -> Part:
    """Return which act took a verdict back, and which later verdict took its place, by `moment`."""
    later = [line for line in document["history"] if line["number"] > number and _by(line, moment)]
    voided = [line for line in later if line["act"] == Act.VERDICT_VOIDED]
    ends = [line for line in voided if line["about"] == number]
    following = [line["number"] for line in later if line["act"] in VERDICTS]
    return {
        "voided": _withdrawal(ends[0]) if ends else None,
        "superseded_by": following[0] if following else None,
    }


def _withdrawal(line: Part) -> Part:
    told = {name: line[name] for name in ("recorded_at", "reason")}
    return {"entry": line["number"], **told}
