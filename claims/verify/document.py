"""What a claim's public document must show, given its entries: member by member, and nothing else.

Where the entries do not say all of it, a function stands that must hold of what is shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from .chain import Entry
from .refusals import demand

Part = dict[str, Any]
OPEN = ("title", "language", "publisher", "published_on", "source_url")  # of an article: not hashed
LABELS = {  # where a label is not its word with a capital letter
    "Reconfirmation": "Re-confirmation",
    "Fact check": "Fact-check",
    "Image video": "Image or video",
    "Verdict overridden": "Verdict given by one person",
    "Claim merged": "Merged into another claim",
    "Claim absorbed": "Took over a duplicate",
}


def derived(entries: list[Entry]) -> Part:
    """Return what the document must show."""
    wordings = [entry for entry in entries if "wording" in entry.leaf]
    withdrawn = _taken_back(entries, "evidence_withdrawn")
    struck = _taken_back(entries, "appearance_withdrawn")
    address = _named(entries[0].leaf["claim"])
    return {
        **address,
        "history_url": address["url"],
        **_wording_in_force(wordings[-1]),
        **_ruling(entries, version=wordings[-1].leaf["wording"]["version"], withdrawn=withdrawn),
        "wordings": [_wording(entry) for entry in wordings],
        "appearances": [
            _appearance(entry, struck) for entry in entries if "appearance" in entry.leaf
        ],
        "evidence": [_evidence(entry, withdrawn) for entry in entries if "evidence" in entry.leaf],
        "contacts": _contacts(entries),
        "history": [_line(entry) for entry in entries],
        "merged_into": _merged_into(entries),
        "head": {"number": len(entries), "leaf_hash": entries[-1].leaf_hash},
    }


def _taken_back(entries: list[Entry], act: str) -> dict[int, Entry]:
    """Return which entries acts of this kind took back, each with the act that did."""
    return {entry.leaf["about"]: entry for entry in entries if entry.kind == act}


def _ruling(entries: list[Entry], *, version: int, withdrawn: dict[int, Entry]) -> Part:
    """Return status and verdict in force, and what a reader must know before trusting them."""
    status = since = published = None
    verdict: Part | None = None
    for entry in entries:
        if "verdict" in entry.leaf:
            new = entry.leaf["verdict"]["status"]
            since = since if new == status else entry.recorded_at
            status, verdict = new, _verdict(entry)
            published = published or entry.recorded_at
        elif entry.kind == "verdict_voided":
            status, verdict, since = None, None, entry.recorded_at
    return {
        "status": status,
        "status_label": verdict["status_label"] if verdict else "Withdrawn",
        "status_since": since,
        "published_at": published,
        "verdict": verdict,
        "verdict_on_earlier_wording": verdict is not None and verdict["wording_version"] != version,
        "verdict_on_withdrawn_evidence": verdict is not None
        and any(number in withdrawn for number in verdict["rests_on"]),
        "verdict_imported": verdict is not None and verdict["imported"],
        "verdict_published_by_one": verdict is not None and verdict["published_by_one"] is not None,
    }


def _wording_in_force(entry: Entry) -> Part:
    facts, name = entry.leaf["wording"], entry.values.get("wording.claimant_name")
    role = entry.values.get("wording.claimant_role")
    claimant = {**_named(facts.get("claimant")), "name": name, "role": role}
    return {
        "wording": entry.values.get("wording.text"),
        "wording_version": facts["version"],
        "language": facts["language"],
        "kind": facts["kind"],
        "claimant": claimant if name is not None else None,
        "said_on": facts.get("said_on"),
        "said_on_precision": facts["said_on_precision"],
    }


def _wording(entry: Entry) -> Part:
    facts = entry.leaf["wording"]
    return {
        "version": facts["version"],
        "text": entry.values.get("wording.text"),
        "kind": facts["kind"],
        "entry": entry.number,
        "recorded_at": entry.recorded_at,
        "reason": entry.values.get("note"),
        "redacted": _redacted(entry, "wording"),
    }


def _appearance(entry: Entry, withdrawn: dict[int, Entry]) -> Part:
    facts, name = entry.leaf["appearance"], entry.values.get("appearance.speaker_name")
    back = withdrawn.get(entry.number)
    article = dict.fromkeys(OPEN, lambda shown: isinstance(shown, str | None))
    return {
        "entry": entry.number,
        "article": {**_named(facts["article"]), **article},
        "quote": {
            "exact": entry.values.get("appearance.exact"),
            "prefix": entry.values.get("appearance.prefix"),
            "suffix": entry.values.get("appearance.suffix"),
            "start": facts["start"],
            "end": facts["end"],
        },
        "speaker": {"id": facts["speaker"], "name": name} if name is not None else None,
        "speaker_inferred": facts["inferred"],
        "cue": entry.values.get("appearance.cue"),
        "cue_class": facts["cue_class"],
        "position": facts["position"],
        "direct": facts["direct"],
        "withdrawn": _withdrawal(back) if back else None,
        "redacted": _redacted(entry, "appearance"),
    }


def _evidence(entry: Entry, withdrawn: dict[int, Entry]) -> Part:
    facts, back = entry.leaf["evidence"], withdrawn.get(entry.number)
    return {
        "entry": entry.number,
        "stance": facts["stance"],
        "kind": facts["kind"],
        "kind_label": _label(facts["kind"]),
        "primary": facts["primary"],
        "origin": facts["origin"],
        "url": entry.values.get("evidence.url"),
        "archived_url": entry.values.get("evidence.archived_url"),
        "source_text": entry.values.get("evidence.source_text"),
        "title": entry.values.get("evidence.title"),
        "publisher": entry.values.get("evidence.publisher_name"),
        "published_on": facts.get("published_on"),
        "excerpt": entry.values.get("evidence.excerpt"),
        "remark": entry.values.get("evidence.remark"),
        "snapshot": entry.values.get("evidence.snapshot"),
        "excerpt_in_copy": facts.get("excerpt_in_copy"),
        "rating": entry.values.get("evidence.rating"),
        "rated_as": facts.get("rated_as"),
        "recorded_at": entry.recorded_at,
        "withdrawn": _withdrawal(back) if back else None,
        "redacted": _redacted(entry, "evidence"),
    }


def _contacts(entries: list[Entry]) -> list[Part]:
    told = [entry for entry in entries if "contact" in entry.leaf]
    return [_contact(entry, told[at + 1 :]) for at, entry in enumerate(told)]


def _contact(entry: Entry, later: list[Entry]) -> Part:
    facts = entry.leaf["contact"]
    first = entry.leaf.get("about", entry.number)
    return {
        "entry": entry.number,
        "about": entry.leaf.get("about"),
        "superseded_by": next(
            (one.number for one in later if one.leaf.get("about") == first), None
        ),
        "asked_on": facts["asked_on"],
        "channel": entry.values.get("contact.channel"),
        "outcome": facts["outcome"],
        "outcome_label": _label(facts["outcome"]),
        "answered_on": facts.get("answered_on"),
        "answer": entry.values.get("contact.answer"),
        "recorded_at": entry.recorded_at,
        "redacted": _redacted(entry, "contact"),
    }


def _withdrawal(entry: Entry) -> Part:
    reason = entry.values.get("note")
    return {"entry": entry.number, "recorded_at": entry.recorded_at, "reason": reason}


def _verdict(entry: Entry) -> Part:
    facts, given = entry.leaf["verdict"], entry.kind == "verdict_given"
    return {
        "entry": entry.number,
        "status": facts["status"],
        "status_label": _label(facts["status"]),
        "cause": facts["cause"],
        "cause_label": _label(facts["cause"]),
        "wording_version": facts["wording"],
        "rationale": entry.values.get("verdict.rationale"),
        "known": entry.values.get("verdict.known"),
        "not_known": entry.values.get("verdict.not_known"),
        "would_settle": entry.values.get("verdict.would_settle"),
        "single_source_reason": entry.values.get("verdict.single_source_reason"),
        "rests_on": facts["evidence"],
        "imported": entry.kind == "verdict_imported",
        "origin": entry.values.get("verdict.origin"),
        "effective_on": entry.leaf.get("effective_on"),
        "recorded_at": entry.recorded_at,
        "proposed_by": entry.values.get("verdict.proposed_by_name"),
        "approved_by": entry.values.get("by_name") if given else None,
        "published_by_one": _published_by_one(entry),
        "redacted": _redacted(entry, "verdict"),
    }


def _published_by_one(entry: Entry) -> Part | None:
    if entry.kind != "verdict_overridden":
        return None
    return {"by": entry.values.get("by_name"), "reason": entry.values.get("note")}


def _line(entry: Entry) -> Part:
    other = entry.leaf.get("other_claim")
    return {
        "number": entry.number,
        "act": entry.kind,
        "act_label": _label(entry.kind),
        "recorded_at": entry.recorded_at,
        "effective_on": entry.leaf.get("effective_on"),
        "by": entry.values.get("by_name"),
        "reason": entry.values.get("note"),
        "about": entry.leaf.get("about"),
        "other_claim": lambda shown: shown in (None, other),
        "reason_code": entry.leaf.get("reason"),
        **_status_brought(entry),
        "leaf_hash": entry.leaf_hash,
        "redacted": _redacted(entry, ""),
    }


def _status_brought(entry: Entry) -> Part:
    if entry.kind == "verdict_voided":
        return {"status": None}
    if "verdict" not in entry.leaf:
        return {}
    facts = entry.leaf["verdict"]
    return {
        "status": facts["status"],
        "cause": facts["cause"],
        "wording_version": facts["wording"],
    }


def _merged_into(entries: list[Entry]) -> Part | None:
    merged = [entry for entry in entries if entry.kind == "claim_merged"]
    return _named(merged[-1].leaf["other_claim"]) if merged else None


def _named(public_id: Any) -> Part:
    """Return a thing with its addresses: of the web or paths, and holding its id; the rest of them is not hashed."""
    held = re.escape(str(public_id))
    address_of_it = re.compile(f"(?:https?:/|(?!//))/.*/{held}/.*").fullmatch
    return {"id": public_id, "url": address_of_it, "html_url": address_of_it}


def _label(word: str) -> str:
    plain = word.replace("_", " ").capitalize()
    return LABELS.get(plain, plain)


def _redacted(entry: Entry, row: str) -> Callable[[Part], bool]:
    """Return what must hold of the markers of a row, or of the entry itself: a tombstone behind each."""
    facts = entry.leaf[row] if row else entry.leaf
    prefix = f"{row}." if row else ""

    def each_has_its_tombstone(markers: Part) -> bool:
        for name, marker in markers.items():
            here = name in facts or prefix + name in entry.values
            demand(not here, f"entry {entry.number}: {name} is called redacted but is here")
            entry.tombstones.remove(marker)
        return True

    return each_has_its_tombstone
