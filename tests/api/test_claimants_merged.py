"""Claimants who were found to be one, in the API: the old address leads on, and lists give the claims of both."""

from __future__ import annotations

from datetime import timedelta

import pytest

from claims.models import Claimant, ClaimantMerger, User
from claims.vocabulary import RedactionReason
from claims.workflow import merge_claimants, propose_redaction, redact_text
from tests import factories
from tests.api.conftest import Api


@pytest.fixture
def double(db: None) -> Claimant:
    """Somebody who was recorded under a second name, with a public claim."""
    double = factories.ClaimantFactory(name="M. Miler")
    factories.published_claim(claimant=double)
    return double


@pytest.fixture
def miller(db: None) -> Claimant:
    """The same person, with a public claim."""
    miller = factories.ClaimantFactory(name="Matthew Miller")
    factories.published_claim(claimant=miller)
    return miller


@pytest.fixture
def merger(double: Claimant, miller: Claimant, editor: User) -> ClaimantMerger:
    """What an editor found out."""
    return merge_claimants(double, into=miller, reason="One person.", by=editor)


def listed(api: Api, claimant: Claimant, **given: str) -> int:
    return len(api.get("claims/", claimant=claimant.public_id, **given)["results"])


def test_the_old_address_leads_to_the_survivor(
    api: Api, merger: ClaimantMerger, double: Claimant, miller: Claimant
) -> None:
    response = api.fetch(f"claimants/{double.public_id}/")
    target = f"http://testserver/api/v1/claimants/{miller.public_id}/"
    assert (response.status_code, response["Location"]) == (301, target)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "public, max-age=15"
    shown = api.get(target)
    assert shown["claims_by_status"]["confirmed"] == 2
    assert len(api.get(shown["claims_url"])["results"]) == 2


def test_one_of_them_is_listed(
    api: Api, merger: ClaimantMerger, double: Claimant, miller: Claimant
) -> None:
    assert [one["id"] for one in api.get("claimants/")["results"]] == [miller.public_id]


def test_claims_are_found_by_either_id(
    api: Api, merger: ClaimantMerger, double: Claimant, miller: Claimant
) -> None:
    assert listed(api, double) == listed(api, miller) == 2
    names = {one["claimant"]["name"] for one in api.get("claims/")["results"]}
    assert names == {"M. Miler", "Matthew Miller"}


def test_a_list_of_the_past_knows_what_was_known_then(
    api: Api, merger: ClaimantMerger, double: Claimant, miller: Claimant
) -> None:
    merger.refresh_from_db()
    before = (merger.at - timedelta(microseconds=1)).isoformat()
    assert listed(api, miller, as_of=before) == listed(api, double, as_of=before) == 1
    assert listed(api, miller, as_of=merger.at.isoformat()) == 2


def test_an_id_that_readers_do_not_know_finds_nothing(
    api: Api, miller: Claimant, editor: User
) -> None:
    hidden = factories.ClaimantFactory()
    factories.ClaimFactory(claimant=hidden)
    merge_claimants(hidden, into=miller, reason="One person.", by=editor)
    assert api.fetch(f"claimants/{hidden.public_id}/").status_code == 404
    assert listed(api, hidden) == 0


def test_an_erased_name_leads_to_nobody(
    api: Api,
    merger: ClaimantMerger,
    double: Claimant,
    miller: Claimant,
    editor: User,
    second_editor: User,
) -> None:
    claim = double.claims.get()
    moment = claim.published_at
    assert moment is not None
    request = propose_redaction(
        claim.entries.get(number=1),
        fields=["wording.claimant_name"],
        reason=RedactionReason.DATA_PROTECTION,
        by=editor,
    )
    redact_text(request, by=second_editor)
    merger.refresh_from_db()
    assert api.fetch(f"claimants/{double.public_id}/").status_code == 404
    assert listed(api, double) == 0
    assert listed(api, miller) == listed(api, miller, as_of=merger.at.isoformat()) == 1
