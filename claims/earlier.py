"""A claim's document as of an earlier moment, made of the one that is stored: its history is not replayed.

What a document holds only grows, so an earlier one holds what had been recorded by then, as it stood then. What was
erased since is erased in the stored one, too. A verdict or a wording that gave way to another is no more than a line
of it; the rest of that is read by itself. Where the stored document does not tell, CannotTell is raised, and a replay
will. A test compares both at every moment of generated histories.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

import orjson

from claims import addresses, languages
from claims.document_parts import Part, claimant_part, label_of
from claims.documents import Document
from claims.history.canonical import fact_of, moment_text
from claims.models import Verdict, Wording
from claims.models.compiled import Compiled
from claims.models.entry import VERDICTS
from claims.models.verdict import TEXTS
from claims.vocabulary import WITHDRAWN_LABEL, Act, Cause, VerificationStatus

given_verdicts: Compiled[Any] = Compiled(Verdict, Verdict.objects.told_of, kinds=(int, int))
OF_OTHERS = (Act.CLAIM_MERGED, Act.CLAIM_ABSORBED)


class CannotTell(Exception):
    """The stored document does not say what stood at that moment."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a stored document says of a moment: the acts by then, the wording in force, the verdict and since when."""

    whole: Document
    lines: list[Part]
    wording: Part
    ruling: Part | None
    since: str | None

    @property
    def is_worded_as_now(self) -> bool:
        """Whether the wording in force then is in force now."""
        return bool(self.wording is self.whole["wordings"][-1])

    def by_then(self, member: str) -> list[Part]:
        """Return what a member of the document held then."""
        last = self.lines[-1]["number"]
        return [part for part in self.whole[member] if part["entry"] <= last]

    def abouts(self, act: Act) -> set[int]:
        """Return the numbers of the entries that acts of a kind had been about by then."""
        return {line["about"] for line in self.lines if line["act"] == act}


def standing(whole: Document, moment: datetime, day: date | None = None) -> Standing | None:
    """Return what stood at `moment` by a stored document, with the verdict that had taken effect by `day` if that is
    given; None where there was none.
    """
    known = moment_text(moment)
    lines = [line for line in whole["history"] if line["recorded_at"] <= known]
    wordings = [one for one in whole["wordings"] if one["recorded_at"] <= known]
    ruling, since = _in_force(lines)
    if day is not None:
        effective = _in_effect(lines, day.isoformat())
        if effective is None:
            return None
        ruling, since = effective, since if effective is ruling else effective["recorded_at"]
    return Standing(whole, lines, wordings[-1], ruling, since)


def _in_force(lines: list[Part]) -> tuple[Part | None, str | None]:
    """Return the line of the last verdict act, unless it took one back, and since when the status is what it is."""
    ruling: Part | None = None
    since: str | None = None
    for line in lines:
        if line["act"] in VERDICTS:
            if ruling is None or ruling["status"] != line["status"]:
                since = line["recorded_at"]
            ruling = line
        elif line["act"] == Act.VERDICT_VOIDED:
            ruling, since = None, line["recorded_at"]
    return ruling, since


def _in_effect(lines: list[Part], day: str) -> Part | None:
    """Return the line of the verdict that held on a day (`State.verdict_on`)."""
    given = [line for line in lines if line["act"] in VERDICTS and _effective_on(line) <= day]
    last = max(given, key=lambda line: (_effective_on(line), line["number"]), default=None)
    taken_back = {line["about"] for line in lines if line["act"] == Act.VERDICT_VOIDED}
    return None if last is None or last["number"] in taken_back else last


def _effective_on(line: Part) -> str:
    return str(line["effective_on"] or line["recorded_at"][:10])


def document(then: Standing, claim: int) -> Document:
    """Return the whole document of the claim with that key; a query for a verdict that gave way, and for a wording.

    Raises CannotTell.
    """
    verdict = _verdict(then, claim)
    said = {} if then.is_worded_as_now else _said(then, claim)
    rests_on = verdict["rests_on"] if verdict else ()
    return then.whole | said | _ruled(then, rests_on) | _beneath(then) | {"verdict": verdict}


def summary(then: Standing, listed: Document) -> Document:
    """Return what lists showed, given what they show now. Raises CannotTell."""
    if not then.is_worded_as_now:
        raise CannotTell
    kept = _kept_verdict(then)
    if then.ruling and not kept and then.abouts(Act.EVIDENCE_WITHDRAWN):
        raise CannotTell
    rests_on = kept["rests_on"] if kept else ()
    return listed | _ruled(then, rests_on)


