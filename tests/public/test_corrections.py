"""The log of corrections: what was put right in public, and nothing else."""

from __future__ import annotations

import pytest
from django.test import Client

from claims import workflow
from claims.models import Claim, Evidence, HistoryEntry, User
from claims.vocabulary import (
    Act,
    Cause,
    RedactionReason,
    ReviewReason,
    Role,
    Stance,
    VerificationStatus,
)
from claims.workflow import VerdictDraft
from tests import factories
from tests.public.pages import html, path_of, words

pytestmark = pytest.mark.django_db
LOG = "/corrections/"


def correct(claim: Claim, *, rationale: str = "The <b>ruler</b> was short.") -> None:
    """Give a disputed verdict in the place of a mistaken one."""
    proposer, approver = factories.person(Role.REVIEWER), factories.person(Role.REVIEWER)
    factories.EvidenceFactory(claim=claim, stance=Stance.REFUTES, by=proposer)
    review = workflow.open_review(claim, reason=ReviewReason.CORRECTION, by=proposer)
    factories.see_to_checklist(review, by=proposer)
    status = VerificationStatus.DISPUTED
    draft = VerdictDraft(status=status, rationale=rationale, cause=Cause.CORRECTION)
    workflow.propose_verdict(review, draft, by=proposer)
    workflow.approve_verdict(review, by=approver)


def void(claim: Claim, *, by: User, reason: str = "A namesake.") -> None:
    workflow.void_verdict(claim, reason=reason, by=by)


def piece_of(claim: Claim) -> Evidence:
    found = claim.evidence.order_by("pk").first()
    assert found is not None
    return found


def erase(entry: HistoryEntry, *fields: str) -> None:
    factories.erase(entry, *fields, reason=RedactionReason.COURT_ORDER)


def test_a_corrected_verdict_stands_there_with_the_status_before_and_now(client: Client) -> None:
    claim = factories.published_claim()
    correct(claim)
    page = html(client, LOG)
    assert "Verdict corrected" in page
    assert "Before: Confirmed → Now: Disputed" in words(page)
    assert "What is known now: The" in words(page)
    assert "<b>ruler" not in page


def test_it_leads_to_the_entry_on_the_page_of_the_claim(client: Client) -> None:
    claim = factories.published_claim()
    correct(claim)
    number = claim.entries.filter(verdict__cause=Cause.CORRECTION).get().number
    address = f"{path_of(claim)}#history-{number}"
    assert address in html(client, LOG)
    assert f'id="history-{number}"' in html(client, path_of(claim))


def test_so_do_a_verdict_taken_back_and_evidence_withdrawn(client: Client, editor: User) -> None:
    claim = factories.published_claim()
    workflow.withdraw_evidence(piece_of(claim), reason="Forged.", by=editor)
    void(claim, by=editor)
    page = words(html(client, LOG))
    assert "Before: Confirmed → Now: Withdrawn Reason: A namesake." in page
    assert f"Withdrawn: {piece_of(claim).title} Reason: Forged." in page
    assert page.index("A namesake.") < page.index("Forged.")


def test_a_redaction_is_told_with_its_ground_and_nothing_of_what_was_removed(client) -> None:
    claim = factories.published_claim(wording="The vault is empty.")
    piece = piece_of(claim)
    erase(piece.entry, "evidence.title")
    page = words(html(client, LOG))
    assert "Text removed" in page
    assert "Ground: Court order" in page
    assert str(piece.title) not in page
    assert "evidence.title" not in page


def test_words_that_were_removed_are_gone_from_the_log_too(client: Client, editor: User) -> None:
    claim = factories.published_claim()
    piece = piece_of(claim)
    workflow.withdraw_evidence(piece, reason="SECRET reason", by=editor)
    erase(piece.entry, "evidence.title")
    erase(claim.entries.get(act=Act.EVIDENCE_WITHDRAWN), "note")
    page = html(client, LOG)
    assert str(piece.title) not in page
    assert "SECRET" not in page
    assert str(piece.url) in words(page)


def test_what_happened_before_a_claim_was_published_is_none(client: Client, editor: User) -> None:
    claim = factories.ClaimFactory()
    piece = factories.EvidenceFactory(claim=claim)
    workflow.withdraw_evidence(piece, reason="SECRET", by=editor)
    assert "SECRET" not in html(client, LOG)
    factories.give_verdict(claim)
    assert "SECRET" not in html(client, LOG)
    assert "Nothing has been corrected yet." in html(client, LOG)


def test_an_ordinary_new_verdict_is_none(client: Client) -> None:
    claim = factories.published_claim()
    factories.give_verdict(claim, VerificationStatus.DISPUTED)
    assert "Nothing has been corrected yet." in html(client, LOG)


def test_what_was_merged_away_stays_in_the_log_and_leads_to_its_page_of_then(client, editor):
    claim, other = factories.published_claim(), factories.published_claim()
    void(claim, by=editor)
    workflow.merge_claims(claim, into=other, reason="The same.", by=editor)
    page = html(client, LOG)
    assert f"/claims/{claim.public_id}/@" in page


def test_the_log_goes_on_page_by_page(client: Client, editor: User) -> None:
    claims = [factories.published_claim() for _ in range(11)]
    for claim in claims:
        workflow.withdraw_evidence(piece_of(claim), reason="Forged.", by=editor)
        void(claim, by=editor)
    first = client.get(LOG)
    shown = first.content.decode().count("item__claim")
    after = first.context["next_cursor"]
    second = client.get(LOG, {"after": after})
    assert (shown, second.content.decode().count("item__claim")) == (20, 2)
    assert second["X-Robots-Tag"] == "noindex"
    assert "X-Robots-Tag" not in first.headers


def test_a_cursor_that_names_no_place_is_refused(client: Client, db: None) -> None:
    assert "after" in html(client, f"{LOG}?after=x", 400)


@pytest.mark.parametrize("rows", [1, 20])
def test_the_log_costs_one_query(client, editor, django_assert_num_queries, rows: int) -> None:
    for _ in range(rows):
        void(factories.published_claim(), by=editor)
    # the acts, with the summaries of their claims, the status before and the source
    with django_assert_num_queries(1):
        html(client, LOG)
