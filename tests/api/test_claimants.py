"""/api/v1/claimants/: those whom published claims name, by the names they show."""

from __future__ import annotations

import pytest

from claims.models import User
from claims.vocabulary import ClaimantKind, RedactionReason
from claims.workflow import propose_redaction, redact_text
from tests import factories
from tests.api.conftest import Api, Queries


def names(api: Api, **given: str) -> list[str]:
    return [one["name"] for one in api.get("claimants/", **given)["results"]]


def test_only_makers_and_speakers_of_published_claims_are_listed(api: Api) -> None:
    factories.ClaimFactory(claimant=factories.ClaimantFactory(name="Of an unpublished claim"))
    maker = factories.ClaimantFactory(name="Maker")
    speaker = factories.ClaimantFactory(name="Speaker")
    draft = factories.appearance_draft(factories.ArticleFactory(), "Work goes on", speaker=speaker)
    factories.published_claim(claimant=maker, appearance=draft)
    assert names(api) == ["Speaker", "Maker"]


def test_kind_filters(api: Api) -> None:
    for kind in ClaimantKind:
        claimant = factories.ClaimantFactory(name=f"A {kind.label}", kind=kind)
        factories.published_claim(claimant=claimant)
    for kind in ClaimantKind:
        assert names(api, kind=kind.value) == [f"A {kind.label}"]


def test_an_erased_name_is_not_told_here_either(
    api: Api, editor: User, second_editor: User
) -> None:
    claimant = factories.ClaimantFactory(name="Must Be Forgotten")
    claim = factories.published_claim(claimant=claimant)
    request = propose_redaction(
        claim.entries.get(number=1),
        fields=["wording.claimant_name"],
        reason=RedactionReason.DATA_PROTECTION,
        by=editor,
    )
    redact_text(request, by=second_editor)
    assert names(api) == []
    assert api.fetch(f"claimants/{claimant.public_id}/").status_code == 404


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_takes_one_query(api: Api, queries: Queries, rows: int) -> None:
    for _ in range(rows):
        factories.published_claim(claimant=factories.ClaimantFactory())
    with queries(1):  # the page
        assert len(names(api)) == rows
