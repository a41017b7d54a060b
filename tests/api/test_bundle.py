"""/api/v1/claims/<id>/bundle/: proved by the offline verifier, and cheap to ask for again."""

from __future__ import annotations

import json

import pytest

from claims.models import Claim, User
from claims.verify.bundle import verify
from claims.verify.refusals import Refused
from claims.vocabulary import RedactionReason
from claims.workflow import propose_redaction, redact_text
from tests import factories
from tests.api.conftest import Api, Queries


def address(claim: Claim) -> str:
    return f"claims/{claim.public_id}/bundle/"


def test_the_verifier_proves_it(api: Api, published: Claim) -> None:
    bundle = api.get(address(published))
    assert f"proved: {len(bundle['entries'])} entries" in "\n".join(verify(json.dumps(bundle)))
    assert bundle["document"] == api.get(f"claims/{published.public_id}/")


def test_what_is_changed_on_the_way_is_refused(api: Api, published: Claim) -> None:
    bundle = api.get(address(published))
    bundle["document"]["wording"] += "!"
    with pytest.raises(Refused):
        verify(json.dumps(bundle))


def test_an_erased_value_is_not_in_it(
    api: Api, published: Claim, editor: User, second_editor: User
) -> None:
    piece = published.evidence.first()
    assert piece
    said = piece.title or ""
    assert said
    request = propose_redaction(
        piece.entry, fields=["evidence.title"], reason=RedactionReason.COURT_ORDER, by=editor
    )
    redact_text(request, by=second_editor)
    bundle = api.get(address(published))
    assert said not in json.dumps(bundle, ensure_ascii=False)
    assert "redacted, each behind a public tombstone" in "\n".join(verify(json.dumps(bundle)))


@pytest.mark.parametrize("rows", [1, 20])
def test_seven_queries(api: Api, queries: Queries, published: Claim, rows: int) -> None:
    for number in range(rows):
        factories.EvidenceFactory(claim=published, url=f"https://source{number}.example/")
    with queries(7):
        api.get(address(published))


def test_an_unpublished_claim_is_unknown(api: Api, claim: Claim) -> None:
    assert api.get(address(claim), 404) == {
        **api.get("claims/nobody/bundle/", 404),
        "instance": f"/api/v1/{address(claim)}",
    }


def test_whoever_has_it_is_told_so(api: Api, published: Claim) -> None:
    first = api.fetch(address(published))
    again = api.fetch(address(published), headers={"if-none-match": first["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)
