"""The words: their values stand inside hashed bytes and public answers, so they are fixed here once more."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db.models import TextChoices

from claims import vocabulary
from claims.models import (
    Appearance,
    Claim,
    Evidence,
    HistoryEntry,
    Redaction,
    RedactionRequest,
    Verdict,
    Wording,
)
from claims.vocabulary import (
    ACTIVE_REVIEW_STATES,
    CHECKABLE_KINDS,
    Act,
    ClaimKind,
    ReviewState,
    VerificationStatus,
)

VALUES = {
    "VerificationStatus": "confirmed unconfirmed disputed",
    "Stance": "supports refutes context",
    "RatedAs": "true mostly_true mixed misleading mostly_false false altered satire unproven",
    "Position": "asserts denies questions cannot_confirm repeats",
    "CueClass": "neutral distancing hedge confirmation non_confirmation denial refusal",
    "ClaimKind": "fact figure quotation forecast opinion",
    "EvidenceKind": "document data statement news_report fact_check image_video expert other",
    "Cause": "first_verdict new_evidence correction reconfirmation rewording",
    "Act": "claim_recorded appearance_added appearance_withdrawn claim_reworded evidence_added"
    " evidence_withdrawn verdict_given verdict_overridden verdict_imported verdict_voided"
    " claimant_contacted claim_merged claim_absorbed"
    " claim_discarded text_redacted",
    "ContactOutcome": "asked answered declined no_answer unreachable",
    "ReviewState": "open assigned proposed returned approved closed",
    "ReviewReason": "new_claim new_evidence reader_report recheck_due rewording correction override",
    "ClaimantKind": "person body unnamed",
    "PublisherKind": "news_agency newspaper broadcaster online government institution"
    " fact_checker other",
    "Licence": "quotes_only full_text",
    "Precision": "day month year",
    "RedactionReason": "court_order data_protection copyright safety other_legal",
    "Role": "Contributor Reviewer Editor Importer",
}


def enumerations() -> dict[str, type[TextChoices]]:
    """Return every enumeration of the vocabulary."""
    return {
        name: thing
        for name, thing in vars(vocabulary).items()
        if isinstance(thing, type) and issubclass(thing, TextChoices) and thing is not TextChoices
    }


def test_every_enumeration_is_fixed_here() -> None:
    assert set(enumerations()) == {*VALUES, "Verb"}


@pytest.mark.parametrize("name", VALUES)
def test_values_are_for_ever(name: str) -> None:
    assert enumerations()[name].values == VALUES[name].split()


@pytest.mark.parametrize("name", [*VALUES, "Verb"])
def test_every_value_has_words_for_people(name: str) -> None:
    for member in enumerations()[name]:
        assert str(member.label).strip()
        assert "_" not in str(member.label)


def test_there_are_exactly_three_statuses() -> None:
    assert len(VerificationStatus) == 3


def test_forecasts_and_opinions_are_not_checkable() -> None:
    assert set(ClaimKind) - CHECKABLE_KINDS == {ClaimKind.FORECAST, ClaimKind.OPINION}


def test_a_review_is_active_until_it_is_approved_or_closed() -> None:
    assert set(ReviewState) - set(ACTIVE_REVIEW_STATES) == {
        ReviewState.APPROVED,
        ReviewState.CLOSED,
    }


COLUMNS = [
    (model, field.name)
    for model in (
        Appearance,
        Claim,
        Evidence,
        HistoryEntry,
        Redaction,
        RedactionRequest,
        Verdict,
        Wording,
    )
    for field in model._meta.concrete_fields
    if field.choices
]


@pytest.mark.parametrize(
    ("model", "name"), COLUMNS, ids=[f"{model.__name__}.{name}" for model, name in COLUMNS]
)
def test_every_word_fits_its_column(model: type[Claim], name: str) -> None:
    field: Any = model._meta.get_field(name)
    assert max(len(str(value)) for value, _ in field.choices if value) <= field.max_length


def test_acts_are_named_after_what_was_done() -> None:
    assert all(re.search(r"(ed|en|drawn)$", act.value) for act in Act)
