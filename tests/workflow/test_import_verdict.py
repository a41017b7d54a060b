"""import_verdict: a verdict given elsewhere, visibly so, recorded now and effective then."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from claims import documents
from claims.models import Claim, User
from claims.vocabulary import Act, ClaimKind, Stance
from claims.vocabulary import VerificationStatus as Status
from claims.workflow import VerdictDraft, import_verdict, void_verdict
from tests import factories
from tests.workflow.observing import last_entry, refused, stale_columns

THEN = date(2019, 3, 4)
ORIGIN = "Fact desk of the Gazette"


def draft(**fields: Any) -> VerdictDraft:
    return VerdictDraft(**{"status": Status.DISPUTED, "rationale": "As they wrote.", **fields})


def test_an_imported_verdict_keeps_both_clocks(claim: Claim, importer: User) -> None:
    before = datetime.now(UTC)
    verdict = import_verdict(claim, draft(), effective_on=THEN, origin=ORIGIN, by=importer)
    entry = last_entry(claim)
    assert (entry.act, entry.effective_on) == (Act.VERDICT_IMPORTED, THEN)
    assert before <= entry.recorded_at <= datetime.now(UTC)
    assert (verdict.origin, verdict.proposed_by) == (ORIGIN, None)
    assert claim.status == Status.DISPUTED
    assert claim.status_since == claim.published_at == entry.recorded_at
    assert stale_columns(claim) == []


def test_readers_see_that_it_was_imported(claim: Claim, importer: User) -> None:
    import_verdict(claim, draft(), effective_on=THEN, origin=ORIGIN, by=importer)
    document = documents.current(claim)
    assert document is not None
    assert document["verdict_imported"] is True
    shown = document["verdict"]
    assert (shown["imported"], shown["origin"], shown["effective_on"]) == (
        True,
        ORIGIN,
        "2019-03-04",
    )
    assert (shown["proposed_by"], shown["approved_by"]) == (None, None)


def test_the_rules_on_evidence_do_not_bind_what_others_decided(
    claim: Claim, importer: User
) -> None:
    verdict = import_verdict(
        claim, draft(status=Status.CONFIRMED), effective_on=None, origin=ORIGIN, by=importer
    )
    assert verdict.status == Status.CONFIRMED
    assert not verdict.rests_on.exists()


def test_it_rests_on_the_evidence_that_is_named(claim: Claim, importer: User) -> None:
    pieces = [factories.EvidenceFactory(claim=claim, stance=Stance.REFUTES) for _ in range(2)]
    verdict = import_verdict(
        claim, draft(evidence=pieces[:1]), effective_on=THEN, origin=ORIGIN, by=importer
    )
    assert [link.evidence for link in verdict.rests_on.all()] == pieces[:1]


def test_evidence_named_twice_counts_once(claim: Claim, importer: User) -> None:
    piece = factories.EvidenceFactory(claim=claim)
    verdict = import_verdict(
        claim, draft(evidence=[piece, piece]), effective_on=THEN, origin=ORIGIN, by=importer
    )
    assert verdict.rests_on.count() == 1


NEXT_WEEK = datetime.now(UTC).date() + timedelta(days=7)


@pytest.mark.parametrize(
    ("arguments", "field", "match"),
    [
        ({"origin": " "}, "origin", "may not be empty"),
        ({"origin": "x" * 301}, "origin", "at most 300"),
        ({"effective_on": NEXT_WEEK}, "effective_on", "in the future"),
        ({"draft": draft(status="half true")}, "status", "is none of"),
        ({"draft": draft(rationale="nul\0")}, "rationale", "U+0000"),
    ],
)
def test_bad_input_is_refused(
    claim: Claim, importer: User, arguments: Any, field: str, match: str
) -> None:
    called = {"draft": draft(), "effective_on": THEN, "origin": ORIGIN, **arguments}
    with refused(match, field=field):
        import_verdict(claim, called.pop("draft"), **called, by=importer)


def test_evidence_of_another_claim_is_refused(claim: Claim, importer: User) -> None:
    foreign = factories.EvidenceFactory()
    with refused("not standing evidence", field="evidence"):
        import_verdict(
            claim, draft(evidence=[foreign]), effective_on=THEN, origin=ORIGIN, by=importer
        )


def test_a_forecast_gets_no_imported_verdict_either(importer: User) -> None:
    claim = factories.ClaimFactory(kind=ClaimKind.FORECAST)
    with refused("Forecasts and opinions are not checkable"):
        import_verdict(claim, draft(), effective_on=THEN, origin=ORIGIN, by=importer)


def test_one_importer_does_not_override_two_people_not_even_once_they_took_it_back(
    published: Claim, importer: User, editor: User
) -> None:
    with refused("an import does not replace it", field="status"):
        import_verdict(published, draft(), effective_on=THEN, origin=ORIGIN, by=importer)
    void_verdict(published, reason="A mistake.", by=editor)
    with refused("an import does not replace it", field="status"):
        import_verdict(published, draft(), effective_on=THEN, origin=ORIGIN, by=importer)
    assert published.status is None


def test_an_imported_verdict_follows_another_and_one_that_was_voided(
    claim: Claim, importer: User, editor: User
) -> None:
    for _ in range(2):
        import_verdict(claim, draft(), effective_on=THEN, origin=ORIGIN, by=importer)
    void_verdict(claim, reason="A mistake.", by=editor)
    import_verdict(claim, draft(), effective_on=THEN, origin=ORIGIN, by=importer)
    assert claim.status == Status.DISPUTED
