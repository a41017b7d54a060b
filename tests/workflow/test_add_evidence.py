"""add_evidence: one source for or against a claim, with its origin."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from claims import documents
from claims.models import Claim, Evidence, User
from claims.vocabulary import Act, EvidenceKind, RatedAs, Stance
from claims.workflow import EvidenceDraft, add_evidence
from tests import factories
from tests.workflow.observing import last_entry, refused, stale_columns

URL = "https://source.example/page"


def draft(**fields: Any) -> EvidenceDraft:
    return EvidenceDraft(
        **{"stance": Stance.SUPPORTS, "kind": EvidenceKind.DOCUMENT, "url": URL, **fields}
    )


def test_evidence_is_the_next_entry(claim: Claim, contributor: User) -> None:
    publisher = factories.PublisherFactory(name="Survey Office")
    row = add_evidence(
        claim,
        draft(
            stance=Stance.REFUTES,
            kind=EvidenceKind.DATA,
            title="Survey",
            publisher=publisher,
            publisher_name="ignored",
            published_on=date(2024, 1, 2),
            excerpt="Cracks.",
            note="Table 3.",
            primary=True,
        ),
        by=contributor,
    )
    entry, stored = last_entry(claim), Evidence.objects.get()
    assert (entry.number, entry.act) == (2, Act.EVIDENCE_ADDED)
    assert stored.entry == entry
    assert stored.pk == row.pk
    assert (stored.stance, stored.kind, stored.primary) == (Stance.REFUTES, EvidenceKind.DATA, True)
    assert (stored.publisher_name, stored.excerpt, stored.remark) == (
        "Survey Office",
        "Cracks.",
        "Table 3.",
    )
    assert stale_columns(claim) == []


def test_evidence_of_a_new_origin_is_its_own_origin(claim: Claim, contributor: User) -> None:
    first = add_evidence(claim, draft(), by=contributor)
    other = add_evidence(claim, draft(url="https://other.example/"), by=contributor)
    assert (first.origin, other.origin) == (2, 3)


def test_the_same_address_is_the_same_origin(claim: Claim, contributor: User) -> None:
    first = add_evidence(claim, draft(), by=contributor)
    again = add_evidence(claim, draft(title="Page 2"), by=contributor)
    assert again.origin == first.origin


def test_a_reprint_shares_the_origin_it_is_said_to_have(claim: Claim, contributor: User) -> None:
    first = add_evidence(claim, draft(), by=contributor)
    reprint = draft(url="https://reprint.example/", same_origin_as=first)
    second = add_evidence(claim, reprint, by=contributor)
    third = add_evidence(
        claim, draft(url="https://third.example/", same_origin_as=second), by=contributor
    )
    assert first.origin == second.origin == third.origin


def test_a_source_without_an_address_is_described(claim: Claim, contributor: User) -> None:
    row = add_evidence(claim, draft(url="", source_text="Letter in the archive"), by=contributor)
    assert (row.url, row.source_text) == (None, "Letter in the archive")


def test_evidence_on_a_public_claim_is_public_at_once(published: Claim, contributor: User) -> None:
    add_evidence(published, draft(title="Late find"), by=contributor)
    document = documents.current(published)
    assert document is not None
    assert document["evidence"][-1]["title"] == "Late find"


def test_an_origin_on_another_claim_is_refused(claim: Claim, contributor: User) -> None:
    foreign = factories.EvidenceFactory()
    add_evidence(claim, draft(), by=contributor)
    with refused("another claim", field="same_origin_as"):
        add_evidence(claim, draft(url="https://b.example/", same_origin_as=foreign), by=contributor)


NEXT_WEEK = datetime.now(UTC).date() + timedelta(days=7)


@pytest.mark.parametrize(
    ("fields", "field", "match"),
    [
        ({"url": ""}, "url", "describe the source"),
        ({"url": "javascript:alert(1)"}, "url", "not a web address"),
        ({"url": "data:text/html,x"}, "url", "not a web address"),
        ({"url": "http://[::1"}, "url", "not a web address"),
        ({"url": "https://user@source.example/"}, "url", "user name"),
        ({"url": "https://source.example/" + "x" * 2000}, "url", "at most 2,000"),
        ({"stance": "proves"}, "stance", "is none of"),
        ({"kind": "dream"}, "kind", "is none of"),
        ({"published_on": NEXT_WEEK}, "published_on", "in the future"),
        ({"excerpt": "x" * 20_001}, "excerpt", "at most 20,000"),
        ({"note": "bell\a"}, "note", "U+0007"),
        ({"title": "x" * 601}, "title", "at most 600"),
    ],
)
def test_bad_input_is_refused(
    claim: Claim, contributor: User, fields: Any, field: str, match: str
) -> None:
    with refused(match, field=field):
        add_evidence(claim, draft(**fields), by=contributor)


def test_what_stands_already_is_not_added_twice(claim: Claim, contributor: User) -> None:
    add_evidence(claim, draft(excerpt="No fault."), by=contributor)
    with refused("on the claim already, as entry 2"):
        add_evidence(claim, draft(excerpt=" No fault.\r\n"), by=contributor)
    add_evidence(claim, draft(excerpt="No fault.", stance=Stance.CONTEXT), by=contributor)
    add_evidence(factories.ClaimFactory(), draft(excerpt="No fault."), by=contributor)


SHA256 = "0a" * 32


def test_a_stored_copy_and_another_desks_rating_are_kept_as_they_are(
    published: Claim, contributor: User
) -> None:
    row = add_evidence(
        published,
        draft(
            kind=EvidenceKind.FACT_CHECK,
            snapshot=SHA256,
            rating="  Mostly\u00a0so ",
            rated_as=RatedAs.MOSTLY_TRUE,
        ),
        by=contributor,
    )
    stored = Evidence.objects.get(pk=row.pk)
    assert (stored.snapshot, stored.rating) == (SHA256, "Mostly\u00a0so")
    document = documents.current(published)
    assert document is not None
    shown = document["evidence"][-1]
    assert (shown["snapshot"], shown["rating"]) == (SHA256, "Mostly\u00a0so")
    assert shown["rated_as"] == "mostly_true"
    assert b'"rated_as":"mostly_true"' in bytes(row.entry.leaf)


def test_what_a_rating_comes_to_is_a_word_of_the_register(claim: Claim, contributor: User) -> None:
    with refused("none of: true", field="rated_as"):
        add_evidence(claim, draft(rating="So", rated_as="quite"), by=contributor)
    row = add_evidence(claim, draft(rating="So"), by=contributor)
    assert row.rated_as is None
    assert b"rated_as" not in bytes(row.entry.leaf)


def test_evidence_without_them_has_neither(claim: Claim, contributor: User) -> None:
    stored = Evidence.objects.get(pk=add_evidence(claim, draft(), by=contributor).pk)
    assert (stored.snapshot, stored.snapshot_salt) == (None, None)
    assert (stored.rating, stored.rating_salt) == (None, None)


@pytest.mark.parametrize("sha", ["0A" * 32, "0a" * 31, "x" * 64, f"sha256:{SHA256}"])
def test_a_snapshot_is_named_by_its_digest(claim: Claim, contributor: User, sha: str) -> None:
    with refused("not a SHA-256", field="snapshot"):
        add_evidence(claim, draft(snapshot=sha), by=contributor)


def test_a_rating_is_short(claim: Claim, contributor: User) -> None:
    with refused("at most 300", field="rating"):
        add_evidence(claim, draft(rating="x" * 301), by=contributor)


def test_another_rating_of_the_same_page_is_another_piece(claim: Claim, contributor: User) -> None:
    for rating in ("", "Mostly so"):
        add_evidence(claim, draft(rating=rating), by=contributor)
    with refused("on the claim already"):
        add_evidence(claim, draft(rating="Mostly so"), by=contributor)
