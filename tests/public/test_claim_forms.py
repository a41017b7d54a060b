"""A claim in the form its reader prefers: by what is accepted at its own address, and by the ending of an address."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from claims import workflow
from claims.models import Claim, User
from factcheck.negotiation import form_for
from tests import factories
from tests.public.pages import html, path_of

pytestmark = pytest.mark.django_db
JSON, JSON_LD = "application/json", "application/ld+json"
ENDINGS = ("json", "jsonld")


def ask(client: Client, path: str, accepted: str | None, **headers: str) -> Any:
    said = headers | ({} if accepted is None else {"Accept": accepted})
    return client.get(path, headers=said)


def file_of(claim: Claim, ending: str) -> str:
    return f"/claims/{claim.public_id}.{ending}"


@pytest.mark.parametrize(
    ("accepted", "form"),
    [
        (None, ""),
        ("", ""),
        ("*/*", ""),
        ("text/*", ""),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", ""),
        ("image/png", ""),
        ("nonsense", ""),
        (";q=1,,/;", ""),
        ("application/json;q=0", ""),
        ("application/json;q=0.5, text/html", ""),
        ("application/json;q=0.5, */*", ""),
        ("application/json", "json"),
        ("APPLICATION/JSON", "json"),
        ("application/json; charset=utf-8", "json"),
        ("application/json, text/plain, */*", "json"),
        ("application/*", "json"),
        ("text/html;q=0.5, application/json", "json"),
        ("application/json;q=2", "json"),
        ("application/json;q=nan", "json"),
        ("application/ld+json", "jsonld"),
        ("application/ld+json, application/json;q=0.9", "jsonld"),
        ("application/json;q=0.8, application/ld+json;q=0.9, text/html;q=0.1", "jsonld"),
        ('application/ld+json; profile="https://www.w3.org/ns/activitystreams"', ""),
    ],
)
def test_a_form_is_chosen_by_preference(accepted: str | None, form: str) -> None:
    headers = {} if accepted is None else {"Accept": accepted}
    assert form_for(RequestFactory().get("/", headers=headers)) == form


@given(st.text(alphabet=st.characters(max_codepoint=0xFF), max_size=60))
def test_whatever_is_said_to_be_accepted_is_answered(accepted: str) -> None:
    request = RequestFactory().get("/", headers={"Accept": accepted})
    assert form_for(request) in ("", "json", "jsonld")


def test_a_media_type_in_an_encoding_that_nobody_knows_is_no_preference(
    client: Client, published: Claim
) -> None:
    answer = ask(client, path_of(published), "text/html;x*=bogus''%41")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("before", ["", "/de"])
@pytest.mark.parametrize(("accepted", "ending"), [(JSON, "json"), (JSON_LD, "jsonld")])
def test_both_ways_lead_to_the_same_bytes(
    client: Client, published: Claim, accepted: str, ending: str, before: str
) -> None:
    file = client.get(file_of(published, ending))
    assert (file.status_code, file["Content-Type"]) == (200, accepted)
    for path in (path_of(published), f"/claims/{published.public_id}/"):
        chosen = ask(client, before + path, accepted)
        assert chosen.content == file.content
        assert chosen["Content-Type"] == accepted
        assert chosen["Content-Location"] == file_of(published, ending)
        assert "Accept" in chosen["Vary"].split(", ")


def test_the_json_is_what_the_api_says(client: Client, published: Claim) -> None:
    api = client.get(f"/api/v1/claims/{published.public_id}/")
    file = client.get(file_of(published, "json"))
    assert (file.content, file["ETag"]) == (api.content, api["ETag"])
    assert ask(client, path_of(published), JSON)["ETag"] == api["ETag"]
    for accepted in ("text/html", "image/png", "nonsense"):
        assert ask(client, file_of(published, "json"), accepted).content == api.content


def test_the_json_ld_is_what_the_page_holds(client: Client, published: Claim) -> None:
    page = html(client, path_of(published))
    block = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    assert client.get(file_of(published, "jsonld")).content.decode() == block


def test_each_form_has_a_validator_of_its_own_and_head_tells_it(
    client: Client, published: Claim
) -> None:
    path, etags = path_of(published), set()
    for accepted in ("text/html", JSON, JSON_LD):
        response = ask(client, path, accepted)
        head = client.head(path, headers={"Accept": accepted})
        assert (head.status_code, head["ETag"], head.content) == (200, response["ETag"], b"")
        known = ask(client, path, accepted, **{"If-None-Match": response["ETag"]})
        assert known.status_code == 304
        assert known.get("Content-Location") == response.get("Content-Location")
        assert "Accept" in known["Vary"].split(", ")
        etags.add(response["ETag"])
    assert len(etags) == 3


def test_an_act_changes_every_form(client: Client, published: Claim, editor: User) -> None:
    before = {end: client.get(file_of(published, end))["ETag"] for end in ENDINGS}
    factories.EvidenceFactory(claim=published, by=editor)
    for ending, etag in before.items():
        again = client.get(file_of(published, ending), headers={"If-None-Match": etag})
        assert again.status_code == 200


def test_only_the_claims_own_address_is_told_in_other_forms(
    client: Client, published: Claim
) -> None:
    for below in ("compare", "report", "now"):
        response = ask(client, f"/claims/{published.public_id}/{below}/", JSON)
        assert response["Content-Type"].startswith("text/html")
    assert client.post(path_of(published), headers={"Accept": JSON}).status_code == 405


def test_the_past_is_told_in_each_form(client: Client, published: Claim) -> None:
    when = client.get(f"/api/v1/claims/{published.public_id}/").json()["history"][-1]["recorded_at"]
    factories.give_verdict(published, "disputed")  # type: ignore[arg-type]
    past = client.get(path_of(published), {"as_of": when}, headers={"Accept": JSON}).json()
    assert past["status"] == "confirmed"
    review = client.get(file_of(published, "jsonld"), {"as_of": when}).json()
    assert review["reviewRating"]["alternateName"] == "Confirmed"
    assert client.get(file_of(published, "jsonld"), {"as_of": "2020-01-01"}).status_code == 404
    assert client.get(file_of(published, "jsonld"), {"as_of": "soon"}).status_code == 400


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_unpublished_claim_is_as_one_that_never_was(
    client: Client, claim: Claim, ending: str
) -> None:
    hidden, none = client.get(file_of(claim, ending)), client.get(f"/claims/0000000000.{ending}")
    assert hidden.status_code == none.status_code == 404
    assert hidden.content.replace(claim.public_id.encode(), b"0000000000") == none.content
    accepted = {"json": JSON, "jsonld": JSON_LD}[ending]
    assert ask(client, f"/claims/{claim.public_id}/", accepted).status_code == 404


FILES = (".jsonld", "/prov.jsonld", "/averitec.json")


@pytest.mark.parametrize("file", FILES)
def test_a_merged_claim_leads_to_the_same_form_of_its_survivor(
    client: Client, editor: User, file: str
) -> None:
    ending, lasting = factories.published_claim(), factories.published_claim()
    workflow.merge_claims(ending, into=lasting, reason="The same.", by=editor)
    response = client.get(f"/claims/{ending.public_id}{file}")
    assert (response.status_code, response["Location"]) == (
        301,
        f"/claims/{lasting.public_id}{file}",
    )


@pytest.mark.parametrize("file", [".jsonld", "/averitec.json"])
def test_a_verdict_that_was_taken_back_is_gone(
    client: Client, published: Claim, editor: User, file: str
) -> None:
    path = f"/claims/{published.public_id}{file}"
    etag = client.get(path)["ETag"]
    workflow.void_verdict(published, reason="We misread it.", by=editor)
    response = client.get(path, headers={"If-None-Match": etag})
    assert response.status_code == 410
    assert published.wording not in response.content.decode()
    assert "jsonld" not in html(client, path_of(published)).split("</head>")[0].replace(
        "prov.jsonld", ""
    )


def test_the_page_links_every_form_for_now(client: Client, published: Claim) -> None:
    response = client.get(path_of(published))
    head = response.content.decode().split("</head>")[0]
    own = f"/claims/{published.public_id}"
    for path, kind in (
        (f"{own}.json", JSON),
        (f"{own}.jsonld", JSON_LD),
        (f"{own}/prov.jsonld", JSON_LD),
    ):
        assert f'<link rel="alternate" type="{kind}" href="{path}">' in head
        link = f'<http://127.0.0.1:8000{path}>; rel="alternate"; type="{kind}"'
        assert link in response["Link"]
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("file", [*FILES, ".json"])
def test_a_form_costs_one_query(client: Client, django_assert_num_queries: Any, file: str) -> None:
    claim = factories.published_claim()
    for _ in range(20):
        factories.EvidenceFactory(claim=claim)
        if _ in (0, 19):
            with django_assert_num_queries(1):
                assert client.get(f"/claims/{claim.public_id}{file}").status_code == 200


@pytest.mark.parametrize("file", [*FILES, ".json"])
@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "a\u2028b", "<!--"])
def test_hostile_words_are_data_in_every_form(client: Client, file: str, text: str) -> None:
    claim = factories.published_claim(
        wording=f"It {text} is.", claimant=factories.ClaimantFactory(name=f"N {text}")
    )
    response = client.get(f"/claims/{claim.public_id}{file}")
    assert response["X-Content-Type-Options"] == "nosniff"
    found = json.dumps(response.json(), ensure_ascii=False)
    assert json.dumps(text, ensure_ascii=False)[1:-1] in found
    if file != ".json":
        assert b"</script>" not in response.content
