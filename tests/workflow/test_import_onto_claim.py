"""import_onto_claim: further rows come onto a claim that stands already, each whole or not at all."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from claims.models import Claim, ImportRecord, User
from claims.vocabulary import EvidenceKind, RatedAs, Role, Stance, VerificationStatus
from claims.workflow import (
    EvidenceDraft,
    ImportedPart,
    ImportedVerdict,
    VerdictDraft,
    import_onto_claim,
    import_verdict,
)
from claims.workflow.checking import check_register
from claims.workflow.imports import ComingInElsewhereError
from claims.workflow.refusals import explain
from tests import factories

DISPUTED = VerdictDraft(status=VerificationStatus.DISPUTED, rationale="")


def part(key: str = "1", **fields: object) -> ImportedPart:
    piece = EvidenceDraft(
        stance=Stance.REFUTES,
        kind=EvidenceKind.FACT_CHECK,
        url="https://checkers.example/1",
        publisher_name="The Checkers",
        rating="False",
        rated_as=RatedAs.FALSE,
    )
    return ImportedPart(keys=[key], origin="Archive", evidence=[piece], **fields)  # type: ignore[arg-type]


@pytest.fixture
def importer(db: None) -> User:
    return factories.person(Role.IMPORTER)


def test_rows_come_onto_the_claim_and_are_remembered(importer: User, claim: Claim) -> None:
    assert import_onto_claim(claim, [part(), part("2")], source="s", by=importer) == {}
    assert claim.evidence.filter(rated_as=RatedAs.FALSE).count() == 2
    keys = ImportRecord.objects.filter(claim=claim).values_list("source", "key")
    assert sorted(keys) == [("s", "1"), ("s", "2")]
    assert [str(one) for one in check_register()] == []


def test_a_row_that_breaks_a_rule_leaves_nothing(importer: User, claim: Claim) -> None:
    import_verdict(claim, DISPUTED, effective_on=None, origin="Archive", by=importer)
    before = claim.head_number
    bad = ImportedVerdict(draft=DISPUTED, origin="x" * 400)
    refused = import_onto_claim(claim, [part(verdicts=[bad]), part("2")], source="s", by=importer)
    assert "origin" in explain(refused["1"])
    claim.refresh_from_db()
    assert claim.head_number == before + 1
    assert ImportRecord.objects.get(claim=claim).key == "2"


def test_a_verdict_does_not_come_onto_a_claim_that_waits_for_two_people(
    importer: User, claim: Claim
) -> None:
    before = claim.head_number
    own = part(verdicts=[ImportedVerdict(draft=DISPUTED)])
    refused = import_onto_claim(claim, [own], source="s", by=importer)
    assert "two people decide" in str(refused["1"])
    claim.refresh_from_db()
    assert (claim.head_number, claim.published_at) == (before, None)


def test_the_same_row_twice_is_another_import_at_work(importer: User, claim: Claim) -> None:
    import_onto_claim(claim, [part()], source="s", by=importer)
    with pytest.raises(ComingInElsewhereError):
        import_onto_claim(claim, [part()], source="s", by=importer)


def test_editors_do_not_import(editor: User, claim: Claim) -> None:
    with pytest.raises(PermissionDenied):
        import_onto_claim(claim, [part()], source="s", by=editor)