def told_of_lists(body: str) -> Document:
    """Return those members of a stored document that `summary` is made of, without reading the others, the longer ones.

    Inside a JSON string every quotation mark has a backslash before it, so these marks are found around keys alone.
    """
    first, last = body.index('"verdict":'), body.index(',"appearances":[')
    told: Document = orjson.loads("{" + body[first:last] + body[body.index(',"history":[') :])
    return told


@cache
def _withdrawn() -> str:
    with languages.as_written():
        return str(WITHDRAWN_LABEL)


def _ruled(then: Standing, rests_on: Collection[int]) -> Document:
    """Return what lists show of the verdict."""
    ruling = then.ruling
    act, status = (ruling["act"], ruling["status"]) if ruling else (None, None)
    lost = then.abouts(Act.EVIDENCE_WITHDRAWN)
    return {
        "status": status,
        "status_label": label_of(VerificationStatus, status) if status else _withdrawn(),
        "status_since": then.since,
        "verdict_on_earlier_wording": ruling is not None
        and ruling["wording_version"] != then.wording["version"],
        "verdict_on_withdrawn_evidence": not lost.isdisjoint(rests_on),
        "verdict_imported": act == Act.VERDICT_IMPORTED,
        "verdict_published_by_one": act == Act.VERDICT_OVERRIDE,
    }


def _beneath(then: Standing) -> Document:
    head = then.lines[-1]
    if any(line["act"] in OF_OTHERS and not line["other_claim"] for line in then.lines):
        raise CannotTell  # whether the other is public by now
    merged = any(line["act"] == Act.CLAIM_MERGED for line in then.lines)
    return {
        "wording_version": then.wording["version"],
        "wordings": then.by_then("wordings"),
        "appearances": _stood(then, "appearances", "withdrawn"),
        "evidence": _stood(then, "evidence", "withdrawn"),
        "contacts": _contacts(then),
        "history": then.lines,
        "merged_into": then.whole["merged_into"] if merged else None,
        "head": {"number": head["number"], "leaf_hash": head["leaf_hash"]},
    }


def _stood(then: Standing, member: str, ended: str) -> list[Part]:
    """Return what a member held, without what had not been taken back by then."""
    last = then.lines[-1]["number"]
    return [
        part | {ended: None} if part[ended] and part[ended]["entry"] > last else part
        for part in then.by_then(member)
    ]


def _contacts(then: Standing) -> list[Part]:
    last = then.lines[-1]["number"]
    return [
        part | {"superseded_by": None} if (part["superseded_by"] or 0) > last else part
        for part in then.by_then("contacts")
    ]


def _kept_verdict(then: Standing) -> Part | None:
    """Return the verdict that is shown, if the stored document holds it."""
    kept: Part | None = then.whole["verdict"]
    shown = then.ruling and kept and kept["entry"] == then.ruling["number"]
    return kept if shown else None


def _verdict(then: Standing, claim: int) -> Part | None:
    if then.ruling is None:
        return None
    return _kept_verdict(then) or _given(then, then.ruling, claim)


def _given(then: Standing, line: Part, claim: int) -> Part:
    """Return a verdict that gave way (`document_parts.verdict_part`): its line has the rest of it; one query."""
    number, act = line["number"], line["act"]
    if any(
        one["act"] == Act.TEXT_REDACTED and one["about"] == number for one in then.whole["history"]
    ):
        raise CannotTell  # which of its values
    rows = given_verdicts.rows(claim, number)
    *texts, origin, proposed_by, _ = rows[0]
    return {
        "entry": number,
        "status": line["status"],
        "status_label": label_of(VerificationStatus, line["status"]),
        "cause": line["cause"],
        "cause_label": label_of(Cause, line["cause"]),
        "wording_version": line["wording_version"],
        **dict(zip(TEXTS, texts, strict=True)),
        "rests_on": [row[-1] for row in rows if row[-1] is not None],
        "imported": act == Act.VERDICT_IMPORTED,
        "origin": origin,
        "effective_on": line["effective_on"],
        "recorded_at": line["recorded_at"],
        "proposed_by": proposed_by,
        "approved_by": line["by"] if act == Act.VERDICT_GIVEN else None,
        "published_by_one": {"by": line["by"], "reason": line["reason"]}
        if act == Act.VERDICT_OVERRIDE
        else None,
        "redacted": {},
    }


def _said(then: Standing, claim: int) -> Document:
    """Return what is said by a wording that gave way; one query."""
    row = Wording.objects.of_version(claim, then.wording["version"]).get()
    return {
        "html_url": addresses.claim_page(then.whole["id"], row.text),
        "wording": row.text,
        "language": row.language,
        "kind": row.kind,
        "claimant": claimant_part(row),
        "said_on": fact_of(row.said_on),
        "said_on_precision": row.said_on_precision,
    }
