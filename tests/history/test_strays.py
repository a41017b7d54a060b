"""Rows that are no part of their claim's history: no claim's own check meets them, the register's check does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import models

from claims.models import (
    Appearance,
    Claim,
    Evidence,
    HistoryEntry,
    Redaction,
    Verdict,
    VerdictEvidence,
)
from claims.workflow.checking import check_register
from tests import factories
from tests.history.conftest import drop_every_guard
from tests.history.ledger import copy_of, forged_entry, one_of, rolled_back

pytestmark = pytest.mark.usefixtures("ledger", "db")
NOWHERE = 987_654

STRAYS: dict[str, Callable[[Claim, Evidence], models.Model]] = {
    "an appearance under another claim's entry": lambda c, e: copy_of(
        one_of("Appearance"), entry_id=e.pk
    ),
    "evidence without an entry": lambda c, e: copy_of(one_of("Evidence"), entry_id=NOWHERE),
    "a verdict that rests on another claim's evidence": lambda c, e: VerdictEvidence(
        verdict=Verdict.objects.get(claim=c), evidence=e
    ),
    "a tombstone for another claim's value": lambda c, e: copy_of(
        one_of("Redaction"), id=None, target_id=e.pk, field="evidence.title"
    ),
    "an entry of no claim": lambda c, e: copy_of(forged_entry(c), claim_id=NOWHERE),
}


@pytest.mark.parametrize("what", STRAYS)
def test_a_stray_row_is_named(ledger: Claim, what: str) -> None:
    foreign = factories.EvidenceFactory()
    with rolled_back():
        drop_every_guard()
        row = STRAYS[what](ledger, foreign)
        row.save(force_insert=True)
        subject = f"{row._meta.verbose_name} with id {row.pk}"
        assert f"{subject}: is no part of the history of its claim" in map(str, check_register())


def test_a_sound_register_has_none(ledger: Claim) -> None:
    kinds = (Appearance, Evidence, HistoryEntry, Redaction, VerdictEvidence)
    assert all(kind._default_manager.exists() for kind in kinds)
    assert list(check_register()) == []


def test_an_article_without_the_bytes_it_was_read_from_is_named(ledger: Claim) -> None:
    original = one_of("ArticleOriginal")
    with rolled_back():
        drop_every_guard()
        article = original.article  # type: ignore[attr-defined]
        original.delete()
        expected = f"article {article.public_id}: the original is missing"
        assert expected in map(str, check_register())
