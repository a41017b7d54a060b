"""redact_text, and what quotes the words for the desk alone: reasons in reports of imports, drafts of forms."""

from __future__ import annotations

import pytest

from claims.models import Claim, Draft, ImportRow, User
from claims.vocabulary import Role
from claims.workflow import save_draft
from tests import factories
from tests.workflow.importing import shown
from tests.workflow.observing import everything

LONG = "The tunnel under the river was closed in March of 1911 because it had flooded twice."
NAME = "Bo"


def reported(reason: str) -> ImportRow:
    """Return a row of a report that says so."""
    run = shown(factories.person(Role.IMPORTER))
    row = ImportRow.objects.filter(run=run).first()
    assert row is not None
    ImportRow.objects.filter(pk=row.pk).update(reason=reason)
    return row


@pytest.mark.parametrize(
    ("reason", "left"),
    [
        (f"the rating “{LONG}” of The Checkers", "the rating “[redacted]” of The Checkers"),
        (f"the rating “{LONG[:80]}” of The Checkers", "[redacted]"),
        (f"the time {LONG!r:.40} is no time", "[redacted]"),
        ("The tunnel under the river is safe.", "The tunnel under the river is safe."),
    ],
    ids=["whole", "cut at 80", "cut at 40", "other words"],
)
def test_a_reason_in_a_report_forgets_what_it_quotes(claim: Claim, reason: str, left: str) -> None:
    evidence = factories.EvidenceFactory.create(claim=claim, rating=LONG)
    row = reported(reason)
    factories.erase(evidence.entry, "evidence.rating")
    row.refresh_from_db()
    assert row.reason == left


def test_a_name_of_two_letters_is_forgotten_where_it_is_a_word(db: None) -> None:
    claim = factories.ClaimFactory(claimant=factories.ClaimantFactory(name=NAME))
    row = reported("speaker left out: 'Bo' is none of Bobigny")
    factories.erase(claim.entries.get(number=1), "wording.claimant_name")
    row.refresh_from_db()
    assert row.reason == "speaker left out: '[redacted]' is none of Bobigny"


def test_drafts_of_forms_forget_the_words_and_keep_the_rest(claim: Claim, reviewer: User) -> None:
    words = "It was closed\nin 1911 (twice)."
    evidence = factories.EvidenceFactory.create(claim=claim, excerpt=words)
    broken = words.replace("\n", "\r\n")
    save_draft(
        "/admin/any/", {"note": f"See: {broken} So it was.", "title": "1911 (twice)"}, by=reviewer
    )
    factories.erase(evidence.entry, "evidence.excerpt")
    kept = dict(Draft.objects.of(reviewer, "/admin/any/").values_list("field", "value"))
    assert kept == {"note": "See: [redacted] So it was.", "title": "1911 (twice)"}
    assert "It was closed" not in str(everything()["claims.Draft"])


def test_what_is_too_short_to_tell_leaves_everybody_s_drafts_alone(
    claim: Claim, reviewer: User
) -> None:
    evidence = factories.EvidenceFactory.create(claim=claim, rating="False")
    save_draft("/admin/any/", {"note": "False, I think."}, by=reviewer)
    factories.erase(evidence.entry, "evidence.rating")
    assert Draft.objects.get().value == "False, I think."
