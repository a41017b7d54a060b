"""`fields` and `expand`: what is asked for is answered, each member as the whole answer has it, and nothing else is."""

from __future__ import annotations

from typing import Any

import pytest

from claims.models import Claim, HistoryEntry, User
from claims.workflow import link_claimant, merge_claimants
from tests import factories
from tests.api.conftest import Api


def test_fields_choose_members_and_members_of_members(api: Api) -> None:
    claim = factories.published_claim(claimant=factories.ClaimantFactory())
    whole = api.get(f"claims/{claim.public_id}/")
    path = "id,claimant.name,evidence.title,evidence.stance,verdict,verdict.status"
    shown = api.get(f"claims/{claim.public_id}/", fields=path)
    assert shown == {
        "id": claim.public_id,
        "claimant": {"name": whole["claimant"]["name"]},
        "evidence": [{"title": one["title"], "stance": one["stance"]} for one in whole["evidence"]],
        "verdict": whole["verdict"],
    }


def test_fields_of_a_list_are_those_of_its_items(api: Api) -> None:
    claims = [factories.published_claim() for _ in range(2)]
    page = api.get("claims/", fields="id,url", limit=1)
    assert page["results"] == [
        {
            "id": claims[1].public_id,
            "url": f"http://testserver/api/v1/claims/{claims[1].public_id}/",
        }
    ]
    assert api.get(page["next"])["results"][0].keys() == {"id", "url"}
    moment = HistoryEntry.objects.latest("recorded_at").recorded_at.isoformat()
    past = api.get("claims/", fields="id", as_of=moment)["results"]
    assert past == [{"id": claim.public_id} for claim in reversed(claims)]


def test_what_is_null_stays_null_whatever_is_asked_of_it(api: Api, published: Claim) -> None:
    shown = api.get(f"claims/{published.public_id}/", fields="claimant.name,merged_into.id")
    assert shown == {"claimant": None, "merged_into": None}


@pytest.mark.parametrize(
    "fields",
    [
        "colour",
        "claimant.age",
        "id.x",
        "claimant.",
        ".id",
        "id,,url",
        ",",
        "evidence.0",
        "Id",
        "id ",
    ],
)
@pytest.mark.parametrize("path", ["claims/", "claims/{}/"])
def test_a_member_that_is_none_is_refused(
    api: Api, published: Claim, path: str, fields: str
) -> None:
    address = path.format(published.public_id)
    errors = api.get(f"{address}?fields={fields}", 400)["errors"]
    assert {error["parameter"] for error in errors} == {"fields"}


def test_too_many_members_are_refused(api: Api) -> None:
    errors = api.get("claims/", 400, fields=",".join(["id"] * 1_000))["errors"]
    assert [error["parameter"] for error in errors] == ["fields"]


@pytest.mark.parametrize("expand", ["colour", "verdict,verdict", ",", "related", "verdict "])
def test_what_cannot_be_expanded_is_refused(api: Api, expand: str) -> None:
    errors = api.get(f"claims/?expand={expand}", 400)["errors"]
    assert {error["parameter"] for error in errors} == {"expand"}


def test_a_member_must_be_expanded_to_be_a_field(api: Api, published: Claim) -> None:
    assert api.get("claims/", 400, fields="id,evidence.title")["errors"]
    [shown] = api.get("claims/", fields="id,evidence.title", expand="evidence")["results"]
    assert shown["id"] == published.public_id
    assert [one.keys() for one in shown["evidence"]] == [{"title"}, {"title"}]


def test_an_expanded_list_says_what_the_documents_say(api: Api) -> None:
    names = "published_at,verdict,wordings,appearances,evidence,contacts,history,head"
    for _ in range(3):
        factories.published_claim(claimant=factories.ClaimantFactory())
    for shown in api.get("claims/", expand=names)["results"]:
        whole = api.get(f"claims/{shown['id']}/")
        assert shown == {name: whole[name] for name in shown}
        assert set(names.split(",")) <= shown.keys()


def identity(shown: Any) -> tuple[str, str | None]:
    return shown["claimant"]["kind"], shown["claimant"]["wikidata"]


def test_an_expanded_claimant_is_whom_they_were_found_to_be(api: Api, editor: User) -> None:
    one, two = factories.ClaimantFactory(), factories.ClaimantFactory()
    claim = factories.published_claim(claimant=one)
    factories.published_claim(claimant=two)
    link_claimant(two, wikidata="Q4115189", by=editor)
    assert identity(api.get(f"claims/{claim.public_id}/", expand="claimant")) == ("person", None)
    merge_claimants(one, into=two, reason="The same.", by=editor)
    shown = api.get(f"claims/{claim.public_id}/", expand="claimant")
    assert identity(shown) == ("person", "Q4115189")
    assert [identity(each) for each in api.get("claims/", expand="claimant")["results"]] == [
        ("person", "Q4115189")
    ] * 2


@pytest.mark.parametrize("path", ["claims/", "claims/{}/"])
def test_what_is_not_in_the_history_cannot_be_had_of_the_past(
    api: Api, published: Claim, path: str
) -> None:
    errors = api.get(f"{path.format(published.public_id)}?as_of=2024-01-01&expand=topics", 400)
    assert [error["parameter"] for error in errors["errors"]] == ["expand"]


def test_a_path_of_nothing_but_dots_is_no_member(api: Api, published: Claim) -> None:
    for path in ("claims/", f"claims/{published.public_id}/"):
        (error,) = api.get(path, 400, fields="." * 1_999)["errors"]
        assert error["parameter"] == "fields"
