"""redact_text: two people erase a value for good, behind a public tombstone."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from claims import documents
from claims.history.canonical import base64url, digest_of
from claims.models import (
    Claim,
    Evidence,
    HistoryEntry,
    ImportRow,
    Proposal,
    Redaction,
    User,
    Verdict,
)
from claims.models import RedactionRequest as Request
from claims.vocabulary import Act, RedactionReason, Role
from claims.vocabulary import VerificationStatus as Status
from claims.workflow import (
    VerdictDraft,
    approve_verdict,
    import_verdict,
    merge_claims,
    propose_redaction,
    propose_verdict,
    redact_text,
    return_review,
)
from claims.workflow.checking import check_claim
from tests import factories
from tests.interop.checks import answer
from tests.workflow.importing import ended, shown
from tests.workflow.observing import everything, last_entry, refused, stale_columns


def ask(entry: HistoryEntry, *fields: str, by: User) -> Request:
    return propose_redaction(entry, fields=fields, reason=RedactionReason.COURT_ORDER, by=by)


@pytest.fixture
def evidence(published: Claim) -> Evidence:
    return published.evidence.order_by("pk")[0]


@pytest.fixture
def request_made(evidence: Evidence, editor: User) -> Request:
    return ask(evidence.entry, "evidence.title", by=editor)


def test_value_and_salt_are_gone(
    request_made: Request, evidence: Evidence, second_editor: User
) -> None:
    redact_text(request_made, by=second_editor)
    evidence.refresh_from_db()
    assert (evidence.title, evidence.title_salt) == (None, None)
    assert evidence.url
    assert "Source" not in str(
        [row for row in everything()["claims.Evidence"] if row[0] == evidence.pk]
    )


def test_the_tombstone_names_the_digest_and_the_reason(
    request_made: Request, evidence: Evidence, second_editor: User
) -> None:
    assert evidence.title
    assert evidence.title_salt
    digest = digest_of(bytes(evidence.title_salt), "evidence.title", evidence.title)
    entry = redact_text(request_made, by=second_editor)
    assert (entry.act, entry.about, entry.reason_code, entry.note) == (
        Act.TEXT_REDACTED,
        evidence.entry.number,
        RedactionReason.COURT_ORDER,
        None,
    )
    tombstone = Redaction.objects.get()
    assert (tombstone.entry, tombstone.target, tombstone.field) == (
        entry,
        evidence.entry,
        "evidence.title",
    )
    assert bytes(tombstone.digest) == digest
    leaf = json.loads(bytes(entry.leaf))
    assert leaf["redacts"] == [base64url(digest)]
    assert base64url(digest) in json.loads(bytes(evidence.entry.leaf))["digests"]


def test_the_request_is_settled_and_the_claim_fresh(
    request_made: Request, published: Claim, second_editor: User
) -> None:
    entry = redact_text(request_made, by=second_editor)
    assert last_entry(published) == entry
    assert Request.objects.get().carried_out == entry
    assert stale_columns(request_made.entry.claim) == []


def test_readers_see_that_something_was_erased_but_not_what(
    request_made: Request, evidence: Evidence, second_editor: User
) -> None:
    title = evidence.title
    assert title
    redact_text(request_made, by=second_editor)
    document = documents.current(evidence.claim)
    assert document is not None
    assert title not in documents.encode(document)
    assert document["evidence"][0]["title"] is None
    assert document["evidence"][0]["redacted"]["title"]["reason"] == "court_order"


def test_the_value_is_gone_at_every_earlier_moment_too(
    request_made: Request, evidence: Evidence, second_editor: User
) -> None:
    moment = last_entry(evidence.claim).recorded_at
    redact_text(request_made, by=second_editor)
    earlier = documents.as_of(evidence.claim, moment + timedelta(microseconds=1))
    assert earlier is not None
    assert earlier["evidence"][0]["title"] is None
    assert "title" in earlier["evidence"][0]["redacted"]


def test_everything_still_verifies(request_made: Request, second_editor: User) -> None:
    redact_text(request_made, by=second_editor)
    assert list(check_claim(request_made.entry.claim)) == []


def test_a_wording_is_erased_from_the_cache_as_well(
    published: Claim, editor: User, second_editor: User
) -> None:
    words = published.wording
    entry = published.entries.get(number=1)
    redact_text(ask(entry, "wording.text", by=editor), by=second_editor)
    assert words not in str(everything()["claims.Claim"])
    assert words not in str(everything()["claims.ClaimDocument"])


def test_reports_of_imports_forget_the_wording(
    claim: Claim, editor: User, second_editor: User
) -> None:
    importer, words = factories.person(Role.IMPORTER), claim.wording
    brought = ended(importer, answer(words), answer("The tunnel is dry."))
    shown(importer, answer(words))
    told = ImportRow.objects.filter(wording=words)
    keys = set(told.values_list("pk", flat=True))
    assert told.filter(run=brought).exists()
    assert told.exclude(run=brought).exists()
    redact_text(ask(claim.entries.get(number=1), "wording.text", by=editor), by=second_editor)
    assert set(ImportRow.objects.filter(wording="[redacted]").values_list("pk", flat=True)) == keys
    assert ImportRow.objects.filter(wording="The tunnel is dry.").exists()
    assert words not in str(everything()["claims.ImportRow"])


def test_the_proposal_forgets_the_words_of_its_verdict(
    published: Claim, editor: User, second_editor: User
) -> None:
    verdict = Verdict.objects.get()
    redact_text(ask(verdict.entry, "verdict.rationale", by=editor), by=second_editor)
    assert Proposal.objects.get().rationale == "[redacted]"
    assert "What was found." not in str(everything())


def test_earlier_drafts_of_the_same_review_forget_them_too_and_other_reviews_do_not(
    claim: Claim, reviewer: User, second_reviewer: User, editor: User, second_editor: User
) -> None:
    factories.give_verdict(claim, Status.DISPUTED, rationale="The first verdict.")
    review = factories.proposed_review(
        claim, Status.CONFIRMED, proposer=reviewer, rationale="A draft.", known="It is known."
    )
    return_review(review, reason="Say more.", by=second_reviewer)
    draft = VerdictDraft(status=Status.CONFIRMED, rationale="The second verdict.")
    propose_verdict(review, draft, by=reviewer)
    verdict = approve_verdict(review, by=second_reviewer)
    factories.give_verdict(claim, Status.DISPUTED, rationale="The third verdict.")
    redact_text(ask(verdict.entry, "verdict.rationale", by=editor), by=second_editor)
    assert list(Proposal.objects.order_by("pk").values_list("rationale", "known")) == [
        ("The first verdict.", ""),
        ("[redacted]", "It is known."),
        ("[redacted]", ""),
        ("The third verdict.", ""),
    ]


def test_an_imported_verdict_has_no_review_to_forget(
    claim: Claim, reviewer: User, importer: User, editor: User, second_editor: User
) -> None:
    brought = VerdictDraft(status=Status.DISPUTED, rationale="As they wrote.")
    verdict = import_verdict(claim, brought, effective_on=None, origin="Archive", by=importer)
    factories.give_verdict(claim, rationale="Ours.")
    redact_text(ask(verdict.entry, "verdict.rationale", by=editor), by=second_editor)
    assert Proposal.objects.get().rationale == "Ours."


def test_names_and_reasons_on_the_entry_itself_can_go(
    published: Claim, editor: User, second_editor: User
) -> None:
    entry = last_entry(published)
    redact_text(ask(entry, "by_name", by=editor), by=second_editor)
    entry.refresh_from_db()
    assert (entry.by_name, entry.by_name_salt) == (None, None)
    assert list(check_claim(entry.claim)) == []


def test_a_merged_claim_can_still_be_redacted(
    claim: Claim, editor: User, second_editor: User
) -> None:
    merge_claims(claim, into=factories.ClaimFactory(), reason="Same.", by=editor)
    request = ask(claim.entries.get(number=1), "wording.text", by=editor)
    assert redact_text(request, by=second_editor).act == Act.TEXT_REDACTED


def test_nobody_erases_alone(request_made: Request, editor: User) -> None:
    with refused("somebody else must carry it out", error=PermissionDenied):
        redact_text(request_made, by=editor)


def test_nothing_is_erased_twice(request_made: Request, second_editor: User) -> None:
    redact_text(request_made, by=second_editor)
    with refused("carried out already"):
        redact_text(request_made, by=second_editor)


def test_a_request_that_another_one_overtook_is_closed_and_carried_out_no_more(
    request_made: Request, evidence: Evidence, editor: User, second_editor: User
) -> None:
    wider = ask(evidence.entry, "evidence.title", "evidence.url", by=second_editor)
    entry = redact_text(wider, by=editor)
    assert not Request.objects.waiting().exists()
    assert {request.carried_out for request in Request.objects.all()} == {entry}
    with refused("carried out already"):
        redact_text(request_made, by=second_editor)


def test_of_a_request_that_was_overtaken_in_part_the_rest_is_erased(
    request_made: Request, evidence: Evidence, editor: User, second_editor: User
) -> None:
    wider = ask(evidence.entry, "evidence.title", "evidence.url", by=editor)
    redact_text(request_made, by=second_editor)
    assert list(Request.objects.waiting()) == [wider]
    entry = redact_text(wider, by=second_editor)
    assert not Request.objects.waiting().exists()
    fields = Redaction.objects.order_by("pk").values_list("field", flat=True)
    assert list(fields) == ["evidence.title", "evidence.url"]
    assert len(json.loads(bytes(entry.leaf))["redacts"]) == 1
    assert list(check_claim(Claim.objects.get(pk=evidence.claim_id))) == []


def test_a_request_for_the_words_of_a_verdict_that_are_gone_forgets_the_others(
    published: Claim, editor: User, second_editor: User
) -> None:
    entry = Verdict.objects.get().entry
    rationale = ask(entry, "verdict.rationale", by=editor)
    both = ask(entry, "verdict.rationale", "verdict.would_settle", by=editor)
    redact_text(rationale, by=second_editor)
    redact_text(both, by=second_editor)
    assert (Proposal.objects.get().rationale, Proposal.objects.get().would_settle) == (
        "[redacted]",
        "[redacted]",
    )


def test_requests_about_other_entries_go_on_waiting(
    request_made: Request, published: Claim, editor: User, second_editor: User
) -> None:
    other = ask(published.entries.get(number=1), "wording.text", by=editor)
    redact_text(request_made, by=second_editor)
    assert list(Request.objects.waiting()) == [other]
