"""redact_text: two people erase a value for good, behind a public tombstone."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from claims import documents
from claims.history.canonical import base64url, digest_of
from claims.models import Claim, Evidence, HistoryEntry, Proposal, Redaction, User, Verdict
from claims.models import RedactionRequest as Request
from claims.vocabulary import Act, RedactionReason
from claims.workflow import merge_claims, propose_redaction, redact_text
from claims.workflow.checking import check_claim
from tests import factories
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


def test_the_proposal_forgets_the_words_of_its_verdict(
    published: Claim, editor: User, second_editor: User
) -> None:
    verdict = Verdict.objects.get()
    redact_text(ask(verdict.entry, "verdict.rationale", by=editor), by=second_editor)
    assert Proposal.objects.get().rationale == "[redacted]"
    assert "What was found." not in str(everything())


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


def test_a_second_request_for_a_value_that_is_gone_is_refused(
    request_made: Request, evidence: Evidence, editor: User, second_editor: User
) -> None:
    second = ask(evidence.entry, "evidence.title", "evidence.url", by=editor)
    redact_text(request_made, by=second_editor)
    with refused("Erased already: evidence.title", field="fields"):
        redact_text(second, by=second_editor)
