"""Earlier documents made of the stored one: of a claim that went through all acts, and what only a replay tells."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from claims import earlier, workflow
from claims.models import Claim, HistoryEntry, User
from claims.vocabulary import ContactOutcome, RedactionReason, Role, VerificationStatus
from claims.workflow import ContactDraft, VerdictDraft
from tests import factories
from tests.history.test_earlier_property import check

NOW = datetime(2124, 1, 1, tzinfo=UTC)


def erase(entry: HistoryEntry, field: str) -> None:
    ground = RedactionReason.SAFETY
    one, two = (factories.person(Role.EDITOR) for _ in range(2))
    asked = workflow.propose_redaction(entry, fields=[field], reason=ground, by=one)
    workflow.redact_text(asked, by=two)


@pytest.fixture
def lived(editor: User, importer: User) -> Claim:
    """A claim that went through every act."""
    article = factories.ArticleFactory(text="The mayor said the bridge is safe.")
    found = factories.appearance_draft(article, "the bridge is safe", cue="said")
    claim: Claim = factories.ClaimFactory(appearance=found, claimant=factories.ClaimantFactory())
    asked = workflow.record_contact(
        claim, ContactDraft(asked_on=date(2025, 3, 3), channel="e-mail"), by=editor
    )
    draft = VerdictDraft(status=VerificationStatus.UNCONFIRMED, rationale="r", would_settle="w")
    for day in (date(2020, 3, 1), date(2019, 5, 1)):
        workflow.import_verdict(claim, draft, effective_on=day, origin="An archive", by=importer)
    factories.give_verdict(claim, VerificationStatus.CONFIRMED)
    workflow.record_contact(
        claim,
        ContactDraft(
            outcome=ContactOutcome.ANSWERED,
            answered_on=date(2025, 3, 4),
            answer="So it is.",
            about=asked.entry.number,
        ),
        by=editor,
    )
    workflow.reword_claim(claim, wording="Worded anew.", reason="r", claimant=None, by=editor)
    workflow.override_verdict(claim, draft, reason="Alone.", by=editor)
    workflow.void_verdict(claim, reason="A mistake.", by=factories.person(Role.EDITOR))
    workflow.withdraw_appearance(claim.appearances.get(), reason="Misread.", by=editor)
    factories.give_verdict(claim, VerificationStatus.DISPUTED)
    workflow.withdraw_evidence(claim.evidence.all()[0], reason="Retracted.", by=editor)
    factories.give_verdict(claim, VerificationStatus.DISPUTED)
    return claim


def fresh(claim: Claim) -> Claim:
    return Claim.objects.select_related("document").get(pk=claim.pk)


def test_of_every_moment_it_says_what_the_replay_says(lived: Claim) -> None:
    check(fresh(lived))


def test_what_was_erased_since_is_erased_at_every_moment(lived: Claim) -> None:
    piece = lived.evidence.order_by("pk").first()
    assert piece
    for entry, field in (
        (piece.entry, "evidence.title"),
        (lived.entries.get(number=1), "wording.text"),
        (lived.entries.latest("number"), "by_name"),
    ):
        erase(entry, field)
    check(fresh(lived))


def test_a_verdict_that_gave_way_and_lost_a_value_is_told_by_the_replay(lived: Claim) -> None:
    first = lived.verdicts.order_by("pk").first()
    assert first
    at = first.entry.recorded_at
    erase(first.entry, "verdict.rationale")
    whole = json.loads(fresh(lived).document.body)
    stood = earlier.standing(whole, at)
    assert stood
    with pytest.raises(earlier.CannotTell):
        earlier.document(stood, lived.pk)
    check(fresh(lived))


def test_merged_claims_lead_on_from_the_merger(lived: Claim, editor: User) -> None:
    unseen = factories.ClaimFactory()
    workflow.merge_claims(unseen, into=lived, reason="The same.", by=editor)
    workflow.merge_claims(lived, into=factories.published_claim(), reason="Too.", by=editor)
    for claim in Claim.objects.published():
        check(fresh(claim))


def test_what_took_effect_later_did_not_hold(published: Claim) -> None:
    whole = json.loads(fresh(published).document.body)
    assert earlier.standing(whole, NOW, date(1990, 1, 1)) is None
