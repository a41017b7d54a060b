"""A claim to which everything happened that can happen to one, and what the commands say of it."""

from __future__ import annotations

from datetime import date
from io import StringIO
from typing import Any

from django.core.management import call_command

from claims import workflow
from claims.models import Claim, Evidence, HistoryEntry
from claims.vocabulary import (
    ClaimantKind,
    ContactOutcome,
    EvidenceKind,
    RedactionReason,
    ReviewReason,
    Role,
    Stance,
    VerificationStatus,
)
from claims.workflow import EvidenceDraft, VerdictDraft
from tests import factories

SECRET = "The named neighbour lives at 7 Mill Lane."
OLD_RATIONALE = "An early rationale, replaced since."


def eventful_claim() -> Claim:
    """Return a published claim with every kind of entry but its own end by a merger."""
    editor = factories.person(Role.EDITOR)
    claim: Claim = factories.ClaimFactory.create(
        appearance=_appearance(), claimant=_speaker(), said_on=date(2024, 11, 4), by=editor
    )
    _hear_the_claimant(claim)
    _import_a_verdict(claim)
    factories.give_verdict(claim, VerificationStatus.CONFIRMED, rationale=OLD_RATIONALE)
    evidence = _evidence(claim, Stance.REFUTES, excerpt=SECRET)
    withdrawn = _evidence(claim, Stance.CONTEXT, source_text="A letter to the desk.")
    workflow.withdraw_evidence(withdrawn, reason="The letter was forged.", by=editor)
    found = factories.appearance_draft(claim.appearances.get().article, "Work goes on.")
    misread = workflow.add_appearance(claim, found, by=editor)
    workflow.withdraw_appearance(misread, reason="Other work is meant.", by=editor)
    workflow.void_verdict(claim, reason="It rested on one source.", by=editor)
    workflow.override_verdict(
        claim,
        VerdictDraft(
            status=VerificationStatus.UNCONFIRMED, rationale="In haste.", would_settle="A survey."
        ),
        reason="The vote is tonight.",
        by=editor,
    )
    factories.give_verdict(claim, VerificationStatus.DISPUTED)
    workflow.reword_claim(claim, wording="The bridge is safe.", reason="Clearer.", by=editor)
    factories.erase(evidence.entry, "evidence.excerpt", reason=RedactionReason.COURT_ORDER)
    given = verdict_entries(claim)[1]
    factories.erase(given, "verdict.rationale", reason=RedactionReason.COURT_ORDER)
    duplicate = factories.ClaimFactory.create(by=editor)
    workflow.merge_claims(duplicate, into=claim, reason="The same statement.", by=editor)
    return Claim.objects.get(pk=claim.pk)


def _hear_the_claimant(claim: Claim) -> None:
    """Ask, and then record the answer."""
    reviewer = factories.person(Role.REVIEWER)
    asked = workflow.ContactDraft(asked_on=date(2025, 3, 3), channel="e-mail to the press office")
    first = workflow.record_contact(claim, asked, by=reviewer)
    answered = workflow.ContactDraft(
        about=first.entry.number,
        outcome=ContactOutcome.ANSWERED,
        answered_on=date(2025, 3, 5),
        answer="I stand by it.",
    )
    workflow.record_contact(claim, answered, by=reviewer)


def _appearance() -> workflow.AppearanceDraft:
    text = "“The bridge is safe,” the mayor said on Monday. Work goes on."
    article = factories.ArticleFactory.create(text=text, published_on=date(2024, 11, 5))
    return factories.appearance_draft(
        article, "The bridge is safe", cue="said", speaker=_speaker(), direct=True
    )


def _speaker() -> Any:
    return factories.ClaimantFactory.create(name="Ana Moro", role="mayor", kind=ClaimantKind.PERSON)


def _import_a_verdict(claim: Claim) -> None:
    workflow.import_verdict(
        claim,
        VerdictDraft(status=VerificationStatus.UNCONFIRMED, rationale="Nobody had measured it."),
        effective_on=date(2024, 12, 1),
        origin="Another desk",
        by=factories.person(Role.IMPORTER),
    )


def _evidence(claim: Claim, stance: Stance, **fields: Any) -> Evidence:
    draft = EvidenceDraft(
        stance=stance,
        kind=EvidenceKind.IMAGE_VIDEO,
        publisher_name="An outlet",
        published_on=date(2025, 1, 2),
        **{
            "url": "https://source.example/report",
            "note": "A remark.",
            "snapshot": "5c" * 32,
            "rating": "Mostly so",
            "excerpt_in_copy": False,
            **fields,
        },
    )
    return workflow.add_evidence(claim, draft, by=factories.person(Role.CONTRIBUTOR))


def verdict_entries(claim: Claim) -> list[HistoryEntry]:
    """Return the entries that brought verdicts, in order."""
    acts = ("verdict_given", "verdict_imported")
    return list(HistoryEntry.objects.filter(claim=claim, act__in=acts).in_order())


def merged_claim() -> Claim:
    """Return a published claim that was merged into another published claim."""
    claim, survivor = factories.published_claim(), factories.published_claim()
    editor = factories.person(Role.EDITOR)
    workflow.merge_claims(claim, into=survivor, reason="The same statement.", by=editor)
    return Claim.objects.get(pk=claim.pk)


def reviewed_claim() -> Claim:
    """Return a claim confirmed by two people, then put under review again."""
    claim = factories.published_claim()
    workflow.open_review(claim, reason=ReviewReason.RECHECK_DUE, by=factories.person(Role.REVIEWER))
    return claim


def exported(claim: Claim) -> str:
    """Return what `export_claim` prints for `claim`."""
    out = StringIO()
    call_command("export_claim", claim.public_id, stdout=out)
    return out.getvalue()
