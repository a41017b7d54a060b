"""The parts of a claim's public document: one small function for each thing the document lists."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db.models import TextChoices

from claims import addresses, languages
from claims.history.canonical import fact_of, moment_text
from claims.history.state import (
    State,
    StoodAppearance,
    StoodContact,
    StoodEvidence,
    StoodVerdict,
)
from claims.models import Appearance, HistoryEntry, LedgerRow, Verdict, Wording
from claims.models.verdict import TEXTS
from claims.vocabulary import Act, Cause, ContactOutcome, EvidenceKind, VerificationStatus

Part = dict[str, Any]


@cache
def label_of(vocabulary: type[TextChoices], word: str) -> str:
    """Return a word's label as it is written in the vocabulary; of a word that is none of it, the word.

    Kept, because Django's `get_…_display` translates every label of a vocabulary to find one.
    """
    with languages.as_written():
        return str(vocabulary(word).label) if word in vocabulary.values else word


def redacted_part(state: State, number: int, owner: LedgerRow | HistoryEntry) -> Part:
    """Return which values of an entry were erased, by what act, why and when; nothing when none were."""
    if not state.redactions:
        return {}
    prefix = f"{owner.KEY}." if isinstance(owner, LedgerRow) else ""
    erased = {
        name: state.redactions[number, prefix + name]
        for name in owner.ERASABLE
        if (number, prefix + name) in state.redactions
    }
    return {
        name: {"reason": entry.reason_code, "recorded_at": moment_text(entry.recorded_at)}
        for name, entry in erased.items()
    }


def claimant_part(wording: Wording) -> Part | None:
    """Return who is held to make the claim; None where nobody is known, or the name was erased."""
    if wording.claimant is None or wording.claimant_name is None:
        return None
    public_id = wording.claimant.public_id
    return {
        "id": public_id,
        "name": wording.claimant_name,
        "role": wording.claimant_role,
        "url": addresses.claimant_api(public_id),
        "html_url": addresses.claimant_page(public_id, wording.claimant_name),
    }


def wording_part(state: State, row: Wording) -> Part:
    """Return one version of the wording."""
    return {
        "version": row.version,
        "text": row.text,
        "kind": row.kind,
        "entry": row.entry.number,
        "recorded_at": moment_text(row.entry.recorded_at),
        "reason": row.entry.note,
        "redacted": redacted_part(state, row.entry.number, row),
    }


def appearance_part(state: State, number: int, place: StoodAppearance) -> Part:
    """Return one place where the claim was found, standing or withdrawn."""
    row = place.row
    article = row.article
    return {
        "entry": number,
        "article": {
            "id": article.public_id,
            "title": article.title,
            "language": article.language,
            "publisher": article.publisher_name,
            "published_on": fact_of(article.published_on),
            "source_url": article.canonical_url or article.url or None,
            "url": addresses.article_api(article.public_id),
            "html_url": addresses.article_page(article),
        },
        "quote": {
            "exact": row.exact,
            "prefix": row.prefix,
            "suffix": row.suffix,
            "start": row.start,
            "end": row.end,
        },
        "speaker": _speaker_part(row),
        "speaker_inferred": row.inferred,
        "cue": row.cue,
        "cue_class": row.cue_class,
        "position": row.position,
        "direct": row.direct,
        "withdrawn": withdrawal_part(place.ended),
        "redacted": redacted_part(state, number, row),
    }


def _speaker_part(row: Appearance) -> Part | None:
    if row.speaker is None or row.speaker_name is None:
        return None
    return {"id": row.speaker.public_id, "name": row.speaker_name}


def evidence_part(state: State, number: int, piece: StoodEvidence) -> Part:
    """Return one piece of evidence, standing or withdrawn."""
    row = piece.row
    return {
        "entry": number,
        "stance": row.stance,
        "kind": row.kind,
        "kind_label": label_of(EvidenceKind, row.kind),
        "primary": row.primary,
        "origin": row.origin,
        "url": row.url,
        "archived_url": row.archived_url,
        "source_text": row.source_text,
        "title": row.title,
        "publisher": row.publisher_name,
        "published_on": fact_of(row.published_on),
        "excerpt": row.excerpt,
        "remark": row.remark,
        "snapshot": row.snapshot,
        "excerpt_in_copy": row.excerpt_in_copy,
        "rating": row.rating,
        "rated_as": row.rated_as,
        "recorded_at": moment_text(piece.entry.recorded_at),
        "withdrawn": withdrawal_part(piece.ended),
        "redacted": redacted_part(state, number, row),
    }


def contact_part(state: State, one: StoodContact) -> Part:
    """Return what one entry says of a contact with the claimant, and which entry says more, if any."""
    row, number = one.row, one.entry.number
    return {
        "entry": number,
        "about": one.entry.about,
        "superseded_by": one.ended.number if one.ended else None,
        "asked_on": fact_of(row.asked_on),
        "channel": row.channel,
        "outcome": row.outcome,
        "outcome_label": label_of(ContactOutcome, row.outcome),
        "answered_on": fact_of(row.answered_on),
        "answer": row.answer,
        "recorded_at": moment_text(one.entry.recorded_at),
        "redacted": redacted_part(state, number, row),
    }


def withdrawal_part(entry: HistoryEntry | None) -> Part | None:
    """Return the act that took something back; None where it stands."""
    if entry is None:
        return None
    return {
        "entry": entry.number,
        "recorded_at": moment_text(entry.recorded_at),
        "reason": entry.note,
    }


def verdict_part(state: State, verdict: StoodVerdict) -> Part:
    """Return one verdict: what it says, on which wording, resting on what, by whom."""
    row, entry = verdict.row, verdict.entry
    texts = {name: getattr(row, name) for name in TEXTS}
    return {
        "entry": entry.number,
        "status": row.status,
        "status_label": label_of(VerificationStatus, row.status),
        "cause": row.cause,
        "cause_label": label_of(Cause, row.cause),
        "wording_version": row.wording.version,
        **texts,
        "rests_on": list(verdict.rests_on),
        "imported": entry.act == Act.VERDICT_IMPORTED,
        "origin": row.origin,
        "effective_on": fact_of(entry.effective_on),
        "recorded_at": moment_text(entry.recorded_at),
        "proposed_by": row.proposed_by_name,
        "approved_by": entry.by_name if entry.act == Act.VERDICT_GIVEN else None,
        "published_by_one": _published_by_one(entry),
        "redacted": redacted_part(state, entry.number, row),
    }


def _published_by_one(entry: HistoryEntry) -> Part | None:
    """Return who published a verdict alone, and why; None where it took two people, or was imported."""
    if entry.act != Act.VERDICT_OVERRIDE:
        return None
    return {"by": entry.by_name, "reason": entry.note}


def entry_part(state: State, entry: HistoryEntry) -> Part:
    """Return one line of the history; verdict acts say the status they brought."""
    return {
        "number": entry.number,
        "act": entry.act,
        "act_label": label_of(Act, entry.act),
        "recorded_at": moment_text(entry.recorded_at),
        "effective_on": fact_of(entry.effective_on),
        "by": entry.by_name,
        "reason": entry.note,
        "about": entry.about,
        "other_claim": _other_claim(entry),
        "reason_code": entry.reason_code or None,
        **_verdict_facts(state, entry),
        "leaf_hash": bytes(entry.leaf_hash).hex(),
        "redacted": redacted_part(state, entry.number, entry),
    }


def _other_claim(entry: HistoryEntry) -> str | None:
    other = entry.other_claim if entry.other_claim_id else None
    return other.public_id if other and other.is_published else None


def _verdict_facts(state: State, entry: HistoryEntry) -> Part:
    if entry.act == Act.VERDICT_VOIDED:
        return {"status": None}
    verdict = state.verdicts.get(entry.number)
    if verdict is None:
        return {}
    row: Verdict = verdict.row
    return {"status": row.status, "cause": row.cause, "wording_version": row.wording.version}
