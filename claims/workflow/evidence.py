"""Verbs on evidence: add_evidence, withdraw_evidence."""

from __future__ import annotations

from django.utils.translation import gettext as _

from claims.history.recorder import Recorder
from claims.models import Claim, Evidence, HistoryEntry, User
from claims.models.made import made
from claims.vocabulary import Act, EvidenceKind, RatedAs, Stance, Verb
from claims.workflow.acting import acting
from claims.workflow.drafts import EvidenceDraft
from claims.workflow.inputs import (
    LONG,
    SHORT,
    clean_choice,
    clean_past_day,
    clean_sha256,
    clean_text,
    clean_url,
)
from claims.workflow.refusals import RuleBroken

SAID = ("stance", "url", "source_text", "title", "excerpt", "remark", "rating")


def add_evidence(claim: Claim, draft: EvidenceDraft, *, by: User) -> Evidence:
    """Record one source for or against `claim`.

    Evidence of an address that already stands there shares its origin. Raises RuleBroken naming the field at
    fault, and when neither an address nor a description of the source is given, or when a piece that says all the
    same stands there already: a form that is sent twice must not add it twice.
    """
    with acting(claim, by=by, verb=Verb.ADD_EVIDENCE) as recorder:
        standing = recorder.state.standing_evidence()
        row = put_evidence(recorder, draft)
        for piece in standing:
            if all(getattr(piece.row, name) == getattr(row, name) for name in SAID):
                told = _("This is on the claim already, as entry %(number)d.")
                raise RuleBroken(told % {"number": piece.entry.number})
        return row


def put_evidence(recorder: Recorder, draft: EvidenceDraft) -> Evidence:
    """Record one piece of evidence in an act that is under way."""
    row = _evidence(draft)
    row.origin = _origin(recorder, row, draft.same_origin_as)
    recorder.record(Act.EVIDENCE_ADDED, row)
    return row


def withdraw_evidence(evidence: Evidence, *, reason: str, by: User) -> HistoryEntry:
    """Take a piece of evidence back; it stays visible with the reason.

    Raises RuleBroken when it was withdrawn already or the reason is missing.
    """
    claim = evidence.claim
    with acting(claim, by=by, verb=Verb.WITHDRAW_EVIDENCE) as recorder:
        number = evidence.entry.number
        if not recorder.state.evidence[number].stands:
            raise RuleBroken(_("This evidence was withdrawn already."))
        note = clean_text("reason", reason, required=True)
        return recorder.record(Act.EVIDENCE_WITHDRAWN, about=number, note=note)


def _evidence(draft: EvidenceDraft) -> Evidence:
    url = clean_url("url", draft.url)
    source_text = clean_text("source_text", draft.source_text)
    if not (url or source_text):
        raise RuleBroken(
            _("Give a web address, or describe the source."), field="url", code="combination"
        )
    publisher = draft.publisher
    name = publisher.name if publisher else clean_text("publisher_name", draft.publisher_name)
    return made(
        Evidence,
        stance=clean_choice("stance", draft.stance, Stance),
        kind=clean_choice("kind", draft.kind, EvidenceKind),
        primary=draft.primary,
        url=url,
        archived_url=clean_url("archived_url", draft.archived_url),
        source_text=source_text,
        title=clean_text("title", draft.title, limit=2 * SHORT),
        publisher=publisher,
        publisher_name=name,
        published_on=clean_past_day("published_on", draft.published_on),
        excerpt=clean_text("excerpt", draft.excerpt, limit=LONG),
        remark=clean_text("note", draft.note, limit=LONG),
        snapshot=clean_sha256("snapshot", draft.snapshot),
        excerpt_in_copy=draft.excerpt_in_copy,
        rating=clean_text("rating", draft.rating, limit=SHORT),
        rated_as=clean_choice("rated_as", draft.rated_as, RatedAs) if draft.rated_as else None,
    )


def _origin(recorder: Recorder, row: Evidence, same_as: Evidence | None) -> int:
    """Return the number of the entry that first brought evidence of this origin; 0 for a new origin."""
    known = recorder.state.evidence.values()
    if same_as is not None:
        if not any(piece.row.origin == same_as.origin for piece in known) or (
            same_as.claim_id != recorder.claim.pk
        ):
            raise RuleBroken(_("That evidence belongs to another claim."), field="same_origin_as")
        return same_as.origin
    same_page = (piece.row.origin for piece in known if row.url and piece.row.url == row.url)
    return next(same_page, 0)
