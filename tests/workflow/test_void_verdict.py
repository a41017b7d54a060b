"""void_verdict: the verdict in force is taken back in public; the claim stays, without a status."""

from __future__ import annotations

from claims import documents
from claims.models import Claim, User
from claims.vocabulary import Act, VerificationStatus
from claims.workflow import void_verdict
from tests import factories
from tests.workflow.observing import last_entry, refused, stale_columns


def test_a_verdict_is_voided_by_an_act_that_names_it(published: Claim, editor: User) -> None:
    given = last_entry(published)
    entry = void_verdict(published, reason="The survey was forged.", by=editor)
    assert last_entry(published) == entry
    assert (entry.act, entry.about, entry.note) == (
        Act.VERDICT_VOIDED,
        given.number,
        "The survey was forged.",
    )
    assert (published.status, published.status_since) == (None, entry.recorded_at)
    assert stale_columns(published) == []


def test_the_claim_stays_public_without_a_status(published: Claim, editor: User) -> None:
    void_verdict(published, reason="The survey was forged.", by=editor)
    document = documents.current(published)
    assert document is not None
    assert published.is_published
    assert (document["status"], document["status_label"], document["verdict"]) == (
        None,
        "Withdrawn",
        None,
    )
    assert document["history"][-1]["status"] is None


def test_the_voided_verdict_is_still_in_the_history(published: Claim, editor: User) -> None:
    void_verdict(published, reason="The survey was forged.", by=editor)
    document = documents.current(published)
    assert document is not None
    given = [line for line in document["history"] if line["act"] == Act.VERDICT_GIVEN]
    assert [line["status"] for line in given] == [VerificationStatus.CONFIRMED]


def test_a_later_verdict_fills_the_gap(published: Claim, editor: User) -> None:
    void_verdict(published, reason="The survey was forged.", by=editor)
    verdict = factories.give_verdict(published, VerificationStatus.DISPUTED)
    published.refresh_from_db()
    assert published.status == VerificationStatus.DISPUTED
    assert published.status_since == verdict.entry.recorded_at


def test_there_is_nothing_to_void_before_a_verdict(claim: Claim, editor: User) -> None:
    with refused("no verdict in force"):
        void_verdict(claim, reason="r", by=editor)


def test_nothing_is_voided_twice(published: Claim, editor: User) -> None:
    void_verdict(published, reason="r", by=editor)
    with refused("no verdict in force"):
        void_verdict(published, reason="r", by=editor)


def test_voiding_needs_a_reason(published: Claim, editor: User) -> None:
    with refused("may not be empty", field="reason"):
        void_verdict(published, reason="", by=editor)
